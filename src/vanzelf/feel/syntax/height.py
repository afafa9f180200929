"""How high and how large a tree is, so that nothing that walks it runs out of stack or time."""

from __future__ import annotations

from collections.abc import Iterator

from vanzelf.feel import ast

MAX_HEIGHT = 130

_FAMILY = {"or": 1, "and": 2, "+": 4, "-": 4, "*": 5, "/": 5, "**": 6}


def family(operator: ast.BinaryOperator) -> int:
    """Operators of one family form one chain, `a + b - c`, that is walked in a loop."""
    return _FAMILY.get(operator, 3)


def too_high(tree: ast.Node) -> ast.Node | None:
    """The first node found deeper than the bound; a chain of operators counts once."""
    pending = [(tree, 0)]
    while pending:
        node, height = pending.pop()
        if height > MAX_HEIGHT:
            return node
        for child in children(node):
            pending.append((child, height if _continues(node, child) else height + 1))
    return None


def _continues(node: ast.Node, child: ast.Node) -> bool:
    return (
        isinstance(node, ast.Binary)
        and child is node.left
        and isinstance(child, ast.Binary)
        and family(child.operator) == family(node.operator)
    )


def children(node: ast.Node) -> Iterator[ast.Node]:
    """The nodes directly below."""
    for name in type(node).__dataclass_fields__:
        value = getattr(node, name)
        if isinstance(value, ast.Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes(value)


def size(tree: ast.Node) -> int:
    """How many nodes there are."""
    count, pending = 0, [tree]
    while pending:
        pending.extend(children(pending.pop()))
        count += 1
    return count


def _nodes(values: tuple[object, ...]) -> Iterator[ast.Node]:
    for value in values:
        if isinstance(value, ast.Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes(value)
