"""Starting an inquiry, and stopping it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db import transaction

from vanzelf.city import clock, regulations
from vanzelf.city.bulk import ordering
from vanzelf.city.bulk.models import Order
from vanzelf.city.bulk.withdrawing import withdraw
from vanzelf.city.inquiries import known, tasks
from vanzelf.city.inquiries.models import Inquiry, Stage, State
from vanzelf.city.reasons import written
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.population import NotColumnar


@transaction.atomic
def start(
    *,
    regulation_ids: Sequence[str],
    on: date,
    by: StaffMember,
    at_once: bool = True,
    queue: bool = True,
) -> Inquiry:
    """Sets up an inquiry about these rights on a day. Nothing is sent yet.

    `at_once` asks all members of a household in one stage, where a stage may take days. Raises
    LookupError for an unknown regulation, NotNow when another one about such a right and day runs,
    when the rights look at different days, or one cannot be looked at for everyone together.
    """
    require(by, "bulk.order")
    chosen = [regulations.regulation(name) for name in regulation_ids]
    ordering.day_of(chosen, on)
    rights = [one.id for one in chosen]
    running = Inquiry.objects.select_for_update().filter(on=on, rights__overlap=rights)
    first = running.exclude(state__in=(State.DONE, State.STOPPED)).first()
    if first is not None:
        raise NotNow(f"Bevraging {first.pk} vraagt dit al: wacht tot ze klaar is, of stop ze.")
    try:
        not_by_file = {fact for right in rights for fact in known.not_by_file(right, on)}
    except NotColumnar as error:
        raise NotNow(
            f"Dit reglement kan niet voor iedereen samen bekeken worden: {error}"
        ) from None
    made = Inquiry.objects.create(
        rights=rights,
        on=on,
        at_once=at_once,
        by=by,
        at=clock.now(),
        not_by_file=sorted(not_by_file),
    )
    if queue:
        transaction.on_commit(partial(tasks.queue_go_on, made.pk))
    return made


@transaction.atomic
def stop(*, inquiry: Inquiry, by: StaffMember, reason: str) -> Inquiry:
    """Asks nothing any more: files that were not released are held back, answers to what was sent
    are still taken in. Raises NotNow when it ended already, ReasonError."""
    require(by, "bulk.order")
    because = written(reason, "waarom je stopt")
    found = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if found.ended:
        raise NotNow(f"Bevraging {found.pk} is al {found.get_state_display()}.")
    found.state, found.finished_at = State.STOPPED, clock.now()
    found.stopped_by, found.stopped_reason = by, because
    found.save()
    for stage in found.stages.filter(closed_at=None).exclude(order=None):
        _withdraw(stage, by)
    return found


def _withdraw(stage: Stage, by: StaffMember) -> None:
    """Holds back what was not sent of its order; of that, nobody was asked."""
    order = stage.order
    assert order is not None
    before = _questions(order)
    withdraw(order, by)
    held_back = before - _questions(order)
    left = Counter(stage.questions) - held_back
    stage.questions = {fact: persons for fact, persons in left.items() if persons}
    stage.save(update_fields=["questions"])


def _questions(order: Order) -> Counter[str]:
    """By fact of how many persons it is asked, or will be."""
    found: Counter[str] = Counter()
    for file in order.files.asked():
        found.update(dict.fromkeys(file.facts, len(file.persons)))
    return found
