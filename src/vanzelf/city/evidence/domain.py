"""Adding evidence to an answer, looking at it, and taking it away again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from vanzelf.city import clock
from vanzelf.city.access.domain import record
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.database.copy import reserve_ids
from vanzelf.city.evidence.kinds import EvidenceError
from vanzelf.city.evidence.models import Evidence, Scan
from vanzelf.city.evidence.queries import of_check
from vanzelf.city.evidence.scanning import Received
from vanzelf.city.people.models import Person
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require

TERM = timedelta(days=365)
"""As long as an answer is kept (`declared` in retention.yaml)."""
MOST = 5  # files of one resident about one fact
BATCH = 500


HELD_BACK = "We scannen dit bestand nog op virussen. Probeer het over enkele minuten opnieuw."
HARMFUL = "In dit bestand zat een virus. We hebben het weggedaan."


class HeldBackError(EvidenceError):
    """A file that nobody opens, yet or any more."""


@transaction.atomic
def add(*, by: Person, fact: str, about: Person | None, file: Received) -> Evidence:
    """Keeps a file beside the answer of `by` on a fact; `about` None is their household.

    Raises `EvidenceError`: too many, or we do not know the household."""
    household = None if about else by.household
    if about is None and household is None:
        raise EvidenceError("We kennen je gezin niet. Kom langs met je bewijs.")
    held = Evidence.objects.select_for_update().filter(added_by=by, fact=fact)
    held = held.exclude(scan=Scan.HARMFUL)
    if len(held) >= MOST:
        raise EvidenceError(f"Er zijn al {MOST} bewijzen hierbij. Verwijder er eerst een.")
    (number,) = reserve_ids("evidence_evidence", 1)
    now = clock.now()
    kept = Evidence(
        pk=number,
        fact=fact,
        person=about,
        household=household,
        added_by=by,
        at=now,
        until=clock.today() + TERM,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        scan=file.scan,
        scanned_at=now if file.scan == Scan.CLEAN else None,
    )
    kept.seal(file.content)
    kept.save(force_insert=True)
    _log(by, kept, "bewijs toegevoegd")
    return kept


@transaction.atomic
def remove(*, by: Person, evidence: Evidence) -> None:
    """Takes a file away that one added oneself. Raises `EvidenceError` once staff looked at it:
    then it stands with what they decided, until its term ends."""
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if held.added_by_id != by.pk:
        raise PermissionDenied("only who added a file takes it away")
    if held.seen_at is not None:
        raise EvidenceError(
            "Een medewerker heeft dit bewijs al bekeken. Het verdwijnt vanzelf na zijn termijn."
        )
    held.delete()
    _log(by, held, "bewijs verwijderd")


@transaction.atomic
def look(*, evidence: Evidence, check: PointCheck, by: StaffMember) -> bytes:
    """The file, for the clerk who checks this person; logged before it is given.

    Raises HeldBackError for what was not scanned yet, and secrets.ForgottenError after its term."""
    require(by, "awards.point_check")
    if check.by_id != by.pk or evidence not in of_check(check):
        raise PermissionDenied(f"{by.name} did not check the person whose evidence this is.")
    content = _opened(evidence)
    Evidence.objects.filter(pk=evidence.pk, seen_at=None).update(seen_at=clock.now())
    whom = evidence.person
    everyone = check.household.members if check.household else [check.person]
    record(
        actor=by,
        subjects=[whom] if whom else everyone,
        purpose="controle",
        facts=[evidence.fact],
        reason=check.reason,
        about=check.person,
        own={one.pk: [evidence.fact] for one in ([whom] if whom else everyone)},
    )
    return content


def own(*, evidence: Evidence, by: Person) -> bytes:
    """The file, for who added it; logged. Raises as `look`."""
    if evidence.added_by_id != by.pk:
        raise PermissionDenied("a resident opens what they added themselves")
    content = _opened(evidence)
    _log(by, evidence, "eigen bewijs bekeken")
    return content


def _opened(evidence: Evidence) -> bytes:
    if not evidence.opens:
        raise HeldBackError(HARMFUL if evidence.scan == Scan.HARMFUL else HELD_BACK)
    return evidence.open()


def remove_expired(now: datetime) -> int:
    """Removes at most a batch of what is past its term; returns how many."""
    past = Evidence.objects.filter(until__lt=timezone.localdate(now)).values("pk")[:BATCH]
    return Evidence.objects.filter(pk__in=past).delete()[0]


def past_term(now: datetime) -> int:
    """How many are past their term and still there."""
    return Evidence.objects.filter(until__lt=timezone.localdate(now)).count()


def _log(by: Person, evidence: Evidence, reason: str) -> None:
    record(
        actor=by,
        subjects=[evidence.person or by],
        purpose="verklaring",
        facts=[evidence.fact],
        reason=reason,
    )
