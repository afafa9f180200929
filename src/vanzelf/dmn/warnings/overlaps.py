"""Which rows of a table can fire together."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from vanzelf import feel
from vanzelf.dmn.tables import Table
from vanzelf.dmn.tables.constants import points_of
from vanzelf.dmn.tables.nodes import Row
from vanzelf.dmn.tables.samples import samples
from vanzelf.feel import UNKNOWN, ast
from vanzelf.feel.messages import collected

MOST_TRIED: Final = 100_000
"""Cells times values that are tried for one column; with more, any rows may fire together."""
_ALL: Final = -1


def passes(tests: ast.Node, value: object) -> bool:
    """Whether a value passes a cell, as far as the cell speaks of that value only."""
    with collected(None):
        return feel.compile(tests)({"?": value}) is True


class Overlaps:
    """For each column, the stretches of values that the cell of each row lets through."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def both(self, row: Row, other: Row, *, apart_from: int) -> bool:
        """Whether both rows can fire, as far as constants in the other columns tell."""
        one, two = row.number - 1, other.number - 1
        return all(
            masks[one] & masks[two]
            for index, masks in enumerate(self._masks)
            if index != apart_from
        )

    @cached_property
    def _masks(self) -> list[list[int]]:
        """By column and row a bit for each value that passes; all bits if it is not told."""
        return [self._of_column(index) for index in range(len(self.table.inputs))]

    def _of_column(self, index: int) -> list[int]:
        cells = [row.tests[index] for row in self.table.rows]
        points = [points_of(cell) for cell in cells]
        values = samples(UNKNOWN, {one: None for found in points if found for one in found})
        if len(values) * len(cells) > MOST_TRIED:
            return [_ALL] * len(cells)
        return [
            _ALL if found is None or cell == ast.UnaryTests(()) else _mask(cell, values)
            for cell, found in zip(cells, points, strict=True)
        ]


def _mask(cell: ast.Node, values: list[object]) -> int:
    run, mask = feel.compile(cell), 0
    with collected(None):
        for place, value in enumerate(values):
            mask |= (run({"?": value}) is True) << place
    return mask
