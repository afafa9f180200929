"""What is handed in is held back until it was scanned; what had to wait is scanned later."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.access.domain import record
from vanzelf.city.evidence.kinds import EvidenceError, defused, kind_of, safe_name
from vanzelf.city.evidence.models import Evidence, Scan
from vanzelf.city.evidence.scanner import Scanner, ScannerError
from vanzelf.city.secrets import ForgottenError

log = logging.getLogger(__name__)

REFUSED = (
    "In dit bestand zit een virus. We hebben het niet bewaard. Kies een ander bestand, of kom langs"
    " met je bewijs."
)
NOT_SCANNED_YET = (Scan.WAITING, Scan.UNSCANNED)


@dataclass(frozen=True, slots=True)
class Received:
    """A file that may be kept: what it is, what is left of it, and whether it was scanned."""

    name: str
    kind: str
    content: bytes
    scan: Scan


def receive(*, name: str, content: bytes) -> Received:
    """Looks into a file before anything is kept. Outside a transaction: the scanner is asked.

    Raises `EvidenceError`: not a kind that is taken, too large, damaged, or harmful."""
    kind = kind_of(content)
    content = defused(content, kind)
    return Received(safe_name(name, kind), kind, content, _scanned(content))


def scan_waiting() -> int:
    """Scans what was held back, and what came in while there was no scanner; returns how many
    could not be scanned now. Again, or by two workers at once: the same."""
    rows = Evidence.objects.filter(scan__in=NOT_SCANNED_YET).order_by("pk")
    try:
        scanner = Scanner.from_env()
        if scanner is None or not rows:
            return rows.count()
        scanner.signatures_made()  # when it is not there, one question tells for all files
    except ScannerError as error:
        _told(error)
        return rows.count()
    numbers = list(rows.values_list("pk", flat=True))
    return sum(not _scan_again(scanner, number) for number in numbers)


def _scanned(content: bytes) -> Scan:
    try:
        scanner = Scanner.from_env()
        if scanner is None:
            return Scan.UNSCANNED
        if scanner.harm(content):
            raise EvidenceError(REFUSED)
    except ScannerError as error:
        _told(error)
        return Scan.WAITING
    return Scan.CLEAN


def _scan_again(scanner: Scanner, number: int) -> bool:
    """Whether it is known now; so too when it is gone by now."""
    kept = Evidence.objects.filter(pk=number).first()
    if kept is None or kept.scan not in NOT_SCANNED_YET:
        return True
    try:
        harmful = bool(scanner.harm(kept.open()))
    except ForgottenError:
        return True  # past its term: it opens no more, and goes tonight
    except ScannerError as error:
        _told(error)
        return False
    _keep(kept, harmful=harmful)
    return True


@transaction.atomic
def _keep(kept: Evidence, *, harmful: bool) -> None:
    """Notes what the scanner said. Of what is harmful only the line stays, for who added it."""
    content = {"content": b"", "key_id": ""} if harmful else {}
    changed = Evidence.objects.filter(pk=kept.pk, scan__in=NOT_SCANNED_YET).update(
        scan=Scan.HARMFUL if harmful else Scan.CLEAN, scanned_at=clock.now(), **content
    )
    if changed and harmful:
        record(
            actor=None,
            subjects=[kept.person or kept.added_by],
            purpose="verklaring",
            facts=[kept.fact],
            reason="bewijs weggedaan: er zat een virus in",
        )


def _told(error: ScannerError) -> None:
    """For who keeps the site; never what is in a file."""
    log.warning("a file could not be scanned", extra={"kind": type(error).__name__})
