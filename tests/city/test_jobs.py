"""What is queued is done by the worker, and what a killed worker left is taken up."""

from __future__ import annotations

from django.db import connection

from tests.city.conftest import BAGS, DAY, Town
from vanzelf.city import jobs
from vanzelf.city.awards.models import Award
from vanzelf.city.runs import domain
from vanzelf.city.runs.models import Run, State


def queued() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text FROM procrastinate_jobs"
            " WHERE queue_name = 'runs' ORDER BY id"
        )
        return list(cursor.fetchall())


def test_worker_evaluates_and_awards_what_is_queued(committed_town: Town) -> None:
    run = domain.prepare(regulation_id=BAGS, on=DAY, by=committed_town.preparer)
    assert queued() == [("runs.evaluate", "todo")]
    jobs.work(until_empty=True)
    run.refresh_from_db()
    assert run.state == State.PREVIEW
    run = committed_town.requested(run)
    domain.approve(run=run, by=committed_town.approver, list_hash=run.list_hash)
    jobs.work(until_empty=True)
    run.refresh_from_db()
    assert (run.state, Award.objects.count()) == (State.DONE, run.result["yes"])
    assert [status for _, status in queued()] == ["succeeded", "succeeded"]


def test_worker_takes_up_what_another_left(committed_town: Town) -> None:
    run = domain.prepare(regulation_id=BAGS, on=DAY, by=committed_town.preparer, queue=False)
    Run.objects.filter(pk=run.pk).update(state=State.PREPARED)
    jobs.work(until_empty=True)
    run.refresh_from_db()
    assert run.state == State.PREVIEW
