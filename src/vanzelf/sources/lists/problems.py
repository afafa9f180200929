"""What can be wrong with a list, by row and column; and the table of it to hand back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

MOST = 10_000
"""So many problems are told; a file with more of them has another fault than typing errors."""
SHOWN = 40  # characters of a cell that a message repeats

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "empty-file": "the file is empty: even a list without rows has a header",
        "nul-byte": "a NUL byte: this is not a text file, or it was damaged",
        "encoding": "not %(encoding)s: save the file in that encoding",
        "stray-quote": "a stray quote or an unfinished field: look for a quotation mark too many",
        "no-header": "there is no header in row %(line)s",
        "missing-column": "this column is missing",
        "extra-column": "this column is not in the layout (%(columns)s)",
        "double-column": "this column is there more than once",
        "fields": "%(found)s fields where the header has %(expected)s",
        "required": "this field may not be empty",
        "code": '"%(value)s" is none of: %(codes)s',
        "pattern": '"%(value)s" does not have the form %(pattern)s',
        "date": '"%(value)s" is not a date such as %(example)s',
        "cell": '"%(value)s" is an error or a formula without a result: put in the value itself',
        "order": "the first day is after the last",
        "repeated": "says the same as row %(line)s, or overlaps with it: keep one",
        "characters": "an INSZ has only digits: leave out letters and other signs",
        "length": "an INSZ has 11 digits; this one has %(digits)s",
        "insz-date": "the third and fourth digit must be a month (01-12; bis number: 21-32 or "
        "41-52)",
        "test-number": "this is the number of an invented person (month + 60): only a test set-up "
        "takes it",
        "check-digits": "the last two digits do not fit the others: look for a typo",
        "too-big": "more than %(most)s: deliver it in parts, or as a database view",
        "not-a-workbook": "this is not an Excel workbook (.xlsx): save it as one, without password",
        "unpacks-too-big": "the workbook unpacks to more than %(most)s: it is refused",
        "no-sheet": 'there is no sheet "%(sheet)s" (there is: %(sheets)s)',
        "more": "there is more: only the first %(most)s problems are told",
        "view": "the view could not be read: %(why)s",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `row` is the line in the file (or row of the sheet), from 1.

    `code` is one of MESSAGES and `given` what the message fills in, for translation.
    """

    row: int
    column: str
    code: str
    given: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, row: int, column: str, code: str, **given: object) -> Problem:
        if "value" in given:
            given["value"] = _short(str(given["value"]))
        shown = tuple((name, str(value)) for name, value in given.items())
        return cls(row, column, code, shown)

    @property
    def message(self) -> str:
        return MESSAGES[self.code] % dict(self.given)

    def __str__(self) -> str:
        where = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.message}"

    def as_data(self) -> list[Any]:
        return [self.row, self.column, self.code, dict(self.given)]

    @classmethod
    def from_data(cls, data: list[Any]) -> Problem:
        row, column, code, given = data
        return cls(row, column, code, tuple(given.items()))


class ListError(Exception):
    """A list that is not taken; `problems` holds everything that was found."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda one: (one.row, one.column, one.code)))
        lines = "\n".join(f"{name}: {problem}" for problem in self.problems)
        super().__init__(f"{len(self.problems)} problem(s), nothing was taken:\n{lines}")


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """CSV as spreadsheets here open it (`;`, byte order mark). A text never becomes a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    for row in (head, *rows):
        writer.writerow([cell if isinstance(cell, int) else plain(str(cell)) for cell in row])
    return f"\ufeff{stream.getvalue()}"


def plain(text: str) -> str:
    """The text on one line, with an apostrophe before what a spreadsheet would calculate."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@", "|", "%")) else line


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
