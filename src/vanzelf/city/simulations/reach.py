"""What every right reaches, and would cost if it came by itself: one report for everyone."""

from __future__ import annotations

import threading
from datetime import date, datetime
from typing import NamedTuple

from vanzelf.city.awards.reached import last_runs, reached
from vanzelf.city.regulations import regulations
from vanzelf.city.secrets.keyring import keyring
from vanzelf.city.simulations.basis import Basis, basis, day
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.population.simulation import Report, report
from vanzelf.population.statistics import Secret


class _Kept(NamedTuple):
    of: tuple[str, date, dict[str, datetime]]
    report: Report


_one_at_a_time = threading.Lock()
_kept: list[_Kept] = []
"""The last report of this process, and what it was made of."""


def reach(viewer: StaffMember) -> Report:
    """The report on the reference day of the population, with the awards as the last run of each
    right left them.

    Protected numbers only. It spends nobody's budget: only a delivery of the register or a run over
    everyone varies it. Raises PermissionDenied, OwnHand for who brought a list that is looked at,
    and NoPopulation.
    """
    require(viewer, "simulations.see")
    on, runs = day(), last_runs()
    seen = basis(list(regulations().values()), on)
    seen.require_other_hands(viewer)
    with _one_at_a_time:
        if not _kept or _kept[0].of != (seen.stamp, on, runs):
            _kept[:] = [_Kept((seen.stamp, on, runs), _calculated(seen, on, runs))]
        return _kept[0].report


def _calculated(seen: Basis, on: date, runs: dict[str, datetime]) -> Report:
    rights = regulations()
    population = seen.read()
    secret = Secret(bytes.fromhex(keyring().derive("statistics", "cells")))
    got = reached(population, rights.values(), on, runs)
    return report(population, rights, on, secret, reached=got)
