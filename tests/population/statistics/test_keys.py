from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.population.statistics import Secret
from vanzelf.population.statistics.keys import discrete_laplace, geometric

SECRET = Secret(b"an invented secret of 32 bytes..")


@given(st.lists(st.integers(0, 5_000), min_size=1, unique=True))
def test_a_unit_has_the_same_key_among_whatever_others(numbers: Sequence[int]) -> None:
    everyone = SECRET.record_keys("gezin", np.arange(5_001))
    some = SECRET.record_keys("gezin", np.array(numbers))
    assert some.tolist() == everyone[numbers].tolist()


def test_keys_differ_by_kind_and_secret() -> None:
    numbers = np.arange(100)
    keys = SECRET.record_keys("gezin", numbers)
    assert len(set(keys.tolist())) == 100
    assert set(keys.tolist()).isdisjoint(SECRET.record_keys("persoon", numbers).tolist())
    assert set(keys.tolist()).isdisjoint(Secret(b"x" * 32).record_keys("gezin", numbers).tolist())


def test_keys_of_nobody_are_none() -> None:
    assert len(SECRET.record_keys("gezin", np.zeros(0, np.int64))) == 0


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="7 bytes: use 32"):
        Secret(b"hunter2")


def test_draws_are_the_same_for_the_same_parts_only() -> None:
    assert SECRET.draws("set", 1, count=3) == SECRET.draws("set", 1, count=3)
    assert SECRET.draws("set", 1, count=2) != SECRET.draws("set", 2, count=2)
    assert all(0 < draw < 1 for draw in SECRET.draws("x", count=4))


def test_noise_has_no_mean_and_reaches_far() -> None:
    noise = [discrete_laplace(SECRET.draws(number, count=2), 1.5) for number in range(20_000)]
    assert abs(np.mean(noise)) < 0.1
    assert 1.9 < np.std(noise) < 2.4
    assert max(noise) > 9
    assert min(noise) < -9


def test_noise_ends_only_where_the_draws_do() -> None:
    assert geometric(2**-64, 1.5) == 66
