"""Tests of the city run against the real database, with a small invented city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as parquet
import pytest

from tests.installation import *  # noqa: F403 - fixtures are found by their names here
from tests.installation import empty
from vanzelf import population, synthetic
from vanzelf.city.awards import domain as awards
from vanzelf.city.awards.models import Advice
from vanzelf.city.people.domain import import_population
from vanzelf.city.runs import domain, queries, work
from vanzelf.city.runs.models import Run
from vanzelf.city.staff.domain import create_demo_staff
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.verdicts.models import Outcome
from vanzelf.sources.magda.standin import City, Standin

BAGS = "gent/huisvuilzakken"
REASON = "Vraagt aan het loket naar de huisvuilzakken."
DAY = date(2026, 1, 15)


@dataclass(frozen=True)
class Town:
    """A small city that was taken in, and who works there."""

    folder: Path
    approver: StaffMember
    preparer: StaffMember
    clerk: StaffMember
    both: StaffMember

    def evaluated(self, regulation: str = BAGS, on: date = DAY) -> Run:
        """A run with its preview."""
        run = domain.prepare(regulation_id=regulation, on=on, by=self.preparer, queue=False)
        return work.evaluate(run.pk)

    def requested(self, run: Run, because: str = "") -> Run:
        """The run, its sample read and approval asked."""
        for dossier in run.sample.all():
            queries.dossier(dossier, self.preparer)
            domain.mark_read(run=run, dossier=dossier, by=self.preparer)
        return domain.request_approval(run=run, by=self.preparer, override_reason=because)

    def approved(self, run: Run) -> Run:
        """The run as the second person approved it, not yet awarded."""
        hash_ = run.list_hash
        return domain.approve(run=run, by=self.approver, list_hash=hash_, queue=False)

    def awarded(self, on: date = DAY, because: str = "") -> Run:
        """A run from beginning to end."""
        run = self.approved(self.requested(self.evaluated(on=on), because))
        return work.award(run.pk)

    def awarded_right(self, regulation: str) -> Run:
        """A run of this regulation from beginning to end."""
        run = self.approved(self.requested(self.evaluated(regulation)))
        return work.award(run.pk)


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 500 households."""
    folder = tmp_path_factory.mktemp("city")
    synthetic.build(seed=3, residents=1_200).write(folder)
    return folder


def _town(folder: Path) -> Town:
    import_population(population=population.read(folder))
    return Town(folder, *create_demo_staff_in_order())


def create_demo_staff_in_order() -> tuple[StaffMember, StaffMember, StaffMember, StaffMember]:
    """Approver, preparer, clerk, and someone who is both preparer and approver."""
    an, lies, sam, fatma, *_ = create_demo_staff()
    return an, lies, sam, fatma


@pytest.fixture(scope="package")
def emptied_after(database: str) -> Iterator[None]:
    """Leaves nothing to the tests of another folder."""
    yield
    empty()


@pytest.fixture
def taken_in(emptied_after: None, small_city: Path) -> Town:
    """The small city, committed; taken in again only when a test emptied the tables."""
    return _town(small_city)


@pytest.fixture
def town(taken_in: Town, db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The small city; what the test does with it is rolled back."""
    monkeypatch.setenv("VANZELF_CITY", str(taken_in.folder))
    return taken_in


@pytest.fixture
def committed_town(committed_db: str, small_city: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The small city, committed: for tests with more than one connection."""
    monkeypatch.setenv("VANZELF_CITY", str(small_city))
    return _town(small_city)


class Desk(NamedTuple):
    """A counter where MAGDA answers from the city."""

    town: Town
    magda: Standin

    def check(self, insz: str, *rights_: str, on: date = DAY) -> list[Advice]:
        """Point check by the clerk."""
        return awards.point_check(
            insz=insz, on=on, by=self.town.clerk, reason=REASON, regulation_ids=rights_ or None
        )

    def someone(self, outcome: Outcome) -> tuple[str, Advice]:
        """The first person whose check on the waste bags gives this outcome."""
        for row in self.people():
            (advice,) = self.check(str(row["insz"]), BAGS)
            if advice.outcome == outcome:
                return str(row["insz"]), advice
        raise LookupError(f"nobody in this city gets {outcome.label}")

    def people(self) -> list[dict[str, object]]:
        return parquet.read_table(self.town.folder / "persons.parquet").to_pylist()[:60]


@pytest.fixture(scope="module")
def magda(small_city: Path) -> Iterator[Standin]:
    with Standin(City(small_city)) as running:
        yield running


@pytest.fixture
def desk(town: Town, magda: Standin, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("VANZELF_MAGDA_URL", magda.url)
    return Desk(town, magda)
