"""What a missing input does to a value: whether it may be null, or hold nulls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vanzelf.feel import ast, unparse
from vanzelf.feel.ast import BinaryOperator as Op


@dataclass(frozen=True, slots=True)
class Fact:
    """Each part names what must be missing for it; None: no missing input does it.

    `null`: the value is null. `inside`: members of it, or of its elements, are null. `holes`:
    it is a list that was made here, of which elements are null. `members`: what is known of
    the members by name.
    """

    null: str | None = None
    inside: str | None = None
    holes: str | None = None
    members: Mapping[str, Fact] | None = None

    def known(self) -> Fact:
        """The same value, once it was seen not to be null."""
        return replace(self, null=None)

    def element(self) -> Fact:
        """Any element of it, if it is a list."""
        return Fact(self.inside or self.holes, self.inside)


SURE = Fact()
"""A value that no missing input makes null."""


def either(*facts: Fact) -> Fact:
    """One of these values, or something made of all of them."""
    return Fact(
        next((one.null for one in facts if one.null), None),
        next((one.inside for one in facts if one.inside), None),
        next((one.holes for one in facts if one.holes), None),
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """The names in scope, and the expressions that were seen not to be null.

    In a filter `item` is the element: a name that is not in scope is a member of it.
    """

    names: Mapping[str, Fact]
    known: frozenset[str] = frozenset()
    item: Fact | None = None

    def having(self, names: Mapping[str, Fact]) -> Scope:
        """With names bound; what was seen of others of that name no longer holds."""
        known = frozenset(one for one in self.known if one.partition(".")[0] not in names)
        return replace(self, names={**self.names, **names}, known=known)

    def seen(self, condition: ast.Node, truth: bool) -> Scope:
        """Where a condition has turned out true, or false."""
        return replace(self, known=self.known | not_null(condition, truth))

    def filtering(self, source: Fact) -> Scope:
        element = source.element()
        return replace(self.having({"item": element}), item=element)


_COMPARISONS = frozenset({Op.LESS, Op.LESS_OR_EQUAL, Op.GREATER, Op.GREATER_OR_EQUAL, Op.EQUAL})


def not_null(condition: ast.Node, truth: bool) -> frozenset[str]:
    """The expressions that cannot be null where the condition is true (or false)."""
    found: frozenset[str] = frozenset()
    pending = [(condition, truth)]
    while pending:
        node, truth = pending.pop()
        if isinstance(node, ast.Call) and node.function == ast.Name("not"):
            pending.extend((argument, not truth) for argument in node.arguments)
        elif isinstance(node, ast.Binary) and node.operator is (Op.AND if truth else Op.OR):
            pending += [(node.left, truth), (node.right, truth)]
        elif isinstance(node, ast.Binary):
            found |= _of_comparison(node, truth)
        elif truth and isinstance(node, ast.Between | ast.In | ast.InstanceOf):
            found |= _texts(node.value)
    return found


def _of_comparison(node: ast.Binary, truth: bool) -> frozenset[str]:
    if isinstance(node.left, ast.Null) or isinstance(node.right, ast.Null):
        proves = node.operator is (Op.NOT_EQUAL if truth else Op.EQUAL)
    else:
        proves = truth and node.operator in _COMPARISONS
    return _texts(node.left) | _texts(node.right) if proves else frozenset()


def _texts(node: ast.Node) -> frozenset[str]:
    return (
        frozenset({unparse(node)})
        if isinstance(node, ast.Name | ast.Path | ast.Input)
        else frozenset()
    )
