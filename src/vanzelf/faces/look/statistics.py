"""Protected numbers in words: what was counted, by what, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext, gettext_noop

from vanzelf.faces.look import wording
from vanzelf.faces.look.regulations import said
from vanzelf.faces.look.wording import NARROW
from vanzelf.population.simulation import Costs, Effect, Spread
from vanzelf.population.statistics import LEAST
from vanzelf.population.statistics.dimensions import (
    AGE,
    DECILE,
    HOUSEHOLD,
    NEIGHBOURHOOD,
    NOT_KNOWN,
)
from vanzelf.rights import Regulation
from vanzelf.rights.model import Group, Parameter, criteria_of

_DIMENSIONS = {
    NEIGHBOURHOOD: gettext_noop("Neighbourhood"),
    HOUSEHOLD: gettext_noop("Type of household"),
    AGE: gettext_noop("Age"),
    DECILE: gettext_noop("Income (tenths)"),
}
_TYPES = {
    "alone": gettext_noop("Alone"),
    "couple": gettext_noop("Couple"),
    "lone parent": gettext_noop("Lone parent"),
    "couple with children": gettext_noop("Couple with children"),
    "other": gettext_noop("Other household"),
    "collective": gettext_noop("Collective (care home, student home)"),
    NOT_KNOWN: gettext_noop("Not known"),
}
_TENTHS = {"1": gettext_noop("1 (lowest)"), "10": gettext_noop("10 (highest)")}
_MEASURES = {
    "before yes": gettext_noop("Have it now"),
    "after yes": gettext_noop("Would have it"),
    "gain": gettext_noop("Gain it"),
    "lose": gettext_noop("Lose it"),
    "more": gettext_noop("Keep it and get more"),
    "less": gettext_noop("Keep it and get less"),
    "settled yes": gettext_noop("Not sure now, would have it"),
    "settled no": gettext_noop("Not sure now, would not have it"),
    "become unknown": gettext_noop("Become not sure"),
    "stay unknown": gettext_noop("Stay not sure"),
    "after unknown": gettext_noop("Not sure then"),
    "after no": gettext_noop("Would not have it"),
}
_PER = {
    "jaar": gettext_noop("per year"),
    "maand": gettext_noop("per month"),
    "eenmalig": gettext_noop("each time it is given"),
}


def dimension(name: str) -> str:
    """What people are divided by."""
    return gettext(_DIMENSIONS[name])


def category(of: str, name: str) -> str:
    """A category of a dimension; a neighbourhood has its own name."""
    if of == AGE:
        return _age(name)
    words = {**_TYPES, **_TENTHS} if of in (HOUSEHOLD, DECILE) else {NOT_KNOWN: _TYPES[NOT_KNOWN]}
    return gettext(words[name]) if name in words else name


def _age(name: str) -> str:
    low, _, high = name.partition("-")
    if high:
        return f"{low}{NARROW}–{NARROW}{high}"
    return gettext("%(age)s and older") % {"age": low.removesuffix("+")}


def measure(name: str) -> str:
    """What a change does to people."""
    return gettext(_MEASURES[name])


def units(unit: str) -> str:
    """Households or persons."""
    return gettext("households") if unit == "gezin" else gettext("persons")


def per(period: str | None) -> str:
    """The period of a sum; empty without one."""
    return gettext(_PER[period]) if period in _PER else ""


def hidden() -> str:
    """What stands where there are too few people to tell."""
    return f"<{NARROW}{LEAST}"


def count(value: int | None) -> str:
    """How many people or households."""
    return hidden() if value is None else wording.number(value)


def bounds(found: tuple[int, int] | None, *, assumed: bool = False) -> str:
    """From … to …, once where they are the same; what is `assumed` in three figures. A dash where
    nobody can say it."""
    if found is None:
        return "–"
    few = [number < LEAST for number in found]
    low, high = (_rough(number) for number in found) if assumed else found
    words = [hidden() if small else count(one) for one, small in zip((low, high), few, strict=True)]
    return words[0] if words[0] == words[1] else f"{words[0]} – {words[1]}"


def _rough(number: int) -> int:
    """With three figures that count, and a multiple of 5."""
    unit = max(5, int(10.0 ** (len(str(number)) - 3)))
    return unit * round(number / unit)


def share(value: float | None) -> str:
    """Of a hundred, with a decimal under ten."""
    if value is None:
        return "–"
    return wording.number(Decimal(str(round(value, 1))), 1 if value < 10 else 0)


def spread(cost: Spread | None) -> str:
    """A cost from what is sure to what is sure and not sure."""
    return _money(None) if cost is None else _money((cost.sure, cost.at_most))


def costs(found: Costs | None, when: str) -> str:
    """What it costs `now` or `by_itself`."""
    return _money(None if found is None else getattr(found, when))


def _money(found: tuple[int | None, int | None] | None) -> str:
    low, high = found or (None, None)
    if low is None:
        return "–"
    if high is None:
        return gettext("at least %(sum)s") % {"sum": wording.euro_short(low)}
    if low == high:
        return wording.euro_short(low)
    if high >= wording.MILLION:
        return wording.euro_range(low, high)
    return f"{wording.euro_short(low)} – {wording.number(round(high / 100))}"


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a change does to a regulation, in words."""

    what: str
    now: str
    then: str


def changes(effect: Effect, regulation: Regulation) -> Iterator[Changed]:
    """What was changed, each with what it is now."""
    for name, value in effect.change["parameters"].items():
        parameter = regulation.content.parameters.get(name)
        if parameter is None:
            yield Changed(name, "", str(value))
        else:
            yield from _of_parameter(parameter, value, regulation.reference_date(effect.on))
    says = _sentences(regulation)
    for name in effect.change["without"]:
        yield Changed(says.get(name, name), gettext("is asked"), gettext("is no longer asked"))
    for name, text in effect.change["instead"].items():
        yield Changed(says.get(name, name), _written(regulation, name), text)


def _of_parameter(parameter: Parameter, value: object, reference: date) -> Iterator[Changed]:
    dated = parameter.on(reference)
    now = None if dated is None else dated.value
    called = said(parameter.names) or parameter.name
    if not isinstance(value, Mapping):
        single = None if isinstance(now, tuple) else now
        yield Changed(called, _value(parameter, single), _value(parameter, value))
        return
    rows = {row.label: row.value for row in now} if isinstance(now, tuple) else {}
    for label, new in value.items():
        old = rows.get(label)
        if str(old) != str(new):
            yield Changed(f"{called}: {label}", _value(parameter, old), _value(parameter, new))


def _value(parameter: Parameter, value: object) -> str:
    """A value as saved (a text) or as in the regulation, as people write it."""
    found = value
    if isinstance(value, str):
        try:
            found = date.fromisoformat(value) if parameter.type == "date" else Decimal(value)
        except (ValueError, InvalidOperation):
            return value
    return wording.quantity(found, parameter.type, parameter.per)


def _sentences(regulation: Regulation) -> dict[str, str]:
    """What each criterion, or group with a sentence, says."""
    found = {one.id: said(one.says) for one in criteria_of(regulation.content.criteria)}
    waiting = [regulation.content.criteria]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Group):
            found[node.id] = said(node.says)
            waiting += node.nodes
    return {name: text for name, text in found.items() if text}


def _written(regulation: Regulation, name: str) -> str:
    texts = (one.when.text for one in criteria_of(regulation.content.criteria) if one.id == name)
    return next(texts, "")
