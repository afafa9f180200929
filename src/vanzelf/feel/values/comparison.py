"""Equality and order (DMN 1.5, 10.3.2.13, tables 51 to 53), with null and unknown.

Equality of different kinds is null, as is any order that the standard does not define.
Times, and dates with a time, compare by the whole second: fractions do not count, except in `is`.
An unknown that is bounded may decide all the same: a count of 2 to 5 is not equal to 7.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.limits import charge
from vanzelf.feel.messages import report
from vanzelf.feel.values import zones
from vanzelf.feel.values.kinds import adopt, kind
from vanzelf.feel.values.logic import Truth, conjunction, disjunction
from vanzelf.feel.values.ranges import Excluded, Range
from vanzelf.feel.values.unknown import PartialList, Unknown, merge, unknown_within
from vanzelf.feel.values.wide import DateTime, Time

ORDERED: Final = frozenset(
    {
        "number", "string", "date", "time", "date and time",
        "days and time duration", "years and months duration",
    }
)  # fmt: skip


Compared = dict[tuple[int, int], "Truth"]
"""What pairs of lists or contexts have been found to be: each is compared once."""


def equal(left: object, right: object, known: Compared | None = None) -> Truth:
    """`left = right`: true, false, null (different kinds), or unknown."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _equal_unknown(left, right)
    if left is None or right is None:
        return left is right
    kind_left, kind_right = kind(left), kind(right)
    if kind_left == "other" or kind_right == "other":
        return equal(adopt(left), adopt(right), known)
    if kind_left != kind_right:
        return report(f"a {kind_left} is not comparable with a {kind_right}")
    if kind_left in ("list", "context"):
        return _equal_members(left, right, {} if known is None else known)
    compare = _EQUAL.get(kind_left)
    return compare(left, right) if compare else left == right


def _equal_unknown(left: object, right: object) -> Truth:
    if isinstance(left, PartialList) and isinstance(right, list):
        return _equal_count(left, right)
    if isinstance(right, PartialList) and isinstance(left, list):
        return _equal_count(right, left)
    low_left, high_left = bounds(left)
    low_right, high_right = bounds(right)
    if _surely_less(high_left, low_right) or _surely_less(high_right, low_left):
        return False
    return unknown_of(left, right)


def _equal_count(partial: PartialList, known: list[object]) -> Truth:
    count = partial.count()
    assert count.low is not None
    assert count.high is not None
    if not count.low <= len(known) <= count.high:
        return False
    return unknown_of(partial, known)


def unknown_of(left: object, right: object) -> Unknown:
    """The unknown that two values of which at least one is unknown give together."""
    found = merge((unknown_within(left), unknown_within(right)))
    assert found is not None
    return found


def bounds(value: object) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and highest number that a value can be, as far as known."""
    if isinstance(value, Unknown):
        return value.low, value.high
    return (value, value) if isinstance(value, Decimal) else (None, None)


def _surely_less(high: Decimal | None, low: Decimal | None) -> bool:
    return high is not None and low is not None and high < low


def _equal_members(left: object, right: object, known: Compared) -> Truth:
    """All members equal; among them what is not comparable is simply not equal."""
    pair = id(left), id(right)
    if pair in known:
        return known[pair]
    pairs = _pairs(left, right)
    result: Truth = pairs is not None
    for one, other in pairs or ():
        charge(1)
        found = equal(one, other, known)
        if found is False or found is None:
            result = False
            break
        result = conjunction(result, found)
    known[pair] = result
    return result


def _pairs(left: object, right: object) -> Iterable[tuple[object, object]] | None:
    """The members that stand at the same place; None if the places differ."""
    if isinstance(left, list) and isinstance(right, list):
        return zip(left, right, strict=True) if len(left) == len(right) else None
    if isinstance(left, dict) and isinstance(right, dict) and left.keys() == right.keys():
        return [(member, right[key]) for key, member in left.items()]
    return None


def _equal_ranges(left: object, right: object) -> Truth:
    if isinstance(left, Excluded) and isinstance(right, Excluded):
        return equal(left.value, right.value)
    if not (isinstance(left, Range) and isinstance(right, Range)):
        return False
    if (left.form, left.low_included, left.high_included) != (
        right.form, right.low_included, right.high_included
    ):  # fmt: skip
        return False
    return equal([left.low, left.high], [right.low, right.high])


def _equal_times(left: Time, right: Time) -> Truth:
    return _local(left) == _local(right) and (
        zones.time_in_seconds(left) == zones.time_in_seconds(right)
    )


def _equal_date_times(left: DateTime, right: DateTime) -> Truth:
    return _local(left) == _local(right) and (
        zones.instant_in_seconds(left) == zones.instant_in_seconds(right)
    )


def _local(value: Time | DateTime) -> bool:
    return value.tzinfo is None


_EQUAL: Final[dict[str, Callable[..., Truth]]] = {
    "range": _equal_ranges,
    "time": _equal_times,
    "date and time": _equal_date_times,
    "function": lambda left, right: left is right,
}

Compare = Callable[[object, object], Truth]


def less(left: object, right: object) -> Truth:
    """`left < right`: null where the standard defines no order."""
    return _order(left, right, strict=True)


def less_or_equal(left: object, right: object) -> Truth:
    return _order(left, right, strict=False)


def _order(left: object, right: object, *, strict: bool) -> Truth:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _order_unknown(left, right, strict=strict)
    kind_left, kind_right = kind(left), kind(right)
    if kind_left == "other" or kind_right == "other":
        return _order(adopt(left), adopt(right), strict=strict)
    if kind_left != kind_right or kind_left not in ORDERED:
        return report(f"a {kind_left} has no order with a {kind_right}")
    in_seconds = _IN_SECONDS.get(kind_left)
    first: Any = left
    second: Any = right
    if in_seconds is not None:
        if _local(first) != _local(second):
            return report("a local time has no order with one that has an offset")
        first, second = in_seconds(first), in_seconds(second)
    return bool(first < second or (not strict and first == second))


_IN_SECONDS: Final[dict[str, Callable[[Any], int]]] = {
    "time": zones.time_in_seconds,
    "date and time": zones.instant_in_seconds,
}


def _order_unknown(left: object, right: object, *, strict: bool) -> Truth:
    low_left, high_left = bounds(left)
    low_right, high_right = bounds(right)
    if strict:
        if _surely_less(high_left, low_right):
            return True
        if low_left is not None and high_right is not None and low_left >= high_right:
            return False
    else:
        if high_left is not None and low_right is not None and high_left <= low_right:
            return True
        if _surely_less(high_right, low_left):
            return False
    return unknown_of(left, right)


def not_equal(left: object, right: object) -> Truth:
    found = equal(left, right)
    return not found if found is True or found is False else found


def greater(left: object, right: object) -> Truth:
    return _order(right, left, strict=True)


def greater_or_equal(left: object, right: object) -> Truth:
    return _order(right, left, strict=False)


COMPARISONS: Final[dict[Op, Compare]] = {
    Op.EQUAL: equal,
    Op.NOT_EQUAL: not_equal,
    Op.LESS: less,
    Op.LESS_OR_EQUAL: less_or_equal,
    Op.GREATER: greater,
    Op.GREATER_OR_EQUAL: greater_or_equal,
}


def between(value: object, low: object, high: object) -> Truth:
    """`value between low and high`: one bound may decide that it is not."""
    return conjunction(greater_or_equal(value, low), less_or_equal(value, high))


def includes(container: Range | Excluded, value: object) -> Truth:
    """Whether the value lies in the range; null if an end is null and the other does not tell."""
    if isinstance(container, Excluded):
        return not_equal(value, container.value)
    above: Truth = True
    below: Truth = True
    if container.form not in ("<", "<="):
        above = (greater_or_equal if container.low_included else greater)(value, container.low)
    if container.form not in (">", ">="):
        below = (less_or_equal if container.high_included else less)(value, container.high)
    return conjunction(above, below)


def matches(value: object, test: object) -> Truth:
    """Whether a value passes a test: it equals it, lies in that range, or is in that list."""
    if isinstance(test, Range | Excluded):
        if isinstance(value, Range | Excluded):
            return equal(value, test)
        return includes(test, value)
    if isinstance(test, PartialList):
        return _in_partial(value, test)
    if isinstance(test, list):
        return in_list(value, test)
    return equal(value, test)


def _in_partial(value: object, tests: PartialList) -> Truth:
    found: Truth = False
    if isinstance(value, list | Unknown):
        found = truth_or_false(equal(value, tests))
    for test, sure in tests.members:
        found = disjunction(found, conjunction(sure, _passes(value, test)))
    return found


def _passes(value: object, test: object) -> Truth:
    if isinstance(test, Range | Excluded) and not isinstance(value, Range | Excluded):
        return truth_or_false(includes(test, value))
    return truth_or_false(equal(value, test))


def in_list(value: object, tests: list[object]) -> Truth:
    """Whether one of the list's elements is the value or holds it, or the list is the value."""
    found: Truth = False
    if isinstance(value, list | Unknown):
        found = truth_or_false(equal(value, tests))
    for test in tests:
        if found is True:
            break
        found = disjunction(found, _passes(value, test))
    return found


def truth_or_false(value: Truth) -> Truth:
    """Inside a list, an element of another kind is simply not the one that is sought."""
    return False if value is None else value
