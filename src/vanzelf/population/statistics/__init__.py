"""Numbers about people that tell nothing about a person.

    publisher = Publisher(Secret(bytes), right, keys, dimensions.of("gezin", numbers))
    publisher.counts("gain", mask)           # by neighbourhood, household, age, decile and in total

What is guaranteed, and what not: `protect.py`.
"""

from vanzelf.population.statistics.dimensions import DIMENSIONS, Dimensions
from vanzelf.population.statistics.grouping import TOTAL, Grouping, everyone, ranges
from vanzelf.population.statistics.keys import Secret
from vanzelf.population.statistics.protect import BASE, LEAST, Cells, Column, Publisher

__all__ = [
    "BASE",
    "DIMENSIONS",
    "LEAST",
    "TOTAL",
    "Cells",
    "Column",
    "Dimensions",
    "Grouping",
    "Publisher",
    "Secret",
    "everyone",
    "ranges",
]
