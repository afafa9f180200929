"""Setting up rechecks: every finished run from a day on, with the facts as they are known now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from vanzelf.city import regulations
from vanzelf.city.rechecks.models import Limit
from vanzelf.city.runs import domain
from vanzelf.city.runs.models import Findings, Run, State
from vanzelf.city.staff.models import StaffMember

REPLACED = "Vervangen: dezelfde controle wordt opnieuw nagekeken, met wat de bronnen nu zeggen."
BEGUN = (State.PREPARED, State.EVALUATING)
WAITING = (State.PREVIEW, State.REQUESTED)


@transaction.atomic
def limited(
    *, on: date, by: StaffMember, households: Sequence[int], facts: Collection[str]
) -> list[Run]:
    """A recheck, of these households only, of the last finished run for this day of each right
    that needs one of these facts; the evaluation is left to the worker."""
    done = _done().filter(on=on).order_by("pk")
    last = {run.regulation: run for run in done if _needs(run.regulation, facts)}
    runs = []
    for right in sorted(last):
        run = domain.prepare(regulation_id=right, on=on, by=by, rechecks=last[right])
        Limit.objects.create(run=run, households=sorted(households))
        runs.append(run)
    return runs


def _done() -> QuerySet[Run]:
    """First runs that finished, and of which what they found is still kept."""
    found = Findings.objects.filter(run=OuterRef("pk"))
    return Run.objects.filter(Exists(found), state=State.DONE, rechecks=None)


def _needs(right: str, facts: Collection[str]) -> bool:
    known = regulations.regulations()
    return right in known and any(
        path.rpartition(".")[2] in facts for path in regulations.regulation(right).needed
    )


@transaction.atomic
def prepare(*, since: date, by: StaffMember, regulation_id: str | None = None) -> list[Run]:
    """A recheck of every finished run on `since` or later, of this regulation or of all; of runs
    for the same right and day, of the last. None when there are no such runs.

    One that was begun is taken up; one that waits for approval gives way. Raises LookupError for
    an unknown regulation.
    """
    done = _done().filter(on__gte=since)
    if regulation_id is not None:
        done = done.filter(regulation=regulation_id)
    last = {(run.regulation, run.on): run for run in done.order_by("pk")}
    return [_prepared(last[key], by) for key in sorted(last, key=lambda key: (key[1], key[0]))]


def _prepared(earlier: Run, by: StaffMember) -> Run:
    whole = Run.objects.filter(rechecks=earlier, limit=None)
    begun = whole.filter(state__in=BEGUN).order_by("-pk").first()
    if begun is not None:
        return begun
    for waiting in Run.objects.filter(rechecks=earlier, state__in=WAITING):
        domain.withdraw(run=waiting, by=by, reason=REPLACED)
    return domain.prepare(
        regulation_id=earlier.regulation, on=earlier.on, by=by, queue=False, rechecks=earlier
    )
