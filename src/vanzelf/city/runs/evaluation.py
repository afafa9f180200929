"""Verdicts with their explanation, one by one, as a worker process gives them: no Django, no
database.

A worker opens the population and the regulation once, and then explains the units that it is asked
for. Units of which the same is known get the same explanation: it is made once.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from multiprocessing import connection
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from vanzelf import population, rights
from vanzelf.city import regulations
from vanzelf.city.lists import laid
from vanzelf.city.runs.columns import Columns, columns_of
from vanzelf.city.verdicts.records import Delivery, Record, record_of

Facts = dict[str, Any]

MANY = 10_000  # explanations that are kept for whoever has the same facts
NEAR = 16  # positions that are read together with what lies between them


class Task(NamedTuple):
    """What to evaluate: all that a worker needs to know."""

    folder: Path
    regulations: tuple[Path, ...]
    regulation_id: str
    on: date
    laid: Path | None = None
    """The city's own lists over the delivery, where some were taken in."""


class Span(NamedTuple):
    """Positions of households in the population, `stop` not included."""

    number: int
    start: int
    stop: int


class Evaluator:
    """A population and a regulation, opened."""

    def __init__(self, task: Task) -> None:
        self.on = task.on
        known = regulations.in_folders(task.regulations)
        lists = laid.read(task.laid) if task.laid else laid.NOTHING
        self.population = population.read(task.folder, catalogue=known.facts, over=lists.columns)
        self._reasons = lists.reasons
        self.lists = lists.lists
        """Which delivery of each of the city's own lists is looked at."""
        self.regulation = known[task.regulation_id]
        self.personal = self.regulation.unit == "persoon"
        self.day = self.regulation.reference_date(task.on)
        moment = datetime.combine(self.population.on or task.on, time(), tzinfo=UTC)
        self.as_of = moment.isoformat()
        self._same: dict[Hashable, Record] = {}

    def __len__(self) -> int:
        """The number of households to go through."""
        return self.population.everyone if self.personal else len(self.population)

    def calculate(self) -> tuple[Columns, dict[int, str]]:
        """What everyone gets, without explanation; and of each unit with an UNKNOWN all that is
        known of it, and why the rest is not, in words: equal when nothing changed."""
        columns = columns_of(self.population, self.regulation, self.on)
        return columns, self._known(columns.unknown())

    def _known(self, units: Sequence[int]) -> dict[int, str]:
        """Per unit at these positions, which rise, all that is known of it in words."""
        found = (repr(self._key(number, facts)) for number, facts in self._facts(units))
        return dict(zip(units, found, strict=True))

    def records(self, units: Sequence[int]) -> list[Record]:
        """The verdicts on the units at these positions, which rise."""
        if len(self._same) > MANY:
            self._same.clear()
        found = []
        for number, facts in self._facts(units):
            key = self._key(number, facts)
            if key not in self._same:
                self._same[key] = self._record(number, facts)
            found.append(self._same[key])
        return found

    def _facts(self, units: Sequence[int]) -> Iterator[tuple[int, Facts]]:
        """Number and facts of the units at these positions."""
        starts = self.population.people.starts
        read = self.population.persons if self.personal else self.population.households
        wanted = np.asarray(units, dtype=np.int64)
        homes = np.searchsorted(starts, wanted, side="right") - 1 if self.personal else wanted
        breaks = np.flatnonzero(np.diff(homes) > NEAR) + 1
        for some, where in zip(np.split(wanted, breaks), np.split(homes, breaks), strict=True):
            if not len(some):
                return
            low, high = int(where[0]), int(where[-1]) + 1
            first = int(starts[low]) if self.personal else low
            chosen = set(some.tolist())
            block = read(self.regulation.needed, low, high, on=self.day)
            yield from (one for unit, one in enumerate(block, first) if unit in chosen)

    def _key(self, number: int, facts: Facts) -> Hashable:
        """Equal for units of which the same is known, and the same is not for the same reason."""
        if self.personal:
            return repr(facts)
        return repr(facts), tuple(self._why_unknown(number, path) for path in self._absent(facts))

    def _absent(self, facts: Facts) -> Iterator[str]:
        """The paths of what is not known of a household."""
        home = facts["gezin"]
        for path in self.regulation.needed:
            section, _, rest = path.partition(".")
            listed, inside, name = rest.partition("[].")
            if not inside:
                if rest not in home:
                    yield path
            else:
                for place, member in enumerate(home.get(listed, ()), start=1):
                    if name not in member:
                        yield f"{section}.{listed}[{place}].{name}"

    def _record(self, number: int, facts: Facts) -> Record:
        regulation = self.regulation
        verdict = regulation.check(facts, self.on)
        upper: tuple[rights.Amount, ...] = ()
        if verdict.outcome is rights.Outcome.UNKNOWN:
            upper = regulation.worth(facts, self.on)
        delivery = Delivery(self.as_of, lambda path: self._why_unknown(number, path))
        return record_of(regulation, verdict, upper=upper, delivery=delivery)

    def _why_unknown(self, number: int, path: str) -> str:
        fact = self.population.catalogue.at(path)
        by_list = self._reasons.get(f"{fact.section}.{fact.name}")
        if by_list is not None:
            return by_list
        if self.personal:
            return "no-data"
        _, _, rest = path.partition("[")
        member = int(rest.partition("]")[0]) - 1 if rest else 0
        return self.population.why_unknown(number, path, member)


_evaluator: Evaluator | None = None


def _open(task: Task) -> None:
    global _evaluator
    _evaluator = Evaluator(task)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A run that is killed leaves no workers behind that wait for it for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(units: Sequence[int]) -> list[Record]:
    if _evaluator is None:
        raise RuntimeError("this worker was not opened with a task")
    return _evaluator.records(units)


@contextmanager
def workers(task: Task, evaluator: Evaluator, processes: int) -> Iterator[Any]:
    """A function from lists of units to their records, in order, over so many processes.

    With one process the work is done here, for few units, because starting costs more: in a thread
    of its own, so that the next piece is made while the database writes this one.
    """
    if processes <= 1:
        pool: Executor = ThreadPoolExecutor(1)
        work: Callable[[Sequence[int]], list[Record]] = evaluator.records
    else:
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(processes, context, initializer=_open, initargs=(task,))
        work = _work
    with pool:
        try:
            yield lambda pieces: pool.map(work, pieces)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def spans(total: int, size: int) -> Sequence[Span]:
    """The population cut in pieces; the same for the same total and size."""
    starts = range(0, total, size)
    return [Span(number, at, min(at + size, total)) for number, at in enumerate(starts)]
