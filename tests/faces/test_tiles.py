from __future__ import annotations

from vanzelf.faces.look.tiles import COLUMNS, placed
from vanzelf.synthetic.published import NEIGHBOURHOODS

NAMES = [place.name for place in NEIGHBOURHOODS]


def test_every_neighbourhood_has_a_place_of_its_own() -> None:
    tiles = placed(NAMES)
    assert [tile.name for tile in tiles] == NAMES
    assert len({(tile.column, tile.row) for tile in tiles}) == 25
    assert {tile.row for tile in tiles} == set(range(7))
    assert {tile.column for tile in tiles} == set(range(COLUMNS))
    assert max(len(tile.short) for tile in tiles) <= 12
    assert len({tile.short for tile in tiles}) == 25


def test_names_that_ghent_does_not_have_stand_below() -> None:
    tiles = placed(["Dampoort", *(f"Een wijk van een andere stad {n}" for n in range(7))])
    assert [(tile.column, tile.row) for tile in tiles] == [
        (4, 2), *((column, 7) for column in range(6)), (0, 8),
    ]  # fmt: skip
    assert max(len(tile.short) for tile in tiles) <= 12
