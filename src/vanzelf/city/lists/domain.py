"""Taking lists in: delivered, looked at, taken in by a person, and taken back when it was wrong."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from vanzelf.city import clock, reasons
from vanzelf.city.lists import ending, previewing, queries, tasks, uploads
from vanzelf.city.lists.layouts import layout
from vanzelf.city.lists.models import Delivery, State
from vanzelf.city.runs.models import Run
from vanzelf.city.runs.states import WORKING, NotNow
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.sources.lists import check_file, is_small, rows_in
from vanzelf.sources.lists.view import address

BATCH = 5


class DeliveryError(ValueError):
    """A delivery that is not looked at; the message says what to do, fit to show to staff."""


@transaction.atomic
def deliver(
    *,
    name: str,
    data: bytes,
    file_name: str,
    as_of: date,
    complete: bool,
    by: StaffMember,
    queue: bool = True,
) -> Delivery:
    """Checks a file that someone delivers: a small one now, a large one is kept sealed until the
    worker read it (`reading.read`). Nothing is in use before `take_in`.

    The rows are kept, sealed, only when all of them are good; of a bad one, what is wrong.
    """
    require(by, "lists.deliver")
    delivery = _begun(name, as_of, complete, by, State.READING)
    delivery.file_name = reasons.without_number(file_name)[-120:]
    found = layout(name)
    if is_small(data, found):
        checked = check_file(data, delivery.file_name, found, allow_test=settings.VANZELF_DEMO)
        return previewing.conclude(delivery, checked)
    delivery.expected = rows_in(data, found)
    delivery.save()
    uploads.keep(delivery, data)
    return _queued(delivery, queue)


@transaction.atomic
def read_view(*, name: str, complete: bool, by: StaffMember, queue: bool = True) -> Delivery:
    """Has the worker read the view of a list as it is now; raises `DataError` when the settings
    do not say where that is."""
    require(by, "lists.deliver")
    address(layout(name))
    delivery = _begun(name, clock.today(), complete, by, State.READING)
    delivery.save()
    return _queued(delivery, queue)


def take_in(*, delivery: Delivery, by: StaffMember, reason: str = "") -> Delivery:
    """From now on checks and runs use this delivery.

    Raises NotNow when it cannot be (any more), or when another one came into use since it was
    looked at: the differences are then those with that one. Raises ReasonError where a written
    reason is asked: see `queries.doubts`.
    """
    require(by, "lists.take")
    with transaction.atomic():
        _lock(delivery.name)
        delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        if delivery.state != State.PREVIEW:
            raise NotNow("Deze levering kun je niet (meer) in gebruik nemen.")
        if previewing.in_use(delivery.name) == delivery.compared_with:
            return _take(delivery, by, reason)
        previewing.compare(delivery)
        delivery.save()
    raise NotNow("Intussen nam iemand een andere levering in gebruik: kijk opnieuw.")


def _take(delivery: Delivery, by: StaffMember, reason: str) -> Delivery:
    if queries.doubts(delivery):
        delivery.reason = reasons.written(reason, "waarom de lijst toch klopt")
    delivery.state, delivery.taken_by, delivery.taken_at = State.TAKEN, by, clock.now()
    delivery.save()
    return delivery


@transaction.atomic
def discard(*, delivery: Delivery, by: StaffMember) -> Delivery:
    """It is not taken in: its rows and problems go. A worker that reads it stops."""
    require(by, "lists.deliver")
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if delivery.state in (State.TAKEN, State.UNDONE):
        raise NotNow("Deze levering is al in gebruik genomen.")
    ending.empty(delivery)
    return delivery


@transaction.atomic
def undo(*, delivery: Delivery, by: StaffMember, reason: str) -> Delivery | None:
    """Takes the delivery in use back: the one before it is in use again, which is returned."""
    require(by, "lists.take")
    written = reasons.written(reason, "waarom de vorige lijst terug moet")
    _lock(delivery.name)
    current = previewing.in_use(delivery.name)
    if current is None or current.pk != delivery.pk:
        raise NotNow("Alleen de levering die in gebruik is, kun je terugnemen.")
    current.state, current.undo_reason = State.UNDONE, written
    current.undone_by, current.undone_at = by, clock.now()
    current.save()
    return previewing.in_use(delivery.name)


def remove_expired(now: datetime) -> int:
    """Removes the rows and problems of deliveries past their term, BATCH deliveries at most;
    returns how many. What remains says who delivered what, when and on what ground."""
    ending.sweep(Run.objects.filter(state__in=WORKING).values_list("pk", flat=True))
    with transaction.atomic():
        return ending.end(ending.past(now).select_for_update(skip_locked=True)[:BATCH])


def past_term(now: datetime) -> int:
    """How many deliveries `remove_expired` would take the rows of."""
    return ending.past(now).count()


def _begun(name: str, as_of: date, complete: bool, by: StaffMember, state: State) -> Delivery:
    found, today = layout(name), clock.today()
    if as_of > today:
        raise DeliveryError("De dag van de lijst ligt in de toekomst: vul in van welke dag ze is.")
    last_day = as_of + timedelta(days=found.fresh_days)
    return Delivery(
        name=name,
        as_of=as_of,
        complete=complete,
        last_day=last_day,
        rows_until=max(last_day, today) + timedelta(days=ending.KEPT_DAYS),
        state=state,
        digest=b"",
        by=by,
        at=clock.now(),
    )


def _queued(delivery: Delivery, queue: bool) -> Delivery:
    if queue:
        transaction.on_commit(lambda: tasks.queue_reading(delivery.pk))
    return delivery


def _lock(name: str) -> None:
    """One at a time takes in, or takes back, deliveries of a list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"list {name}"])
