"""The criteria of a right as a tree: where they hold, what is missing, and which decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.kernel.graph import Causes, Frame, Step, merged
from vanzelf.population.kernel.planes import Plane, both, but_not, either, neither, spread


@dataclass(frozen=True, slots=True)
class Atom:
    """A criterion."""

    id: str
    step: Step


@dataclass(frozen=True, slots=True)
class Branch:
    """`all`, `any` or `not` of others."""

    kind: str
    nodes: tuple[Criteria, ...]


Criteria: TypeAlias = "Atom | Branch"


def steps_of(node: Criteria) -> Iterator[Step]:
    """The steps of all criteria."""
    if isinstance(node, Atom):
        yield node.step
        return
    for child in node.nodes:
        yield from steps_of(child)


@dataclass(frozen=True, slots=True)
class Decided:
    """Where criteria hold, and where they do not; null is as open as unknown."""

    true: Plane
    false: Plane
    inner: tuple[Decided, ...] = ()


def decide(node: Criteria, frame: Frame) -> Decided:
    if isinstance(node, Atom):
        truth = frame.truth(node.step)
        return Decided(truth.true, truth.false)
    inner = tuple(decide(child, frame) for child in node.nodes)
    true, false = inner[0].true, inner[0].false
    if node.kind == "not":
        return Decided(false, true, inner)
    for one in inner[1:]:
        if node.kind == "any":
            true, false = either(true, one.true), both(false, one.false)
        else:
            true, false = both(true, one.true), either(false, one.false)
    return Decided(true, false, inner)


def missing(node: Criteria, found: Decided, frame: Frame, within: Plane) -> Iterator[Causes]:
    """Why criteria are open on which the outcome still depends."""
    within = both(within, neither(found.true, found.false))
    if within is False:
        return
    if isinstance(node, Branch):
        for child, of_child in zip(node.nodes, found.inner, strict=True):
            yield from missing(child, of_child, frame, within)
        return
    yield merged([frame.causes(node.step)], within)


def deciding(node: Criteria, found: Decided, within: Plane) -> Iterator[tuple[str, Plane]]:
    """The criteria that decided, in order, with the rows: `Verdict.reasons` in columns.

    `any` is decided by the first that holds, `all` by the first that does not; else by all that
    are open, and where none is by all together.
    """
    if within is False:
        return
    if isinstance(node, Atom):
        yield node.id, within
        return
    if node.kind == "not":
        yield from deciding(node.nodes[0], found.inner[0], within)
        return
    sides = [(one.true, one.false) for one in (found, *found.inner)]
    (decided, agreed), *inner = sides if node.kind == "any" else [side[::-1] for side in sides]
    still = both(within, decided)
    open_, agreed = both(within, neither(decided, agreed)), both(within, agreed)
    for child, of_child, (decides, agrees) in zip(node.nodes, found.inner, inner, strict=True):
        rows = either(both(still, decides), both(open_, neither(decides, agrees)))
        still = but_not(still, decides)
        yield from deciding(child, of_child, either(rows, agreed))


Names: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """The criteria that decided, a row per unit: those of row r are `names[codes[r]]`."""

    codes: NDArray[np.int32]
    names: tuple[Names, ...]


MANY = 256
"""So many combinations are told apart before those that nobody has are dropped."""


def reasons_of(node: Criteria, found: Decided, length: int, units: int) -> Reasons:
    """Why it is yes, no or not known, of the first so many units."""
    codes: NDArray[np.int32] = np.zeros(units, np.int32)
    names: list[Names] = [()]
    for criterion, rows in deciding(node, found, True):
        codes += np.multiply(spread(rows, length)[:units], len(names), dtype=np.int32)
        names += [(*before, criterion) for before in names]
        if len(names) > MANY:
            codes, names = _present(codes, names)
    codes, names = _present(codes, names)
    return Reasons(codes, tuple(names))


def _present(codes: NDArray[np.int32], names: list[Names]) -> tuple[NDArray[np.int32], list[Names]]:
    """Only the names that some row has."""
    there = np.flatnonzero(np.bincount(codes, minlength=len(names)))
    places = np.zeros(len(names), np.int32)
    places[there] = np.arange(len(there))
    return places.take(codes), [names[place] for place in there]


def words(causes: Causes, order: tuple[str, ...], length: int) -> NDArray[Any]:
    """The facts that are missing as bits, in the smallest type that has room for them."""
    kind = next(t for t, bits in _WORDS if len(order) <= bits)
    found, bits = np.zeros(length, dtype=kind), np.empty(length, dtype=kind)
    for cause in causes:
        word = kind(sum(1 << bit for bit, fact in enumerate(order) if fact in cause.facts))
        found |= np.multiply(cause.rows, word, out=bits)
    return found


_WORDS: tuple[tuple[Any, int], ...] = (
    (np.uint8, 8), (np.uint16, 16), (np.uint32, 32), (np.uint64, 64),
)  # fmt: skip
