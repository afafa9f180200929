"""Work for the queue: ids in, nothing else."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vanzelf.city.runs import work
from vanzelf.city.runs.models import Run, State
from vanzelf.city.runs.states import WORKING


@app.task(name="runs.evaluate", queue="runs")
def evaluate(run_id: int) -> None:
    """Evaluates a run up to its preview."""
    work.evaluate(run_id)


@app.task(name="runs.award", queue="runs")
def award(run_id: int) -> None:
    """Awards an approved run."""
    work.award(run_id)


def queue_evaluation(run_id: int) -> None:
    """Leaves the evaluation to the worker; once is enough."""
    _defer("runs.evaluate", run_id)


def queue_awarding(run_id: int) -> None:
    """Leaves the awarding to the worker; once is enough."""
    _defer("runs.award", run_id)


def queue_unfinished() -> None:
    """Takes up what an interrupted worker left: a killed job does not come back by itself."""
    for run in Run.objects.filter(state__in=WORKING):
        evaluating = run.state in {State.PREPARED, State.EVALUATING}
        (queue_evaluation if evaluating else queue_awarding)(run.pk)


def _defer(task: str, run_id: int) -> None:
    lock = f"{task} {run_id}"
    try:
        app.configure_task(task, queueing_lock=lock).defer(run_id=run_id)
    except AlreadyEnqueued:
        return
