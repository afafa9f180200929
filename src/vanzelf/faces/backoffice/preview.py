"""The preview of a run: what it would give, what changed and why, and what comes next."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vanzelf.city.runs import queries
from vanzelf.city.runs.domain import may_withdraw
from vanzelf.city.runs.models import Run, SampleDossier, State
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import may
from vanzelf.faces.backoffice import reasons, shown
from vanzelf.faces.look.regulations import regulations
from vanzelf.faces.look.wording import day, euro_range, euro_short, number, signed

Kpi = dict[str, str]


class Page:
    """One run as the preparer and the approver read it."""

    def __init__(self, run: Run, staff: StaffMember) -> None:
        self.run = run
        self.staff = staff
        self.regulation = regulations()[run.regulation]

    @cached_property
    def preview(self) -> queries.Preview:
        """What was measured on the frozen list; the view only comes here once there is one."""
        found = queries.preview(self.run)
        assert found is not None, "a run without a preview shows its progress"
        return found

    def context(self) -> dict[str, Any]:
        """Everything on the preview page."""
        preview = self.preview
        return {
            "run": shown.run(self.run),
            "lead": self._lead(),
            "recheck": self._recheck(),
            "breaker": self._breaker(),
            "kpis": self._kpis(),
            **self._changes(),
            "units_title": self._units_title(),
            "sample": [self._dossier(one) for one in preview.sample],
            "unread": preview.unread,
            "outliers": [
                {"text": reasons.outlier(one.code), "units": one.units} for one in preview.outliers
            ],
            "settles": [
                {"facts": reasons.facts(one.facts), "units": one.units} for one in preview.settles
            ],
            "next": self._next(),
            "frozen": self._frozen(),
        }

    def approval(self) -> dict[str, Any]:
        """What the approver sees, and why not when it is not theirs to approve."""
        own = self.run.created_by.same_human(self.staff) or bool(
            self.run.requested_by and self.run.requested_by.same_human(self.staff)
        )
        refusal = _(
            "You prepared this run or asked for its approval. Another person must approve it: "
            "four eyes see more than two."
        )
        count = self.preview.new
        return {
            "run": shown.run(self.run),
            "lead": _("You approve exactly this list. After that the awards are written."),
            "kpis": self._kpis(),
            "allowed": not own,
            "refusal": refusal,
            "button": ngettext("Approve %(n)s award", "Approve %(n)s awards", count)
            % {"n": number(count)},
            "frozen": self._frozen(),
        }

    def _lead(self) -> str:
        preview, state = self.preview, self.run.state
        total = number(preview.yes + preview.no + preview.unknown)
        if state == State.DONE:
            count = queries.awarded(self.run)
            return ngettext(
                "%(count)s award is written. The resident sees it.",
                "%(count)s awards are written. Each resident sees theirs.",
                count,
            ) % {"count": number(count)}
        if state == State.WITHDRAWN:
            who = self.run.withdrawn_by.name if self.run.withdrawn_by else ""
            return _("%(who)s undid this run: “%(reason)s”") % {
                "who": who,
                "reason": self.run.withdrawn_reason,
            }
        units = _("households") if self.regulation.unit == "gezin" else _("persons")
        text = _("Checked for %(total)s %(units)s, as on %(day)s. Nothing was awarded or sent yet.")
        return text % {"total": total, "units": units, "day": day(self.run.on)}

    def _recheck(self) -> str:
        """Of a run that looks again at an earlier one: what it proposes, and what it asks."""
        found = self.run.result.get("recheck")
        if not found:
            return ""
        text = _(
            "Looked at again, as the sources know it now: %(more)s get it as yet, %(raised)s get "
            "more. Of %(asked)s it is asked what becomes of them: nothing ends by itself."
        )
        return text % {
            "more": number(found["more"]),
            "raised": number(found["raised"]),
            "asked": number(found["less"] + found["differs"]),
        }

    def _units_title(self) -> str:
        return _("Households") if self.regulation.unit == "gezin" else _("Persons")

    def _kpis(self) -> list[Kpi]:
        preview = self.preview
        sure, bound = preview.cost_sure_cents, preview.cost_bound_cents
        if sure is None or bound is None:
            cost, meaning = _("not in money"), _("a discount or something in kind")
        elif sure == bound:
            cost, meaning = euro_short(sure), _("sure")
        else:
            cost = euro_range(sure, bound)
            meaning = _("sure – sure and not sure")
        if preview.covered + preview.covered_partly and sure is not None:
            meaning = _("%(meaning)s, only for what is new") % {"meaning": meaning}
        return [
            {
                "kind": "yes",
                "title": _("Yes"),
                "figure": number(preview.yes),
                "meaning": self._gain() or self._since(),
                "also": self._since() if self._gain() else "",
            },
            {
                "kind": "ask",
                "title": _("Not sure"),
                "figure": number(preview.unknown),
                "meaning": _("becomes a question, no refusal"),
            },
            {
                "kind": "no",
                "title": _("No"),
                "figure": number(preview.no),
                "meaning": _("nobody gets a refusal"),
            },
            {"kind": "", "title": _("Cost"), "figure": cost, "meaning": meaning},
        ]

    def _gain(self) -> str:
        """How many of the yes are new: what approval would award. Empty when all of them are."""
        preview = self.preview
        if not preview.covered + preview.covered_partly:
            return ""
        text = _("%(new)s new, %(covered)s awarded already") % {
            "new": number(preview.new),
            "covered": number(preview.covered),
        }
        partly = _("%(count)s in part") % {"count": number(preview.covered_partly)}
        return f"{text}, {partly}" if preview.covered_partly else text

    def _since(self) -> str:
        previous = self.preview.previous
        before = queries.preview(previous) if previous else None
        if previous is None or before is None:
            return _("the first run of this right")
        change = self.preview.yes - before.yes
        return _("%(change)s compared with %(day)s") % {
            "change": signed(change),
            "day": day(previous.on),
        }

    def _changes(self) -> dict[str, Any]:
        previous = self.preview.previous
        if previous is None:
            return {
                "changed_title": _("What changed"),
                "changes": [],
                "changed_empty": _(
                    "This is the first run of this right: there is nothing to compare with."
                ),
            }
        changes = [
            {
                "reason": reasons.difference(self.regulation, one.reason),
                "from": reasons.outcome(one.before),
                "to": reasons.outcome(one.after),
                "units": one.units,
            }
            for one in self.preview.differences
        ]
        return {
            "changed_title": _("What changed since %(day)s") % {"day": day(previous.on)},
            "changes": changes,
            "changed_empty": _("Nothing changed since then."),
        }

    def _breaker(self) -> str:
        breaker = self.preview.breaker
        if breaker is None:
            return ""
        return _(
            "This run differs %(percent)s %% from the last one (%(before)s → %(now)s, limit "
            "%(limit)s %%). Approval can only be asked with a reason."
        ) % {
            "percent": breaker.percent,
            "before": number(breaker.before),
            "now": number(breaker.now),
            "limit": breaker.limit,
        }

    def _dossier(self, one: SampleDossier) -> dict[str, Any]:
        return {
            "number": one.number,
            "title": reasons.dossier(one),
            "read": one.read_at is not None,
        }

    def _next(self) -> dict[str, Any]:
        """What can be done now, by this member of staff."""
        state = self.run.state
        found: dict[str, Any] = {
            "title": _("What now?"),
            "withdraw": state != State.WITHDRAWN and may_withdraw(self.run, self.staff),
        }
        if state == State.PREVIEW:
            ready = not self.preview.unread
            found["request"] = ready and may(self.staff, "runs.request_approval")
            if not ready:
                found["text"] = _("First read the dossiers above.")
        elif state == State.REQUESTED:
            found["approve"] = may(self.staff, "runs.approve")
            asked = self.run.requested_by.name if self.run.requested_by else ""
            found["text"] = _("%(who)s asked for approval by another person.") % {"who": asked}
        elif state == State.DONE:
            who = self.run.approved_by
            found["title"] = _("Done")
            found["text"] = _("%(who)s approved it on %(day)s.") % {
                "who": who.name if who else "",
                "day": day(self.run.approved_at) if self.run.approved_at else "",
            }
        return found

    def _frozen(self) -> str:
        digest = self.preview.list_hash
        return _("List frozen · check number %(hash)s") % {"hash": f"{digest[:4]}…{digest[-4:]}"}
