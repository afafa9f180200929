"""Functions from lists to lists (DMN 1.5, 10.3.4.4). Elements may be unknown; those that must
compare elements to know which ones to keep give unknown then."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key
from typing import Final, cast

from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.limits import charge
from vanzelf.feel.messages import report
from vanzelf.feel.values.comparison import equal, less, truth_or_false
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.logic import Truth, conjunction, disjunction
from vanzelf.feel.values.numbers import as_integer
from vanzelf.feel.values.unknown import PartialList, Unknown, merge, unknown_within

MOST: Final = 1_000_000
"""Elements that a built-in gives at most; a longer list is null."""

MOST_COMPARED: Final = 1000
_ATOMIC: Final = frozenset({"null", "boolean", "number", "string", "date"})

Values = list[object]


def _bounded(values: Values) -> Values | None:
    return values if len(values) <= MOST else report(f"a list of more than {MOST} elements")


def index_of_position(values: Values, position: Decimal) -> int | None:
    """The Python index of a position from 1 (or from -1 at the end); None if there is none."""
    index = int(position) if abs(position) <= MOST else 0  # a fraction does not count
    if index == 0 or abs(index) > len(values):
        return report("there is no element at this position")
    return index - 1 if index > 0 else index + len(values)


@built_in("list contains", "list: list|partial, element: any", sees_unknown=True)
def list_contains(values: Values | PartialList, element: object) -> Truth:
    pairs = values.members if isinstance(values, PartialList) else [(v, True) for v in values]
    result: Truth = False
    for value, sure in pairs:
        result = disjunction(result, conjunction(sure, truth_or_false(equal(value, element))))
    return result


@built_in("append", "list: list, item: any...", sees_unknown=True)
def append(values: Values, items: Values) -> Values | None:
    return _bounded([*values, *items])


@built_in("concatenate", "list: list...", sees_unknown=True)
def concatenate(lists: list[Values]) -> object:
    unknown = unknown_within(lists) if merge(lists) is not None else None
    if unknown is not None:
        return unknown
    if sum(map(len, lists)) > MOST:
        return _bounded([None] * (MOST + 1))
    return [value for values in lists for value in values]


@built_in("union", "list: list...")
def union(lists: list[Values]) -> Values | None:
    return distinct_values([value for values in lists for value in values])


@built_in("distinct values", "list: list")
def distinct_values(values: Values) -> Values | None:
    kept: Values = []
    atoms: set[tuple[str, object]] = set()
    others: Values = []  # what Python's equality does not hold for
    for value in values:
        if kind(value) in _ATOMIC:
            if (kind(value), value) in atoms:
                continue
            atoms.add((kind(value), value))
        elif any(equal(value, other) is True for other in others):
            continue
        else:
            others.append(value)
        kept.append(value)
        if len(others) > MOST_COMPARED:
            return report(f"more than {MOST_COMPARED} lists or contexts to compare")
    return kept


@built_in("reverse", "list: list", sees_unknown=True)
def reverse(values: Values) -> Values:
    return values[::-1]


@built_in("sublist", "list: list, start position: number, length: number?", sees_unknown=True)
def sublist(values: Values, start: Decimal, length: Decimal | None = None) -> Values | None:
    first = index_of_position(values, start)
    if first is None:
        return None
    if length is None:
        return values[first:]
    size = as_integer(length)
    if size is None or size < 0 or first + size > len(values):
        return report("the sublist ends beyond the list")
    return values[first : first + size]


@built_in("insert before", "list: list, position: number, newItem: any", sees_unknown=True)
def insert_before(values: Values, position: Decimal, item: object) -> Values | None:
    index = index_of_position(values, position)
    return None if index is None else _bounded([*values[:index], item, *values[index:]])


@built_in("remove", "list: list, position: number", sees_unknown=True)
def remove(values: Values, position: Decimal) -> Values | None:
    index = index_of_position(values, position)
    return None if index is None else [*values[:index], *values[index + 1 :]]


@built_in("list replace", "list: list, position: number, newItem: any", sees_unknown=True)
def replace_at(values: Values, position: Decimal, item: object) -> Values | None:
    index = index_of_position(values, position)
    return None if index is None else [*values[:index], item, *values[index + 1 :]]


@built_in("list replace", "list: list, match: function, newItem: any", sees_unknown=True)
def replace_matching(values: Values, match: FeelFunction, item: object) -> object:
    found = [match.call([value, item]) for value in values]
    if any(not isinstance(truth, bool | Unknown) for truth in found):
        return report("the match of list replace gives a boolean")
    if merge(found) is not None:
        return unknown_within([*found, *values, item])
    return [item if truth is True else value for truth, value in zip(found, values, strict=True)]


@built_in("index of", "list: list, match: any")
def index_of(values: Values, match: object) -> Values:
    """The positions, from 1, of the elements that equal it."""
    return [Decimal(at) for at, value in enumerate(values, 1) if equal(value, match) is True]


@built_in("flatten", "list: list", sees_unknown=True)
def flatten(values: Values) -> object:
    flat: Values = []
    pending, lists = [iter(values)], 0
    while pending:
        for value in pending[-1]:
            if isinstance(value, list):
                charge(len(value))
                pending.append(iter(value))
                lists += 1
                break
            flat.append(value)
        else:
            pending.pop()
        if len(flat) + lists > MOST:
            return report(f"more than {MOST} elements to flatten")
    return flat if merge(flat) is None else unknown_within(flat)  # it may be a list itself


@built_in("sort", "list: list, precedes: function?")
def sort(values: Values, precedes: FeelFunction | None = None) -> object:
    """In the order of `precedes`, or ascending; a stable sort."""
    if precedes is None and set(map(type, values)) in ({Decimal}, {str}):
        return sorted(cast("list[str]", values))
    before = _before(precedes)
    try:
        return sorted(values, key=cmp_to_key(lambda left, right: _compare(before, left, right)))
    except _Incomparable as error:
        if error.unknown is not None:
            return merge(before(left, right) for left in values for right in values)
        return report("the elements of the list have no order")


def _before(precedes: FeelFunction | None) -> Callable[[object, object], object]:
    if precedes is None:
        return less
    return lambda left, right: precedes.call([left, right])


class _Incomparable(Exception):
    def __init__(self, unknown: Unknown | None) -> None:
        super().__init__()
        self.unknown = unknown


def _compare(before: Callable[[object, object], object], left: object, right: object) -> int:
    charge(2)
    first = before(left, right)
    if first is True:
        return -1
    second = before(right, left)
    if second is True:
        return 1
    if first is not False or second is not False:
        raise _Incomparable(merge((first, second)))
    return 0
