"""What can be turned: the parameters of a right as sliders in steps, its criteria as switches.

The steps are wide for a reason: who could choose any value could find the one that just lets a
certain household in, and so ask about that household (docs/simulation.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from vanzelf.city.simulations.steps import Scale, nearest, points_of, scale_of
from vanzelf.population.simulation import Change, read_change
from vanzelf.rights import Regulation
from vanzelf.rights.model import Parameter, criteria_of

KINDS = {"money": "money", "percentage": "percent", "number": "number", "date": "date"}
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{0,6})?")


class KnobError(ValueError):
    """What was asked cannot be set; the message (Dutch) says what can."""


@dataclass(frozen=True)
class Knob:
    """A parameter, or a row of one that is a table, as it may be changed.

    `kind`: `money` in euros, `percent` (80 is 80), `number` or `date`. From `low` to `high` in
    `step`s (of a date: whole months), at most 40. The step nearest to `value` stands for `value`.
    """

    name: str
    row: str | None
    kind: str
    per: str | None
    label: str
    value: Decimal | date
    low: Decimal | date
    high: Decimal | date
    step: Decimal

    @property
    def key(self) -> str:
        """How a form names it: `inkomensgrens opvang`, `bedrag per gezin[0]`."""
        return self.name if self.row is None else f"{self.name}[{self.row}]"

    @cached_property
    def points(self) -> tuple[Decimal | date, ...]:
        """Every value that it can take, rising; `value` is one of them."""
        return points_of(Scale(self.low, self.high, self.step), self.value)

    @cached_property
    def place(self) -> int:
        """Where `value` is among the points: where a slider stands when nothing is changed."""
        return self.points.index(self.value)


def knobs(regulation: Regulation, on: date) -> tuple[Knob, ...]:
    """Every parameter of which the value is known on that day, in the order of the regulation."""
    reference = regulation.reference_date(on)
    return tuple(
        knob
        for parameter in regulation.content.parameters.values()
        for knob in _knobs(parameter, reference)
    )


def _knobs(parameter: Parameter, reference: date) -> Iterator[Knob]:
    dated = parameter.on(reference)
    value = dated.value if dated else None
    rows = (
        [(row.label, row.value) for row in value] if isinstance(value, tuple) else [(None, value)]
    )
    label = parameter.names.get("nl", parameter.name)
    for row, now in rows:
        if now is None or isinstance(now, tuple):
            continue
        scale = scale_of(KINDS[parameter.type], now)
        yield Knob(
            parameter.name,
            row,
            KINDS[parameter.type],
            parameter.per,
            label if row is None else f"{label}: {row}",
            now,
            *scale,
        )


def snap(knob: Knob, text: str) -> Decimal | date:
    """What was typed or slid to, on the nearest step. Raises KnobError."""
    value = _read(knob, text)
    return knob.points[nearest(knob.points, value)]


def _read(knob: Knob, text: str) -> Decimal | date:
    """A day, or a number as people here write it: `33.000`, `1 234,50`, `42.5`."""
    text = text.strip()
    if knob.kind == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise KnobError(f"{knob.label}: schrijf een dag, zoals {knob.value}.") from None
    bare = re.sub(r"[\s€%_]", "", text)
    if "," in bare or _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    if not _NUMBER.fullmatch(bare):
        raise KnobError(f"{knob.label}: schrijf een getal, zoals {knob.value}.")
    return Decimal(bare)


def switches(regulation: Regulation, language: str = "nl") -> tuple[tuple[str, str], ...]:
    """The criteria that can be left out, by id, each with what it says."""
    return tuple(
        (criterion.id, criterion.says.get(language) or criterion.says.get("nl") or criterion.id)
        for criterion in criteria_of(regulation.content.criteria)
    )


def change_of(
    regulation: Regulation, on: date, values: Mapping[str, str], without: Iterable[str] = ()
) -> Change:
    """The change that a form asks: by key of a knob the text in it, and criteria to leave out.

    Values go to the nearest step; what stays as it is, is no change, so that one change has one
    form. Raises KnobError for what is no knob, no value or no criterion, and when nothing is left.
    """
    known = {knob.key: knob for knob in knobs(regulation, on)}
    for key in values:
        if key not in known:
            raise KnobError(f"“{key}” kan je hier niet veranderen; wel: {'; '.join(known)}.")
    chosen = {key: snap(knob, values[key]) for key, knob in known.items() if key in values}
    sets = [f"{key}={value}" for key, value in chosen.items() if value != known[key].value]
    return read_change(regulation, on, sets, _left_out(regulation, set(without)))


def _left_out(regulation: Regulation, without: set[str]) -> list[str]:
    there = [criterion for criterion, _ in switches(regulation)]
    for name in without:
        if name not in there:
            raise KnobError(f"Er is geen voorwaarde “{name}”; wel: {'; '.join(there)}.")
    if there and without == set(there):
        raise KnobError("Laat minstens één voorwaarde staan: anders krijgt iedereen het recht.")
    return [name for name in there if name in without]
