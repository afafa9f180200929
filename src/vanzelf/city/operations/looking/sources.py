"""Do the sources answer, until when do certificates hold, and which are left alone for a while?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta

from vanzelf.city import clock
from vanzelf.city.operations.finding import Area, Finding, Level, Value
from vanzelf.city.operations.models import Probe
from vanzelf.sources import EndpointError, Endpoints
from vanzelf.sources.data import DataError
from vanzelf.sources.endurance import SourceState, Stance, states
from vanzelf.sources.magda.probing import Outcome

AHEAD = timedelta(days=30)  # a new certificate is asked and put in place in this time
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
        yield from _own_certificates(endpoints, probe.service)
    yield from (found for state in states() for found in _breaker(state))


def _probed(probe: Probe) -> Finding:
    milliseconds = round(probe.seconds * 1000)
    if clock.now() - probe.at > OLD:
        return _found("probe-old", Level.SOON, service=probe.service, at=probe.at)
    if probe.outcome == Outcome.ANSWERS:
        return _found("answers", service=probe.service, milliseconds=milliseconds, at=probe.at)
    return _found(
        f"silent-{probe.outcome}", Level.BROKEN, service=probe.service, since=probe.silent_since
    )


def _own_certificates(endpoints: Endpoints, service: str) -> Iterator[Finding]:
    signing = endpoints.service(service).signing
    if signing is not None:
        yield from _certificate(service, signing.identity.ends, "signing")


def _certificate(service: str, ends: datetime | None, what: str) -> Iterator[Finding]:
    """Nothing about a certificate that holds for long."""
    if ends is None:
        return
    left = ends - clock.now()
    if left <= timedelta():
        yield _found(f"{what}-ended", Level.BROKEN, service=service, ends=ends)
    elif left <= AHEAD:
        yield _found(f"{what}-ends", Level.SOON, service=service, ends=ends, days=left.days)


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
