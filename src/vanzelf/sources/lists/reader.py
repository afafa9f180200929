"""Reading a list: every bad row is told at once, and nothing is taken until all rows are good."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from vanzelf.sources.insz import parse
from vanzelf.sources.lists.layout import Column, Layout
from vanzelf.sources.lists.own import OwnList, Row


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong. `row` is the line in the file, the header being 1."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.message}"


class ListError(Exception):
    """A list that is not taken; `problems` holds everything that was found."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path, self.problems = path, tuple(sorted(problems))
        lines = "\n".join(f"{path.name}: {problem}" for problem in self.problems)
        super().__init__(f"{len(problems)} problem(s), nothing was taken:\n{lines}")


def read_list(
    path: Path, layout: Layout, *, as_of: date, complete: bool, allow_test: bool = False
) -> OwnList:
    """The whole list, or `ListError`. `as_of` is the day for which it holds everyone (when it is
    `complete`) or at least those listed. `allow_test` takes the numbers of invented persons."""
    reading = _Reading(path, layout, allow_test)
    rows = tuple(reading.rows(reading.text()))
    reading.stop_if_bad()
    return OwnList(layout, rows, as_of, complete)


@dataclass(slots=True)
class _Reading:
    path: Path
    layout: Layout
    allow_test: bool
    problems: list[Problem] = field(default_factory=list)

    def bad(self, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(row, column, message))

    def stop_if_bad(self) -> None:
        if self.problems:
            raise ListError(self.path, self.problems)

    def text(self) -> str:
        data = self.path.read_bytes()
        if b"\0" in data:
            row = data[: data.index(b"\0")].count(b"\n") + 1
            self.bad(row, "", "a NUL byte: this is not a text file, or it was damaged")
            self.stop_if_bad()
        encoding = self.layout.encoding
        try:
            text = data.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
        except UnicodeDecodeError as error:
            row = data[: error.start].count(b"\n") + 1
            self.bad(row, "", f"not {encoding}: save the file in that encoding")
            self.stop_if_bad()
            raise
        if not text.strip():
            self.bad(1, "", "the file is empty: even a list without rows has a header")
            self.stop_if_bad()
        return text

    def rows(self, text: str) -> Iterator[Row]:
        """The good rows; the others become problems."""
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=self.layout.delimiter, strict=True
        )
        seen: dict[tuple[object, ...], list[tuple[int, Row]]] = {}
        header: list[str] | None = None
        line = 1
        try:
            for cells in reader:
                start, line = line, reader.line_num + 1
                if header is None:
                    header = self._header(cells)
                elif cells:
                    row = self._row(start, cells, header)
                    if row and not self._repeats(start, row, seen):
                        yield row
        except csv.Error as error:
            self.bad(line, "", f"a stray quote or an unfinished field ({error})")

    def _header(self, cells: list[str]) -> list[str]:
        header = [cell.strip() for cell in cells]
        expected = [column.name for column in self.layout.columns]
        for name in expected:
            if name not in header:
                self.bad(1, name, "this column is missing")
        for name in header:
            if name not in expected:
                self.bad(1, name, f"this column is not in the layout ({', '.join(expected)})")
        for name in {name for name in header if header.count(name) > 1}:
            self.bad(1, name, "this column is there more than once")
        self.stop_if_bad()
        return header

    def _row(self, line: int, cells: list[str], header: list[str]) -> Row | None:
        if len(cells) != len(header):
            self.bad(line, "", f"{len(cells)} fields where the header has {len(header)}")
            return None
        given = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        before = len(self.problems)
        values = {
            column.name: self._value(line, column, given[column.name])
            for column in self.layout.columns
        }
        begin, end = self._period(line, values)
        if len(self.problems) > before:
            return None
        about = (self.layout.person,) if self.layout.person else self.layout.address
        return Row(
            about=tuple(str(values[name]) for name in about),
            code=str(values[self.layout.fact_from]),
            begin=begin,
            end=end,
        )

    def _period(
        self, line: int, values: dict[str, str | date | None]
    ) -> tuple[date | None, date | None]:
        if self.layout.period is None:
            return None, None
        begin, end = (values[name] for name in self.layout.period)
        begin = begin if isinstance(begin, date) else None
        end = end if isinstance(end, date) else None
        if begin and end and begin > end:
            self.bad(line, self.layout.period[0], "the first day is after the last")
        return begin, end

    def _value(self, line: int, column: Column, cell: str) -> str | date | None:
        if not cell:
            if column.required:
                self.bad(line, column.name, "this field may not be empty")
            return None
        try:
            return self._typed(column, cell)
        except ValueError as error:
            self.bad(line, column.name, str(error))
            return None

    def _typed(self, column: Column, cell: str) -> str | date:
        if column.type == "insz":
            return parse(cell, self.allow_test).number
        if column.type == "date":
            return _date(cell, self.layout.date_format)
        if column.codes and cell not in column.codes:
            raise ValueError(f'"{cell}" is none of: {", ".join(column.codes)}')
        if column.pattern and not re.fullmatch(column.pattern, cell):
            raise ValueError(f'"{cell}" does not have the form {column.pattern}')
        return cell

    def _repeats(
        self, line: int, row: Row, seen: dict[tuple[object, ...], list[tuple[int, Row]]]
    ) -> bool:
        """Two rows about the same person (or address) and fact may not overlap in time."""
        key = (row.about_key, row.code) if self.layout.person else row.about_key
        earlier = seen.setdefault(key, [])
        clash = next((number for number, other in earlier if other.overlaps(row)), None)
        earlier.append((line, row))
        if clash is None:
            return False
        about = self.layout.person or self.layout.address[0]
        self.bad(line, about, f"says the same as row {clash}, or overlaps with it: keep one")
        return True


def _date(cell: str, form: str) -> date:
    try:
        return datetime.strptime(cell, form).date()  # noqa: DTZ007
    except ValueError:
        example = date(2026, 1, 15).strftime(form)
        raise ValueError(f'"{cell}" is not a date such as {example}') from None
