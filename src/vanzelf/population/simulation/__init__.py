"""What a change of a regulation would do, and cost, before anyone decides on it.

    change = read_change(regulation, on, ["inkomensgrens opvang=35000"])
    effect = simulate(city, regulation, change, on, secret)
    effect.count("gain"), effect.cost("after").at_most, effect.by("gain", "neighbourhood")

    list(cliffs(regulations, catalogue, Family((35, 8, 4)), on))   # benefits against income
    report(city, regulations, on, secret)                         # who misses what, and where

Every number about people that leaves here is protected: `vanzelf.population.statistics`.
"""

from vanzelf.population.simulation.change import Change, ChangeError, changed, plain, read_change
from vanzelf.population.simulation.cliffs import Point, Worth, cliffs
from vanzelf.population.simulation.effect import COSTS, FLOWS, LEVELS, WORTH, Effect, Spread
from vanzelf.population.simulation.family import Family
from vanzelf.population.simulation.overlap import Overlap, overlap_of
from vanzelf.population.simulation.reach import Place, Reach
from vanzelf.population.simulation.report import Report, report
from vanzelf.population.simulation.simulator import Simulator, simulate
from vanzelf.population.simulation.take_up import Costs, TakeUp

__all__ = [
    "COSTS",
    "FLOWS",
    "LEVELS",
    "WORTH",
    "Change",
    "ChangeError",
    "Costs",
    "Effect",
    "Family",
    "Overlap",
    "Place",
    "Point",
    "Reach",
    "Report",
    "Simulator",
    "Spread",
    "TakeUp",
    "Worth",
    "changed",
    "cliffs",
    "overlap_of",
    "plain",
    "read_change",
    "report",
    "simulate",
]
