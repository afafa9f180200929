"""How the two tables are written: small, and quick to read a few columns of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

ROWS = 1 << 18
"""Of a row group, so that Ghent is two: each costs the reader something per column."""
NO_TWO_ALIKE = frozenset({"insz", "reference_insz"})
"""Texts for which a dictionary is of no use."""
NUMBERS = frozenset({"person", "household", "taxable_income", "gross_taxable_income", "net_income"})
"""Of many values: as differences they are read twice to five times as fast."""


def options(columns: Iterable[str]) -> dict[str, Any]:
    """The arguments of `pq.write_table` and `pq.ParquetWriter` for a table of these columns."""
    names = set(columns)
    return {
        "compression": "lz4",  # two fifths larger than by zstd, and read a tenth faster
        "use_dictionary": sorted(names - NO_TWO_ALIKE - NUMBERS),
        "column_encoding": dict.fromkeys(sorted(names & NUMBERS), "DELTA_BINARY_PACKED"),
    }
