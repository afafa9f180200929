"""Rows of text under each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """Columns of a terminal that a text takes: wide characters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(one) else 1 + (unicodedata.east_asian_width(one) in "WF")
        for one in text
    )


def columns(rows: Iterable[Sequence[str]], indent: str = "  ") -> list[str]:
    """Each row as a line, the cells of a column under each other; the last one is not padded."""
    rows = [tuple(row) for row in rows]
    widths = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    return [
        indent
        + "  ".join(
            cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
