"""Values that stand for all that an unknown may be, as far as constants tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

from vanzelf.dmn.tables.domains import Missing
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.values.arithmetic import operate
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.numbers import ARITHMETIC_ERRORS, CONTEXT, ZERO
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.temporal import parse_at
from vanzelf.feel.values.unknown import Unknown

_DAY: Final = timedelta(days=1)
_OF_ANOTHER_KIND: Final[dict[str, object]] = {}
"""A context: no constant of a cell is one, so to every cell it is just something else."""

Points = Iterable[object]


def samples(value: Unknown, points: Points) -> list[object]:
    """A value of each stretch that the points leave: together they stand for all legal values.

    Of a `Missing` only legal ones; of a number within bounds those within; anything else may be
    of any kind, and null.
    """
    points = list(points)
    if isinstance(value, Missing):
        found = _legal(value, points)
        if found is not None:
            return found
    if value.bounded:
        ends = [end for end in (value.low, value.high) if end is not None]
        return [one for one in _numbers([*points, *ends]) if _within(value, one)]
    return [*_of_any_kind(points)]


def _legal(value: Missing, points: list[object]) -> list[object] | None:
    if value.legal is not None:
        return list(value.legal)
    stretch = _STRETCHES.get(str(value.type.base()))
    if stretch is None:
        return None
    if value.points is None:  # for a stretch it is then not known what the type refuses of it
        return [*stretch(points), None]
    found = stretch([*points, *value.points])
    return [one for one in (*found, None) if value.allows(one)]


def _within(value: Unknown, number: Any) -> bool:
    above = value.low is None or number >= value.low
    return above and (value.high is None or number <= value.high)


def _of_any_kind(points: list[object]) -> Iterator[object]:
    kinds = {kind(point) for point in points}
    for name, stretch in _STRETCHES.items():
        if name in kinds:
            yield from stretch(points)
    yield from (point for point in points if isinstance(point, Range))
    yield None
    yield _OF_ANOTHER_KIND


# --- by kind ----------------------------------------------------------------------------------


def _of(name: str, points: Points) -> list[Any]:
    return [point for point in points if kind(point) == name]


def _numbers(points: Points) -> list[object]:
    """Each point, what comes just after it, and what comes before the first."""
    known = sorted(set(_of("number", points) or [ZERO]))
    found: list[object] = [*known]
    for neighbour, point in [
        (CONTEXT.next_minus, known[0]),
        *((CONTEXT.next_plus, point) for point in known),
    ]:
        try:
            value = neighbour(point)
        except ARITHMETIC_ERRORS:
            continue
        if value.is_finite():
            found.append(value)
    return found


def _dates(points: Points) -> list[object]:
    found: list[object] = []
    for point in _of("date", points) or [parse_at("2000-01-01")]:
        days = (operate(Op.SUBTRACT, point, _DAY), point, operate(Op.ADD, point, _DAY))
        found.extend(day for day in days if kind(day) == "date" and day not in found)
    return found


def _strings(points: Points) -> list[object]:
    known = dict.fromkeys(_of("string", points))
    return [*known, "".join(known) + "…"]


def _booleans(points: Points) -> list[object]:
    return [True, False]


_STRETCHES: Final[dict[str, Callable[[Points], list[object]]]] = {
    "number": _numbers,
    "date": _dates,
    "string": _strings,
    "boolean": _booleans,
}
