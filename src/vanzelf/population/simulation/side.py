"""One side of a comparison: who has a right, and what each of them gets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.results import NO, UNKNOWN, YES, Results
from vanzelf.rights import Regulation
from vanzelf.rights.model import AmountLine

Line = tuple[NDArray[np.int64], NDArray[np.bool_]]
"""Hundredths of a euro or percent per unit, and whether known."""


@dataclass(frozen=True, slots=True)
class Side:
    """The outcome per unit with the cents that a YES gets, or an UNKNOWN would get."""

    units: NDArray[np.int64]
    outcomes: NDArray[np.int8]
    cents: NDArray[np.int64]
    """What is known of it; 0 for a NO."""
    priced: NDArray[np.bool_]
    """Whether all of it is known."""
    per: str | None
    """The period of the money; None for a right that gives none."""
    lines: tuple[Line, ...]
    """Every line of the amount, percentages too."""

    @classmethod
    def of(cls, results: Results, regulation: Regulation) -> Side:
        """From the results of a check that was made with `worth`."""
        outcomes = results.outcomes(regulation.id)
        cents = np.zeros(len(outcomes), np.int64)
        priced = np.ones(len(outcomes), np.bool_)
        lines = money_of(regulation)
        amounts = results.amounts(regulation.id)
        for line in lines:
            worth, known = amounts[line.id]
            cents += np.where(known, worth, 0)
            priced &= known
        cents[outcomes == NO] = 0
        per = lines[0].per if lines else None
        every = tuple(amounts.values())
        return cls(results.units(regulation.id), outcomes, cents, priced, per, every)

    def differs(self, other: Side) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Per unit whether it gets more here than there, or less, of what both know.

        More is more of one line and less of none.
        """
        nobody = np.zeros(len(self.outcomes), np.bool_)
        more, less = nobody.copy(), nobody.copy()
        for (worth, known), (before, known_before) in zip(self.lines, other.lines, strict=True):
            both = known & known_before
            more |= both & (worth > before)
            less |= both & (worth < before)
        return more & ~less, less & ~more

    @property
    def yes(self) -> NDArray[np.bool_]:
        return np.asarray(self.outcomes == YES)

    @property
    def unknown(self) -> NDArray[np.bool_]:
        return np.asarray(self.outcomes == UNKNOWN)

    @property
    def unpriced(self) -> NDArray[np.bool_]:
        """A YES or UNKNOWN of which an amount is not known: no cost counts it whole."""
        return np.asarray((self.outcomes != NO) & ~self.priced)

    @property
    def largest(self) -> int:
        """The most that anyone gets or might get."""
        return int(self.cents.max(initial=0))


def money_of(regulation: Regulation) -> tuple[AmountLine, ...]:
    """The lines of money that can be added: those per the same period as the first."""
    money = [line for line in regulation.content.amounts if line.kind == "money"]
    return tuple(line for line in money if line.per == money[0].per)
