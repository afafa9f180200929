"""Whether what residents hand in is scanned for viruses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from vanzelf.city import clock
from vanzelf.city.evidence.queries import Scanning, scanning
from vanzelf.city.operations.finding import Area, Finding, Level, Value

OLD = timedelta(days=7)  # ClamAV's signatures; they are made anew every day
LATE = timedelta(minutes=15)  # the worker scans what waits every five


def findings() -> Iterator[Finding]:
    """The scanner, and what it has not seen."""
    now = scanning()
    yield _scanner(now)
    if now.waiting:
        late = now.since is not None and clock.now() - now.since > LATE
        level = Level.SOON if late or now.problem or not now.place else Level.WELL
        yield _found("evidence-waits", level, count=now.waiting, since=now.since)
    if now.unscanned and now.place:
        yield _found("evidence-unscanned", count=now.unscanned)


def _scanner(now: Scanning) -> Finding:
    if now.problem:
        return _found("scanner-away", Level.BROKEN, why=now.problem)
    if not now.place:
        return _found("no-scanner", Level.SOON, count=now.unscanned)
    if now.signatures_made is not None and clock.now() - now.signatures_made > OLD:
        return _found("scanner-old", Level.SOON, at=now.signatures_made)
    return _found("scanner", place=now.place)


def _found(code: str, level: Level = Level.WELL, **values: Value) -> Finding:
    return Finding(Area.MACHINE, code, level, values)
