"""How much work a delivered file is, told before it is read."""

from __future__ import annotations

import io
import zipfile

from vanzelf.sources.lists.layout import CSV, XLSX, Layout

SMALL = {CSV: 256 * 2**10, XLSX: 2 * 2**20}
"""Bytes, of a workbook as it unpacks: some six thousand rows, checked in half a second."""


def is_small(data: bytes, layout: Layout) -> bool:
    """Whether checking takes no longer than someone at a page waits.

    A workbook that says of itself that it is small and is not, is read within the bounds of
    `xlsx_file` all the same.
    """
    return _unpacked(data, layout) <= SMALL[layout.format]


def rows_in(data: bytes, layout: Layout) -> int | None:
    """About how many rows there are below the header; None where only reading tells."""
    return max(0, data.count(b"\n") - layout.header_row) if layout.format == CSV else None


def _unpacked(data: bytes, layout: Layout) -> int:
    if layout.format == CSV:
        return len(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        return 0  # refused at once
