from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.population.statistics import TOTAL, Grouping, Publisher, Secret, everyone
from vanzelf.population.statistics.protect import contribution

COUNT = 1_000
PARTS = Grouping("part", ("a", "b", "few"), np.repeat([0, 1, 2], [600, 350, 50]))


def publisher(secret: bytes = b"s" * 32, subject: str = "gent/right") -> Publisher:
    found = Secret(secret)
    keys = found.record_keys("gezin", np.arange(COUNT))
    return Publisher(found, subject, keys, (everyone(COUNT), PARTS))


def units(*chosen: int) -> np.ndarray:
    mask = np.zeros(COUNT, np.bool_)
    mask[list(chosen)] = True
    return mask


@given(st.sets(st.integers(0, COUNT - 1), max_size=40), st.binary(min_size=32, max_size=32))
def test_fewer_than_ten_are_always_hidden(chosen: set[int], secret: bytes) -> None:
    cells = publisher(secret).counts("gain", units(*chosen)).cells
    inside = [sum(low <= one < high for one in chosen) for low, high in ((0, 600), (600, 950))]
    for count, cell in ((len(chosen), cells[TOTAL][0]), *zip(inside, cells["part"], strict=False)):
        assert cell is None or (count >= 10 and cell >= 10 and cell % 5 == 0)


def test_a_small_category_is_hidden_whole() -> None:
    cells = publisher().counts("yes", np.ones(COUNT, np.bool_)).cells["part"]
    assert cells[:2] != (None, None)
    assert cells[2] is None


def test_the_same_people_get_the_same_number_again() -> None:
    mask = units(*range(0, 900, 7))
    assert publisher().counts("gain", mask) == publisher().counts("gain", mask.copy())


def test_other_people_or_another_secret_get_other_noise() -> None:
    masks = [units(*range(start, start + 200)) for start in range(30)]
    shown = {publisher().counts("gain", mask).cells[TOTAL] for mask in masks}
    keyed = {publisher(bytes([n]) * 32).counts("gain", masks[0]).cells[TOTAL] for n in range(30)}
    assert len(shown) > 2
    assert len(keyed) > 2


def test_numbers_are_right_on_average() -> None:
    mask = units(*range(123))
    shown = [
        publisher(number.to_bytes(32, "big")).counts("gain", mask).cells[TOTAL][0] or 0
        for number in range(2_000)
    ]
    assert np.mean(shown) == pytest.approx(123, abs=0.4)


def test_hidden_may_be_ten_or_more() -> None:
    """Else it would be an upper bound."""
    shown = [
        publisher(number.to_bytes(32, "big")).counts("gain", units(*range(12))).cells[TOTAL][0]
        for number in range(300)
    ]
    assert None in shown
    assert set(shown) - {None}


def test_a_sum_is_hidden_where_its_count_is() -> None:
    cents = np.full(COUNT, 4_200)
    sums = publisher().sums("cost", units(*range(5)), cents, 4_200).cells
    assert sums == {TOTAL: (None,), "part": (None, None, None)}


def test_a_sum_is_about_right_and_rounded_to_contributions() -> None:
    cents = np.full(COUNT, 4_200)
    total = publisher().sums("cost", units(*range(300)), cents, 4_200).cells[TOTAL][0]
    assert total is not None
    assert total % (5 * contribution(4_200)) == 0
    assert total == pytest.approx(300 * 4_200, rel=0.1)


def test_a_sum_has_other_noise_when_one_amount_changes() -> None:
    """Else raising one row of a table by a cent would count who stands in it."""
    mask = units(*range(300))
    shown = set()
    for more in range(40):
        cents = np.full(COUNT, 4_200)
        cents[0] += more
        shown.add(publisher().sums("cost", mask, cents, 5_000).cells[TOTAL])
    assert len(shown) > 2


@given(st.integers(0, 10**9))
def test_contribution_is_the_next_round_number(largest: int) -> None:
    found = contribution(largest)
    assert found >= max(largest, 1)
    assert str(found).rstrip("0") in ("1", "2", "5")
    assert found <= max(1, 5 * largest // 2)


def test_a_unit_in_no_category_is_refused() -> None:
    with pytest.raises(ValueError, match="part: a unit in none of 2"):
        Grouping("part", ("a", "b"), np.array([0, 2]))
