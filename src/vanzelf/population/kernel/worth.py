"""What a right is worth: the lines of its amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from vanzelf.population.kernel.arithmetic import hundredths
from vanzelf.population.kernel.column import Ints, Number, Truth, fits
from vanzelf.population.kernel.comparing import equal
from vanzelf.population.kernel.graph import Frame, Step
from vanzelf.population.kernel.planes import (
    Plane,
    Rows,
    both,
    but_not,
    chosen,
    either,
    neither,
    opposite,
    settled,
    spread,
)
from vanzelf.population.kernel.steps import to_one_scale


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the amount: alternatives of when it holds (None: always) and how much it is (None:
    in kind, without a number)."""

    id: str
    kind: str
    per: str | None
    choices: tuple[tuple[Step | None, Step | None], ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """What a line gives: hundredths, where that is known."""

    cents: Ints
    known: Plane


@dataclass(slots=True)
class _Possible:
    """The amounts that are possible so far where an alternative is undecided."""

    some: Plane
    first: Number
    nothing: Plane
    """Where the first possible amount is no number: nothing at all, or in kind."""
    agree: Plane

    def add(self, rows: Plane, worth: Number, nothing: Plane) -> None:
        fresh = but_not(rows, self.some)
        again = both(rows, self.some)
        alike = either(
            both(both(self.nothing, nothing), True),
            both(neither(self.nothing, nothing), equal(self.first, worth).true),
        )
        self.agree = but_not(self.agree, but_not(again, alike))
        self.first = _put(fresh, worth, self.first)
        self.nothing = chosen(fresh, nothing, self.nothing)
        self.some = either(self.some, rows)


def _put(rows: Plane, new: Number, old: Number) -> Number:
    """The new number in these rows, the old one elsewhere; whether it is known goes with it."""
    new, old = to_one_scale(new, old)
    most = max(new.most, old.most)
    low = chosen(rows, fits(new.low, most), fits(old.low, most))
    unknown = chosen(rows, opposite(new.known), opposite(old.known))
    return Number.of(low, new.scale, unknown=unknown, most=most)


ZERO = Number.of(0)
ALWAYS = Truth(True, False, unsure=False)


def worth_of(line: Line, frame: Frame, rows: Rows | None) -> Worth:
    """The first alternative that holds; where that is undecided, what all that remain agree on."""
    when, value = line.choices[0]
    if when is None:
        if value is None:
            return Worth(0, True)
        number = _number(value, frame, rows)
        return Worth(hundredths(number), number.known)
    return _first_of(line, frame, rows)


def _number(step: Step, frame: Frame, rows: Rows | None) -> Number:
    number = frame.number(step)
    return number if rows is None else number.rows(rows)


def _truth(step: Step, frame: Frame, rows: Rows | None) -> Truth:
    truth = frame.truth(step)
    return truth if rows is None else truth.rows(rows)


def _first_of(line: Line, frame: Frame, rows: Rows | None) -> Worth:
    remaining: Plane = True
    undecided: Plane = False
    sure = ZERO
    settled_nothing: Plane = True
    possible = _Possible(False, ZERO, True, True)
    for when, value in line.choices:
        holds = ALWAYS if when is None else _truth(when, frame, rows)
        worth = ZERO if value is None else _number(value, frame, rows)
        nothing = value is None
        considered = but_not(remaining, holds.false)
        first = but_not(both(considered, holds.true), undecided)
        sure = _put(first, worth, sure)
        settled_nothing = chosen(first, nothing, settled_nothing)
        perhaps = settled(but_not(considered, first))
        if perhaps is not False:
            possible.add(perhaps, worth, nothing)
        remaining = but_not(remaining, holds.true)
        undecided = settled(either(undecided, but_not(considered, holds.true)))
    left = both(remaining, undecided)
    possible.agree = but_not(possible.agree, left)  # perhaps none of them holds
    number = _put(undecided, possible.first, sure)
    known = but_not(number.known, but_not(undecided, possible.agree))
    nothing_at_all = chosen(undecided, possible.nothing, settled_nothing)
    cents = chosen(nothing_at_all, 0, hundredths(number))
    return Worth(cents, known)


def given_by(line: Line, frame: Frame, gets: Plane, gets_nothing: Plane, units: int) -> Worth:
    """What the line gives to who gets it; calculated for them alone when they are few."""
    rows = None if gets is True else np.flatnonzero(spread(gets, units)[:units])
    if rows is None or 2 * len(rows) > units:
        given = worth_of(line, frame, None)
        certain = both(gets, given.known)
        cents = _where(cut(certain, units), _small(cut(given.cents, units)))
        return Worth(cents, cut(either(gets_nothing, certain), units))
    given = worth_of(line, frame, Rows(rows))
    known = np.array(spread(gets_nothing, units)[:units])
    known[rows] = given.known
    small = _small(given.cents)
    if isinstance(small, int) and small == 0:
        return Worth(0, known)
    found = np.zeros(units, dtype=np.int32 if isinstance(small, int) else small.dtype)
    found[rows] = np.multiply(small, given.known)
    return Worth(found, known)


def cut(values: Any, units: int) -> Any:
    return values[:units] if isinstance(values, np.ndarray) else values


def _where(rows: Plane, cents: Ints) -> Ints:
    """The cents in these rows, 0 elsewhere."""
    if isinstance(rows, bool):
        return cents if rows else 0
    return np.multiply(rows, cents)


def _small(cents: Ints) -> Ints:
    """In 32 bits where there is room: results are kept for everyone."""
    if isinstance(cents, int) or cents.dtype == np.int32 or len(cents) == 0:
        return cents
    if cents.dtype != object and max(int(cents.max()), -int(cents.min())) < 2**31:
        return cents.astype(np.int32)
    return cents
