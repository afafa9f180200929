"""What an invented family gets in all, by its income: now, and with the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from vanzelf.faces.look import wording
from vanzelf.faces.look.regulations import name_of, regulations
from vanzelf.population.simulation import Change, Family, Point, changed, cliffs
from vanzelf.rights import Regulation

INCOMES = range(0, 60_001, 1_000)
WIDTH, HEIGHT = 600, 220
ABOVE = 14
"""Room over the highest point, for a mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where earning more leaves the family with less."""

    x: float
    y: float
    income: str
    less: str


def drawn(regulation: Regulation, change: Change, family: Family, on: date) -> dict[str, Any]:
    """Two lines in a box of WIDTH by HEIGHT, with what an axis says and where the cliffs are."""
    now = _now(family.ages, on)
    others = [
        changed(regulation, change) if one.id == regulation.id else one
        for one in regulations().values()
    ]
    then = now if change == Change() else _points(others, family, on)
    most = max(point.sure for point in (*now, *then)) or 1
    top = _round(most)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "now": _line(now, top),
        "then": _line(then, top),
        "marks": _marks(then, top),
        "marks_now": _marks(now, top),
        "rungs": [
            {"y": _y(part * top // 2, top), "label": wording.euro(part * top // 2)}
            for part in (0, 1, 2)
        ],
        "stops": [
            {"x": _x(income), "label": wording.euro(100 * income)}
            for income in range(0, INCOMES[-1] + 1, 20_000)
        ],
        "rows": [
            {
                "income": wording.euro(100 * old.income),
                "now": wording.euro(round(old.sure, -2)),
                "then": wording.euro(round(new.sure, -2)),
                "cliff": new.cliff,
            }
            for old, new in zip(now, then, strict=True)
            if old.income % 10_000 == 0 or new.cliff
        ],
        "same": [point.sure for point in now] == [point.sure for point in then],
        "not_sure": any(point.open for point in then),
    }


@lru_cache(maxsize=64)
def _now(ages: tuple[int, ...], on: date) -> tuple[Point, ...]:
    return _points(regulations().values(), Family(ages), on)


def _points(rights: Any, family: Family, on: date) -> tuple[Point, ...]:
    return tuple(cliffs(rights, regulations().facts, family, on, INCOMES))


def _round(cents: int) -> int:
    """The least sum that an axis ends at well."""
    size: int = 10 ** (len(str(cents)) - 1)
    return next(part * size // 2 for part in range(2, 22) if part * size // 2 >= cents)


def _x(income: int) -> float:
    return round(WIDTH * income / INCOMES[-1], 1)


def _y(cents: int, top: int) -> float:
    return round(HEIGHT - (HEIGHT - ABOVE) * cents / top, 1)


def _line(points: Sequence[Point], top: int) -> str:
    return " ".join(f"{_x(point.income)},{_y(point.sure, top)}" for point in points)


def _marks(points: Sequence[Point], top: int) -> list[Mark]:
    return [
        Mark(
            _x(point.income),
            _y(point.sure, top),
            wording.euro(100 * point.income),
            ", ".join(name_of(right) for right in point.less),
        )
        for point in points
        if point.cliff
    ]
