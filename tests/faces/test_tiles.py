from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vanzelf.faces.look.tiles import COLUMNS, Steps, placed
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


@given(st.lists(st.none() | st.floats(0, 1e6), max_size=30))
def test_every_number_is_in_the_step_that_the_legend_says(values: list[float | None]) -> None:
    steps = Steps.over(values)
    assert len(steps.bounds) == 5
    for value in values:
        step = steps.of(value)
        if value is None:
            assert step == 0
        else:
            low, high = steps.bounds[step - 1]
            slack = 1e-9 * max(1, high)
            assert low - slack <= value <= high + slack


def test_steps_are_round() -> None:
    assert Steps.over([12.0, 36.0]).bounds[0] == (12.0, 18.0)
    assert Steps.over([0.4, 23.0, None]).bounds[1] == (5.0, 10.0)
    assert Steps.over([]).of(None) == 0
