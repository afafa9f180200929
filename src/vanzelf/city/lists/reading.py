"""What the worker does for a list that stands in a view: read it, up to the preview."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from vanzelf.city.database import advisory_lock
from vanzelf.city.lists import previewing
from vanzelf.city.lists.layouts import layout
from vanzelf.city.lists.models import Delivery, State
from vanzelf.sources.lists import check_view
from vanzelf.sources.lists.view import address


def read(delivery_id: int, progress: Callable[[int], None] | None = None) -> Delivery:
    """Reads the view of a delivery that waits for it; twice is once."""
    with advisory_lock(f"list delivery {delivery_id}") as held:
        delivery = Delivery.objects.get(pk=delivery_id)
        if not held or delivery.state != State.READING:
            return delivery
        found = layout(delivery.name)
        checked = check_view(
            found, address(found), allow_test=settings.VANZELF_DEMO, progress=progress
        )
        with transaction.atomic():
            previewing.conclude(delivery, checked)
            if any(one.code == "view" for one in checked.problems):
                delivery.state = State.FAILED
                delivery.save(update_fields=["state"])
    return delivery
