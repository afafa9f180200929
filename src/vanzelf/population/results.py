"""What a check of a whole population gives: outcomes, amounts and reasons, in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vanzelf.population.kernel.right import LoweredRight, Outcome
from vanzelf.population.kernel.worth import Line

NO, YES, UNKNOWN = 0, 1, 2
"""The outcomes, as they stand in a column of int8."""
MONEY = "money"


@dataclass(frozen=True, slots=True)
class Counts:
    """Units by outcome."""

    yes: int
    no: int
    unknown: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.yes + other.yes, self.no + other.no, self.unknown + other.unknown)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a right costs per period of its amount, in euro cents.

    `sure`: the known amounts of every YES. `at_most`: with the amounts that an UNKNOWN would get
    as well. `open`: units of which not even that is known, so that `at_most` leaves them out.
    """

    sure: int
    at_most: int
    open: int = 0

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(self.sure + other.sure, self.at_most + other.at_most, self.open + other.open)


Amounts = Mapping[str, tuple[NDArray[np.int64], NDArray[np.bool_]]]


class Results:
    """The results of one check: per right a column over its units, in the population's order."""

    def __init__(
        self,
        on: date,
        rights: Sequence[LoweredRight],
        blocks: Sequence[Mapping[str, Outcome]],
        numbers: Mapping[str, Callable[[], NDArray[np.int64]]],
    ) -> None:
        self.on = on
        """The day of the check."""
        self.rights = tuple(right.id for right in rights)
        """The ids of the rights."""
        self.facts = tuple(dict.fromkeys(fact for right in rights for fact in right.facts))
        """Every fact on which one of them may depend."""
        self._rights = {right.id: right for right in rights}
        self._blocks = blocks
        self._numbers = numbers

    def facts_of(self, right: str) -> tuple[str, ...]:
        """The facts of its criteria (`gezin.leden[].leefloon`): bit i of `why` is fact i."""
        return self._rights[right].facts

    def unit(self, right: str) -> str:
        """Who holds it: `gezin` or `persoon`."""
        return self._rights[right].unit

    def lines(self, right: str) -> tuple[Line, ...]:
        """The lines of its amount."""
        return self._rights[right].lines

    def _of(self, right: str) -> Iterator[Outcome]:
        if right not in self._rights:
            raise KeyError(f"there is no right {right!r} in these results")
        return (block[right] for block in self._blocks)

    def outcomes(self, right: str) -> NDArray[np.int8]:
        """0 NO, 1 YES, 2 UNKNOWN per household or person. KeyError for another right."""
        return np.concatenate([one.outcomes for one in self._of(right)])

    def amounts(self, right: str) -> Amounts:
        """Per line of the amount: hundredths of a euro or percent, and whether known.

        For every YES; with `worth` also what an UNKNOWN would get. Known and 0 where the unit gets
        nothing from this line, or something in kind without a number.
        """
        blocks = list(self._of(right))
        return {
            line.id: (
                np.concatenate([_long(one.worth[line.id].cents, one, np.int64) for one in blocks]),
                np.concatenate([_long(one.worth[line.id].known, one, np.bool_) for one in blocks]),
            )
            for line in self.lines(right)
        }

    def why(self, right: str) -> NDArray[np.uint64]:
        """Which facts could still change an UNKNOWN, as a set of bits; 0 for the others.

        Bit i is `facts_of(right)[i]`. All 0 when the check was made without.
        """
        return np.concatenate(
            [_long(0 if one.why is None else one.why, one, np.uint64) for one in self._of(right)]
        )

    def missing(self, right: str, position: int) -> tuple[str, ...]:
        """The same for one unit, by name."""
        for block in self._of(right):
            if position < len(block.outcomes):
                bits = 0 if block.why is None else int(block.why[position])
                facts = self.facts_of(right)
                return tuple(fact for bit, fact in enumerate(facts) if bits >> bit & 1)
            position -= len(block.outcomes)
        raise IndexError(position)

    def reasons(self, right: str) -> tuple[NDArray[np.int32], tuple[tuple[str, ...], ...]]:
        """Why, as `Verdict.reasons` says it: per unit a place, and what stands there.

        ValueError when the check was made without.
        """
        places: dict[tuple[str, ...], int] = {}
        parts: list[NDArray[np.int32]] = []
        for block in self._of(right):
            if block.reasons is None:
                raise ValueError("made without reasons: use check(…, reasons=True)")
            found = [places.setdefault(one, len(places)) for one in block.reasons.names]
            parts.append(np.array(found, np.int32).take(block.reasons.codes))
        return np.concatenate(parts), tuple(places)

    def counts(self, right: str) -> Counts:
        """How many of each outcome."""
        found = Counts(0, 0, 0)
        for one in self._of(right):
            found += Counts(one.yes, one.no, len(one.outcomes) - one.yes - one.no)
        return found

    def cost(self, right: str, line: str | None = None) -> Bounds:
        """The bounds of what it costs: of this line, else of all lines of money together.

        Lines per another period than the first are left out then: ask for these by name.
        """
        money = [one for one in self.lines(right) if one.kind == MONEY]
        asked = [one.id for one in money if one.per == money[0].per] if line is None else [line]
        blocks = list(self._of(right))
        found = [sum((_bounds(one, name) for one in blocks), Bounds(0, 0)) for name in asked]
        return Bounds(
            sum(one.sure for one in found),
            sum(one.at_most for one in found),
            max((one.open for one in found), default=0),  # the same units are open in each
        )

    def units(self, right: str) -> NDArray[np.int64]:
        """The number of each unit: household or person."""
        return self._numbers[self.unit(right)]()

    def table(self, right: str) -> pa.Table:
        """unit int64, outcome int8, per line of the amount cents int64 (null: not known), why
        uint64; the facts of its bits stand in the metadata `facts`."""
        columns: dict[str, Any] = {
            "unit": pa.array(self.units(right)),
            "outcome": pa.array(self.outcomes(right)),
        }
        for line, (cents, known) in self.amounts(right).items():
            columns[line] = pa.array(cents, mask=~known)
        columns["why"] = pa.array(self.why(right))
        told = {"right": right, "on": self.on.isoformat(), "facts": "\n".join(self.facts_of(right))}
        return pa.table(columns).replace_schema_metadata(told)


def _long(values: Any, block: Outcome, kind: Any) -> NDArray[Any]:
    if isinstance(values, np.ndarray):
        return values.astype(kind, copy=False)
    return np.full(len(block.outcomes), values, dtype=kind)


def _bounds(block: Outcome, line: str) -> Bounds:
    worth, unknown = block.worth[line], len(block.outcomes) - block.yes - block.no
    if not isinstance(worth.cents, np.ndarray) and worth.cents == 0 and worth.known is True:
        return Bounds(0, 0)
    known = _long(worth.known, block, np.bool_)
    open_ = int(len(known) - np.count_nonzero(known))
    if not isinstance(worth.cents, np.ndarray):
        worth_all = worth.cents * int(np.count_nonzero(known & (block.outcomes != NO)))
        return (
            Bounds(worth.cents * block.yes, worth_all, open_)
            if unknown or open_
            else Bounds(worth.cents * block.yes, worth.cents * block.yes)
        )
    total = int(worth.cents.sum(dtype=np.int64))
    sure = int(worth.cents[block.outcomes == YES].sum(dtype=np.int64)) if unknown else total
    return Bounds(sure, total, open_)
