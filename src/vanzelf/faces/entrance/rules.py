"""A regulation as a page shows it: its conditions, what it gives, and its figures of today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import regulations, said
from vanzelf.faces.look.tree import conditions, tables
from vanzelf.faces.look.wording import PER, quantity
from vanzelf.rights import Regulation
from vanzelf.rights.model import Dated, Parameter

LEVELS = {
    "gent": gettext_noop("City"),
    "vlaanderen": gettext_noop("Flanders"),
    "federaal": gettext_noop("Belgium"),
}
UNITS = {"gezin": gettext_noop("a household"), "persoon": gettext_noop("a person")}


def listed(today: date) -> list[dict[str, Any]]:
    """The regulations by who made them, each with how many of its figures are not confirmed."""
    groups = []
    for level, title in LEVELS.items():
        mine = [one for one in regulations().values() if one.content.authority.level == level]
        rules = [
            {
                "id": one.id,
                "name": one.name(current()),
                "summary": one.summary(current()),
                "unconfirmed": sum(1 for dated in _today(one, today) if not dated.verified),
            }
            for one in mine
        ]
        groups.append({"level": level, "name": _(title), "rules": rules})
    return [group for group in groups if group["rules"]]


def described(regulation: Regulation, today: date) -> dict[str, Any]:
    """Everything that the page of one regulation shows."""
    content = regulation.content
    dated = [(one, one.on(today)) for one in content.parameters.values()]
    return {
        "id": content.id,
        "name": said(content.names),
        "summary": said(content.summary),
        "authority": said(content.authority.names),
        "appeal": said(content.authority.appeal_clause),
        "unit": _(UNITS[content.unit]),
        "once_per": _(PER[content.once_per]),
        "criteria": conditions(regulation, today),
        "gives": [said(line.says) for line in content.amounts]
        + [said(one.says) for one in content.deliveries],
        "tables": tables(regulation, today),
        "parameters": [_parameter(one, value) for one, value in dated if value],
        "notes": [said(note) for note in content.notes],
        "law": [
            {"title": one.title, "link": one.link, "note": said(one.note)}
            for one in content.law.values()
        ],
    }


def _today(regulation: Regulation, today: date) -> list[Dated]:
    found = (one.on(today) for one in regulation.content.parameters.values())
    return [dated for dated in found if dated]


def _parameter(parameter: Parameter, dated: Dated) -> dict[str, Any]:
    value = dated.value
    rows = (
        [f"{row.label}: {quantity(row.value, parameter.type, parameter.per)}" for row in value]
        if isinstance(value, tuple)
        else [quantity(value, parameter.type, parameter.per)]
    )
    return {
        "name": said(parameter.names) or parameter.name,
        "lines": rows,
        "start": dated.start,
        "sources": dated.sources,
        "verified": dated.verified,
        "note": said(dated.note),
    }
