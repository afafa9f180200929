"""From a row per person to a row per household."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.kernel.people import Block
from vanzelf.population.kernel.planes import Plane, settled

FEW = 4
"""Where fewer than one in so many holds, going to each is faster than adding all up."""


def any_member(plane: Plane, block: Block) -> Plane:
    """Per household, whether it holds for one of its members."""
    if plane is False:
        return False
    if plane is True:
        return settled(block.sizes > 0)
    held = int(np.count_nonzero(plane))
    if held == 0:
        return False
    if held * FEW < len(plane):
        found = np.zeros(block.households, dtype=bool)
        found[block.home[np.flatnonzero(plane)]] = True
        return found
    return count_members(plane, block) > 0


def count_members(plane: Plane, block: Block) -> NDArray[Any]:
    """Per household, for how many of its members it holds."""
    if plane is True:
        return block.sizes
    if plane is False:
        return np.zeros(block.households, dtype=np.int64)
    return sum_members(plane, block, np.int32)


def sum_members(values: NDArray[Any], block: Block, kind: Any) -> NDArray[Any]:
    """Per household the sum over its members. What overflows on the way comes right again."""
    running = np.zeros(len(values) + 1, dtype=kind)
    np.cumsum(values, dtype=kind, out=running[1:])
    at_edges = running[block.edges]
    return at_edges[1:] - at_edges[:-1]
