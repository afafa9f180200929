"""The figures of an installation in OpenMetrics form, for a monitoring system.

They are read from the database at each scrape, so every process gives the same ones. None is about
a person: services, authorisations, lists, queues and counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, StateSetMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

import vanzelf
from vanzelf.city import clock
from vanzelf.city.checks.models import CheckRequest
from vanzelf.city.checks.models import State as CheckState
from vanzelf.city.operations import metering
from vanzelf.city.operations.condition import Condition, condition
from vanzelf.city.operations.finding import Area, Level
from vanzelf.city.operations.looking.work import waiting
from vanzelf.city.operations.models import Beat, Probe
from vanzelf.city.runs.models import Run
from vanzelf.city.runs.models import State as RunState
from vanzelf.sources.endurance import Stance, states
from vanzelf.sources.magda.probing import Outcome

CONTENT_TYPE = CONTENT_TYPE_LATEST


def exposition() -> bytes:
    """Everything, as text."""
    registry = CollectorRegistry()
    registry.register(Installation())
    # One text of two registries: each ends with a line that says so.
    ours, pages = (_text(one) for one in (registry, metering.collected()))
    return ours.removesuffix(b"# EOF\n") + pages


def _text(registry: CollectorRegistry) -> bytes:
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]  # theirs has no types
    return text


class Installation(Collector):
    """Asked anew at each scrape."""

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("vanzelf", "This version", value={"version": vanzelf.__version__})
        found = condition()
        yield from _levels(found)
        yield from _ends(found)
        yield from _probes()
        yield from _breakers()
        yield from _work()


def _levels(found: Condition) -> Iterator[Metric]:
    family = GaugeMetricFamily(
        "vanzelf_findings", "What vanzelf doctor tells, by area and level", labels=["area", "level"]
    )
    for area in Area:
        for level in Level:
            count = sum(one.level is level for one in found.of(area))
            family.add_metric([area, level.name.lower()], count)
    yield family


def _ends(found: Condition) -> Iterator[Metric]:
    """What ends within the days of warning; what holds longer is not among it."""
    for area, label, name in (
        (Area.GROUNDS, "reference", "vanzelf_authorisation_days"),
        (Area.LISTS, "list", "vanzelf_list_days"),
    ):
        family = GaugeMetricFamily(
            name, "Days until the last day, of what ends soon", labels=[label]
        )
        for one in found.of(area):
            days = one.values.get("days")
            if isinstance(days, int):
                family.add_metric([str(one.values[label])], days)
        yield family


def _probes() -> Iterator[Metric]:
    up = GaugeMetricFamily("vanzelf_source_up", "1: a source answered", labels=["service"])
    seconds = GaugeMetricFamily(
        "vanzelf_source_probe_seconds", "How long its answer took", labels=["service"]
    )
    age = GaugeMetricFamily(
        "vanzelf_source_probe_age_seconds", "Since that was looked at", labels=["service"]
    )
    ends = GaugeMetricFamily(
        "vanzelf_source_certificate_seconds", "Until its certificate ends", labels=["service"]
    )
    for probe in Probe.objects.order_by("service"):
        up.add_metric([probe.service], probe.outcome == Outcome.ANSWERS)
        seconds.add_metric([probe.service], probe.seconds)
        age.add_metric([probe.service], _since(probe.at))
        if probe.certificate_ends:
            ends.add_metric([probe.service], -_since(probe.certificate_ends))
    yield from (up, seconds, age, ends)


def _breakers() -> Iterator[Metric]:
    stance = StateSetMetricFamily(
        "vanzelf_source_breaker", "Whether a source is left alone for a while", labels=["source"]
    )
    failures = GaugeMetricFamily(
        "vanzelf_source_failures", "Questions in a row that failed", labels=["source"]
    )
    calls = GaugeMetricFamily(
        "vanzelf_source_calls_last_minute", "Calls in the last minute", labels=["source"]
    )
    for state in states():
        stance.add_metric([state.source], {one.value: state.stance is one for one in Stance})
        failures.add_metric([state.source], state.failures)
        calls.add_metric([state.source], state.calls)
    yield from (stance, failures, calls)


def _work() -> Iterator[Metric]:
    jobs = GaugeMetricFamily("vanzelf_jobs_waiting", "Jobs that wait", labels=["queue"])
    oldest = GaugeMetricFamily(
        "vanzelf_jobs_oldest_seconds", "Since when the first one waits", labels=["queue"]
    )
    for queue, count, since in waiting():
        jobs.add_metric([queue], count)
        if since:
            oldest.add_metric([queue], _since(since))
    seen = GaugeMetricFamily(
        "vanzelf_worker_seen_seconds", "Since a worker was last there", labels=["lane"]
    )
    for beat in Beat.objects.order_by("lane"):
        seen.add_metric([beat.lane], _since(beat.at))
    yield from (jobs, oldest, seen)
    yield _counted("vanzelf_checks", "Checks of the counter by state", CheckRequest, CheckState)
    yield _counted("vanzelf_runs", "Runs by state", Run, RunState)


def _counted(
    name: str,
    text: str,
    model: type[CheckRequest] | type[Run],
    known: type[CheckState] | type[RunState],
) -> Metric:
    family = GaugeMetricFamily(name, text, labels=["state"])
    rows = model.objects.values_list("state").annotate(n=Count("pk"))
    counts: dict[str, int] = dict(rows)
    for state in known:
        family.add_metric([state.value], counts.get(state.value, 0))
    return family


def _since(moment: datetime) -> float:
    return (clock.now() - moment).total_seconds()
