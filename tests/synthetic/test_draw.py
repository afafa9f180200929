from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.synthetic import draw

weights = st.lists(st.floats(0.01, 1000), min_size=1, max_size=30)


@given(st.integers(0, 10**6), weights)
def test_shares_add_up_and_stay_within_one_of_the_exact_part(
    total: int, parts: list[float]
) -> None:
    got = draw.shares(total, parts)
    exact = np.array(parts) * total / sum(parts)
    assert got.sum() == total
    assert (np.abs(got - exact) < 1 + 1e-6).all()


@given(st.integers(0, 2**32), st.integers(0, 400))
def test_fill_reaches_the_target_exactly_when_there_are_single_sizes(
    seed: int, target: int
) -> None:
    rng = np.random.default_rng(seed)
    size = np.concatenate((np.ones(400, dtype=np.int64), rng.integers(2, 9, 100)))
    chosen = draw.fill(rng.normal(size=500), size, target)
    assert size[chosen].sum() == target


@given(st.integers(0, 2**32))
def test_fill_groups_meets_the_target_of_every_group(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = rng.choice([1, 1, 2, 3, 4], 1_000)
    group = rng.integers(0, 5, 1_000)
    targets = rng.integers(0, 60, 5)
    chosen = draw.fill_groups(rng.normal(size=1_000), size, group, targets)
    assert np.bincount(group, size * chosen, 5).tolist() == targets.tolist()


def test_fill_never_chooses_what_has_no_size() -> None:
    size = np.array([0, 1, 0, 2])
    assert draw.fill(np.array([9.0, 1.0, 8.0, 2.0]), size, 3).tolist() == [False, True, False, True]


def test_best_takes_the_highest_of_the_allowed() -> None:
    key = np.array([5.0, 9.0, 7.0, 1.0])
    allowed = np.array([True, False, True, True])
    assert draw.best(key, 2, allowed).tolist() == [True, False, True, False]
    assert draw.best(key, 9, allowed).sum() == 3
    assert draw.best(key, 0).sum() == 0


def test_ages_stay_on_the_curve() -> None:
    rng = np.random.default_rng(1)
    drawn = draw.ages(rng, 20_000, ((20, 1.0), (29, 1.0)))
    assert (drawn.min(), drawn.max()) == (20, 29)
    assert (np.abs(np.bincount(drawn)[20:] - 2_000) < 250).all()


def test_fit_meets_both_margins() -> None:
    rows, columns = np.array([30.0, 70.0]), np.array([10.0, 40.0, 50.0])
    table = draw.fit(np.ones((2, 3)), rows, columns)
    assert np.allclose(table.sum(axis=1), rows)
    assert np.allclose(table.sum(axis=0), columns)


def test_bisect_finds_where_a_measure_meets_its_target() -> None:
    assert abs(draw.bisect(lambda x: x**3, 8.0, 0.0, 10.0) - 2.0) < 1e-4
