"""Residents who must be taken back by file: `from tests.city.taking_back import *`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.city.conftest import BAGS, Town
from tests.mailbox import Server
from tests.mailbox.repertory import Repertory
from tests.mailbox.server import PASSWORD
from vanzelf.city import clock
from vanzelf.city.bulk import work as bulk
from vanzelf.city.bulk.models import Received
from vanzelf.city.people.models import Person
from vanzelf.city.registrations import domain, filing, sending, work
from vanzelf.city.registrations.grounds import Grounds
from vanzelf.city.registrations.models import Ending, Registration
from vanzelf.sources import Endpoints, endurance
from vanzelf.sources.magda.bulk import BulkSettings
from vanzelf.sources.magda.standin import City, Standin

__all__ = ["DAY", "HOUR", "MORNING", "Filed", "filed", "server"]

MORNING = datetime(2026, 1, 20, 8, tzinfo=UTC)
LATER = MORNING + timedelta(days=30)  # when the stand-in answers: never old
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOME = 7


@dataclass
class Filed:
    """A town that exchanges files, with residents who must be taken back."""

    server: Server
    magda: Standin
    repertory: Repertory

    def registered(self) -> None:
        """Some residents whom MAGDA has, and who have no right any more since."""
        grounds = Grounds(self.endpoints, clock.today()).of(BAGS)
        ((identification, capacity), permit), *_ = grounds.items()
        for person in Person.objects.order_by("pk")[:SOME]:
            Registration.objects.create(
                person=person,
                identification=identification,
                capacity=capacity,
                authorisation=permit.authorisation.reference,
                right=BAGS,
                wanted_at=MORNING,
                registered_at=MORNING,
                tries=1,
                ending=Ending.NO_INTEREST,
            )
            key = identification, capacity, person.insz or ""
            self.repertory.held[key] = MORNING.date().isoformat(), None

    @property
    def endpoints(self) -> Endpoints:
        return Endpoints(self.magda.url)

    def settings(self, by_message: int = 1, per_file: int = 3) -> BulkSettings:
        told = BulkSettings.from_env()
        return replace(told, by_message=by_message, persons_per_file=per_file)

    def file(self, **settings: int) -> int:
        return filing.file_what_waits(endpoints=self.endpoints, settings=self.settings(**settings))

    def send(self) -> int:
        return sending.send(settings=self.settings())

    def there_and_back(self) -> list[Received]:
        self.file()
        self.send()
        self.repertory.answer()
        return bulk.collect()

    def tell(self) -> work.Worked:
        """By message."""
        return work.work(seconds=60, endpoints=self.endpoints)

    def wanted_again(self) -> None:
        domain.want_again(Registration.objects.filter(ended_at=None))

    @property
    def left(self) -> set[str | None]:
        """Whom we believe to be registered still."""
        rows = Registration.objects.filter(ended_at=None).select_related("person")
        return {row.person.insz for row in rows}

    @property
    def held(self) -> set[str]:
        """Whom MAGDA has."""
        return {key[2] for key in self.repertory.held}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("ftps")) as running:
        yield running


@pytest.fixture
def filed(town: Town, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Filed]:
    monkeypatch.setenv("VANZELF_BULK", str(server.settings_file()))
    monkeypatch.setenv("VANZELF_BULK_PASSWORD", PASSWORD)
    endurance.forget()
    with (
        Standin(City(town.folder), now=lambda: LATER) as magda,
        clock.fixed(MORNING + HOUR),
    ):
        made = Filed(server, magda, Repertory(server.box, magda.state.enrolment.periods))
        made.registered()
        yield made
    endurance.forget()
    for file in server.box.glob("*_Vip/*"):
        file.unlink()
