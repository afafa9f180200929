"""What waits, for how long, and is there a worker to do it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from vanzelf.city import clock
from vanzelf.city.bulk import queries as bulk
from vanzelf.city.checks.models import OPEN, CheckRequest
from vanzelf.city.inquiries.models import Inquiry
from vanzelf.city.operations.finding import Area, Finding, Level, Value
from vanzelf.city.operations.models import Beat
from vanzelf.city.rechecks import queries as rechecks
from vanzelf.city.registrations import queries as registrations
from vanzelf.city.runs.models import Run, State
from vanzelf.city.runs.states import WORKING

LANES = ("checks", "worker")  # as in city.jobs
SEEN = timedelta(seconds=60)  # a worker says every ten seconds that it is there
LONG = {"checks": timedelta(seconds=30)}  # by queue: so long a job may wait
LONGEST = timedelta(hours=1)  # of any other: a run before it takes minutes
RECENT = timedelta(days=1)
IDLE = timedelta(hours=1)  # of an inquiry: it is tried every ten minutes


def findings() -> Iterator[Finding]:
    yield from _workers()
    yield from _queues()
    yield from _checks()
    yield from _runs()
    yield from _files()
    yield from _inquiries()
    yield from _registrations()
    questions = rechecks.waiting()
    if questions:
        yield _found("questions", count=questions)


def _workers() -> Iterator[Finding]:
    seen = dict(Beat.objects.values_list("lane", "at"))
    for lane in LANES:
        at = seen.get(lane)
        here = at is not None and clock.now() - at <= SEEN
        code, level = ("worker", Level.WELL) if here else ("no-worker", Level.BROKEN)
        yield _found(code, level, lane=lane, at=at)


def _queues() -> Iterator[Finding]:
    for queue, count, since in waiting():
        late = since is not None and clock.now() - since > LONG.get(queue, LONGEST)
        code, level = ("queue-late", Level.SOON) if late else ("queue", Level.WELL)
        yield _found(code, level, queue=queue, count=count, since=since)
    failed = ProcrastinateEvent.objects.filter(type="failed", at__gte=clock.now() - RECENT)
    count = failed.values("job").distinct().count()
    if count:
        yield _found("failed", Level.SOON, count=count)


def waiting() -> list[tuple[str, int, datetime | None]]:
    """Per queue how many jobs wait, and since when the first does."""
    due = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=clock.now())
    jobs = due.values("queue_name")
    found = jobs.annotate(n=Count("id", distinct=True), since=Min("procrastinateevent__at"))
    return [(row["queue_name"], row["n"], row["since"]) for row in found.order_by("queue_name")]


def _checks() -> Iterator[Finding]:
    found = CheckRequest.objects.filter(state__in=OPEN)
    asked = found.aggregate(n=Count("id"), since=Min("asked_at"))
    if asked["n"]:
        yield _found("checks", count=asked["n"], since=asked["since"])


def _runs() -> Iterator[Finding]:
    for run in Run.objects.filter(state__in=WORKING).order_by("pk"):
        level = Level.SOON if run.problem else Level.WELL
        code = "run-stopped" if run.problem else "run"
        yield _found(code, level, run=run.pk, right=run.regulation, on=run.on)
    requested = Run.objects.filter(state=State.REQUESTED).count()
    if requested:
        yield _found("approval", count=requested)


def _files() -> Iterator[Finding]:
    """Lists of persons that went to a source by file."""
    waits = bulk.waiting()
    if waits.refused:
        yield _found("files-refused", Level.SOON, count=waits.refused)
    still = waits.unsent + waits.unanswered + waits.untaken + waits.rechecks + waits.feedback
    if still:
        yield _found(
            "files",
            unsent=waits.unsent,
            unanswered=waits.unanswered,
            untaken=waits.untaken,
            rechecks=waits.rechecks,
            feedback=waits.feedback,
            since=waits.since,
        )


def _inquiries() -> Iterator[Finding]:
    """Everyone who is being asked about some rights, in stages."""
    for one in Inquiry.objects.filter(finished_at=None).order_by("pk"):
        code, since = "inquiry", one.tried_at or one.at
        if since < clock.now() - IDLE:
            code = "inquiry-idle"
        elif one.problem:
            code = "inquiry-stopped"
        level = Level.WELL if code == "inquiry" else Level.SOON
        told: dict[str, Value] = {"rights": ", ".join(one.rights), "on": one.on, "since": since}
        yield _found(code, level, inquiry=one.pk, why=one.problem, **told)


def _registrations() -> Iterator[Finding]:
    """Persons of whom a source must know that we hold a file, or hold it no more."""
    standing = registrations.standing()
    if standing.problems:
        codes = ", ".join(standing.problems)
        count = sum(standing.problems.values())
        yield _found("registrations-fail", Level.SOON, count=count, why=codes)
    still = standing.to_register + standing.to_take_back
    if still:
        yield _found("registrations", count=still)


def _found(code: str, level: Level = Level.WELL, **values: Value) -> Finding:
    return Finding(Area.WORK, code, level, values)
