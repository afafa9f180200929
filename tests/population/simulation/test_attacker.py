"""Everything that a row of simulations publishes of the village, handed to the attacker."""

from __future__ import annotations

import numpy as np
import pytest

from tests.population.simulation.conftest import ON
from tests.population.statistics.attacking import Attacker, Reading, nearest, noise_of
from vanzelf.population import YES, Population
from vanzelf.population.simulation import Simulator, changed, read_change
from vanzelf.population.statistics import TOTAL, Column, Publisher, Secret
from vanzelf.population.statistics.protect import Mask
from vanzelf.rights import Regulations

LIMITS = range(32_000, 50_000, 2_000)
DIMENSION = "decile"


class Unprotected(Publisher):
    """The control: hidden under 10, and rounded to 5."""

    def counts(self, measure: str, units: Mask) -> Column:
        return Column({
            group.dimension: tuple(
                None if count < 10 else 5 * round(int(count) / 5)
                for count in np.bincount(group.codes[units], minlength=len(group))
            )
            for group in self.groupings
        })  # fmt: skip


def recovered(simulator: Simulator, reading: Reading) -> list[tuple[int, int]]:
    """Cells under 10 that it is sure of, each with the truth: households that gain by a step."""
    changes = [
        read_change(simulator.regulation, ON, [f"inkomensgrens opvang={limit}"]) for limit in LIMITS
    ]
    effects = [simulator.effect(change) for change in changes]
    having = [simulator._after(change).outcomes == YES for change in changes]
    group = next(one for one in simulator._publisher.groupings if one.dimension == DIMENSION)
    parts, steps = len(group), len(changes)

    def count(mask: Mask, part: int) -> int:
        return int((mask & (group.codes == part)).sum())

    attacker = Attacker(parts * steps, reading, len(group.codes))
    truth = {}
    for part in range(parts):
        for step in range(steps):
            new = having[step] & ~having[step - 1] if step else having[0]
            truth[part * steps + step] = count(new, part)
            if step:  # it knows who gains by each step, and wants to be sure that nobody else does
                attacker.learn_least([part * steps + step], truth[part * steps + step])
    for step, effect in enumerate(effects):
        published = (("after yes", range(step + 1)), ("gain", range(1, step + 1)))
        for measure, slabs in published:
            if not slabs:
                continue
            cells = effect.by(measure, DIMENSION)
            for part in range(parts):
                attacker.learn([part * steps + slab for slab in slabs], cells[part])
            everywhere = [part * steps + slab for part in range(parts) for slab in slabs]
            attacker.learn(everywhere, effect.counts[measure].cells[TOTAL][0])
    sure = []
    for atom, true in truth.items():
        if atom % steps and true < 10:
            found = attacker.bounds([atom])
            if found[0] == found[1]:
                sure.append((found[0], true))
    return sure


@pytest.fixture
def simulator(population: Population, regulations: Regulations, secret: Secret) -> Simulator:
    """Only the limit of the first step is what holds today."""
    first = read_change(
        regulations["gent/schoolkorting"], ON, [f"inkomensgrens opvang={LIMITS[0]}"]
    )
    return Simulator(population, changed(regulations["gent/schoolkorting"], first), ON, secret)


def test_attacker_recovers_nothing_from_simulations(simulator: Simulator) -> None:
    assert recovered(simulator, noise_of(200, 200)) == []
    assert recovered(simulator, noise_of(15, 12)) == []


def test_attacker_recovers_cells_from_simulations_that_are_only_rounded(
    simulator: Simulator,
) -> None:
    own = simulator._publisher
    simulator._publisher = Unprotected(own.secret, own.subject, own.keys, own.groupings)
    sure = recovered(simulator, nearest)
    assert sure
    assert all(claimed == true for claimed, true in sure)
