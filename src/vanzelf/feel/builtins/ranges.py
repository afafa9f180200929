"""How points and ranges lie to one another (DMN 1.5, 10.3.4.10, Allen's interval algebra)."""

from __future__ import annotations

from dataclasses import replace

from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.messages import report
from vanzelf.feel.values import comparison
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.logic import Truth, conjunction, disjunction
from vanzelf.feel.values.ranges import Range


class _Endless:
    """The end on the side where a range such as `(< 10)` has none: beyond every value."""


_LOWEST, _HIGHEST = _Endless(), _Endless()


def _less(left: object, right: object) -> Truth:
    if isinstance(left, _Endless) or isinstance(right, _Endless):
        return left is not right and (left is _LOWEST or right is _HIGHEST)
    return comparison.less(left, right)


def _same(left: object, right: object) -> Truth:
    if isinstance(left, _Endless) or isinstance(right, _Endless):
        return left is right
    return comparison.equal(left, right)


def _as_range(value: object) -> Range | None:
    """A point is a range with one value; null for what has no order, or an end that is null."""
    if not isinstance(value, Range):
        return Range(value, value) if kind(value) in comparison.ORDERED else None
    if value.form in ("<", "<="):
        return replace(value, low=_LOWEST)
    if value.form in (">", ">="):
        return replace(value, high=_HIGHEST)
    return None if value.low is None or value.high is None else value


def _before(first: Range, second: Range) -> Truth:
    touch = not (first.high_included and second.low_included)
    return disjunction(
        _less(first.high, second.low), conjunction(touch, _same(first.high, second.low))
    )


def _starts_no_later(first: Range, second: Range) -> Truth:
    """The first begins where the second does, or earlier."""
    included = first.low_included or not second.low_included
    return disjunction(
        _less(first.low, second.low), conjunction(included, _same(first.low, second.low))
    )


def _ends_no_earlier(first: Range, second: Range) -> Truth:
    included = first.high_included or not second.high_included
    return disjunction(
        _less(second.high, first.high), conjunction(included, _same(first.high, second.high))
    )


def _same_start(first: Range, second: Range) -> Truth:
    return conjunction(first.low_included == second.low_included, _same(first.low, second.low))


def _same_end(first: Range, second: Range) -> Truth:
    return conjunction(first.high_included == second.high_included, _same(first.high, second.high))


def _ranges(*values: object) -> list[Range] | None:
    found = [_as_range(value) for value in values]
    known = [value for value in found if value is not None]
    return known if len(known) == len(found) else report("points or closed ranges are needed")


def _both(left: object, right: object) -> tuple[Range, Range] | None:
    pair = _ranges(left, right)
    return (pair[0], pair[1]) if pair else None


@built_in("before", "point1: any, point2: any")
@built_in("before", "range1: any, range2: any")
@built_in("before", "point: any, range: range")
@built_in("before", "range: range, point: any")
def before(left: object, right: object) -> Truth:
    pair = _both(left, right)
    return _before(*pair) if pair else None


@built_in("after", "point1: any, point2: any")
@built_in("after", "range1: any, range2: any")
@built_in("after", "point: any, range: range")
@built_in("after", "range: range, point: any")
def after(left: object, right: object) -> Truth:
    return before(right, left)


@built_in("meets", "range1: range, range2: range")
def meets(left: Range, right: Range) -> Truth:
    pair = _both(left, right)
    if pair is None:
        return None
    first, second = pair
    return conjunction(first.high_included and second.low_included, _same(first.high, second.low))


@built_in("met by", "range1: range, range2: range")
def met_by(left: Range, right: Range) -> Truth:
    return meets(right, left)


@built_in("overlaps", "range1: range, range2: range")
def overlaps(left: Range, right: Range) -> Truth:
    pair = _both(left, right)
    if pair is None:
        return None
    first, second = pair
    return _not(disjunction(_before(first, second), _before(second, first)))


@built_in("overlaps before", "range1: range, range2: range")
def overlaps_before(left: Range, right: Range) -> Truth:
    """The first begins first and ends inside the second."""
    pair = _both(left, right)
    if pair is None:
        return None
    first, second = pair
    begins = conjunction(_starts_no_later(first, second), _not(_same_start(first, second)))
    ends = conjunction(_ends_no_earlier(second, first), _not(_before(first, second)))
    return conjunction(begins, ends)


@built_in("overlaps after", "range1: range, range2: range")
def overlaps_after(left: Range, right: Range) -> Truth:
    return overlaps_before(right, left)


def _not(value: Truth) -> Truth:
    return not value if isinstance(value, bool) else value


@built_in("finishes", "point: any, range: range")
@built_in("finishes", "range1: any, range2: range")
def finishes(left: object, right: Range) -> Truth:
    pair = _both(left, right)
    if pair is None:
        return None
    return conjunction(_same_end(*pair), _starts_no_later(pair[1], pair[0]))


@built_in("finished by", "range: range, point: any")
@built_in("finished by", "range1: range, range2: any")
def finished_by(left: Range, right: object) -> Truth:
    return finishes(right, left)


@built_in("includes", "range: range, point: any")
@built_in("includes", "range1: range, range2: any")
def includes(left: Range, right: object) -> Truth:
    pair = _both(left, right)
    if pair is None:
        return None
    return conjunction(_starts_no_later(*pair), _ends_no_earlier(*pair))


@built_in("during", "point: any, range: range")
@built_in("during", "range1: any, range2: range")
def during(left: object, right: Range) -> Truth:
    return includes(right, left)


@built_in("starts", "point: any, range: range")
@built_in("starts", "range1: any, range2: range")
def starts(left: object, right: Range) -> Truth:
    pair = _both(left, right)
    if pair is None:
        return None
    return conjunction(_same_start(*pair), _ends_no_earlier(pair[1], pair[0]))


@built_in("started by", "range: range, point: any")
@built_in("started by", "range1: range, range2: any")
def started_by(left: Range, right: object) -> Truth:
    return starts(right, left)


@built_in("coincides", "point1: any, point2: any")
@built_in("coincides", "range1: any, range2: any")
def coincides(left: object, right: object) -> Truth:
    if (kind(left) == "range") != (kind(right) == "range"):
        return report("coincides takes two points or two ranges")
    pair = _both(left, right)
    return conjunction(_same_start(*pair), _same_end(*pair)) if pair else None
