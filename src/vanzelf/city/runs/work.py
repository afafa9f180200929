"""What a worker does for a run: evaluate it, and after approval award it.

Both may be killed at any moment and started again: every piece is written together with the mark
that it is done. Two workers that start the same run: one does it, the other finds the lock taken.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_left
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction

from vanzelf.city import clock, regulations
from vanzelf.city.access.domain import record
from vanzelf.city.bulk import another_day
from vanzelf.city.database import advisory_lock, refresh_statistics
from vanzelf.city.inquiries import families
from vanzelf.city.lists.laid import file_of
from vanzelf.city.lists.laying import lay
from vanzelf.city.paths import city_folder
from vanzelf.city.people.domain import import_population
from vanzelf.city.people.models import PopulationImport
from vanzelf.city.rechecks import comparing, recording
from vanzelf.city.runs import awarding, findings, frozen, measure, sample
from vanzelf.city.runs.changes import Unit, changed
from vanzelf.city.runs.evaluation import Evaluator, Span, Task, spans, workers
from vanzelf.city.runs.models import Run, RunChunk, State
from vanzelf.city.runs.states import locked, move
from vanzelf.city.runs.writing import finished, mark_done, write_verdicts

log = logging.getLogger(__name__)

PURPOSE = "toekenning"
MANY = 10_000  # rows from which the planner should know of them
FEW = 50_000  # verdicts up to which other processes cost more than they bring
Progress = Callable[[Run], None]


def evaluate(run_id: int, progress: Progress | None = None) -> Run:
    """Evaluates a run that was prepared or interrupted, up to its preview."""
    with _working(run_id, State.PREPARED, State.EVALUATING) as run:
        if run is None:
            return Run.objects.get(pk=run_id)
        task, evaluator = _opened(run)
        # The columns are calculated while the database takes in the register: also on a
        # resumption, because it may have been delivered anew in between.
        with ThreadPoolExecutor(1) as beside:
            calculated = beside.submit(evaluator.calculate)
            delivery = import_population(population=evaluator.population)
        run = _begin(run, delivery, evaluator)
        if run.state == State.FAILED:
            file_of(run_id).unlink(missing_ok=True)
            return run
        findings.stage(run, *calculated.result())
        _evaluate(run, task, evaluator, progress)
        run = _conclude(run, evaluator.lists)
        file_of(run_id).unlink(missing_ok=True)
        return run


def award(run_id: int, progress: Progress | None = None) -> Run:
    """Awards what was approved, piece by piece."""
    with _working(run_id, State.APPROVED, State.AWARDING) as run:
        if run is None:
            return Run.objects.get(pk=run_id)
        pieces = awarding.pieces(run)
        run = _begin_awarding(run, sum(piece.units for piece in pieces))
        if run.state == State.FAILED:
            return run
        done = finished(run, RunChunk.Phase.AWARD)
        for piece in pieces:
            if piece.number not in done:
                awarding.award_piece(run, piece)
                _tell(run, progress)
        run = _finish(run)
    if run.total > MANY:
        refresh_statistics("awards_awardcover")
        refresh_statistics("awards_latestverdict", columns=("right", "household_id", "person_id"))
    return run


@contextmanager
def _working(run_id: int, *states: State) -> Iterator[Run | None]:
    """The run, while nobody else works on it; None when there is nothing (more) to do."""
    with advisory_lock(f"run {run_id}") as held:
        run = Run.objects.get(pk=run_id)
        if not held or run.state not in states:
            log.info("nothing to do here", extra={"run": run_id, "state": run.state})
            yield None
            return
        try:
            yield run
        except Exception as error:
            # It stays where it was, so that it can be taken up again; staff see what happened.
            Run.objects.filter(pk=run_id).update(problem=f"{type(error).__name__}: {error}")
            raise


def _opened(run: Run) -> tuple[Task, Evaluator]:
    """The delivery, with the city's own lists over it as they were when the run began."""
    task = Task(city_folder(), regulations.folders(), run.regulation, run.on)
    evaluator, file = Evaluator(task), file_of(run.pk)
    if run.state == State.PREPARED:
        file.unlink(missing_ok=True)
        lay(evaluator.population, evaluator.regulation, evaluator.day, file)
        another_day.lay(evaluator.population, evaluator.regulation, evaluator.day, file)
        families.lay(evaluator.population, evaluator.regulation, run.on, file)
    if not file.exists():
        return task, evaluator
    task = task._replace(laid=file)
    return task, Evaluator(task)


@transaction.atomic
def _begin(run: Run, delivery: PopulationImport, evaluator: Evaluator) -> Run:
    """Writes down the look before the first look: if that fails, nothing is evaluated."""
    run = locked(run.pk)
    if run.state == State.PREPARED:
        move(run, State.EVALUATING)
        run.population_digest, run.delivery = delivery.digest, delivery
        run.personal = evaluator.personal
        run.total, run.done = len(evaluator), 0
        record(
            actor=run.created_by,
            subjects=(),
            purpose=PURPOSE,
            right=run.regulation,
            facts=evaluator.regulation.needed,
            run=run,
        )
    run.problem = _differs(run, delivery.digest, evaluator)
    if run.problem:
        move(run, State.FAILED)
    run.save()
    return run


def _differs(run: Run, digest: str, evaluator: Evaluator) -> str:
    if run.population_digest != digest:
        return "De bevolking is veranderd terwijl deze controle liep: begin een nieuwe."
    if run.regulation_hash != evaluator.regulation.content_hash:
        return "Het reglement is veranderd terwijl deze controle liep: begin een nieuwe."
    return ""


def _evaluate(run: Run, task: Task, evaluator: Evaluator, progress: Progress | None) -> None:
    """Of what was staged of everyone, piece by piece, one by one who must be written."""
    done = finished(run, RunChunk.Phase.EVALUATE)
    pieces = [
        piece
        for piece in spans(len(evaluator), settings.VANZELF_RUN_PIECE)
        if piece.number not in done
    ]
    before = comparing.changed(run) if run.rechecks_id else {}
    units = _by_piece(list(before) if run.rechecks_id else changed(run), pieces)
    count = sum(map(len, units))
    processes = (settings.VANZELF_PROCESSES or os.cpu_count() or 1) if count > FEW else 1
    with workers(task, evaluator, processes) as records:
        found = records([[unit.position for unit in one] for one in units])
        for piece, some, verdicts in zip(pieces, units, found, strict=True):
            with transaction.atomic():
                findings.keep(run, piece.number, piece.start, piece.stop)
                if run.rechecks_id:
                    recording.write_piece(run, some, verdicts, before)
                else:
                    write_verdicts(run, some, verdicts)
                mark_done(run, RunChunk.Phase.EVALUATE, piece.number, piece.stop - piece.start)
            _tell(run, progress)
    findings.drop("finding", "home")


def _by_piece(units: list[Unit], pieces: list[Span]) -> list[list[Unit]]:
    homes = [unit.home for unit in units]
    return [
        units[bisect_left(homes, piece.start) : bisect_left(homes, piece.stop)] for piece in pieces
    ]


@transaction.atomic
def _conclude(run: Run, lists: dict[str, int]) -> Run:
    """Freezes the list: its hash, its figures, the dossiers to read."""
    run = locked(run.pk)
    move(run, State.PREVIEW)
    if run.verdicts.count() > MANY:
        refresh_statistics(
            "runs_runverdict", columns=("run_id", "household_id", "person_id", "outcome")
        )
    if run.rechecks_id:
        recording.supersede(run)
    run.list_hash = frozen.list_hash(run)
    with findings.loaded(run):
        run.result = measure.measure(run) | ({"lists": lists} if lists else {})
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
