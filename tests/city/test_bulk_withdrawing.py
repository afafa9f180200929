"""What is stopped before it left never leaves, and who stood in it reads so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from tests.city.conftest import BAGS, DAY, Town
from tests.city.exchange import *  # noqa: F403 - fixtures are found by their names here
from tests.city.exchange import Exchange
from tests.city.test_bulk_kill import Ended
from tests.mailbox import Server, Source
from tests.mailbox.server import PASSWORD
from vanzelf.city.access.queries import looks_of
from vanzelf.city.bulk import queries, work
from vanzelf.city.bulk.models import ListFile, Order
from vanzelf.city.bulk.withdrawing import withdraw
from vanzelf.city.inquiries import domain as inquiries
from vanzelf.city.inquiries import queries as asked
from vanzelf.city.inquiries import work as going_on
from vanzelf.city.inquiries.models import State
from vanzelf.city.people.models import Person
from vanzelf.sources.magda.bulk import Mailbox

ENOUGH = "Er zijn genoeg vragen gesteld voor deze proef."


def states(order: Order) -> list[str]:
    return list(order.files.order_by("number").values_list("state", flat=True))


def ended_at(
    monkeypatch: pytest.MonkeyPatch, step: str, does: Callable[[], object], *, after: bool = False
) -> None:
    """The first time that the mailbox takes this step, this happens right before or after it."""
    real, done = getattr(Mailbox, step), []

    def once(box: Mailbox, *arguments: Any) -> Any:
        if done:
            return real(box, *arguments)
        done.append(True)
        if not after:
            does()
        found = real(box, *arguments)
        if after:
            does()
        return found

    monkeypatch.setattr(Mailbox, step, once)


def killed() -> None:
    raise Ended


def test_withdrawn_before_it_was_sent_nothing_leaves(exchange: Exchange) -> None:
    order = exchange.order(9, per_file=3)
    assert withdraw(order, exchange.town.preparer) == 3
    assert withdraw(order, exchange.town.preparer) == 0
    assert not queries.standing(work.send(order.pk)).waits
    assert exchange.source.answer() == 0
    assert states(order) == ["withdrawn"] * 3
    assert queries.standing(order).withdrawn == 3
    for person in Person.objects.filter(pk__in=exchange.people):
        assert [look.purpose for look in looks_of(person)] == ["teruggehouden", "bevraging"]


def test_those_who_were_held_back_may_be_asked_again(exchange: Exchange) -> None:
    withdraw(exchange.order(9), exchange.town.preparer)
    assert sum(len(file.persons) for file in exchange.order(9).files.all()) == 9


def test_withdrawn_while_a_file_is_uploaded_it_is_taken_away(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = exchange.order(9, per_file=3)
    ended_at(monkeypatch, "upload", lambda: withdraw(order, exchange.town.preparer))
    work.send(order.pk)
    assert states(order) == ["withdrawn"] * 3
    assert not list(exchange.server.box.glob("To_Vip/*"))


def test_withdrawn_after_some_were_sent_their_answers_are_taken_in(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = exchange.order(9, per_file=3)
    stop = lambda: withdraw(order, exchange.town.preparer)  # noqa: E731
    ended_at(monkeypatch, "release", stop, after=True)
    work.send(order.pk)
    assert states(order) == ["sent", "withdrawn", "withdrawn"]
    assert exchange.source.answer() == 1
    work.collect()
    assert set(exchange.told()) == set(exchange.people[:3])
    assert queries.standing(order).answered == queries.standing(order).asked == 3


@pytest.mark.parametrize(("after", "state"), [(False, "withdrawn"), (True, "sent")])
def test_killed_around_the_release_what_left_is_known(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, after: bool, state: str
) -> None:
    order = exchange.order(3)
    ended_at(monkeypatch, "release", killed, after=after)
    with pytest.raises(Ended):
        work.send(order.pk)
    assert withdraw(order, exchange.town.preparer) == 0  # whether it left is not known yet
    work.send(order.pk)
    assert states(order) == [state]
    assert exchange.source.answer() == (1 if state == "sent" else 0)


def test_who_withdraws_waits_for_the_file_that_is_leaving(
    committed_town: Town, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_BULK", str(server.settings_file()))
    monkeypatch.setenv("VANZELF_BULK_PASSWORD", PASSWORD)
    exchange = Exchange(committed_town, server, Source(server.box))
    order = exchange.order(9, per_file=3)
    leaving, stopping = threading.Event(), threading.Event()

    def wait() -> None:
        leaving.set()
        assert stopping.wait(5)

    ended_at(monkeypatch, "release", wait)

    def send() -> None:
        try:
            work.send(order.pk)
        finally:
            connections.close_all()

    sender = threading.Thread(target=send)
    sender.start()
    assert leaving.wait(5)
    threading.Timer(0.2, stopping.set).start()  # by then the withdrawal waits for the row
    withdraw(order, committed_town.preparer)
    sender.join()
    assert states(order) == ["sent", "withdrawn", "withdrawn"]
    assert exchange.source.answer() == 1


def test_inquiry_that_is_stopped_sends_nothing_more(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = inquiries.start(regulation_ids=[BAGS], on=DAY, by=exchange.town.preparer, queue=False)
    ended_at(monkeypatch, "upload", killed)
    with pytest.raises(Ended):
        going_on.go_on(made.pk)
    assert sum(asked.asked(made).values()) > 0  # so it was meant
    inquiries.stop(inquiry=made, by=exchange.town.preparer, reason=ENOUGH)
    assert asked.asked(made) == {}
    for order in Order.objects.all():
        work.send(order.pk)
    assert going_on.go_on(made.pk).stages.count() == 1
    assert not ListFile.objects.exclude(state=ListFile.State.WITHDRAWN).exists()
    assert exchange.source.answer() == 0


def test_new_inquiry_waits_for_what_a_stopped_one_sent(exchange: Exchange) -> None:
    made = inquiries.start(regulation_ids=[BAGS], on=DAY, by=exchange.town.preparer, queue=False)
    made = going_on.go_on(made.pk)
    inquiries.stop(inquiry=made, by=exchange.town.preparer, reason=ENOUGH)
    again = inquiries.start(regulation_ids=[BAGS], on=DAY, by=exchange.town.preparer, queue=False)
    again = going_on.go_on(again.pk)
    assert asked.asked(again) == {}
    assert again.state == State.WAITING
