"""What is missing or contradictory, as in real data: planted in known numbers and counted.

The exact totals are left alone: only who has no increased reimbursement loses an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from vanzelf.synthetic.ages import People
from vanzelf.synthetic.draw import Bools, Ints, best
from vanzelf.synthetic.statuses import Statuses
from vanzelf.synthetic.structure import INMATE, REFERENCE, Structure

# Shares are invented, but for the incomes: 6 % missing is what the plan measures with.
SILENT, NO_ANSWER, EXPIRED = 0.008, 0.004, 0.005  # of residents
INCOME, NIS_CODE, FAMILY_ERRORS = 0.06, 0.004, 0.005  # of households
MOVING_AWAY, DECEASED, TWO_ADDRESSES, TWO_FAMILIES = 40, 130, 270, 300  # at full size
TROUBLES = ("no-data", "busy", "unavailable", "timeout", "fault", "not-registered", "unreadable")
TROUBLE_WEIGHTS = (0.70, 0.08, 0.06, 0.05, 0.04, 0.05, 0.02)


@dataclass
class Gaps:
    """Masks over persons or households (see the names), and `trouble`: an index, -1 for none."""

    silent: Bools
    no_answer: Bools
    trouble: Ints
    expired: Bools
    deceased: Bools
    two_addresses: Bools
    two_families: Bools
    income: Bools
    nis_code: Bools
    family_errors: Bools
    moving_away: Bools
    counts: dict[str, int] = field(default_factory=dict)


def draw_gaps(
    rng: np.random.Generator, structure: Structure, people: People, statuses: Statuses, scale: float
) -> Gaps:
    """Draw them all; those of one kind never fall on each other's person."""
    persons, households = len(structure.role), len(structure.kind)
    bare = ~np.logical_or.reduce(
        [flag for name, flag in statuses.flags.items() if "school" not in name]
    )
    dice = rng.random(persons)
    silent = bare & (dice < SILENT / bare.mean())
    no_answer = bare & ~silent & (dice > 1 - NO_ANSWER / bare.mean())
    trouble = np.full(persons, -1)
    trouble[silent] = rng.choice(len(TROUBLES), size=int(silent.sum()), p=TROUBLE_WEIGHTS)
    clear = bare & ~silent & ~no_answer

    def few(count: int, allowed: Bools) -> Bools:
        return best(rng.random(len(allowed)), max(1, round(count * scale)), allowed)

    role, private = structure.role, structure.private
    expired = few(round(EXPIRED * 269_191), clear & (role != INMATE))
    gaps = Gaps(
        silent=silent,
        no_answer=no_answer,
        trouble=trouble,
        expired=expired,
        deceased=few(DECEASED, (people.age >= 60) & (role != REFERENCE)),
        two_addresses=few(TWO_ADDRESSES, clear & ~expired & (role != INMATE)),
        two_families=few(TWO_FAMILIES, clear & ~expired & (people.age < 18)),
        income=private & (rng.random(households) < INCOME),
        nis_code=private & (rng.random(households) < NIS_CODE),
        family_errors=private & (rng.random(households) < FAMILY_ERRORS),
        moving_away=np.zeros(households, dtype=bool),
    )
    gaps.moving_away = few(MOVING_AWAY, private & ~gaps.nis_code)
    gaps.counts = _counts(gaps)
    return gaps


def _counts(gaps: Gaps) -> dict[str, int]:
    masks = {
        "residents of whom no source of social statuses answers": gaps.silent,
        "residents whose increased reimbursement alone is not answered": gaps.no_answer,
        "increased reimbursements with a period that is over": gaps.expired,
        "deceased residents still listed in the household": gaps.deceased,
        "residents with a second municipality in another source": gaps.two_addresses,
        "children with increased reimbursement through a parent elsewhere": gaps.two_families,
        "households without a tax assessment": gaps.income,
        "households without a NIS code": gaps.nis_code,
        "households with errors in the family composition (SSH00047)": gaps.family_errors,
        "households whose departure to another municipality is new": gaps.moving_away,
    }
    return {name: int(mask.sum()) for name, mask in masks.items()}
