"""Whose award runs is registered with MAGDA, once; who left or died is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.city.conftest import Town
from vanzelf.city import clock
from vanzelf.city.awards.models import AwardCover
from vanzelf.city.registrations import domain, queries, work
from vanzelf.city.registrations.models import Ending, Registration
from vanzelf.sources import Endpoints, endurance
from vanzelf.sources.magda.standin import City, Standin, Switches
from vanzelf.sources.magda.standin.enrolment import INTO, OUT_OF

A_WHILE = 120.0
MORNING = datetime(2026, 1, 20, 8, tzinfo=UTC)
SOME = 4  # awards; the others of the run ended, so that few have to be told


@pytest.fixture
def awarded(town: Town) -> Town:
    town.awarded()
    kept = sorted(set(AwardCover.objects.values_list("award", flat=True)))[:SOME]
    AwardCover.objects.exclude(award__in=kept).update(known_until=clock.now())
    return town


@pytest.fixture
def magda(awarded: Town) -> Iterator[Standin]:
    endurance.forget()
    with (
        Standin(City(awarded.folder), now=lambda: MORNING) as running,
        clock.fixed(MORNING),
    ):
        yield running
    endurance.forget()


def told(magda: Standin, service: str) -> list[str]:
    return [each.request.insz for each in magda.received if each.request.service == service]


def keep(magda: Standin) -> tuple[domain.Planned, work.Worked]:
    endpoints = Endpoints(magda.url)
    return domain.plan(endpoints=endpoints), work.work(seconds=A_WHILE, endpoints=endpoints)


def covered() -> set[str | None]:
    running = AwardCover.objects.filter(known_until=None).select_related("person")
    return {cover.person.insz for cover in running}


def test_everyone_whose_award_runs_is_registered_once(magda: Standin) -> None:
    planned, worked = keep(magda)
    everyone = covered()
    assert planned.new == worked.registered == len(everyone) > 3
    assert sorted(told(magda, INTO)) == sorted(filter(None, everyone))
    assert {key[2] for key in magda.state.enrolment.periods} == everyone
    again, worked = keep(magda)
    assert (again.new, again.ending, worked.registered, worked.left) == (0, 0, 0, 0)
    assert len(told(magda, INTO)) == len(everyone)


def test_registration_keeps_its_ground_its_days_and_its_reference(magda: Standin) -> None:
    keep(magda)
    row = Registration.objects.first()
    assert row is not None
    assert (row.since, row.until, row.problem) == (clock.today(), None, "")
    assert len(row.reference) == 36
    assert row.authorisation
    received = next(each for each in magda.received if row.reference in each.body.decode())
    assert received.request.insz == row.person.insz
    assert received.request.asked("Inschrijving", "Identificatie") == row.identification


def test_who_died_and_whose_award_ended_are_taken_back(magda: Standin, awarded: Town) -> None:
    keep(magda)
    running = AwardCover.objects.filter(known_until=None)
    covers = list(running.select_related("person", "award").order_by("pk"))
    dead = covers[0].person
    dead.deceased = True
    dead.save()
    ended = next(each.award for each in covers if each.award_id != covers[0].award_id)
    without = {cover.person_id for cover in covers if cover.award_id == ended.pk}
    AwardCover.objects.filter(award=ended).update(known_until=clock.now())
    with clock.fixed(MORNING + timedelta(hours=1)):
        planned, worked = keep(magda)
    assert planned.ending == worked.taken_back == 1 + len(without)
    rows = Registration.objects.exclude(ended_at=None)
    assert {row.person_id: row.ending for row in rows} == {
        dead.pk: Ending.DIED,
        **dict.fromkeys(without, Ending.NO_INTEREST),
    }
    gone = {row.person.insz for row in rows}
    assert set(told(magda, OUT_OF)) == gone
    assert not gone & {key[2] for key in magda.state.enrolment.periods}
    assert keep(magda)[1].taken_back == 0


def test_source_that_is_down_stops_the_turn_and_nothing_is_lost(magda: Standin) -> None:
    magda.switches = Switches.parse(["http500"])
    _, worked = keep(magda)
    assert worked.registered == 0
    assert worked.stopped == "unavailable"
    assert worked.failed + worked.left == len(covered())
    assert queries.standing().problems == {"unavailable": worked.failed}
    magda.switches = Switches()
    endurance.forget()
    with clock.fixed(MORNING + timedelta(hours=1)):
        planned, worked = keep(magda)
    assert planned.new == 0
    assert worked.registered == len(covered())
    assert queries.standing().problems == {}


def test_registered_already_counts_as_registered(magda: Standin) -> None:
    keep(magda)
    Registration.objects.update(registered_at=None)  # as if we had died before keeping it
    with clock.fixed(MORNING + timedelta(hours=1)):
        _, worked = keep(magda)
    assert worked.registered == len(covered())


def test_not_registered_counts_as_taken_back(magda: Standin) -> None:
    keep(magda)
    magda.state.enrolment.periods.clear()
    AwardCover.objects.update(known_until=clock.now())
    with clock.fixed(MORNING + timedelta(hours=1)):
        _, worked = keep(magda)
    assert worked.taken_back == Registration.objects.count()
    assert told(magda, INTO) == [*dict.fromkeys(told(magda, INTO))]  # none registered again


def test_never_told_is_forgotten_without_a_word(magda: Standin) -> None:
    domain.plan(endpoints=Endpoints(magda.url))
    AwardCover.objects.update(known_until=clock.now())
    assert domain.plan(endpoints=Endpoints(magda.url)) == domain.Planned(0, 0)
    assert not Registration.objects.exists()
    assert magda.received == []


def test_wanted_again_before_it_was_taken_back_is_told_anew(magda: Standin) -> None:
    keep(magda)
    awards = list(AwardCover.objects.filter(known_until=None).values_list("award", flat=True))
    AwardCover.objects.update(known_until=clock.now())
    endpoints = Endpoints(magda.url)
    assert domain.plan(endpoints=endpoints).ending > 0
    AwardCover.objects.filter(award__in=awards).update(known_until=None)
    assert domain.plan(endpoints=endpoints) == domain.Planned(0, 0)
    with clock.fixed(MORNING + timedelta(hours=1)):
        assert work.work(seconds=A_WHILE, endpoints=endpoints).registered == len(covered())
