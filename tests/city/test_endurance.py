"""Breakers and budgets that all processes share."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction

from vanzelf.city.endurance.keeping import InDatabase
from vanzelf.city.endurance.models import SourceCondition
from vanzelf.sources import endurance
from vanzelf.sources.endurance import Limits, OverBudget, Paused, Stance

LIMITS = Limits(calls_per_minute=20, failures=2)


@pytest.fixture
def shared(committed_db: str) -> Iterator[None]:
    SourceCondition.objects.all().delete()  # kept beside transactions: other tests' stay too
    endurance.keep_in(InDatabase())
    yield
    endurance.forget()


def fail() -> None:
    with endurance.asking("magda/A", "here", LIMITS) as question:
        question.failed = True


def test_states_are_those_of_all_processes(shared: None) -> None:
    fail()
    endurance.keep_in(InDatabase())  # as another process would
    fail()
    state = next(one for one in endurance.states() if one.source == "magda/A")
    assert (state.address, state.stance) == ("here", Stance.OPEN)
    with pytest.raises(Paused):
        fail()


def test_spend_counts_the_calls_of_all(shared: None) -> None:
    spent: list[int] = []

    def work() -> None:
        try:
            with endurance.asking("magda/A", "here", LIMITS) as question:
                for _ in range(10):
                    question.spend(wait=0)
                    spent.append(1)
        except OverBudget:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(spent) == 20
    assert endurance.states()[0].calls == 20


def test_change_stays_when_the_transaction_around_it_does_not(shared: None) -> None:
    with transaction.atomic():
        fail()
        transaction.set_rollback(True)
    assert SourceCondition.objects.count() == 1
    assert endurance.states()[0].failures == 1


def test_change_goes_on_when_the_database_does_not_answer(shared: None) -> None:
    fail()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE endurance_sourcecondition")
        fail()
        fail()
        assert endurance.states()[0].stance is Stance.OPEN


def test_installed_app_keeps_in_the_database(committed_db: str) -> None:
    from django.apps import apps

    apps.get_app_config("endurance").ready()
    fail()
    assert SourceCondition.objects.get().source == "magda/A"
    endurance.forget()
