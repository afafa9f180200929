"""Run as a process of its own, with little memory and time: the rows of one sheet, as JSON lines.

    python -I unpack.py SHEET BYTES SECONDS < workbook.xlsx

A workbook of a few kilobytes can unpack to more than any machine holds, and the reader then takes
its whole process down: so it is never read in the process of the site. A row is `[number, cells]`,
a day `{"day": "2026-01-15"}`, a cell with an error `{"error": "#DIV/0!"}`. It ends with
`{"end": true}`, or with what is wrong: `{"code": …}`, one of the codes of `problems`.
"""

from __future__ import annotations

import io
import json
import posixpath
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree import ElementTree as ET

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)([0-9]+)"')


def main(sheet: str, memory: int, seconds: int) -> Iterator[object]:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineError, CalamineWorkbook

    data = sys.stdin.buffer.read()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if sheet and sheet not in names:
            yield {"code": "no-sheet", "sheet": sheet, "sheets": ", ".join(names)}
            return
        name = sheet or names[0]
        errors = error_cells(data, name)
        for number, cells in enumerate(book.get_sheet_by_name(name).iter_rows(), start=1):
            row = [plain(cell) for cell in cells]
            for column in errors.get(number, ()):
                if column < len(row):
                    row[column] = {"error": "#"}
            if any(cell != "" for cell in row):
                yield [number, row]
    except (CalamineError, zipfile.BadZipFile, KeyError, ET.ParseError, IndexError):
        yield {"code": "not-a-workbook"}
        return
    yield {"end": True}


def plain(cell: Any) -> object:
    """The value of a cell, a formula's result included, as JSON can hold it."""
    if isinstance(cell, datetime):
        return {"day": cell.date().isoformat()} if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell if isinstance(cell, (str, float, int)) else str(cell)


def error_cells(data: bytes, sheet: str) -> dict[int, list[int]]:
    """Per row the columns (from 0) with an error: the reader shows those as empty, and an empty
    last day would mean that it still goes on."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        book = ET.fromstring(parts.read("xl/workbook.xml"))  # noqa: S314 - bounded: this process
        relations = ET.fromstring(parts.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        found = next(e for e in book.iter() if e.get(RELATION) and e.get("name") == sheet)
        part = posixpath.join("xl", targets[found.get(RELATION)]).removeprefix("/")
        errors: dict[int, list[int]] = {}
        for letters, row in ERROR_CELL.findall(parts.read(part)):
            errors.setdefault(int(row), []).append(column_of(letters.decode()))
    return errors


def column_of(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


if __name__ == "__main__":
    try:
        for line in main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    except MemoryError:
        sys.exit(3)
