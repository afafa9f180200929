"""What a worker does for a run: evaluate it, and after approval award it.

Both may be killed at any moment and started again: every piece is written together with the mark
that it is done. Two workers that start the same run: one does it, the other finds the lock taken.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from vanzelf.city import clock, regulations
from vanzelf.city.access.domain import record
from vanzelf.city.database import advisory_lock, refresh_statistics
from vanzelf.city.paths import city_folder
from vanzelf.city.people.domain import import_population
from vanzelf.city.runs import awarding, frozen, measure, sample
from vanzelf.city.runs.evaluation import Evaluator, Span, Task, spans, workers
from vanzelf.city.runs.models import Run, RunChunk, State
from vanzelf.city.runs.states import locked, move
from vanzelf.city.runs.units import Units
from vanzelf.city.runs.writing import finished, mark_done, write_verdicts

log = logging.getLogger(__name__)

PURPOSE = "toekenning"
Progress = Callable[[Run], None]


def evaluate(run_id: int, progress: Progress | None = None) -> Run:
    """Evaluates a run that was prepared or interrupted, up to its preview."""
    with _working(run_id, State.PREPARED, State.EVALUATING) as run:
        if run is None:
            return Run.objects.get(pk=run_id)
        task = Task(city_folder(), regulations.folders(), run.regulation, run.on)
        evaluator = Evaluator(task)
        # Also on a resumption: the register may have been delivered anew in between.
        delivery = import_population(population=evaluator.population)
        pieces = spans(len(evaluator), settings.VANZELF_RUN_PIECE)
        run = _begin(run, delivery.digest, evaluator)
        if run.state == State.FAILED:
            return run
        done = finished(run, RunChunk.Phase.EVALUATE)
        pending = [piece for piece in pieces if piece.number not in done]
        _evaluate(run, task, pending, evaluator, progress)
        return _conclude(run)


def award(run_id: int, progress: Progress | None = None) -> Run:
    """Awards what was approved, piece by piece."""
    with _working(run_id, State.APPROVED, State.AWARDING) as run:
        if run is None:
            return Run.objects.get(pk=run_id)
        pieces = awarding.pieces(run, settings.VANZELF_RUN_PIECE)
        run = _begin_awarding(run, sum(piece.units for piece in pieces))
        if run.state == State.FAILED:
            return run
        done = finished(run, RunChunk.Phase.AWARD)
        for piece in pieces:
            if piece.number not in done:
                awarding.award_piece(run, piece)
                _tell(run, progress)
        return _finish(run)


@contextmanager
def _working(run_id: int, *states: State) -> Iterator[Run | None]:
    """The run, while nobody else works on it; None when there is nothing (more) to do."""
    with advisory_lock(f"run {run_id}") as held:
        run = Run.objects.get(pk=run_id)
        if not held or run.state not in states:
            log.info("run %s: nothing to do here (%s)", run_id, run.state)
            yield None
            return
        try:
            yield run
        except Exception as error:
            # It stays where it was, so that it can be taken up again; staff see what happened.
            Run.objects.filter(pk=run_id).update(problem=f"{type(error).__name__}: {error}")
            raise


@transaction.atomic
def _begin(run: Run, digest: str, evaluator: Evaluator) -> Run:
    """Writes down the look before the first look: if that fails, nothing is evaluated."""
    run = locked(run.pk)
    if run.state == State.PREPARED:
        move(run, State.EVALUATING)
        run.population_digest = digest
        run.total, run.done = len(evaluator), 0
        record(
            actor=run.created_by,
            subjects=(),
            purpose=PURPOSE,
            right=run.regulation,
            facts=evaluator.regulation.needed,
            run=run,
        )
    changed = _changed(run, digest, evaluator)
    if changed:
        move(run, State.FAILED)
    run.problem = changed
    run.save()
    return run


def _changed(run: Run, digest: str, evaluator: Evaluator) -> str:
    if run.population_digest != digest:
        return "De bevolking is veranderd terwijl deze controle liep: begin een nieuwe."
    if run.regulation_hash != evaluator.regulation.content_hash:
        return "Het reglement is veranderd terwijl deze controle liep: begin een nieuwe."
    return ""


def _evaluate(
    run: Run, task: Task, pending: list[Span], evaluator: Evaluator, progress: Progress | None
) -> None:
    units = Units(evaluator.population, personal=evaluator.regulation.unit == "persoon")
    processes = settings.VANZELF_PROCESSES or os.cpu_count() or 1
    with workers(task, min(processes, len(pending))) as verdicts:
        for piece, found in zip(pending, verdicts(pending), strict=True):
            with transaction.atomic():
                write_verdicts(run, found, units)
                mark_done(run, RunChunk.Phase.EVALUATE, piece.number, piece.stop - piece.start)
            _tell(run, progress)


@transaction.atomic
def _conclude(run: Run) -> Run:
    """Freezes the list: its hash, its figures, the dossiers to read."""
    run = locked(run.pk)
    move(run, State.PREVIEW)
    refresh_statistics("runs_runverdict", "runs_runmember")
    run.list_hash = frozen.list_hash(run)
    run.result = measure.measure(run)
    sample.draw_sample(run)
    run.save()
    return run


@transaction.atomic
def _begin_awarding(run: Run, units: int) -> Run:
    run = locked(run.pk)
    if frozen.list_hash(run) != run.list_hash:
        move(run, State.FAILED)
        run.problem = "De lijst is veranderd na de goedkeuring: er is niets meer toegekend."
    elif run.state == State.APPROVED:
        move(run, State.AWARDING)
        run.total, run.done, run.problem = units, 0, ""
    run.save()
    return run


@transaction.atomic
def _finish(run: Run) -> Run:
    run = locked(run.pk)
    move(run, State.DONE)
    run.finished_at, run.problem = clock.now(), ""
    run.save()
    return run


def _tell(run: Run, progress: Progress | None) -> None:
    if progress is not None:
        run.refresh_from_db(fields=["done", "total", "state"])
        progress(run)
