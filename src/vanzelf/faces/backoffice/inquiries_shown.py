"""Inquiries in words: how they stand, what was asked, and what was not and why."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city.inquiries import queries
from vanzelf.city.inquiries.models import Inquiry, State
from vanzelf.city.runs.models import Run, RunVerdict
from vanzelf.faces.look.regulations import fact_name, name_of
from vanzelf.faces.look.unasked import WHY, Unasked, source_fact, unasked
from vanzelf.faces.look.wording import day, moment, number

STATES = {
    State.ASKING: ("ask", gettext_noop("Is asking")),
    State.WAITING: ("ask", gettext_noop("Waits for answers")),
    State.DONE: ("yes", gettext_noop("Done")),
    State.STOPPED: ("no", gettext_noop("Stopped")),
}


def line(one: Inquiry) -> dict[str, Any]:
    """An inquiry in the list and as a heading."""
    kind, state = STATES[State(one.state)]
    names = ", ".join(name_of(right) for right in one.rights)
    return {
        "id": one.pk,
        "title": f"{names}, {day(one.on)}",
        "kind": kind,
        "state": _(state),
        "by": one.by.name,
        "at": one.at,
        "asked": _asked(one),
    }


def context(one: Inquiry) -> dict[str, Any]:
    """What its page shows."""
    left = queries.left_out(one)
    return {
        "inquiry": line(one),
        "lead": _lead(one),
        "problem": one.problem,
        "stages": [_stage(stage) for stage in queries.stages(one)],
        "left": [
            {"why": _(WHY[why]), "fact": source_fact(fact), "persons": count}
            for why, facts in left.items()
            for fact, count in facts.items()
        ],
        "ended": one.ended,
        "not_by_file": ", ".join(fact_name(path) for path in one.not_by_file),
    }


def of_run(run: Run) -> dict[str, Any] | None:
    """The inquiry that a run looked at: how much was asked."""
    found = queries.before(run.regulation, run.on, run.created_at)
    return None if found is None else {"id": found.pk, "text": _asked(found)}


def of_dossier(run: Run, verdict: RunVerdict, names: dict[int, str]) -> list[Unasked]:
    """Per person who lives there what was not asked for this run, and why."""
    found = queries.before(run.regulation, run.on, run.created_at)
    if found is None:
        return []
    left = queries.left_of(found, run.regulation, names)
    return [
        unasked(f"{names[person]}: {source_fact(one.fact)}", one.why)
        for one in left
        for person in sorted(one.persons)
    ]


def _asked(one: Inquiry) -> str:
    asked, everything = sum(queries.asked(one).values()), sum(one.everything.values())
    if not everything:
        return _("Asked so far: %(asked)s.") % {"asked": number(asked)}
    return _("Asked: %(asked)s of %(everything)s.") % {
        "asked": number(asked),
        "everything": number(everything),
    }


def _lead(one: Inquiry) -> str:
    if one.state == State.STOPPED:
        who = one.stopped_by.name if one.stopped_by else ""
        return _("%(who)s stopped this: “%(reason)s”") % {"who": who, "reason": one.stopped_reason}
    if one.state == State.DONE:
        return _("No answer that we may ask by file can change an outcome any more.")
    if one.state == State.WAITING:
        return _("The source is answering. When the answers are in, the next stage begins.")
    return _("The next questions are on their way.")


def _stage(one: queries.StageStanding) -> dict[str, Any]:
    return {
        "number": one.stage.number,
        "at": one.stage.at,
        "facts": [
            {"name": source_fact(fact), "persons": count}
            for fact, count in sorted(one.questions.items())
        ],
        "asked": one.asked,
        "answered": one.answered,
        "waits": _("We wait until %(moment)s at most.") % {"moment": moment(one.until)}
        if one.until
        else "",
    }
