"""Where the elements of a requirements graph stand: layers, what is required below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

_GAP_ACROSS: Final = 40
_GAP_DOWN: Final = 60
_MARGIN: Final = 40
_LONGEST_ROW: Final = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in the diagram's points; y grows downwards."""

    x: int
    y: int
    width: int
    height: int


def boxes(
    sizes: Mapping[str, tuple[int, int]],
    arrows: Iterable[tuple[str, str]],
    ground: Container[str] = (),
) -> dict[str, Box]:
    """Id → place, of elements of these widths and heights and arrows (required, requiring).

    All stand just below what requires them, but those of the `ground` at the bottom.
    """
    below: dict[str, list[str]] = {id: [] for id in sizes}
    for required, requiring in arrows:
        if required in sizes and requiring in sizes and required != requiring:
            below[requiring].append(required)
    rows = [
        layer[start : start + _LONGEST_ROW]
        for layer in _in_order(_layers(below, ground), below)
        for start in range(0, len(layer), _LONGEST_ROW)
    ]
    width = max((_width(row, sizes) for row in rows), default=0)
    placed: dict[str, Box] = {}
    y = _MARGIN
    for row in reversed(rows):
        x = _MARGIN + (width - _width(row, sizes)) // 2
        for id in row:
            placed[id] = Box(x, y, *sizes[id])
            x += sizes[id][0] + _GAP_ACROSS
        y += max(sizes[id][1] for id in row) + _GAP_DOWN
    return placed


def _width(row: Sequence[str], sizes: Mapping[str, tuple[int, int]]) -> int:
    return sum(sizes[id][0] for id in row) + _GAP_ACROSS * (len(row) - 1)


def _layers(below: Mapping[str, Sequence[str]], ground: Container[str]) -> list[list[str]]:
    """The ids in rows, lowest first: each stands above all that it requires."""
    height: dict[str, int] = {}
    for id in _sorted(below):
        height[id] = max((height[each] + 1 for each in below[id] if each in height), default=0)
    _raise(height, below, ground)
    rows: dict[int, list[str]] = defaultdict(list)
    for id in below:
        rows[height[id]].append(id)
    return [rows[each] for each in sorted(rows)]


def _raise(
    height: dict[str, int], below: Mapping[str, Sequence[str]], ground: Container[str]
) -> None:
    """Bring all but the ground up to just below the lowest that requires them."""
    above: dict[str, list[int]] = defaultdict(list)
    for id in sorted(below, key=lambda each: height[each], reverse=True):
        if id not in ground and above[id]:
            height[id] = max(height[id], min(above[id]) - 1)
        for each in below[id]:
            above[each].append(height[id])


def _sorted(below: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Required before requiring; as they come where the model goes round in a circle."""
    try:
        return tuple(TopologicalSorter(below).static_order())
    except CycleError:
        return below


def _in_order(rows: list[list[str]], below: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Within a row by the middle of what they require, so that few arrows cross."""
    at: dict[str, float] = {}
    ordered = []
    for row in rows:
        middle = {id: _middle([at[each] for each in below[id] if each in at]) for id in row}
        row = sorted(row, key=lambda id: middle[id])  # used at once
        at |= {id: (place + 1) / (len(row) + 1) for place, id in enumerate(row)}
        ordered.append(row)
    return ordered


def _middle(places: Sequence[float]) -> float:
    return sum(places) / len(places) if places else 0.5
