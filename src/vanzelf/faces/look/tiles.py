"""Where each neighbourhood of Ghent stands on a map of equal tiles, roughly as they lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
