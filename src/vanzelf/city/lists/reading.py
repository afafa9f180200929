"""What the worker does for a list: read the file that waits, or the view, up to the preview."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F

from vanzelf.city.database import advisory_lock
from vanzelf.city.lists import previewing, uploads
from vanzelf.city.lists.layouts import layout
from vanzelf.city.lists.models import Delivery, State
from vanzelf.sources.lists import Checked, check_file, check_view
from vanzelf.sources.lists.layout import VIEW
from vanzelf.sources.lists.reader import Progress
from vanzelf.sources.lists.view import address

log = logging.getLogger(__name__)

MOST_TRIES = 3
"""A list that ended the worker so many times is not begun again."""


class Stopped(Exception):
    """Someone threw the delivery away meanwhile."""


def read(delivery_id: int, progress: Progress | None = None) -> Delivery:
    """Reads a delivery that waits for it, from the beginning; twice is once, and what another
    worker reads stays as it is. What goes wrong in Vanzelf itself is raised after the delivery
    was ended with it."""
    with advisory_lock(f"list delivery {delivery_id}") as held:
        delivery = Delivery.objects.get(pk=delivery_id)
        if held and delivery.state == State.READING:
            _read(delivery, progress)
    return Delivery.objects.get(pk=delivery_id)


def _read(delivery: Delivery, progress: Progress | None) -> None:
    if delivery.tries >= MOST_TRIES:
        _fail(delivery)
        return
    Delivery.objects.filter(pk=delivery.pk).update(tries=F("tries") + 1, read=0)

    def tell(rows: int) -> None:
        if not Delivery.objects.filter(pk=delivery.pk, state=State.READING).update(read=rows):
            raise Stopped
        if progress:
            progress(rows)

    try:
        _conclude(delivery, _checked(delivery, tell))
    except Stopped:
        log.info("a delivery was thrown away while it was read", extra={"delivery": delivery.pk})
    except Exception:
        _fail(delivery)
        raise


def _checked(delivery: Delivery, tell: Progress) -> Checked:
    found, demo = layout(delivery.name), settings.VANZELF_DEMO
    if found.format == VIEW:
        return check_view(found, address(found), allow_test=demo, progress=tell)
    data = uploads.opened(delivery)
    return check_file(data, delivery.file_name, found, allow_test=demo, progress=tell)


@transaction.atomic
def _conclude(delivery: Delivery, checked: Checked) -> None:
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state != State.READING:
        raise Stopped
    previewing.conclude(delivery, checked)
    if any(one.code == "view" for one in checked.problems):
        delivery.state = State.FAILED
        delivery.save(update_fields=["state"])
    uploads.remove(delivery)


@transaction.atomic
def _fail(delivery: Delivery) -> None:
    """It could not be read, and nothing of it stays."""
    waiting = Delivery.objects.filter(pk=delivery.pk, state=State.READING)
    if waiting.update(state=State.FAILED):
        uploads.remove(delivery)
