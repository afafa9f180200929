"""Authorisations as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city.lawfulness.models import Entry
from vanzelf.city.lawfulness.needs import Loss
from vanzelf.city.lawfulness.queries import Asked
from vanzelf.faces.look import sources
from vanzelf.faces.look.regulations import name_of
from vanzelf.faces.look.wording import day_and_year, number
from vanzelf.faces.privacy import words
from vanzelf.sources.lawfulness import Authorisation, Lawfulness, State, state
from vanzelf.sources.lawfulness.validity import days_left

FIELDS = {
    "kind": gettext_noop("Kind"),
    "title": gettext_noop("Title"),
    "purposes": gettext_noop("Purposes"),
    "services": gettext_noop("Sources"),
    "facts": gettext_noop("Data"),
    "statutes": gettext_noop("Statuses by name"),
    "units": gettext_noop("About whom"),
    "regulations": gettext_noop("Rights"),
    "activity": gettext_noop("Processing activity"),
    "link": gettext_noop("Text"),
    "sender": gettext_noop("Known to the source as"),
    "valid_from": gettext_noop("First day"),
    "valid_until": gettext_noop("Last day"),
    "invented": gettext_noop("Invented"),
}
NONE = Asked()


def overview(found: Lawfulness, asked: Mapping[str, Asked], today: date) -> dict[str, Any]:
    """The list, those that run out first, and the figures above it."""
    order = list(words.STATES)
    lines = [(state(each, today), each) for each in found.all]
    lines.sort(key=lambda pair: (order.index(pair[0]), pair[1].reference))
    counts = {each: sum(1 for one, _each in lines if one is each) for each in State}
    recent = sum(each.recent for each in asked.values())
    return {
        "lines": [_line(each, asked.get(each.reference, NONE), today) for _state, each in lines],
        "figures": [
            {**words.state(one), "figure": counts[one]}
            for one in (State.VALID, State.EXPIRING, State.EXPIRED)
        ],
        "recent": number(recent),
        "expiring": counts[State.EXPIRING],
        "unknown": sorted(set(asked) - {each.reference for each in found.all}),
    }


def _line(one: Authorisation, asked: Asked, today: date) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "title": one.title,
        "state": words.state(state(one, today)),
        "until": words.until(one, days_left(one, today)),
        "services": words.services(one),
        "recent": number(asked.recent),
        "asked": asked.questions,
    }


def authorisation(one: Authorisation, found: Lawfulness, today: date) -> dict[str, Any]:
    """One authorisation in full."""
    activity = found.activities.get(one.activity)
    return {
        **_line(one, NONE, today),
        "kind": _(words.KINDS[one.kind]),
        "purposes": sorted(found.purposes[each].title for each in one.purposes),
        "facts": words.facts(one.facts),
        "statutes": sorted(one.statutes),
        "about": words.about(one),
        "rights": sorted(name_of(right) for right in one.regulations),
        "activity": activity,
        "sender": one.sender,
        "since": day_and_year(one.valid_from),
        "link": one.link,
        "invented": one.invented,
        "holds": one.valid(today),
    }


def losses(found: Iterable[Loss]) -> list[dict[str, Any]]:
    """What stops: each right with the data that it would miss."""
    listed = [
        {"name": name_of(loss.right), "id": loss.right, "facts": words.facts(loss.facts)}
        for loss in found
    ]
    return sorted(listed, key=lambda one: str(one["name"]))


def asked(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Questions by source, purpose and what came of them."""
    return [
        {
            "service": words.service(row["service"]),
            "purpose": row["purpose"],
            "outcome": _("answered")
            if row["outcome"] == "answered"
            else sources.reason(row["outcome"]),
            "persons": number(row["persons"]),
        }
        for row in rows
    ]


def versions(found: list[Entry]) -> list[dict[str, Any]]:
    """Who changed what, the newest first."""
    pairs = pairwise([*found, None])
    return [
        {
            "number": entry.number,
            "at": entry.at,
            "by": entry.by.name if entry.by else _("the system"),
            "reason": entry.reason,
            "changes": _changes(before, entry),
        }
        for entry, before in pairs
        if entry is not None
    ]


def _changes(before: Entry | None, entry: Entry) -> list[str]:
    if entry.content is None:
        return [_("Removed")]
    if before is None or before.content is None:
        return [_("Taken in")]
    was, now = before.content, entry.content
    return [
        f"{_(FIELDS.get(key, key))}: {_plain(was.get(key))} → {_plain(now.get(key))}"
        for key in now
        if was.get(key) != now.get(key)
    ]


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, Mapping):
        return ", ".join(map(str, value.values()))
    return "–" if value in (None, "") else str(value)
