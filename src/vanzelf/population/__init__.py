"""A whole population: Parquet in columns, read as the facts that regulations speak of.

    city = read(Path(".data/city"))                       # also: read(folder, catalogue=…)
    len(city)                                             # private households
    for number, facts in city.households(regulation.needed, 0, len(city), on=day):
        verdict = regulation.check(facts, day, explain=False)
    for household in city.members(0, 100): ...            # who lives there

A fact that is not known is left out (so it is UNKNOWN); `why_unknown` says why.
"""

from vanzelf.population.columns import PopulationError
from vanzelf.population.reader import Household, Member, Population, read

__all__ = ["Household", "Member", "Population", "PopulationError", "read"]
