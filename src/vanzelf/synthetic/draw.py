"""Drawing with exact totals: quotas, ranked choices and piecewise age curves, all vectorised."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def shares(total: int, weights: ArrayLike) -> Ints:
    """`total` split in proportion to the weights, whole numbers, by largest remainder."""
    parts = np.asarray(weights, dtype=np.float64)
    exact = parts * (total / parts.sum())
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return np.asarray(whole, dtype=np.int64)


def labels(rng: np.random.Generator, total: int, weights: ArrayLike) -> Ints:
    """`total` labels 0..n-1 in exact proportion to the weights, in random order."""
    counts = shares(total, weights)
    return rng.permutation(np.repeat(np.arange(len(counts)), counts))


def gumbel_key(rng: np.random.Generator, log_weight: Floats) -> Floats:
    """A ranking key: the k highest are a weighted sample of k without replacement."""
    return log_weight + rng.gumbel(size=len(log_weight))


def best(key: Floats, count: int, allowed: Bools | None = None) -> Bools:
    """Mask of the `count` highest keys among the allowed."""
    if allowed is not None:
        key = np.where(allowed, key, -np.inf)
        count = min(count, int(allowed.sum()))
    chosen = np.zeros(len(key), dtype=bool)
    if count > 0:
        chosen[np.argpartition(-key, count - 1)[:count]] = True
    return chosen


def fill(key: Floats, size: Ints, target: int) -> Bools:
    """The highest keys whose sizes add up to exactly `target`: a prefix, closed with size 1."""
    return fill_groups(key, size, np.zeros(len(key), dtype=np.int64), np.array([target]))


def fill_groups(key: Floats, size: Ints, group: Ints, targets: Ints) -> Bools:
    """`fill` within each group; what a group cannot close with size 1 is closed elsewhere."""
    order = np.lexsort((-key, group))
    sizes, groups = size[order], group[order]
    running = np.cumsum(sizes)
    first = np.searchsorted(groups, np.arange(len(targets)))
    before = np.concatenate(([0], running))[first]
    taken = (running - before[groups] <= targets[groups]) & (sizes > 0)
    left = targets - np.bincount(groups, weights=sizes * taken, minlength=len(targets))
    spare = (~taken) & (sizes == 1)
    rank = np.cumsum(spare)
    start = np.concatenate(([0], rank))[first]
    taken |= spare & (rank - start[groups] <= left[groups])
    missing = int(targets.sum() - (sizes * taken).sum())
    chosen = np.zeros(len(key), dtype=bool)
    chosen[order] = taken
    return chosen | best(key, missing, (~chosen) & (size == 1))


def bisect(
    measure: Callable[[float], float], target: float, low: float, high: float, steps: int = 24
) -> float:
    """Where the increasing `measure` meets the target, to so many halvings."""
    for _ in range(steps):
        middle = (low + high) / 2
        if measure(middle) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def ages(rng: np.random.Generator, count: int, curve: Sequence[tuple[int, float]]) -> Ints:
    """Whole ages from a curve of (age, weight) points, straight between them, last age included."""
    points, weights = zip(*curve, strict=True)
    span = np.arange(points[0], points[-1] + 1)
    cumulative = np.cumsum(np.interp(span, points, weights))
    drawn = np.searchsorted(cumulative, rng.random(count) * cumulative[-1], side="right")
    return np.asarray(span[drawn], dtype=np.int64)


def fit(start: Floats, rows: Floats, columns: Floats) -> Floats:
    """Iterative proportional fitting of a table to its row and column totals."""
    table = start.copy()
    for _ in range(30):
        table *= (rows / table.sum(axis=1))[:, None]
        table *= columns / table.sum(axis=0)
    return table
