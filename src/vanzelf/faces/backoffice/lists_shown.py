"""Lists and their deliveries in words: how they stand, what changes, what is wrong with a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city import clock
from vanzelf.city.lists.layouts import layout
from vanzelf.city.lists.models import Delivery, State
from vanzelf.city.lists.previewing import in_use
from vanzelf.city.lists.queries import WARN_DAYS, Doubt, Standing
from vanzelf.faces.backoffice.problems_shown import told
from vanzelf.faces.look.language import current
from vanzelf.faces.look.wording import day, number
from vanzelf.sources.lists import Layout, Problem
from vanzelf.sources.lists.layout import VIEW, XLSX

FIRST = 20
"""So many problems stand on the page; the rest is in the file."""
STATES = {
    State.READING: ("ask", gettext_noop("Being read")),
    State.FAILED: ("stop", gettext_noop("Could not be read")),
    State.WRONG: ("stop", gettext_noop("There are mistakes in it")),
    State.PREVIEW: ("ask", gettext_noop("Waits for you")),
    State.TAKEN: ("yes", gettext_noop("Taken in use")),
    State.UNDONE: ("no", gettext_noop("Taken back")),
    State.DISCARDED: ("no", gettext_noop("Not taken in")),
}
LEADS = {
    State.FAILED: gettext_noop("The list could not be read. Nothing changed. Try again."),
    State.WRONG: gettext_noop(
        "Nothing was taken in. Correct these rows where the list comes from, and deliver it again."
    ),
    State.PREVIEW: gettext_noop("Nothing changed yet. Look at what this list would change."),
    State.TAKEN: gettext_noop("This delivery was taken in."),
    State.UNDONE: gettext_noop("This delivery was taken back."),
    State.DISCARDED: gettext_noop("This delivery was not taken in. What it held is gone."),
    State.READING: gettext_noop("Every row is looked at. Nothing changes before you say so."),
}
DOUBTS = {
    Doubt.SMALLER: gettext_noop(
        "The list is much shorter than the one in use: %(after)s rows, and there were %(before)s. "
        "Who is no longer on it, may get less."
    ),
    Doubt.OLDER: gettext_noop("The list in use is of a later day than this one."),
    Doubt.STALE: gettext_noop("The list is so old that it says nothing any more."),
    Doubt.PARTIAL: gettext_noop(
        "The list in use names everyone, this one only some. Of who is not on it, checks will not "
        "know."
    ),
}
HOW = {
    XLSX: gettext_noop("an Excel workbook (.xlsx)"),
    VIEW: gettext_noop("a view, which we read ourselves"),
}


def standing(one: Standing) -> dict[str, Any]:
    """A list in the overview: in use until when, or why not."""
    found, left = one.delivery, one.days_left(clock.today())
    return {
        "name": one.layout.name,
        "title": one.layout.called(current()),
        "by_view": one.layout.format == VIEW,
        "tag": _tag(left),
        "as_of": one.as_of,
        "last_day": one.last_day,
        "rows": found.kept if found else None,
        "id": found.pk if found else None,
        "by": found.taken_by.name if found and found.taken_by else "",
        "at": found.taken_at if found else None,
    }


def _tag(left: int | None) -> tuple[str, str]:
    if left is None:
        return "no", _("Not delivered yet")
    if left < 0:
        return "stop", _("Too old: it says nothing any more")
    if left <= WARN_DAYS:
        return "ask", _("Soon too old")
    return "yes", _("In use")


def asked(one: Layout) -> dict[str, Any]:
    """What a delivery of this list looks like."""
    return {
        "by_view": one.format == VIEW,
        "how": _(HOW.get(one.format, gettext_noop("a text file (.csv)"))),
        "columns": columns(one),
    }


def columns(one: Layout) -> str:
    """The columns by name, as their header must have them."""
    return ", ".join(column.name for column in one.columns)


def line(one: Delivery) -> dict[str, Any]:
    """A delivery in the history of its list."""
    kind, word = STATES[State(one.state)]
    return {
        "id": one.pk,
        "title": _("List of %(day)s") % {"day": day(one.as_of)},
        "kind": kind,
        "state": _(word),
        "rows": one.read,
        "by": one.by.name,
        "at": one.at,
        "reason": one.undo_reason or one.reason,
    }


def delivery(one: Delivery, problems: Sequence[Problem], doubts: Sequence[Doubt]) -> dict[str, Any]:
    """A delivery as it stands, for its page."""
    changes, state = one.differences, State(one.state)
    counts = {key: number(changes.get(key, 0)) for key in ("before", "after")}
    using = in_use(one.name) if state == State.TAKEN else None
    return {
        **line(one),
        "name": one.name,
        "list": layout(one.name).called(current()),
        "lead": _(LEADS[state]),
        "file": one.file_name,
        "as_of": one.as_of,
        "last_day": one.last_day,
        "complete": one.complete,
        "read": one.read,
        "kept": one.kept,
        "left_out": one.left_out,
        "grounds": one.grounds,
        "taken_by": one.taken_by,
        "taken_at": one.taken_at,
        "undone_by": one.undone_by,
        "undone_at": one.undone_at,
        "first": changes.get("before") == 0,
        "changes": _changes(changes) if state != State.WRONG else [],
        "doubts": [_(DOUBTS[doubt]) % counts for doubt in doubts],
        "problem_count": one.problem_count,
        "problems": problem_rows(problems[:FIRST]),
        "more": max(0, len(problems) - FIRST),
        "forgotten": state == State.WRONG and not problems,
        "moving": state == State.READING,
        "begun": one.tries > 0,
        "expected": one.expected,
        "looked_at": min(one.read, one.expected) if one.expected else one.read,
        "can_take": state == State.PREVIEW,
        "can_discard": state in (State.PREVIEW, State.WRONG, State.FAILED, State.READING),
        "again": state in (State.WRONG, State.FAILED, State.DISCARDED),
        "can_undo": using is not None and using.pk == one.pk,
    }


def problem_rows(found: Iterable[Problem]) -> list[tuple[int, str, str]]:
    """Row, column and what to do, in words."""
    return [(one.row, one.column, told(one)) for one in found]


def _changes(changes: dict[str, Any]) -> list[tuple[str, str]]:
    """Per fact how many are new, ended, changed and the same; what nobody is, is left out."""
    words = {
        "new": _("%(count)s new"),
        "ended": _("%(count)s ended"),
        "changed": _("%(count)s changed"),
        "same": _("%(count)s the same"),
    }
    facts = sorted({fact for key in words for fact in changes.get(key, {})})
    return [
        (
            fact,
            " · ".join(
                word % {"count": number(count)}
                for key, word in words.items()
                if (count := changes[key].get(fact, 0))
            ),
        )
        for fact in facts
    ]
