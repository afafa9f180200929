"""The evaluation itself, as a worker process does it: no Django, no database.

A worker opens the population and the regulation once, and then gives the verdicts of the
households at the positions it is asked for.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from multiprocessing import connection
from pathlib import Path
from typing import Any, NamedTuple

from vanzelf import population, rights
from vanzelf.city import regulations
from vanzelf.city.verdicts.records import Delivery, Record, record_of

Found = tuple[int, Record]
"""The number of a household or person in the population, and the verdict on it."""


class Task(NamedTuple):
    """What to evaluate: all that a worker needs to know."""

    folder: Path
    regulations: tuple[Path, ...]
    regulation_id: str
    on: date


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
        self.population = population.read(task.folder, catalogue=known.facts)
        self.regulation = known[task.regulation_id]
        self.day = self.regulation.reference_date(task.on)
        moment = datetime.combine(self.population.on or task.on, time(), tzinfo=UTC)
        self.as_of = moment.isoformat()

    def __len__(self) -> int:
        """The number of households to go through."""
        personal = self.regulation.unit == "persoon"
        return self.population.everyone if personal else len(self.population)

    def verdicts(self, span: Span) -> list[Found]:
        """The verdicts on the households of the span, or on everyone in them."""
        read = self.population.households
        if self.regulation.unit == "persoon":
            read = self.population.persons
        needed = self.regulation.needed
        units = read(needed, span.start, span.stop, on=self.day)
        return [(number, self._record(number, facts)) for number, facts in units]

    def _record(self, number: int, facts: dict[str, Any]) -> Record:
        """The explanation is built only for what may be awarded or is unknown."""
        regulation = self.regulation
        verdict = regulation.check(facts, self.on, explain=False)
        upper: tuple[rights.Amount, ...] = ()
        if verdict.outcome is not rights.Outcome.NO:
            verdict = regulation.check(facts, self.on)
        if verdict.outcome is rights.Outcome.UNKNOWN:
            upper = regulation.worth(facts, self.on)
        delivery = Delivery(self.as_of, lambda path: self._why_unknown(number, path))
        return record_of(regulation, verdict, upper=upper, delivery=delivery)

    def _why_unknown(self, number: int, path: str) -> str:
        if self.regulation.unit == "persoon":
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


def _work(span: Span) -> list[Found]:
    if _evaluator is None:
        raise RuntimeError("this worker was not opened with a task")
    return _evaluator.verdicts(span)


@contextmanager
def workers(task: Task, processes: int) -> Iterator[Any]:
    """A function from spans to their verdicts, in order, over so many processes.

    With one process the work is done here: for small populations, starting costs more.
    """
    if processes <= 1:
        evaluator = Evaluator(task)
        yield lambda spans: map(evaluator.verdicts, spans)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_open, initargs=(task,)) as pool:
        try:
            yield lambda spans: pool.map(_work, spans)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def spans(total: int, size: int) -> Sequence[Span]:
    """The population cut in pieces; the same for the same total and size."""
    starts = range(0, total, size)
    return [Span(number, at, min(at + size, total)) for number, at in enumerate(starts)]
