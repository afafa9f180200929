"""Where each neighbourhood of Ghent stands on a map of equal tiles, roughly as they lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A neighbourhood's tile. Columns count from 0 in the west, rows from 0 in the north."""

    name: str
    """As the data write it."""
    short: str
    """A line of 12 letters at most, to stand in the tile itself."""
    column: int
    row: int


_PLACES: Mapping[str, tuple[str, int, int]] = {
    "Gentse Kanaaldorpen en -zone": ("Kanaalzone", 4, 0),
    "Wondelgem": ("Wondelgem", 1, 1),
    "Muide - Meulestede - Afrikalaan": ("Muide", 3, 1),
    "Oostakker": ("Oostakker", 4, 1),
    "Mariakerke": ("Mariakerke", 0, 2),
    "Bloemekenswijk": ("Bloemekens", 1, 2),
    "Rabot - Blaisantvest": ("Rabot", 2, 2),
    "Sluizeken - Tolhuis - Ham": ("Sluizeken", 3, 2),
    "Dampoort": ("Dampoort", 4, 2),
    "Sint-Amandsberg": ("St-Amandsb.", 5, 2),
    "Drongen": ("Drongen", 0, 3),
    "Brugse Poort - Rooigem": ("Brugse Poort", 1, 3),
    "Elisabethbegijnhof - Prinsenhof - Papegaai - Sint-Michiels": ("Prinsenhof", 2, 3),
    "Binnenstad": ("Binnenstad", 3, 3),
    "Macharius - Heirnis": ("Macharius", 4, 3),
    "Watersportbaan - Ekkergem": ("Watersportb.", 2, 4),
    "Stationsbuurt-Noord": ("Station N", 3, 4),
    "Ledeberg": ("Ledeberg", 4, 4),
    "Oud Gentbrugge": ("Oud Gentbr.", 5, 4),
    "Sint-Denijs-Westrem - Afsnee": ("St-Denijs-W.", 1, 5),
    "Stationsbuurt-Zuid": ("Station Z", 2, 5),
    "Nieuw Gent - UZ": ("Nieuw Gent", 3, 5),
    "Moscou - Vogelhoek": ("Moscou", 4, 5),
    "Gentbrugge": ("Gentbrugge", 5, 5),
    "Zwijnaarde": ("Zwijnaarde", 3, 6),
}
_LONGEST = 12


def placed(names: Iterable[str]) -> tuple[Tile, ...]:
    """A tile for each of these, in their order; who has no place of its own stands in rows below.

    So another city's names, or a person whose neighbourhood is not known, are shown as well.
    """
    below = 1 + max(row for _, _, row in _PLACES.values())
    tiles: list[Tile] = []
    others = 0
    for name in names:
        if name in _PLACES:
            tiles.append(Tile(name, *_PLACES[name]))
            continue
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}."
        tiles.append(Tile(name, short, others % COLUMNS, below + others // COLUMNS))
        others += 1
    return tuple(tiles)


@dataclass(frozen=True, slots=True)
class Steps:
    """Classes of equal width in which numbers are shaded: 1 is the lightest, 0 is not known."""

    low: float
    width: float
    count: int = 5

    @classmethod
    def over(cls, values: Iterable[float | None], count: int = 5) -> Steps:
        """From just under the lowest to just over the highest, in round widths."""
        known = [value for value in values if value is not None]
        low, high = (min(known), max(known)) if known else (0.0, 1.0)
        size = 10.0 ** floor(log10(max((high - low) / count, 0.01)))
        for width in (part * size for part in (1, 2, 3, 4, 5, 6, 8, 10, 20)):
            bottom = floor(low / width) * width
            if bottom + count * width >= high:
                break
        return cls(bottom, width, count)

    def of(self, value: float | None) -> int:
        """The step of a number."""
        if value is None:
            return 0
        return 1 + min(max(int((value - self.low) / self.width), 0), self.count - 1)

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Of each step from the first, where it begins and where the next one does."""
        edges = [self.low + step * self.width for step in range(self.count + 1)]
        return tuple(pairwise(edges))
