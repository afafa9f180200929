"""Asking by file: over real FTPS, answered by a stand-in, matched, stored, and used by a run."""

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
from vanzelf.city.bulk import domain, work
from vanzelf.city.bulk.laying import lay
from vanzelf.city.bulk.models import Answers, Archived, Order, Received
from vanzelf.city.people.models import Person
from vanzelf.city.runs.states import NotNow
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

    def lay(self) -> Path:
        """A copy of the city's folder with the answers beside the delivery."""
        folder = self.server.box.parent / token_hex(4)
        shutil.copytree(self.town.folder, folder)
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


def test_send_again_asks_nothing_twice(exchange: Exchange) -> None:
    order = exchange.order()
    work.send(order.pk)
    exchange.source.answer()
    work.send(order.pk)
    assert exchange.source.answer() == 0
    assert set(exchange.source.taken.values()) == {1}
    with pytest.raises(NotNow, match="niemand"):
        exchange.order()  # the same people, the same day, still waited for


def test_who_is_left_out_of_the_answer_is_not_answered(exchange: Exchange) -> None:
    order = exchange.order()
    exchange.source.switches.left_out = frozenset({exchange.number(exchange.people[0])})
    work.send(order.pk)
    exchange.source.answer()
    work.collect()
    assert exchange.people[0] not in exchange.told()
    folder = exchange.lay()
    assert exchange.laid(folder)[exchange.people[0]] == (None, "not-answered")
    assert exchange.laid(folder)[exchange.people[1]] == (False, None)


def test_answers_in_two_files_are_put_together(exchange: Exchange) -> None:
    exchange.source.switches.in_two = True
    taken = exchange.there_and_back()
    assert len(taken) == 6
    assert set(exchange.told()) == set(exchange.people)


def test_file_that_comes_twice_counts_once(exchange: Exchange) -> None:
    exchange.source.switches.twice = True
    assert len(exchange.there_and_back()) == 3
    assert Archived.objects.filter(name__startswith="gssvl").count() == 6  # three out, three in


def test_whom_we_did_not_ask_about_is_dropped_and_told(exchange: Exchange) -> None:
    others = [exchange.number(one) for one in exchange.someone(20)[15:]]
    exchange.source.switches.strangers = (*others, "99999999999")
    taken = exchange.there_and_back(10)
    assert sum(one.strangers for one in taken) == 2 * 6
    assert set(exchange.told()) == set(exchange.people)


def test_answer_to_a_list_that_we_did_not_send_is_dropped(exchange: Exchange) -> None:
    work.send(exchange.order().pk)
    exchange.source.answer(reference="someone else's")
    taken = work.collect()
    assert [one.matched for one in taken] == [0, 0, 0]
    assert not exchange.told()


def test_file_that_is_cut_is_refused_whole(exchange: Exchange) -> None:
    exchange.source.switches.cut = True
    taken = exchange.there_and_back()
    assert [one.state for one in taken] == [Received.State.REFUSED] * 3
    assert "not whole XML" in taken[0].problem
    assert not exchange.told()


@pytest.mark.parametrize(
    ("code", "reason"),
    [("99996", "busy"), ("13001", "no-authorisation"), ("40106", "family-errors")],
)
def test_error_beside_the_answer_makes_it_unknown(
    exchange: Exchange, code: str, reason: str
) -> None:
    error = f"<Uitzondering><Identificatie>{code}</Identificatie><Oorsprong>X</Oorsprong>"
    exchange.source.switches.error = f"{error}<Type>FOUT</Type></Uitzondering>"
    exchange.there_and_back()
    assert set(exchange.told().values()) == {(None, reason)}


def test_two_answers_that_differ_contradict(exchange: Exchange) -> None:
    exchange.there_and_back()
    exchange.source.statutes = lambda number, names: YES.format(*names)
    exchange.source.repeat()
    work.collect()
    told = exchange.laid(exchange.lay())
    assert {told[person] for person in exchange.people} == {(None, "contradiction")}


def test_busy_first_and_answered_later_is_known(exchange: Exchange) -> None:
    exchange.source.switches.error = (
        "<Uitzondering><Identificatie>99996</Identificatie><Oorsprong>MAGDA</Oorsprong>"
        "<Type>FOUT</Type></Uitzondering>"
    )
    exchange.there_and_back()
    exchange.source.switches.error = ""
    exchange.source.repeat()
    work.collect()
    told = exchange.laid(exchange.lay())
    assert {told[person] for person in exchange.people} == {(False, None)}
