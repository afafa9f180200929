"""Asking by file: over real FTPS, answered by a stand-in, matched and stored."""

from __future__ import annotations

import pytest

from tests.city.exchange import *  # noqa: F403 - fixtures are found by their names here
from tests.city.exchange import Exchange, some_yes
from tests.mailbox.server import deliver
from tests.mailbox.source import YES
from vanzelf.city.bulk import work
from vanzelf.city.bulk.models import Archived, ListFile, Received
from vanzelf.city.runs.states import NotNow


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
    assert not any(file.answered for file in ListFile.objects.all())
    exchange.source.switches.error = ""
    exchange.source.repeat()
    work.collect()
    told = exchange.laid(exchange.lay())
    assert {told[person] for person in exchange.people} == {(False, None)}


def test_file_larger_than_agreed_is_left_and_told(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.send(exchange.order(3).pk)
    exchange.source.answer()
    exchange.limit(monkeypatch, 100)
    for _ in range(2):
        assert work.collect() == []
    (received,) = Received.objects.all()
    assert "larger than agreed" in received.problem
    assert len(list((exchange.server.box / "From_Vip").iterdir())) == 1


def test_error_about_the_whole_file_is_told(exchange: Exchange) -> None:
    work.send(exchange.order(3).pk)
    error = "<Identificatie>13001</Identificatie><Oorsprong>MAGDA</Oorsprong>"
    inside = f"<Uitzonderingen><Uitzondering>{error}</Uitzondering></Uitzonderingen>"
    root = "GeefSociaalStatuutVoorLijstResponse"
    deliver(exchange.server.box, "gssvl", f"<{root}><Repliek>{inside}</Repliek></{root}>")
    (received,) = work.collect()
    assert "MAGDA/13001" in received.problem
    assert not exchange.told()
