"""What every right reaches, and would cost if it came by itself: one report for everyone."""

from __future__ import annotations

import threading
from datetime import date
from functools import lru_cache

from django.db import connection

from vanzelf.city.awards.reached import reached
from vanzelf.city.regulations import regulations
from vanzelf.city.secrets.keyring import keyring
from vanzelf.city.simulations import workbench
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.population.simulation import Report, report
from vanzelf.population.statistics import Secret

# Awards are only added and ended: both show in these two numbers.
AWARDED = "SELECT max(id), count(*) FILTER (WHERE known_until IS NULL) FROM awards_awardcover"
_one_at_a_time = threading.Lock()


def reach(viewer: StaffMember) -> Report:
    """The report on the reference day of the population, with the awards as they are now.

    Protected numbers only. Calculated once for the same people and awards, and then kept in this
    process. It spends nobody's budget; only a delivery or a list that is taken in varies it (what
    that tells: docs/simulation.md). Raises PermissionDenied and NoPopulation.
    """
    require(viewer, "simulations.see")
    with connection.cursor() as cursor:
        cursor.execute(AWARDED)
        awarded = cursor.fetchone()
    with _one_at_a_time:
        day = workbench.day()
        seen = workbench.stamp_of(list(regulations().values()), day)
        return _calculated(seen, day, awarded)


@lru_cache(maxsize=1)
def _calculated(stamp: str, on: date, awarded: tuple[int | None, int]) -> Report:
    rights = regulations()
    population = workbench.with_lists(list(rights.values()), on)
    secret = Secret(bytes.fromhex(keyring().derive("statistics", "cells")))
    got = reached(population, rights.values(), on)
    return report(population, rights, on, secret, reached=got)
