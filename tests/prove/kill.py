"""A run killed at random moments of its progress ends with the same awards, once each.

The run is the real command in a process of its own. It is killed (SIGKILL) when the database shows
progress, so that every kill is effective: a kill timed from the start of a process mostly hits its
start. Afterwards the awards are compared with those of a run that was left alone.

The control does without what protects: the unique key is dropped, and progress is marked in a
commit of its own (`naive`). There the same harness must find doubles; else it proves nothing.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg

BAGS = "gent/huisvuilzakken"
DAY = date(2026, 1, 15)
PATIENCE = 600.0  # seconds in which a run must show progress or end

AWARDS = """
SELECT a."right", a.period, c.person_id, a.household_id, a.amount_cents, a.delivery
FROM awards_award a LEFT JOIN awards_awardcover c ON c.award_id = a.id
"""
# What stands on each unit, and what the run found of each: whatever happens, once and the same.
STANDS = """
SELECT "right", household_id, person_id, outcome, amount_cents, array_to_string(reasons, '|'),
       array_to_string(missing, '|'), next_question, worth
FROM awards_latestverdict
"""
FOUND = """
SELECT one.* FROM runs_findings f,
    unnest(f.households, f.persons, f.outcomes, f.cents, f.worth) AS one
"""
LOGGED = """
SELECT s.person_id FROM access_looksubject s JOIN access_look l ON l.id = s.look_id
WHERE l.actor_kind = 'run' AND l.purpose = 'toekenning'
"""
# A run over a city that was never checked has something to award in each piece.
PIECES = "(SELECT count(*) FROM runs_findings f WHERE f.run_id = r.id)"
Watch = Callable[[psycopg.Connection], tuple[int, int]]


@dataclass
class Result:
    """What came out of a killed run, against the reference."""

    awards: int
    kills: Counter[str] = field(default_factory=Counter)
    doubles: int = 0
    lost: int = 0
    extra: int = 0
    logged_twice: int = 0
    not_logged: int = 0
    otherwise: int = 0

    @property
    def clean(self) -> bool:
        """The same awards once each, each of them in the log once, and the same verdicts."""
        faults = (self.doubles, self.lost, self.extra, self.logged_twice, self.not_logged)
        return not any((*faults, self.otherwise))


@dataclass(frozen=True)
class Reference:
    """What a run leaves that nobody disturbs."""

    awards: Counter[tuple[object, ...]]
    verdicts: Counter[tuple[object, ...]]

    @classmethod
    def read(cls) -> Reference:
        with _app() as app:
            awards, *verdicts = (
                Counter(app.execute(query).fetchall()) for query in (AWARDS, STANDS, FOUND)
            )
        return cls(awards, verdicts[0] + verdicts[1])


@dataclass(frozen=True)
class Harness:
    """Starts runs over a city in the database of this environment, and kills them."""

    city: Path
    seed: int = 1

    def reference(self) -> Reference:
        """What a run leaves that nobody disturbs."""
        self._empty()
        self._to_the_end(self._start())
        self._approve()
        self._to_the_end(self._resume())
        return Reference.read()

    def killed(self, reference: Reference, *, evaluating: int, awarding: int) -> Result:
        """A run killed so many times in each phase, and then finished."""
        draw = random.Random(self.seed)
        kills: Counter[str] = Counter()
        self._empty()
        process = self._start()
        process = self._kill(process, evaluating, "evaluate", draw, kills, self._resume)
        self._to_the_end(process)
        self._approve()
        process = self._kill(self._resume(), awarding, "award", draw, kills, self._resume)
        self._to_the_end(process)
        return self._compare(reference, kills)

    def control(self, reference: Reference, *, awarding: int) -> Result:
        """The same without unique key, and with progress in a commit of its own."""
        draw = random.Random(self.seed)
        kills: Counter[str] = Counter()
        self._empty()
        self._to_the_end(self._start())
        self._approve()
        with _admin() as admin:
            admin.execute("DROP INDEX awards_cover_once")
        try:
            process = self._kill(self._naive(), awarding, "naive", draw, kills, self._naive)
            self._to_the_end(process)
            return self._compare(reference, kills)
        finally:
            self._empty()
            with _admin() as admin:
                admin.execute(
                    'CREATE UNIQUE INDEX awards_cover_once ON awards_awardcover ("right", period,'
                    " person_id) WHERE known_until IS NULL"
                )

    def _start(self) -> subprocess.Popen[bytes]:
        return self._command("run", BAGS, "--on", f"{DAY}", "--city", f"{self.city}")

    def _resume(self) -> subprocess.Popen[bytes]:
        return self._command("run", BAGS, "--on", f"{DAY}", "--city", f"{self.city}", "--resume")

    def _command(self, *arguments: str) -> subprocess.Popen[bytes]:
        return _process("-m", "vanzelf", *arguments)

    def _naive(self) -> subprocess.Popen[bytes]:
        return _process("-m", "tests.prove.naive", f"{_last_run()}")

    def _kill(
        self,
        process: subprocess.Popen[bytes],
        times: int,
        phase: str,
        draw: random.Random,
        kills: Counter[str],
        again: Callable[[], subprocess.Popen[bytes]],
    ) -> subprocess.Popen[bytes]:
        """Kills so many times, each time when progress moved, and starts again."""
        watch = _awards_seen if phase == "naive" else _pieces_done
        for left in range(times, 0, -1):
            if not _until_progress(process, watch, left, draw):
                break
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills[phase] += 1
            process = again()
        return process

    def _approve(self) -> None:
        from vanzelf.city.runs import domain, queries
        from vanzelf.city.runs.models import Run
        from vanzelf.city.staff.domain import create_demo_staff

        approver, preparer, *_ = create_demo_staff()
        run = Run.objects.get(pk=_last_run())
        for dossier in run.sample.all():
            queries.dossier(dossier, preparer)
            domain.mark_read(run=run, dossier=dossier, by=preparer)
        run = domain.request_approval(run=run, by=preparer)
        domain.approve(run=run, by=approver, list_hash=run.list_hash, queue=False)

    def _to_the_end(self, process: subprocess.Popen[bytes]) -> None:
        output, _ = process.communicate(timeout=PATIENCE)
        if process.returncode:
            raise RuntimeError(f"the run ended with {process.returncode}:\n{output.decode()}")

    def _compare(self, reference: Reference, kills: Counter[str]) -> Result:
        left = Reference.read()
        found = left.awards
        with _app() as app:
            logged = Counter(row[0] for row in app.execute(LOGGED))
        covered = Counter(row[2] for row in found.elements())
        return Result(
            awards=len({row[3] for row in found}),
            kills=kills,
            doubles=sum(times - 1 for times in covered.values()),
            lost=len(reference.awards.keys() - found.keys()),
            extra=len(found.keys() - reference.awards.keys()),
            logged_twice=sum(times > 1 for times in logged.values()),
            not_logged=len(covered.keys() - logged.keys()),
            otherwise=(left.verdicts - reference.verdicts).total()
            + (reference.verdicts - left.verdicts).total(),
        )

    def _empty(self) -> None:
        """Forgets runs, awards and log, and keeps the people."""
        with _admin() as admin:
            tables = admin.execute(
                "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
                " WHERE schemaname = 'public' AND tablename ~ '^(runs|awards|access|verdicts)_'"
            ).fetchone()
            admin.execute("SET session_replication_role = replica")
            admin.execute(f"TRUNCATE {tables[0] if tables else ''} RESTART IDENTITY CASCADE")


def _process(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "vanzelf.site.settings"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _until_progress(
    process: subprocess.Popen[bytes], watch: Watch, left: int, draw: random.Random
) -> bool:
    """Waits for a random step of progress, spread over what is left; False when it ended."""
    until = time.monotonic() + PATIENCE
    with _app() as app:
        target: int | None = None
        while time.monotonic() < until:
            if process.poll() is not None:
                return False
            done, total = watch(app)
            if total:
                share = max(1, (total - done) // (left + 1))
                target = target or done + draw.randint(1, max(1, min(share, total - done - 1)))
                if done >= target:
                    if watch is _pieces_done:
                        time.sleep(draw.random() * 0.02)  # anywhere inside the next piece
                    return process.poll() is None
            time.sleep(0.0005)
    raise TimeoutError("the run shows no progress")


def _pieces_done(app: psycopg.Connection) -> tuple[int, int]:
    """Pieces done and pieces in all, of the phase that is being worked at."""
    row = app.execute(
        "SELECT (SELECT count(*) FROM runs_runchunk c WHERE c.run_id = r.id AND c.phase ="
        " CASE WHEN r.state = 'awarding' THEN 'award' ELSE 'evaluate' END),"
        f" CASE WHEN r.state = 'awarding' THEN {PIECES} ELSE ceil(r.total / %s::float) END"
        " FROM runs_run r WHERE r.state IN ('evaluating', 'awarding') ORDER BY id DESC LIMIT 1",
        [int(os.environ.get("VANZELF_RUN_PIECE", "5000"))],
    ).fetchone()
    app.rollback()
    return (row[0], int(row[1])) if row else (0, 0)


def _awards_seen(app: psycopg.Connection) -> tuple[int, int]:
    """Pieces whose awards are there, marked or not: what the control is killed by."""
    row = app.execute(
        f"SELECT (SELECT count(DISTINCT known_from) FROM awards_award), {PIECES}"
        " FROM runs_run r WHERE r.state = 'awarding' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    app.rollback()
    return (row[0], row[1]) if row else (0, 0)


def _last_run() -> int:
    with _app() as app:
        row = app.execute("SELECT max(id) FROM runs_run").fetchone()
    if row is None or row[0] is None:
        raise RuntimeError("no run was prepared")
    return int(row[0])


def _app() -> psycopg.Connection:
    from vanzelf.city.database import ensure_server

    return psycopg.connect(ensure_server())


def _admin() -> psycopg.Connection:
    from vanzelf.city.database.server import administrator, parameters

    database = parameters("default")["dbname"]
    return psycopg.connect(**{**administrator(), "dbname": database}, autocommit=True)


def report(results: Sequence[tuple[str, Result]]) -> str:
    """A table in markdown."""
    head = "| | kills | awards | double | lost | extra | logged twice | not logged"
    head += " | verdicts otherwise |\n"
    lines = [
        f"| {name} | {', '.join(f'{n} in {phase}' for phase, n in one.kills.items()) or '0'}"
        f" | {one.awards:,} | {one.doubles:,} | {one.lost:,} | {one.extra:,}"
        f" | {one.logged_twice:,} | {one.not_logged:,} | {one.otherwise:,} |\n"
        for name, one in results
    ]
    return head + "|---|---|---|---|---|---|---|---|---|\n" + "".join(lines)
