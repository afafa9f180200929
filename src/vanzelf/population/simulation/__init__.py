"""What a change of a regulation would do, and cost, before anyone decides on it.

    change = read_change(regulation, on, ["inkomensgrens opvang=35000"])
    effect = simulate(city, regulation, change, on, secret)
    effect.count("gain"), effect.cost("after").at_most, effect.by("gain", "neighbourhood")

Every number that leaves here is protected: `vanzelf.population.statistics`.
"""

from vanzelf.population.simulation.change import Change, ChangeError, changed, plain, read_change
from vanzelf.population.simulation.effect import COSTS, FLOWS, LEVELS, WORTH, Effect, Spread
from vanzelf.population.simulation.simulator import Simulator, simulate

__all__ = [
    "COSTS",
    "FLOWS",
    "LEVELS",
    "WORTH",
    "Change",
    "ChangeError",
    "Effect",
    "Simulator",
    "Spread",
    "changed",
    "plain",
    "read_change",
    "simulate",
]
