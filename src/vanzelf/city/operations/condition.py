"""How the installation is doing, area by area; nothing here asks a source."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction

from vanzelf.city import clock
from vanzelf.city.operations.finding import Area, Finding, Level
from vanzelf.city.operations.looking import grounds, lists, machine, sources, work
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require

log = logging.getLogger(__name__)

LOOKS: dict[Area, Callable[[], Iterator[Finding]]] = {
    Area.SOURCES: sources.findings,
    Area.GROUNDS: grounds.findings,
    Area.LISTS: lists.findings,
    Area.WORK: work.findings,
    Area.MACHINE: machine.findings,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Every finding of one moment."""

    at: datetime
    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """That of the worst finding."""
        return max((found.level for found in self.findings), default=Level.WELL)

    def of(self, area: Area) -> list[Finding]:
        """The findings of an area, the worst first."""
        found = [one for one in self.findings if one.area is area]
        return sorted(found, key=lambda one: -one.level)


def seen(*, viewer: StaffMember) -> Condition:
    """The same for a member of staff. Raises PermissionDenied."""
    require(viewer, "operations.see")
    return condition()


def condition(*, thorough: bool = False) -> Condition:
    """Looks at every area; `thorough`, also at what takes long. An area that cannot be looked at is
    itself a finding."""
    looks = [*LOOKS.items(), *([(Area.MACHINE, machine.thorough)] if thorough else [])]
    found = [finding for area, look in looks for finding in _looked(area, look)]
    return Condition(clock.now(), tuple(found))


def _looked(area: Area, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        with transaction.atomic():
            return list(look())
    except DatabaseError:
        log.exception("an area could not be looked at", extra={"kind": str(area)})
        return [Finding(area, "no-database", Level.BROKEN)]
    except Exception as error:
        log.exception("an area could not be looked at", extra={"kind": str(area)})
        return [Finding(area, "cannot-tell", Level.BROKEN, {"why": type(error).__name__})]
