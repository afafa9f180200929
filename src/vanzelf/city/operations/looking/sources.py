"""Do the sources answer, until when do certificates hold, and which are left alone for a while?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from vanzelf.city import clock
from vanzelf.city.operations.finding import Area, Finding, Level, Value
from vanzelf.city.operations.models import Probe
from vanzelf.sources import EndpointError, Endpoints
from vanzelf.sources.data import DataError
from vanzelf.sources.endurance import SourceState, Stance, states
from vanzelf.sources.magda.bulk.probing import MAILBOX
from vanzelf.sources.magda.bulk.settings import BulkSettings
from vanzelf.sources.magda.probing import Outcome
from vanzelf.sources.magda.security import KeyFileError

AHEAD = timedelta(days=30)  # a new certificate is put in place in this time
OWN_AHEAD = timedelta(days=90)  # and one of ours is asked for, with the key that goes with it
OLD = timedelta(minutes=20)  # a probe; the worker makes one every five minutes
FULL = 0.9  # of the budget of calls


def findings() -> Iterator[Finding]:
    try:
        endpoints = Endpoints.from_env(os.environ)
        endpoints.check()
    except (EndpointError, DataError) as error:
        yield _found("not-set-up", Level.BROKEN, why=str(error))
        return
    probes = list(Probe.objects.order_by("service"))
    if not probes:
        yield _found("never-probed", Level.SOON)
    for probe in probes:
        yield _probed(probe)
        yield from _certificate(probe.service, probe.certificate_ends, "certificate")
    yield from _own_certificates(endpoints, [probe.service for probe in probes])
    yield from (found for state in states() for found in _breaker(state))


def _probed(probe: Probe) -> Finding:
    values: dict[str, Value] = {
        "service": probe.service,
        "milliseconds": round(probe.seconds * 1000),
        "at": probe.at,
    }
    if clock.now() - probe.at > OLD:
        return _found("probe-old", Level.SOON, service=probe.service, at=probe.at)
    if probe.outcome == Outcome.ANSWERS:
        if probe.arrived is None:
            return _found("answers", Level.WELL, **values)
        waiting = {"arrived": probe.arrived, "untaken": probe.untaken}
        return _found("mailbox", Level.WELL, **values, **waiting)
    return _found(
        f"silent-{probe.outcome}", Level.BROKEN, service=probe.service, since=probe.silent_since
    )


def _own_certificates(endpoints: Endpoints, services: Iterable[str]) -> Iterator[Finding]:
    """Ours, each once with all that it is shown to: those of the lines, and those that sign."""
    ending: dict[tuple[str, datetime], list[str]] = {}
    for service in services:
        for what, ends in _own(endpoints, service):
            ending.setdefault((what, ends), []).append(service)
    for (what, ends), shown_to in ending.items():
        yield from _certificate(", ".join(shown_to), ends, what, OWN_AHEAD)


def _own(endpoints: Endpoints, service: str) -> Iterator[tuple[str, datetime]]:
    """The kinds of our certificates for a service, and when each ends. One that cannot be read is
    told by the probe."""
    with suppress(KeyFileError, DataError):
        if service == MAILBOX:
            tls, signing = BulkSettings.from_env().tls, None
        else:
            settings = endpoints.service(service)
            tls, signing = settings.tls, settings.signing
        if signing is not None:
            yield "signing", signing.identity.ends
        if tls.ends is not None:
            yield "client", tls.ends


def _certificate(
    service: str, ends: datetime | None, what: str, ahead: timedelta = AHEAD
) -> Iterator[Finding]:
    """Nothing about a certificate that holds for long."""
    if ends is None:
        return
    left = ends - clock.now()
    if left <= timedelta():
        yield _found(f"{what}-ended", Level.BROKEN, service=service, ends=ends)
    elif left <= ahead:
        code = f"{what}-ends" if left <= AHEAD else f"{what}-ends-later"
        yield _found(code, Level.SOON, service=service, ends=ends, days=left.days)


def _breaker(state: SourceState) -> Iterator[Finding]:
    """Nothing about a source that is asked as ever."""
    service = state.source.removeprefix("magda/")
    if state.stance is not Stance.CLOSED:
        level = Level.BROKEN if state.stance is Stance.OPEN else Level.SOON
        yield _found(
            f"breaker-{state.stance}",
            level,
            service=service,
            since=state.since,
            until=state.until,
            failures=state.failures,
        )
    if state.limit and state.calls >= FULL * state.limit:
        yield _found(
            "budget-full", Level.SOON, service=service, calls=state.calls, limit=state.limit
        )


def _found(code: str, level: Level = Level.WELL, **values: Value) -> Finding:
    return Finding(Area.SOURCES, code, level, values)
