"""The lists in use, how they stand, and what was delivered."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from vanzelf.city import clock
from vanzelf.city.lists import previewing
from vanzelf.city.lists.layouts import layouts
from vanzelf.city.lists.models import Delivery, State
from vanzelf.city.lists.rows import StoredRows
from vanzelf.city.paths import city_folder
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.sources.lists import Layout, OwnList, Problem, load_folder

WARN_DAYS = 30


class Doubt(StrEnum):
    """Why taking a delivery in asks for a written reason."""

    SMALLER = "smaller"  # by more than the layout's share of its rows
    OLDER = "older"  # its day is before that of the one in use
    STALE = "stale"  # it is past its date already
    PARTIAL = "partial"  # it is not whole, and the one in use is


def current(on: date | None = None) -> Sequence[OwnList]:
    """The city's own lists as checks and runs use them.

    Of each list the delivery that was taken in last; of one that was never delivered here, what
    the folder VANZELF_LISTS (or the city's) holds. A list without days of its own (streets) is for
    `on` the last one made on or before that day, where there still is one. Raises DataError or
    ListError when the folder cannot be read.
    """
    ever = _ever_taken()
    stored = [own for own, _ in taken_in(on)]
    return (*stored, *(own for own in in_folder() if own.layout.name not in ever))


def taken_in(
    on: date | None = None, known: datetime | None = None
) -> list[tuple[OwnList, Delivery]]:
    """Of these the ones that were taken in, each with its delivery; as it was at the moment
    `known`, or now."""
    standing = _standing(known)
    found = {name: _of_day(name, one, on, standing) for name, one in _taken(standing).items()}
    return [
        (OwnList(layouts()[name], StoredRows(one), one.as_of, one.complete), one)
        for name, one in found.items()
    ]


def in_folder() -> Sequence[OwnList]:
    """The lists in a folder beside the city, without delivery or ground: as the demo has them."""
    named = os.environ.get("VANZELF_LISTS")
    folder = Path(named) if named else city_folder() / "lists"
    manifest = folder / "lists.yaml"
    if not manifest.exists():
        return ()
    return _read(folder, manifest.stat().st_mtime_ns, settings.VANZELF_DEMO)


@lru_cache(maxsize=1)
def _read(folder: Path, delivered: int, allow_test: bool) -> Sequence[OwnList]:
    """The lists of one folder, kept until the manifest is written anew: reading takes seconds."""
    return tuple(load_folder(folder, allow_test=allow_test))


@dataclass(frozen=True)
class Standing:
    """How one list stands: its delivery in use (None: none), and of which day it is."""

    layout: Layout
    delivery: Delivery | None
    as_of: date | None
    last_day: date | None

    @property
    def known(self) -> bool:
        """Whether there is a list at all, delivered or in the folder."""
        return self.as_of is not None

    def days_left(self, today: date) -> int | None:
        """Days until the last on which it says anything; negative: past, None: no list."""
        return None if self.last_day is None else (self.last_day - today).days


def standings() -> list[Standing]:
    """Every list of this installation."""
    found = {own.layout.name: own for own in current()}
    taken = _taken(_standing())
    return [
        Standing(one, taken.get(name), own.as_of, own.last_day)
        if (own := found.get(name))
        else Standing(one, None, None, None)
        for name, one in layouts().items()
    ]


def stale(today: date | None = None, days: int = WARN_DAYS) -> list[Standing]:
    """The lists that say nothing any more, or will not within so many days; the first to end
    first. A list that was never there is not among them: see `standings`."""
    day = today or clock.today()
    found = [(left, one) for one in standings() if (left := one.days_left(day)) is not None]
    ending = [(left, one) for left, one in found if left <= days]
    return [one for _, one in sorted(ending, key=lambda pair: (pair[0], pair[1].layout.name))]


def deliveries(name: str, limit: int = 50) -> list[Delivery]:
    """What was delivered of a list, the newest first."""
    found = Delivery.objects.filter(name=name).select_related("by", "taken_by", "undone_by")
    return list(found.order_by("-at", "-pk")[:limit])


def delivery(pk: int, *, viewer: StaffMember) -> Delivery | None:
    """One delivery, for who may see lists."""
    require(viewer, "lists.see")
    found = Delivery.objects.select_related("by", "taken_by", "undone_by", "compared_with")
    return found.filter(pk=pk).first()


def problems(found: Delivery, *, viewer: StaffMember) -> list[Problem]:
    """What is wrong with a delivery, by row."""
    require(viewer, "lists.see")
    return previewing.problems(found)


def doubts(found: Delivery) -> list[Doubt]:
    """What asks for a reason before this delivery is taken in."""
    before, layout = found.compared_with, layouts()[found.name]
    counts = found.differences
    fewer = counts.get("before", 0) - counts.get("after", 0)
    checks = {
        Doubt.SMALLER: fewer * 100 > layout.shrink_percent * counts.get("before", 0),
        Doubt.OLDER: before is not None and found.as_of < before.as_of,
        Doubt.STALE: found.last_day < clock.today(),
        Doubt.PARTIAL: before is not None and before.complete and not found.complete,
    }
    return [doubt for doubt, there in checks.items() if there]


def _standing(known: datetime | None = None) -> QuerySet[Delivery]:
    """The deliveries that were taken in and not taken back: by the moment `known`, or by now."""
    if known is None:
        return Delivery.objects.filter(state=State.TAKEN)
    not_taken_back = Q(undone_at=None) | Q(undone_at__gt=known)
    return Delivery.objects.filter(
        not_taken_back, state__in=(State.TAKEN, State.UNDONE), taken_at__lte=known
    )


def _taken(standing: QuerySet[Delivery]) -> dict[str, Delivery]:
    """Per list the delivery in use whose rows are still kept."""
    known = layouts()
    latest = standing.order_by("name", "-taken_at", "-pk")
    return {
        one.name: one
        for one in latest.distinct("name")
        if one.name in known and one.rows_removed_at is None
    }


def _ever_taken() -> set[str]:
    found = Delivery.objects.filter(state__in=(State.TAKEN, State.UNDONE))
    return set(found.values_list("name", flat=True).distinct())


def _of_day(name: str, latest: Delivery, on: date | None, standing: QuerySet[Delivery]) -> Delivery:
    if on is None or latest.as_of <= on or layouts()[name].period is not None:
        return latest
    earlier = standing.filter(name=name, as_of__lte=on, rows_removed_at=None)
    return earlier.order_by("-as_of", "-taken_at").first() or latest
