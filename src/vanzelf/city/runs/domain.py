"""The steps of a run that people take. What machines do in between is in `work`."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction

import vanzelf
from vanzelf.city import clock, regulations
from vanzelf.city.access.domain import record
from vanzelf.city.awards.domain import end_awards
from vanzelf.city.database import advisory_lock
from vanzelf.city.people.models import Person
from vanzelf.city.reasons import ReasonError, without_number, written
from vanzelf.city.rechecks import raising
from vanzelf.city.runs import findings, frozen, measure, queries, tasks
from vanzelf.city.runs.models import Run, SampleDossier, State
from vanzelf.city.runs.states import NotNow, locked, move
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import may, require

SECOND = (
    "Deze controle is goedgekeurd: alleen een goedkeurder die ze niet klaarzette, kan ze ongedaan"
    " maken."
)


@transaction.atomic
def prepare(
    *,
    regulation_id: str,
    on: date,
    by: StaffMember,
    queue: bool = True,
    rechecks: Run | None = None,
) -> Run:
    """Sets up a run and, unless `queue` is false, leaves its evaluation to the worker.

    With `rechecks`, an earlier run for the same day, only what is found otherwise now counts.

    Raises LookupError for an unknown regulation, NotNow for one that only advises.
    """
    require(by, "runs.prepare")
    regulation = regulations.regulation(regulation_id)
    if regulation.advice_only:
        raise NotNow(
            f"{regulation.name()}: enkel een advies, per persoon; geen controle van iedereen."
        )
    run = Run.objects.create(
        regulation=regulation_id,
        on=on,
        period=regulation.period_label(on),
        regulation_hash=regulation.content_hash,
        engine_version=vanzelf.__version__,
        rechecks=rechecks,
        created_by=by,
        created_at=clock.now(),
    )
    if queue:
        transaction.on_commit(partial(tasks.queue_evaluation, run.pk))
    return run


@transaction.atomic
def mark_read(*, run: Run, dossier: SampleDossier, by: StaffMember) -> None:
    """Notes that `by` read a dossier of the sample; the first reader stays. Raises NotNow when
    they never opened it, or when the run is not a preview (any more)."""
    require(by, "runs.read_dossier")
    if dossier.run_id != run.pk:
        raise ValueError(f"Dossier {dossier.pk} is not of run {run.pk}.")
    if locked(run.pk).state != State.PREVIEW:
        raise NotNow("De steekproef wordt gelezen voor er goedkeuring gevraagd wordt.")
    if not queries.was_opened(dossier, by):
        raise NotNow(f"Open dossier {dossier.number} eerst; pas dan is het gelezen.")
    SampleDossier.objects.filter(pk=dossier.pk, read_by=None).update(
        read_by=by, read_at=clock.now()
    )


@transaction.atomic
def request_approval(*, run: Run, by: StaffMember, override_reason: str = "") -> Run:
    """Asks a second person to approve. Raises NotNow while dossiers are unread, or when the
    breaker is on and no reason says why it may be set aside."""
    require(by, "runs.request_approval")
    run = locked(run.pk)
    _must_stand(run.rechecks)
    move(run, State.REQUESTED)
    unread = run.sample.filter(read_by=None).count()
    if unread:
        raise NotNow(f"Lees eerst de steekproef: nog {unread} dossiers zijn niet gelezen.")
    if measure.is_old(run):
        with findings.loaded(run):
            run.result = measure.measure(run)
    run.override_reason = without_number(override_reason)
    if breaker := run.result["breaker"]:
        try:
            written(run.override_reason, "waarom dat klopt")
        except ReasonError as error:
            raise NotNow(
                f"Deze controle wijkt {breaker['percent']} % af van de vorige"
                f" ({breaker['before']} werd {breaker['now']}). {error}"
            ) from None
    run.requested_by, run.requested_at = by, clock.now()
    run.save()
    return run


@transaction.atomic
def approve(*, run: Run, by: StaffMember, list_hash: str, queue: bool = True) -> Run:
    """Approves the frozen list with this hash. Raises PermissionDenied for the person who
    prepared or asked, whichever their account, and NotNow when the list is not that list."""
    require(by, "runs.approve")
    run = locked(run.pk)
    _must_stand(run.rechecks)
    if _prepared(run, by):
        raise PermissionDenied(
            f"{by.name} zette deze controle klaar; iemand anders moet ze goedkeuren."
        )
    move(run, State.APPROVED)
    if not list_hash == run.list_hash == frozen.list_hash(run):
        raise NotNow("De lijst is niet die van het voorbeeld: herlaad en kijk opnieuw.")
    run.approved_by, run.approved_at = by, clock.now()
    run.total = run.done = 0
    run.save()
    if queue:
        transaction.on_commit(partial(tasks.queue_awarding, run.pk))
    return run


def _must_stand(rechecked: Run | None) -> None:
    """Raises NotNow for a recheck of a run that was taken back since: it corrects nothing."""
    if rechecked is not None and rechecked.state == State.WITHDRAWN:
        raise NotNow(
            f"Controle {rechecked.pk} die hier wordt nagekeken, is intussen ingetrokken:"
            " trek ook deze in."
        )


def may_withdraw(run: Run, by: StaffMember) -> bool:
    """Whether `by` may take this run back: once approved, an approver who did not prepare it."""
    if run.approved_by is None:
        return may(by, "runs.withdraw")
    return may(by, "runs.approve") and not _prepared(run, by)


def _prepared(run: Run, by: StaffMember) -> bool:
    """Whether this human prepared the run or asked for approval, whichever their account."""
    others = (run.created_by, run.requested_by)
    return any(by.same_human(other) for other in others if other is not None)


def withdraw(*, run: Run, by: StaffMember, reason: str) -> Run:
    """Takes a run back; awards that it made end, with who and why, and everyone covered can be
    awarded again. Raises NotNow while a worker is at it, and PermissionDenied for who may not."""
    require(by, "runs.withdraw")
    reason = written(reason)
    with advisory_lock(f"run {run.pk}") as held:
        if not held:
            raise NotNow("Er wordt nu aan deze controle gewerkt; probeer het straks opnieuw.")
        with transaction.atomic():
            run = locked(run.pk)
            if not may_withdraw(run, by):
                raise PermissionDenied(SECOND)
            move(run, State.WITHDRAWN)
            run.withdrawn_by, run.withdrawn_at = by, clock.now()
            run.withdrawn_reason = reason
            run.save()
            raised = raising.raised_by(run)
            covered = end_awards(of=run, by=by, reason=reason)
            raising.put_back(raised)
            _log_end(run, by, reason, covered)
    return run


def _log_end(run: Run, by: StaffMember, reason: str, covered: list[int]) -> None:
    if covered:
        subjects = Person.objects.filter(pk__in=covered)
        record(
            actor=by, subjects=subjects, purpose="intrekking", right=run.regulation, reason=reason
        )
