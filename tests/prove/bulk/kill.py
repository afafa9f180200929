"""Sending and taking in, killed (SIGKILL) at moments of observed progress, and begun again.

The process is the real command. The source, in this one, takes files as soon as they bear their
own name, and counts whom it was asked about. Half of the kills come as soon as progress is seen,
which is where a sender that marks afterwards forgets what it sent; the others some time later.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pyarrow.parquet as parquet

from tests.mailbox import Source

BAGS, FACT, COLUMN = "gent/huisvuilzakken", "verhoogde tegemoetkoming", "increased_reimbursement"
DAY = date(2026, 1, 15)
PATIENCE = 600.0
TOLD = """
SELECT person, value FROM bulk_answers, unnest(persons, "values") AS told (person, value)
WHERE fact = %s
"""


@dataclass
class Result:
    """What killing left."""

    persons: int = 0
    files: int = 0
    sending: int = 0  # kills
    taking: int = 0
    twice: int = 0  # files that the source got more than once
    again: int = 0  # questions about a person that it got more than once
    lost: int = 0  # persons without an answer
    wrong: int = 0  # persons with another answer than the source has
    doubled: int = 0  # persons whose answer was stored twice

    @property
    def clean(self) -> bool:
        return not (self.twice or self.again or self.lost or self.wrong or self.doubled)


@dataclass
class Harness:
    """Kills `sending` and `taking` times over one order of everyone in this city."""

    city: Path
    source: Source
    seed: int = 1

    def run(self, sending: int, taking: int, *, naive: bool = False) -> Result:
        """One order from beginning to end."""
        result, order = Result(), self._order()
        taker = _Taker(self.source)
        with taker:
            command = ("-m", "tests.prove.bulk.naive", f"{order}")
            send = command if naive else ("-m", "vanzelf", "bulk", "send", f"{order}")
            result.sending = self._killed(send, sending, taker.count)
        with _app() as app:
            watch = lambda: _taken_in(app)  # noqa: E731
            result.taking = self._killed(("-m", "vanzelf", "bulk", "collect"), taking, watch)
        self._compare(result)
        return result

    def _killed(self, command: tuple[str, ...], times: int, watch: Callable[[], int]) -> int:
        """Kills so many times when progress is seen, then lets it end; returns how often."""
        draw, kills = random.Random(self.seed), 0
        process = _process(*command)
        while kills < times and _progress(process, watch):
            time.sleep(draw.choice((0.0, 0.0, draw.uniform(0, 0.05), draw.uniform(0, 0.5))))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            if process.returncode != -signal.SIGKILL:
                break  # it had just ended by itself
            kills += 1
            process = _process(*command)
        output, _ = process.communicate(timeout=PATIENCE)
        if process.returncode:  # the lock of the one that was killed may have been held still
            time.sleep(2)
            process = _process(*command)
            output, _ = process.communicate(timeout=PATIENCE)
        if process.returncode:
            raise RuntimeError(f"{command} ended with {process.returncode}:\n{output.decode()}")
        return kills

    def _order(self) -> int:
        from vanzelf.city.bulk import domain
        from vanzelf.city.staff.queries import find_staff
        from vanzelf.sources.magda.bulk import BulkSettings

        made = domain.order(
            regulation_ids=[BAGS],
            on=DAY,
            by=find_staff("Lies Maes"),
            settings=BulkSettings.from_env(),
            queue=False,
        )
        return made.pk

    def _compare(self, result: Result) -> None:
        from vanzelf.city.bulk.models import ListFile

        files = list(ListFile.objects.all())
        asked = [person for file in files for person in file.persons]
        with _app() as app:
            told = list(app.execute(TOLD, [FACT]))
        stored = dict(told)
        truth = self._truth(asked)
        result.persons, result.files = len(asked), len(files)
        result.twice = sum(times - 1 for times in self.source.taken.values())
        result.again = sum(times - 1 for times in self.source.asked.values())
        result.lost = len(set(asked) - stored.keys())
        result.wrong = sum(1 for person, value in stored.items() if value != truth[person])
        result.doubled = len(told) - len(stored)

    def _truth(self, persons: list[int]) -> dict[int, bool | None]:
        """What the city's own files say of each on that day."""
        from vanzelf.city.bulk import numbers

        names = ["insz", COLUMN, f"{COLUMN}_from", f"{COLUMN}_until"]
        table = parquet.read_table(self.city / "persons.parquet", columns=names)
        known = {number: rest for number, *rest in zip(*table.to_pydict().values(), strict=True)}
        found = {}
        for person, number in zip(persons, numbers.of(persons), strict=True):
            value, since, until = known[number]
            holds = (since is None or since <= DAY) and (until is None or until >= DAY)
            found[person] = value and holds
        return found


class _Taker:
    """The source in a thread: it takes and answers what is there, all the time."""

    def __init__(self, source: Source) -> None:
        self._source, self._ended = source, threading.Event()
        self._thread = threading.Thread(target=self._take, daemon=True)

    def count(self) -> int:
        return self._source.seen

    def _take(self) -> None:
        while not self._ended.is_set():
            self._source.answer()
            time.sleep(0.001)
        self._source.answer()

    def __enter__(self) -> _Taker:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()


def _progress(process: subprocess.Popen[bytes], watch: Callable[[], int]) -> bool:
    """Waits until the count moves; False when the process ended first."""
    before, until = watch(), time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        if watch() != before:
            return True
        time.sleep(0.001)
    return False


def _process(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=os.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _taken_in(app: psycopg.Connection) -> int:
    """Files that came in, and files that were taken in."""
    row = app.execute(
        "SELECT count(*) + count(*) FILTER (WHERE state <> 'received') FROM bulk_received"
    ).fetchone()
    return int(row[0]) if row else 0


def _app() -> psycopg.Connection:
    from vanzelf.city.database.server import ensure_server

    return psycopg.connect(ensure_server(), autocommit=True)
