"""The rows of a CSV file, each with the line on which it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from vanzelf.sources.lists.layout import Layout
from vanzelf.sources.lists.problems import ListError, Problem
from vanzelf.sources.lists.sheet import Numbered


def rows(data: bytes, layout: Layout, name: str) -> Iterator[Numbered]:
    """From the header on, blank lines left out. Raises `ListError` where reading must stop."""
    text = _text(data, layout.encoding, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            start, line = line, reader.line_num + 1
            if cells and start >= layout.header_row:
                yield start, cells
    except csv.Error:
        raise ListError(name, [Problem.of(line, "", "stray-quote")]) from None


def _text(data: bytes, encoding: str, name: str) -> str:
    if b"\0" in data:
        row = data[: data.index(b"\0")].count(b"\n") + 1
        raise ListError(name, [Problem.of(row, "", "nul-byte")])
    try:
        text = data.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise ListError(name, [Problem.of(row, "", "encoding", encoding=encoding)]) from None
    if not text.strip():
        raise ListError(name, [Problem.of(1, "", "empty-file")])
    return text
