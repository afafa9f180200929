"""Asking by file: over real FTPS, answered by a stand-in, matched, stored, and used by a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from tests.city.conftest import BAGS, DAY, Town
from tests.mailbox import Server, Source
from tests.mailbox.server import PASSWORD
from tests.mailbox.source import NOTHING, YES
from vanzelf.city.bulk import domain, work
from vanzelf.city.bulk.models import Answers, Order, Received
from vanzelf.city.people.models import Person
from vanzelf.sources.magda.bulk import BulkSettings

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
        return list(Person.objects.order_by("pk").values_list("pk", flat=True)[:count])

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


def test_order_goes_out_and_answers_are_matched(exchange: Exchange) -> None:
    order = exchange.order()
    lucky = frozenset(map(exchange.number, exchange.people[:3]))
    exchange.source.statutes = some_yes(lucky)
    work.send(order.pk)
    assert exchange.source.answer() == 3  # twelve people, five in a file
    assert set(exchange.source.asked.values()) == {1}
    taken = work.collect()
    assert [one.state for one in taken] == [Received.State.TAKEN] * 3
    told = exchange.told()
    assert set(told) == set(exchange.people)
    assert {person for person, (value, _) in told.items() if value} == set(exchange.people[:3])
    assert [file.answered for file in order.files.order_by("number")] == [5, 5, 2]
    assert not list((exchange.server.box / "From_Vip").iterdir())
