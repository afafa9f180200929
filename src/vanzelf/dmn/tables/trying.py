"""What each value of an unknown does to the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from vanzelf.dmn.tables.cells import Cell
from vanzelf.dmn.tables.domains import Missing
from vanzelf.dmn.tables.plan import Case, Plan
from vanzelf.dmn.tables.samples import samples
from vanzelf.feel.extending import STATE, Frame
from vanzelf.feel.values.unknown import Unknown

MOST_KEPT: Final = 256
"""Unknowns of which a table remembers the cases."""

Causes = frozenset[str]
NONE: Final[Causes] = frozenset()


@dataclass(slots=True)
class Variable:
    """An unknown, the columns that test it, and the cases that there are.

    `causes`: for each row that a case leaves open, what else that is because of.
    """

    value: Unknown
    columns: list[int]
    cases: tuple[Case, ...] = ()
    causes: dict[int, Causes] = field(default_factory=dict)

    @property
    def counted_out(self) -> bool:
        """Whether each value that it may have is tried, so that any test can be relied on."""
        return isinstance(self.value, Missing) and self.value.legal is not None


def variables_of(plan: Plan, frame: Frame) -> list[Variable]:
    """The unknown inputs with their cases; one that stands in several columns is one value."""
    known: dict[object, Variable] = {}
    for index, column in enumerate(plan.columns):
        value = frame[column.slot]
        if isinstance(value, Missing) and not value.type.conforms_to(column.type):
            value = frame[column.slot] = value.plain()  # it is converted: it may be null
        if isinstance(value, Unknown):
            key = value.causes if isinstance(value, Missing) else index
            known.setdefault(key, Variable(value, [])).columns.append(index)
    for variable in known.values():
        _try(plan, frame, variable)
    return [variable for variable in known.values() if variable.cases]


def _try(plan: Plan, frame: Frame, variable: Variable) -> None:
    """Finds the cases. Where all cells speak of constants only, they are always the same."""
    cells = [
        (index, one)
        for index, row in enumerate(plan.rows)
        for one in row
        if one.column in variable.columns
    ]
    key = _key(plan, variable, cells)
    if key is not None and key in plan.cases:
        variable.cases = plan.cases[key]
        return
    variable.cases = tuple(_Trial(plan, frame, variable, cells).cases())
    if key is not None and len(plan.cases) < MOST_KEPT:
        plan.cases[key] = variable.cases


def _key(plan: Plan, variable: Variable, cells: list[tuple[int, Cell]]) -> object:
    value, columns = variable.value, tuple(variable.columns)
    constant = all(one.points is not None for _, one in cells)
    if not constant or any(plan.columns[index].points is None for index in columns):
        return None
    if isinstance(value, Missing):
        return value, columns
    return None if value.bounded else columns


class _Trial:
    """An unknown that is tried in a frame."""

    def __init__(
        self, plan: Plan, frame: Frame, variable: Variable, cells: list[tuple[int, Cell]]
    ) -> None:
        self.plan, self.frame, self.variable, self.cells = plan, frame, variable, cells
        self.columns = [plan.columns[index] for index in variable.columns]
        self.as_it_is = {
            (index, one.column): one.test(frame)
            for index, one in cells
            if one.points is None and not variable.counted_out
        }

    def cases(self) -> dict[Case, None]:
        found: dict[Case, None] = {}
        for sample in samples(self.variable.value, self._points()):
            self.frame[STATE].charge(len(self.cells))
            for column in self.columns:
                self.frame[column.slot] = sample
            found[self._case()] = None
        for column in self.columns:
            self.frame[column.slot] = self.variable.value
        return found

    def _points(self) -> Iterator[object]:
        for column in self.columns:
            yield from column.points or ()
        for _, one in self.cells:
            yield from one.points or ()

    def _case(self) -> Case:
        excluded = opened = 0
        for index, one in self.cells:
            key = index, one.column
            found = self.as_it_is[key] if key in self.as_it_is else one.test(self.frame)
            if isinstance(found, Unknown):
                opened |= 1 << index
                causes = self.variable.causes
                also = found.causes | self.variable.value.causes  # once it is known, this one tells
                causes[index] = causes.get(index, NONE) | also
            elif found is not True:
                excluded |= 1 << index
        return Case(excluded, opened & ~excluded, self._outside())

    def _outside(self) -> bool:
        for column in self.columns:
            reliable = column.points is not None or self.variable.counted_out
            if column.allowed is not None and reliable:
                found = column.allowed(self.frame)
                if found is not True and not isinstance(found, Unknown):
                    return True
        return False
