"""A whole population: Parquet in columns, read as the facts that regulations speak of.

    city = read(Path(".data/city"))                       # also: read(folder, catalogue=…)
    results = check(city, rights.load(), on=day)          # every right, everyone, in columns
    results.outcomes("gent/huisvuilzakken")               # 0 NO, 1 YES, 2 UNKNOWN per household

    for number, facts in city.households(regulation.needed, 0, len(city), on=day):
        verdict = regulation.check(facts, day, explain=False)     # the same, one by one
    for household in city.members(0, 100): ...            # who lives there

A fact that is not known is left out (so it is UNKNOWN); `why_unknown` says why.
"""

from vanzelf.population.checking import check
from vanzelf.population.plan import NotColumnar, Plan, lower
from vanzelf.population.reader import Household, Member, Population, read
from vanzelf.population.results import NO, UNKNOWN, YES, Bounds, Counts, Results
from vanzelf.population.tables import PopulationError

__all__ = [
    "NO",
    "UNKNOWN",
    "YES",
    "Bounds",
    "Counts",
    "Household",
    "Member",
    "NotColumnar",
    "Plan",
    "Population",
    "PopulationError",
    "Results",
    "check",
    "lower",
    "read",
]
