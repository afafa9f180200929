"""A town that exchanges files: `from tests.city.exchange import *` gives its fixtures."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from secrets import token_hex

import pyarrow.parquet as parquet
import pytest

from tests.city.conftest import BAGS, DAY, Town
from tests.mailbox import Server, Source
from tests.mailbox.server import PASSWORD
from tests.mailbox.source import NOTHING, YES
from vanzelf.city import regulations
from vanzelf.city.bulk import domain, ordering, work
from vanzelf.city.bulk.laying import lay
from vanzelf.city.bulk.models import Answers, Order, Received
from vanzelf.city.people.models import Person
from vanzelf.sources.magda.bulk import BulkSettings

__all__ = ["FACT", "Exchange", "exchange", "server", "some_yes"]

FACT = "verhoogde tegemoetkoming"


@dataclass
class Exchange:
    """A town that exchanges files with a stand-in."""

    town: Town
    server: Server
    source: Source
    people: list[int] = field(default_factory=list)

    def order(self, count: int = 12, on: date = DAY, per_file: int = 5) -> Order:
        """An order for some residents, households together."""
        made = domain.order(
            regulation_ids=[BAGS],
            on=on,
            by=self.town.preparer,
            settings=BulkSettings(host="", persons_per_file=per_file),
            persons=self.someone(count),
            queue=False,
        )
        self.people = [one for file in made.files.order_by("number") for one in file.persons]
        return made

    def someone(self, count: int) -> list[int]:
        return self.everyone()[:count]

    def there_and_back(self, count: int = 12) -> list[Received]:
        """An order, sent, answered and collected."""
        work.send(self.order(count).pk)
        self.source.answer()
        return work.collect()

    def told(self, fact: str = FACT) -> dict[int, tuple[bool | None, str | None]]:
        """Per person the last answer that was stored."""
        found = {}
        for row in Answers.objects.filter(fact=fact).order_by("pk"):
            reasons = row.reasons or [None] * len(row.persons)
            found |= dict(zip(row.persons, zip(row.values, reasons, strict=True), strict=True))
        return found

    def limit(self, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
        """Takes no file larger than this."""
        file = self.server.box.parent / f"{token_hex(4)}.yaml"
        file.write_text(f"{self.server.settings_file().read_text()}largest file: {size}\n")
        monkeypatch.setenv("VANZELF_BULK", str(file))

    def everyone(self) -> list[int]:
        """Who lives here in a private household."""
        return ordering.everyone([regulations.regulation(BAGS)])

    def copy(self, folder: Path) -> Path:
        """A copy of the city's folder, to change."""
        return Path(shutil.copytree(self.town.folder, folder))

    def lay(self, folder: Path | None = None) -> Path:
        """The answers beside the delivery, in this folder or in a copy of the city's."""
        folder = folder or self.copy(self.server.box.parent / token_hex(4))
        lay(DAY, folder)
        return folder

    def laid(self, folder: Path) -> dict[int, tuple[bool | None, str | None]]:
        """Per person what a run would read, and why not."""
        rows = parquet.read_table(folder / "persons.parquet").to_pylist()
        numbers = {self.number(one): one for one in self.people}
        return {
            numbers[row["insz"]]: (row["increased_reimbursement"], row["source_trouble"])
            for row in rows
            if row["insz"] in numbers
        }

    def number(self, person: int) -> str:
        number = Person.objects.get(pk=person).insz
        assert number is not None
        return number


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("ftps")) as running:
        yield running


@pytest.fixture
def exchange(town: Town, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exchange]:
    monkeypatch.setenv("VANZELF_BULK", str(server.settings_file()))
    monkeypatch.setenv("VANZELF_BULK_PASSWORD", PASSWORD)
    yield Exchange(town, server, Source(server.box))
    for file in server.box.glob("*_Vip/*"):
        file.unlink()


def some_yes(numbers: frozenset[str]) -> Callable[..., str]:
    return lambda number, names: "".join(
        (YES if number in numbers else NOTHING).format(name) for name in names
    )
