"""What a check of a whole population gives: outcomes, amounts and reasons, in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

NO, YES, UNKNOWN = 0, 1, 2
"""The outcomes, as they stand in a column of int8."""


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


class Results:
    """The results of one check: per right a column over its units, in the population's order."""

    on: date
    """The day of the check."""
    rights: tuple[str, ...]
    """The ids of the rights."""
    facts: tuple[str, ...]
    """The facts as regulations name them (`gezin.leden[].leefloon`): bit i of `why` is facts[i]."""

    def outcomes(self, right: str) -> NDArray[np.int8]:
        """0 NO, 1 YES, 2 UNKNOWN per household or person. KeyError for another right."""
        raise NotImplementedError

    def amounts(self, right: str) -> Mapping[str, tuple[NDArray[np.int64], NDArray[np.bool_]]]:
        """Per line of the amount: hundredths of a euro or percent, and whether known.

        For every YES; with `worth` also what an UNKNOWN would get. Known and 0 where the unit gets
        nothing from this line, or something in kind without a number.
        """
        raise NotImplementedError

    def why(self, right: str) -> NDArray[np.uint64]:
        """Which facts could still change an UNKNOWN, as a set of bits; 0 for the others."""
        raise NotImplementedError

    def missing(self, right: str, position: int) -> Sequence[str]:
        """The same for one unit, by name."""
        raise NotImplementedError

    def counts(self, right: str) -> Counts:
        """How many of each outcome."""
        raise NotImplementedError

    def cost(self, right: str, line: str | None = None) -> Bounds:
        """The bounds of what it costs: of this line, else of the first that is money."""
        raise NotImplementedError

    def units(self, right: str) -> NDArray[np.int64]:
        """The number of each unit: household or person."""
        raise NotImplementedError

    def table(self, right: str) -> pa.Table:
        """unit int64, outcome int8, a decimal column per line of the amount, why uint64."""
        raise NotImplementedError
