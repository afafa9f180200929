"""From rows of cells to rows of a list: every bad one is told, the good ones are handed on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache

from vanzelf.sources.insz import InszError, parse
from vanzelf.sources.lists.layout import Column, Layout
from vanzelf.sources.lists.own import Row
from vanzelf.sources.lists.problems import MOST, ListError, Problem
from vanzelf.sources.lists.sheet import MOST_ROWS, Cell, Numbered, as_text
from vanzelf.sources.lists.xlsx_file import CellError

Values = dict[str, str | date | None]
INSZ_CODES = {"date": "insz-date"}  # where a code of `insz` has another name among the problems


class _Wrong(ValueError):
    """A cell that cannot be what its column says."""

    def __init__(self, code: str, **given: object) -> None:
        self.code, self.given = code, given
        super().__init__(code)


class Checking:
    """One reading of one list. `problems` and `read` grow while `rows` is gone through."""

    def __init__(self, layout: Layout, *, allow_test: bool) -> None:
        self.layout, self.allow_test = layout, allow_test
        self.problems: list[Problem] = []
        self.read = 0
        """Rows that were looked at, good and bad, without the header."""
        self._days = lru_cache(maxsize=50_000)(self._day)

    def rows(self, numbered: Iterable[Numbered]) -> Iterator[Row]:
        """The good rows; the others become problems, MOST at most."""
        seen: dict[tuple[object, ...], list[tuple[int, Row]]] = {}
        header: list[str] | None = None
        try:
            for number, cells in numbered:
                if header is None:
                    header = self._header(number, cells)
                    if self.problems:
                        return
                    continue
                self.read += 1
                row = self._row(number, cells, header)
                if row and not self._repeats(number, row, seen):
                    yield row
                if len(self.problems) >= MOST or self.read >= MOST_ROWS:
                    self._stop(number)
                    return
        except ListError as error:
            self.problems += error.problems
            return
        if header is None:
            self._bad(self.layout.header_row, "", "no-header", line=self.layout.header_row)

    def _stop(self, number: int) -> None:
        if self.read >= MOST_ROWS:
            self._bad(number, "", "too-big", most=f"{MOST_ROWS:,} rows")
        else:
            self._bad(number, "", "more", most=f"{MOST:,}")

    def _bad(self, row: int, column: str, code: str, **given: object) -> None:
        self.problems.append(Problem.of(row, column, code, **given))

    def _header(self, number: int, cells: Sequence[Cell]) -> list[str]:
        header = [as_text(cell) for cell in cells]
        while header and not header[-1]:  # a sheet is as wide as its widest row
            header.pop()
        expected = [column.name for column in self.layout.columns]
        for name in expected:
            if name not in header:
                self._bad(number, name, "missing-column")
        for name in dict.fromkeys(header):
            if name not in expected:
                self._bad(number, name, "extra-column", columns=", ".join(expected))
            if header.count(name) > 1:
                self._bad(number, name, "double-column")
        return header

    def _row(self, line: int, cells: Sequence[Cell], header: list[str]) -> Row | None:
        if len(cells) > len(header) and not any(map(as_text, cells[len(header) :])):
            cells = cells[: len(header)]
        if len(cells) != len(header):
            self._bad(line, "", "fields", found=len(cells), expected=len(header))
            return None
        given = dict(zip(header, cells, strict=True))
        before = len(self.problems)
        values = {
            column.name: self._value(line, column, given[column.name])
            for column in self.layout.columns
        }
        begin, end = self._period(line, values)
        if len(self.problems) > before:
            return None
        return self._made(values, begin, end)

    def _made(self, values: Values, begin: date | None, end: date | None) -> Row:
        layout = self.layout
        code = str(values[layout.fact_from])
        column = next(one for one in layout.columns if one.name == layout.fact_from)
        about = (layout.person,) if layout.person else layout.address
        return Row(
            about=tuple(str(values[name]) for name in about),
            code=column.meanings.get(code, code),
            begin=begin,
            end=end,
        )

    def _period(self, line: int, values: Values) -> tuple[date | None, date | None]:
        if self.layout.period is None:
            return None, None
        begin, end = (values[name] for name in self.layout.period)
        begin = begin if isinstance(begin, date) else None
        end = end if isinstance(end, date) else None
        if begin and end and begin > end:
            self._bad(line, self.layout.period[0], "order")
        return begin, end

    def _value(self, line: int, column: Column, cell: Cell) -> str | date | None:
        if isinstance(cell, CellError):
            self._bad(line, column.name, "cell", value=cell)
            return None
        if not as_text(cell):
            if column.required:
                self._bad(line, column.name, "required")
            return None
        try:
            return self._typed(column, cell)
        except _Wrong as wrong:
            self._bad(line, column.name, wrong.code, **wrong.given)
            return None

    def _typed(self, column: Column, cell: Cell) -> str | date:
        text = as_text(cell)
        if column.type == "insz":
            return self._insz(text, number=isinstance(cell, (int, float)))
        if column.type == "date":
            day = cell.date() if isinstance(cell, datetime) else cell
            return day if isinstance(day, date) else self._days(text)
        if column.codes and text not in column.codes:
            raise _Wrong("code", value=text, codes=", ".join(column.codes))
        if column.pattern and not re.fullmatch(column.pattern, text):
            raise _Wrong("pattern", value=text, pattern=column.pattern)
        return text

    def _insz(self, text: str, *, number: bool) -> str:
        """A cell with a number has lost the zeros it begins with; the check digits tell if not."""
        try:
            return parse(text.zfill(11) if number else text, self.allow_test).number
        except InszError as error:
            code = INSZ_CODES.get(error.code, error.code)
            digits = sum(one.isdigit() for one in text)
            raise _Wrong(code, **({"digits": digits} if code == "length" else {})) from None

    def _day(self, text: str) -> date:
        form = self.layout.date_format
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            example = date(2026, 1, 15).strftime(form)
            raise _Wrong("date", value=text, example=example) from None

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
        self._bad(line, about, "repeated", line=clash)
        return True
