"""The rows of a sheet of an Excel workbook, read apart: see `unpack`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from vanzelf.sources.lists.layout import Layout
from vanzelf.sources.lists.problems import ListError, Problem
from vanzelf.sources.lists.sheet import Cell, Numbered

MEMORY = 1_500 * 2**20
SECONDS = 60
UNPACK = Path(__file__).with_name("unpack.py")
ZIP = b"PK\x03\x04"


class CellError(str):
    """What a formula gave that could not be calculated."""

    __slots__ = ()


def rows(data: bytes, layout: Layout, name: str) -> Iterator[Numbered]:
    """From the header on, empty rows left out. Raises `ListError` where reading must stop."""
    if not data.startswith(ZIP):
        raise ListError(name, [Problem.of(1, "", "not-a-workbook" if data else "empty-file")])
    found = 0
    for row, cells in _unpacked(data, layout.sheet or "", name):
        if row >= layout.header_row:
            found += 1
            yield row, [_cell(cell) for cell in cells]
    if not found:
        raise ListError(name, [Problem.of(1, "", "empty-file")])


def _unpacked(data: bytes, sheet: str, name: str) -> Iterator[tuple[int, list[Any]]]:
    command = [sys.executable, "-I", str(UNPACK), sheet, str(MEMORY), str(SECONDS)]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(  # noqa: S603 - our own file
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told
        )
        with process:
            assert process.stdin is not None, "a pipe"
            assert process.stdout is not None, "a pipe"
            try:
                process.stdin.write(data)
                process.stdin.close()
                for line in process.stdout:
                    row = json.loads(line)
                    if isinstance(row, list):
                        yield row[0], row[1]
                    elif "end" in row:
                        return
                    else:
                        raise ListError(name, [Problem.of(1, "", **row)])
            except (BrokenPipeError, json.JSONDecodeError):
                pass  # it was ended: told below
            finally:
                process.kill()
    raise ListError(name, [Problem.of(1, "", "unpacks-too-big", most=f"{MEMORY >> 20} MB")])


def _cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["day"]) if "day" in cell else CellError("#")
    return cell  # type: ignore[no-any-return]  # JSON of a text or a number
