"""One right lowered: its criteria as a tree of steps, and what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.kernel.criteria import (
    Criteria,
    Decided,
    Reasons,
    decide,
    missing,
    reasons_of,
    steps_of,
    words,
)
from vanzelf.population.kernel.graph import Frame, merged, needed_by
from vanzelf.population.kernel.people import Block
from vanzelf.population.kernel.planes import Plane, opposite, spread
from vanzelf.population.kernel.worth import Line, Worth, cut, given_by


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one right gives in one block, a row per unit; `why` is None where nothing is open.

    `reasons` are there when they were asked for.
    """

    outcomes: NDArray[np.int8]
    yes: int
    no: int
    worth: Mapping[str, Worth]
    why: NDArray[Any] | None
    reasons: Reasons | None = None


@dataclass(frozen=True, slots=True)
class LoweredRight:
    """A right as steps. `facts` are those of its criteria: the order of the bits of why."""

    id: str
    unit: str
    criteria: Criteria
    lines: tuple[Line, ...]
    facts: tuple[str, ...]

    def needed(self) -> frozenset[int]:
        """The numbers of all steps that it is made of."""
        choices = (choice for line in self.lines for choice in line.choices)
        of_lines = (step for choice in choices for step in choice if step is not None)
        return needed_by((*steps_of(self.criteria), *of_lines))

    def units(self, block: Block) -> int:
        """How many units a block has."""
        return block.private if self.unit == "gezin" else block.persons

    def check(self, frame: Frame, *, why: bool, worth: bool, reasons: bool = False) -> Outcome:
        """The right for a block of people."""
        block = frame.block
        rows = block.households if self.unit == "gezin" else block.persons
        units = self.units(block)
        found = decide(self.criteria, frame)
        true, false = spread(found.true, rows)[:units], spread(found.false, rows)[:units]
        outcomes = np.full(units, 2, dtype=np.int8)
        outcomes -= true
        np.subtract(outcomes, np.multiply(false, 2, dtype=np.int8), out=outcomes)
        yes, no = int(np.count_nonzero(true)), int(np.count_nonzero(false))
        words_ = None
        if why and yes + no < units:
            causes = merged(missing(self.criteria, found, frame, True), True)
            words_ = words(causes, self.facts, rows)[:units]
        amounts = self._worth(frame, found, yes, no, units, worth=worth)
        told = reasons_of(self.criteria, found, rows, units) if reasons else None
        return Outcome(outcomes, yes, no, amounts, words_, told)

    def _worth(
        self, frame: Frame, found: Decided, yes: int, no: int, units: int, *, worth: bool
    ) -> dict[str, Worth]:
        wanted = yes > 0 or (worth and no < units)
        if not wanted:
            known: Plane = found.false if not worth else True
            return {line.id: Worth(0, cut(known, units)) for line in self.lines}
        gets = opposite(found.false) if worth else found.true
        return {line.id: given_by(line, frame, gets, found.false, units) for line in self.lines}
