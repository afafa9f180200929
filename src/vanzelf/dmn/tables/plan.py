"""A compiled table: all that evaluating it takes."""

from __future__ import annotations

from dataclasses import dataclass, field

from vanzelf.dmn.tables.cells import Cell, Test
from vanzelf.dmn.tables.nodes import Table
from vanzelf.dmn.tables.outputs import Outputs
from vanzelf.dmn.tables.policies import Decide
from vanzelf.feel.extending import Code
from vanzelf.feel.types import Type


@dataclass(frozen=True, slots=True)
class Column:
    """An input column: its value goes in the slot. `points` are those of its allowed values."""

    slot: int
    value: Code
    allowed: Test | None
    points: tuple[object, ...] | None
    label: str
    type: Type


@dataclass(frozen=True, slots=True)
class Case:
    """What one value of an unknown does: the rows it excludes and leaves open, as bit masks.

    `outside`: it is none of the values that the input clause allows.
    """

    excluded: int = 0
    open: int = 0
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows` have their cells without those that say `-`. `cases` are those found before."""

    table: Table
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    outputs: Outputs
    decide: Decide
    cases: dict[object, tuple[Case, ...]] = field(default_factory=dict)
