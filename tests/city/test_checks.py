"""Point checks that a worker answers: asked, told about, stopped, taken up again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests.city.conftest import BAGS, DAY, REASON, Desk, Town
from vanzelf.city import clock, jobs
from vanzelf.city.access.models import Look
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.checks import domain, tasks, work
from vanzelf.city.checks.models import CheckRequest, Problem, State
from vanzelf.city.lawfulness.models import SentQuestion
from vanzelf.city.reasons import ReasonError
from vanzelf.city.secrets import SealError
from vanzelf.sources.magda.standin import City, Standin
from vanzelf.synthetic import cast

SOMEONE = next(iter(cast())).insz


def asked(town: Town, insz: str = SOMEONE, *, queue: bool = False) -> CheckRequest:
    return domain.ask(insz=insz, on=DAY, by=town.clerk, reason=REASON, rights=[BAGS], queue=queue)


def test_request_is_answered_and_forgets_its_number(desk: Desk) -> None:
    request = asked(desk.town)
    assert request.insz == SOMEONE
    request = work.answer(request.pk)
    assert (request.state, request.number, request.key_id) == (State.DONE, None, "")
    check = request.check_ref
    assert check is not None
    assert [advice.right for advice in check.advices.all()] == [BAGS]
    assert (check.by, check.reason, check.on) == (desk.town.clerk, REASON, DAY)
    assert request.questions >= 3


def test_number_is_sealed_for_its_own_row(desk: Desk) -> None:
    request = asked(desk.town)
    assert SOMEONE.encode() not in bytes(request.number or b"")
    request.pk += 1
    with pytest.raises(SealError):
        _ = request.insz


def test_nothing_is_logged_before_the_worker_asks(desk: Desk) -> None:
    before = Look.objects.count()
    request = asked(desk.town)
    assert Look.objects.count() == before
    work.answer(request.pk)
    assert Look.objects.count() > before


def test_asking_again_after_the_end_does_nothing(desk: Desk) -> None:
    request = work.answer(asked(desk.town).pk)
    checks = PointCheck.objects.count()
    assert work.answer(request.pk).check_ref_id == request.check_ref_id
    assert PointCheck.objects.count() == checks


def test_request_needs_the_role_and_a_reason(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        domain.ask(insz=SOMEONE, on=DAY, by=desk.town.preparer, reason=REASON, queue=False)
    with pytest.raises(ReasonError):
        domain.ask(insz=SOMEONE, on=DAY, by=desk.town.clerk, reason=" ", queue=False)


@pytest.mark.parametrize(
    ("number", "fault", "problem"),
    [
        ("90610100155", None, Problem.UNKNOWN_NUMBER),
        ("90610100155", "busy", Problem.NO_ANSWER),
    ],
)
def test_request_that_comes_to_nothing_says_why(
    number: str, fault: str | None, problem: Problem, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault:
        monkeypatch.setenv("VANZELF_MAGDA_URL", "http://127.0.0.1:9")
    request = work.answer(asked(desk.town, number).pk)
    assert (request.state, request.problem, request.number) == (State.FAILED, problem, None)


def test_sources_that_are_not_set_up_are_told_as_such(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VANZELF_MAGDA_URL")
    assert work.answer(asked(desk.town).pk).problem == Problem.NOT_SET_UP


def test_error_of_our_own_ends_the_request_and_is_raised(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(desk.town)
    CheckRequest.objects.filter(pk=request.pk).update(rights=["gent/bestaat-niet"])
    with pytest.raises(Exception, match="bestaat-niet"):
        work.answer(request.pk)
    request.refresh_from_db()
    assert (request.state, request.problem) == (State.FAILED, Problem.ERROR)


def test_stopped_request_asks_nothing_more(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked(town)
    told: list[str] = []
    tell = work._tell

    def stop_at_the_second(number: int, service: str) -> None:
        tell(number, service)
        told.append(service)
        if len(told) == 1:
            domain.cancel(request=request, by=town.clerk)

    monkeypatch.setattr(work, "_tell", stop_at_the_second)
    with Standin(City(town.folder)) as magda:
        monkeypatch.setenv("VANZELF_MAGDA_URL", magda.url)
        request = work.answer(request.pk)
        left = [received.request.service for received in magda.received]
    assert (request.state, request.check_ref) == (State.CANCELLED, None)
    assert told == left == ["GeefPersoon"]
    assert [one.service for one in SentQuestion.objects.all()] == left
    assert not PointCheck.objects.filter(reason=REASON, by=town.clerk).exists()


def test_only_who_asked_stops_a_check(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        domain.cancel(request=asked(town), by=town.both)


def test_request_that_lay_too_long_looks_nobody_up(desk: Desk) -> None:
    request = asked(desk.town)
    looks = Look.objects.count()
    with clock.fixed(clock.now() + work.PATIENCE + timedelta(seconds=1)):
        request = work.answer(request.pk)
    assert (request.state, request.problem) == (State.FAILED, Problem.TOO_LATE)
    assert (request.questions, Look.objects.count()) == (0, looks)


def test_database_refuses_an_ended_request_with_a_number(desk: Desk) -> None:
    request = asked(desk.town)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckRequest.objects.filter(pk=request.pk).update(
            state=State.CANCELLED, ended_at=clock.now()
        )


def test_worker_of_the_checks_answers_and_takes_up_what_another_left(
    committed_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = asked(committed_town)
    CheckRequest.objects.filter(pk=left.pk).update(state=State.ASKING)
    queued = asked(committed_town, queue=True)
    with Standin(City(committed_town.folder)) as magda:
        monkeypatch.setenv("VANZELF_MAGDA_URL", magda.url)
        jobs.work(jobs.HEAVY, until_empty=True)
        assert CheckRequest.objects.filter(state=State.DONE).count() == 0
        jobs.work(jobs.CHECKS, until_empty=True)
    done = CheckRequest.objects.filter(state=State.DONE).values_list("pk", flat=True)
    assert sorted(done) == [left.pk, queued.pk]


def test_request_is_queued_once(committed_town: Town) -> None:
    request = asked(committed_town, queue=True)
    tasks.queue_answer(request.pk)
    from procrastinate.contrib.django.models import ProcrastinateJob

    assert ProcrastinateJob.objects.filter(queue_name="checks").count() == 1
