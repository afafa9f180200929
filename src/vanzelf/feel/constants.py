"""Values that a text spells out: literals, and ranges of values."""

from __future__ import annotations

from vanzelf.feel import ast
from vanzelf.feel.messages import report
from vanzelf.feel.values import numbers, temporal
from vanzelf.feel.values.comparison import ORDERED
from vanzelf.feel.values.kinds import adopt, kind
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.unknown import unknown_within


def constant(node: ast.Node) -> tuple[object] | None:
    """The value of a node that is a literal, in a tuple of one; None for any other node."""
    if isinstance(node, ast.Number):
        return (numbers.bounded(node.value),)
    if isinstance(node, ast.String | ast.Boolean):
        return (node.value,)
    if isinstance(node, ast.AtLiteral):
        return (temporal.parse_at(node.text),)
    if isinstance(node, ast.Null):
        return (None,)
    return None


def make_range(
    low: object, high: object, low_included: bool, high_included: bool, form: str = ".."
) -> object:
    """A range of values that have an order; null if the ends have none together.

    Unknown if an end is: it may turn out to have no order with the other.
    """
    low, high = adopt(low), adopt(high)
    unknown = unknown_within([low, high])
    if unknown is not None:
        return unknown
    kinds = {kind(end) for end in (low, high) if end is not None}
    if len(kinds) > 1 or not kinds <= ORDERED:
        return report(f"no range from {kind(low)} to {kind(high)}")
    if low is None and high is None:
        return report("a range without ends")
    return Range(low, high, low_included, high_included, form)
