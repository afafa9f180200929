"""Reading a list: every bad row is told at once, and nothing is taken until all rows are good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vanzelf.sources.lists import csv_file, view, xlsx_file
from vanzelf.sources.lists.checking import Checking
from vanzelf.sources.lists.layout import CSV, VIEW, XLSX, Layout
from vanzelf.sources.lists.own import OwnList, Row
from vanzelf.sources.lists.problems import ListError, Problem
from vanzelf.sources.lists.sheet import MOST_BYTES, Numbered

Progress = Callable[[int], None]
"""Told now and then how many rows were looked at; what it raises ends the reading."""
AT_ONCE = 5_000
"""Rows between two times that progress is told."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a delivery holds: its good rows, and what is wrong with the others. With problems it
    is not to be taken."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    read: int
    """Rows that were looked at, without the header."""


def read_list(
    path: Path, layout: Layout, *, as_of: date, complete: bool, allow_test: bool = False
) -> OwnList:
    """The whole list, or `ListError`. `as_of` is the day for which it holds everyone (when it is
    `complete`) or at least those listed. `allow_test` takes the numbers of invented persons."""
    checked = check_file(path.read_bytes(), path.name, layout, allow_test=allow_test)
    if checked.problems:
        raise ListError(path.name, checked.problems)
    return OwnList(layout, checked.rows, as_of, complete)


def check_file(
    data: bytes,
    name: str,
    layout: Layout,
    *,
    allow_test: bool = False,
    progress: Progress | None = None,
) -> Checked:
    """A delivered file; raises nothing for what is in it. A layout for a view takes no file."""
    readers = {CSV: csv_file.rows, XLSX: xlsx_file.rows}
    if layout.format not in readers:
        raise ValueError(f"{layout.name} comes from a view, not as a file")
    if len(data) > MOST_BYTES:
        most = f"{MOST_BYTES >> 20} MB"
        return Checked((), (Problem.of(1, "", "too-big", most=most),), 0)
    return _checked(readers[layout.format](data, layout, name), layout, allow_test, progress)


def check_view(
    layout: Layout,
    dsn: str,
    *,
    allow_test: bool = False,
    progress: Progress | None = None,
) -> Checked:
    """A view, read over a connection that can only read; raises nothing for what is in it."""
    if layout.format != VIEW:
        raise ValueError(f"{layout.name} comes as a file, not from a view")
    return _checked(view.rows(dsn, layout), layout, allow_test, progress)


def _checked(
    numbered: Iterator[Numbered], layout: Layout, allow_test: bool, progress: Progress | None
) -> Checked:
    checking = Checking(layout, allow_test=allow_test)
    rows = tuple(checking.rows(_telling(numbered, progress) if progress else numbered))
    problems = sorted(checking.problems, key=lambda one: (one.row, one.code == "more", one.column))
    return Checked(rows, tuple(problems), checking.read)


def _telling(numbered: Iterable[Numbered], progress: Progress) -> Iterator[Numbered]:
    """The same rows; the header is the first of them."""
    for count, row in enumerate(numbered):
        if count and count % AT_ONCE == 0:
            progress(count)
        yield row
