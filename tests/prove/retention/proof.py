"""The proof itself: what a city keeps, and what is left of it after each term."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.prove.retention.planted import Planted, leave, plant
from tests.prove.retention.search import Canaries, backup, restore

if TYPE_CHECKING:
    from vanzelf.city.staff.models import StaffMember

DISCOUNT = "gent/schoolkorting"
DAY = date(2026, 1, 15)
REASON = "Vraagt aan het loket naar de schoolkorting."
CHECKS, TOLD = 40, 500
AFTER_APPEAL, AFTER_ALL = 130, 11 * 366
RESTORED = "vanzelf_restored"


@dataclass
class Found:
    """Lines of the record: what was looked for where, how many were found, how many may be."""

    lines: list[tuple[str, int, str]] = field(default_factory=list)
    clean: bool = True

    def none(self, what: str, count: int) -> None:
        """There must be none."""
        self.lines.append((what, count, "0"))
        self.clean = self.clean and count == 0

    def some(self, what: str, count: int) -> None:
        """There must be some: else the search finds nothing anyway, and proves nothing."""
        self.lines.append((what, count, "> 0"))
        self.clean = self.clean and count > 0

    def same(self, what: str, count: int, expected: int) -> None:
        """There must be exactly so many."""
        self.lines.append((what, count, f"{expected:,}"))
        self.clean = self.clean and count == expected

    def table(self) -> str:
        """As Markdown."""
        rows = (f"| {what} | {count:,} | {wanted} |" for what, count, wanted in self.lines)
        return "\n".join(("| | found | wanted |", "|---|--:|--:|", *rows))


def prove(folder: Path, residents: int) -> tuple[Found, dict[str, float]]:
    """Fills a city, lets its terms pass, and searches; returns what was found, and seconds."""
    from vanzelf.city.database import parameters
    from vanzelf.city.database.server import administrator

    city = folder / "city"
    planted = plant(city, residents)
    found, seconds = Found(), dict[str, float]()
    _fill(city, planted)
    dsn = {**administrator(), "dbname": parameters("default")["dbname"]}
    look = Look(folder, city, dsn, found, planted)
    look.while_kept()
    leave(city, planted)
    _deliver(city)
    copy = folder.parent / "copy.dump"
    backup(dsn, copy)
    with _later(AFTER_APPEAL):
        seconds["raw values"] = _apply(found, "after the appeal terms")
        look.after_appeal()
    restore(copy, dsn, RESTORED)
    look.in_backup({**dsn, "dbname": RESTORED})
    with _later(AFTER_ALL):
        seconds["all the rest"] = _apply(found, "after all terms")
        look.after_all(dsn, "the database")
        _apply_to_backup(found)
        look.after_all({**dsn, "dbname": RESTORED}, "the backup, put back with the terms applied")
    copy.unlink()
    return found, seconds


@dataclass
class Look:
    """Searching a city."""

    folder: Path
    city: Path
    dsn: dict[str, object]
    found: Found
    planted: Planted
    looks: int = 0

    def __post_init__(self) -> None:
        self.incomes = Canaries(self.planted.incomes)
        self.people = Canaries((*self.planted.leaving, *self.planted.numbers))

    def while_kept(self) -> None:
        """In the term: values are sealed, decisions can be checked again."""
        from vanzelf.city.access.models import LookSubject
        from vanzelf.city.retention.again import check_again

        self.looks = LookSubject.objects.count()
        values, opened = self.incomes.behind_seals(self.dsn, _keys())
        self.found.some("raw values under a seal", values)
        self.found.some("planted incomes behind the seals, opened with the keys", len(opened))
        self.found.none(
            "planted incomes in clear in a dump of the database",
            len(self.incomes.in_database(self.dsn)),
        )
        self.found.none("planted incomes in clear in files", self._in_files(self.incomes))
        self.found.some(
            "names and streets of who will leave, in a dump",
            len(self.people.in_database(self.dsn)),
        )
        again = check_again(sample=10**9)
        self.found.some("decisions checked again from their own record: the same", again.same)
        self.found.none("decisions checked again: otherwise", len(again.differs))

    def after_appeal(self) -> None:
        """Past the appeal terms: no value, and decisions say that they cannot be checked again."""
        from vanzelf.city.retention.again import check_again

        values, opened = self.incomes.behind_seals(self.dsn, _keys())
        self.found.none("raw values after the appeal terms", values + len(opened))
        again = check_again(sample=10**9)
        self.found.some("decisions that say their values are past their term", again.forgotten)
        self.found.none("decisions checked again: otherwise", len(again.differs))

    def in_backup(self, dsn: dict[str, object]) -> None:
        """A backup of before, put back as it was, with the keys of now."""
        values, opened = self.incomes.behind_seals(dsn, _keys())
        self.found.some("raw values under a seal in a backup of before", values)
        self.found.none("planted incomes in it that any key still opens", len(opened))
        self.found.none("planted incomes in clear in it", len(self.incomes.in_database(dsn)))

    def after_all(self, dsn: dict[str, object], where: str) -> None:
        """Past all terms: nothing of who left, and the log as it was."""
        import psycopg

        for what, canaries in (("incomes", self.incomes), ("people", self.people)):
            self.found.none(f"{what} in {where}", len(canaries.in_database(dsn)))
            self.found.none(f"{what} in files", self._in_files(canaries))
        with psycopg.connect(**dsn) as connection:
            (looks,) = connection.execute("SELECT count(*) FROM access_looksubject").fetchone()
        self.found.same(f"lines of the access log per person in {where}", looks, self.looks)

    def _in_files(self, canaries: Canaries) -> int:
        # The delivery itself stands in the city's folder; blocks of the server are its own.
        return len(canaries.in_files(self.folder, but=(self.city, self.folder / "postgres")))


def _fill(city: Path, planted: Planted) -> None:
    """A run with its awards, point checks with decisions, and answers of residents."""
    from vanzelf.city import clock
    from vanzelf.city.awards import domain as awards
    from vanzelf.city.people.models import Person
    from vanzelf.city.people.sourced import keep
    from vanzelf.city.staff.domain import create_demo_staff
    from vanzelf.city.verdicts.models import Outcome
    from vanzelf.sources import Reading
    from vanzelf.sources.magda.standin import City, Standin

    _deliver(city)
    approver, preparer, clerk, *_ = create_demo_staff()
    _run_over_everyone(approver, preparer)
    with Standin(City(city)) as magda:
        os.environ["VANZELF_MAGDA_URL"] = magda.url
        for number in planted.numbers[:CHECKS]:
            (advice,) = awards.point_check(
                insz=number, on=DAY, by=clerk, reason=REASON, regulation_ids=[DISCOUNT]
            )
            against = advice.outcome != Outcome.YES
            try:
                awards.decide(
                    advice=advice,
                    by=clerk,
                    decision="refuse" if against else "award",
                    motivation="Het inkomen ligt boven de grens van de stad." if against else "",
                )
            except ValueError:  # awarded already by the run
                continue
    told_by = Person.objects.filter(last_name__startswith="Kanarie")[:TOLD]
    for person, income in zip(told_by, planted.incomes[::2], strict=False):
        told = Reading(income, "declared/bewoner", clock.now())
        keep({"belastbaar inkomen": told}, household=person.household)


def _run_over_everyone(approver: StaffMember, preparer: StaffMember) -> None:
    from vanzelf.city.runs import domain, queries, work

    run = work.evaluate(domain.prepare(regulation_id=DISCOUNT, on=DAY, by=preparer, queue=False).pk)
    for dossier in run.sample.all():
        queries.dossier(dossier, preparer)
        domain.mark_read(run=run, dossier=dossier, by=preparer)
    run = domain.request_approval(run=run, by=preparer)
    run = domain.approve(run=run, by=approver, list_hash=run.list_hash, queue=False)
    work.award(run.pk)


def _deliver(city: Path) -> None:
    from vanzelf import population
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.domain import import_population

    migrate()
    import_population(population=population.read(city))


def _apply(found: Found, when: str) -> float:
    from vanzelf.city.retention import sweeping

    due = sweeping.report().past
    begun = time.monotonic()
    problems = [one.problem for one in sweeping.apply() if one.problem]
    took = time.monotonic() - begun
    report = sweeping.report()
    found.some(f"past its term {when}, before applying", due)
    found.none(f"past its term {when}, after applying", report.past)
    found.none(f"that could not be applied {when}", len(problems) + report.missing)
    return took


def _apply_to_backup(found: Found) -> None:
    from vanzelf.city import clock

    done = subprocess.run(
        [sys.executable, "-m", "tests.prove.retention.restored", clock.now().isoformat()],
        env=os.environ | {"VANZELF_DATABASE": RESTORED},
        capture_output=True,
        text=True,
        check=True,
    )
    before, after, problems = map(int, done.stdout.split())
    found.some("past its term in the backup that was put back", before)
    found.none("past its term in it, after applying", after + problems)


def _keys() -> list[bytes]:
    """Every key that this installation has."""
    from vanzelf.city.secrets import expiring
    from vanzelf.city.secrets.keyring import keyring

    return [*keyring().seal.values(), *map(expiring.term_key, expiring.last_days())]


@contextmanager
def _later(days: int) -> Iterator[None]:
    from vanzelf.city import clock

    with clock.fixed(clock.now() + timedelta(days=days)):
        yield
