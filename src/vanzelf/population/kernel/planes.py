"""Truths per row: an array of booleans, or one bool that stands for every row.

Much of a population is the same for everyone (a fact that no source gives, a value that is
always known), so the short way is taken wherever one of the two is a plain bool.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Plane: TypeAlias = "bool | NDArray[np.bool_]"


def both(left: Plane, right: Plane) -> Plane:
    """`left` and `right`."""
    if left is False or right is False:
        return False
    if left is True:
        return right
    if right is True or left is right:
        return left
    return np.logical_and(left, right)


def either(left: Plane, right: Plane) -> Plane:
    """`left` or `right`."""
    if left is True or right is True:
        return True
    if left is False:
        return right
    if right is False or left is right:
        return left
    return np.logical_or(left, right)


def opposite(plane: Plane) -> Plane:
    return (not plane) if isinstance(plane, bool) else np.logical_not(plane)


def but_not(left: Plane, right: Plane) -> Plane:
    """`left` and not `right`, in one step."""
    if left is False or right is True or left is right:
        return False
    if right is False:
        return left
    if left is True:
        return np.logical_not(right)
    return np.greater(left, right)


def neither(left: Plane, right: Plane) -> Plane:
    """Neither `left` nor `right`."""
    return opposite(either(left, right))


def settled(plane: Plane) -> Plane:
    """One bool where all rows are the same, so that later steps take the short way."""
    if isinstance(plane, bool):
        return plane
    count = int(np.count_nonzero(plane))
    if count == 0:
        return False
    return True if count == len(plane) else plane


def any_of(plane: Plane) -> bool:
    return plane if isinstance(plane, bool) else bool(plane.any())


def spread(plane: Plane, length: int) -> NDArray[np.bool_]:
    """The plane as an array."""
    return np.full(length, plane) if isinstance(plane, bool) else plane


def chosen(condition: Plane, then: Any, otherwise: Any) -> Any:
    """`then` where the condition holds, else `otherwise`: arrays or single values."""
    if condition is True or then is otherwise:
        return then
    if condition is False:
        return otherwise
    return np.where(condition, then, otherwise)


class Rows:
    """Some rows of arrays: a slice, or positions. Of one array they are one array, asked twice.

    So facts that are unknown together stay so, and what is done about one is done for all.
    """

    def __init__(self, at: slice | NDArray[np.intp]) -> None:
        self.at = at
        self._taken: dict[int, tuple[Any, Any]] = {}

    def of(self, values: Any) -> Any:
        """These rows; what is the same for all stays so."""
        if not isinstance(values, np.ndarray):
            return values
        known = self._taken.get(id(values))
        if known is None:
            rows: Any = values[self.at] if isinstance(self.at, slice) else values.take(self.at)
            if rows.dtype == bool:
                rows = settled(rows)
            known = self._taken[id(values)] = (values, rows)  # kept, so that its id stays its own
        return known[1]
