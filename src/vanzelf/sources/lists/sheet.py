"""What every form of a list has in common: rows of cells, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = str | float | date | datetime | None
"""Text as CSV has it; of a workbook or view also numbers and dates (a bool counts as a number)."""
Numbered: TypeAlias = tuple[int, Sequence[Cell]]
"""The number by which people find a row (line, row of the sheet, place in the view), and its cells;
the first one is the header."""

MOST_ROWS = 2_000_000
MOST_BYTES = 64 * 2**20
"""Of a file as it is delivered."""


def as_text(cell: Cell) -> str:
    """The cell as a person would have typed it: 9000 for 9000.0, a day as 2026-01-15."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()
