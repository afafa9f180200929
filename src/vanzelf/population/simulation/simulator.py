"""A regulation before and after a change, over a whole population."""

from __future__ import annotations

from datetime import date

from vanzelf.population.plan import Kept, Plan, lower
from vanzelf.population.reader import Population
from vanzelf.population.simulation.change import Change, changed
from vanzelf.population.simulation.comparing import effect_of
from vanzelf.population.simulation.effect import Effect
from vanzelf.population.simulation.side import Side
from vanzelf.population.statistics import Dimensions, Publisher, Secret
from vanzelf.rights import Regulation


class Simulator:
    """Changes of one regulation on one day, tried on one population: kept for many changes.

    Made in a second for a city; then an effect of other parameters takes some hundredths of one.
    Several threads may ask it at once.
    """

    def __init__(
        self,
        population: Population,
        regulation: Regulation,
        on: date,
        secret: Secret,
        dimensions: Dimensions | None = None,
    ) -> None:
        self.population, self.regulation, self.on = population, regulation, on
        self._plan = lower([regulation], on, population.catalogue)
        self._kept = Kept()
        self._before = self._side(self._plan, self._kept)
        units = self._before.units
        groupings = (dimensions or Dimensions(population, on)).of(regulation.unit, units)
        keys = secret.record_keys(regulation.unit, units)
        self._publisher = Publisher(secret, regulation.id, keys, groupings)

    def effect(self, change: Change) -> Effect:
        """What it would do. Raises ChangeError, or NotColumnar for a criterion of which the new
        text cannot run in columns."""
        after = self._after(change)
        return effect_of(self.regulation, self.on, change, self._before, after, self._publisher)

    def _after(self, change: Change) -> Side:
        if change == Change():
            return self._before
        other = changed(self.regulation, change)  # also says what is wrong with the change
        if not change.only_parameters:
            return self._side(lower([other], self.on, self.population.catalogue), None)
        plan = self._plan.with_parameters({self.regulation.id: change.parameters})
        # A copy: the columns of every value that was tried would fill the memory.
        kept = Kept({place: dict(memory) for place, memory in self._kept.blocks.items()})
        return self._side(plan, kept)

    def _side(self, plan: Plan, kept: Kept | None) -> Side:
        people = self.population.people
        results = plan.run(
            people.block(plan.wanted),
            households=lambda: people.households[: people.private],
            persons=lambda: people.persons,
            why=False,
            worth=True,
            keep=kept,
        )
        return Side.of(results, self.regulation)


def simulate(
    population: Population, regulation: Regulation, change: Change, on: date, secret: Secret
) -> Effect:
    """What a change would do on a day: who gains and loses, what it costs, where.

    Use a `Simulator` to try several. Raises ChangeError, NotColumnar and PopulationError.
    """
    return Simulator(population, regulation, on, secret).effect(change)
