"""Looking into the tree of an expression: the names in it, putting others in, its brackets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from vanzelf.feel import ast


def names_in(node: object) -> Counter[str]:
    """The bare names anywhere in a tree, and how often each stands there."""
    found: Counter[str] = Counter()
    if isinstance(node, ast.Name):
        found[node.name] += 1
    elif isinstance(node, tuple):
        for item in node:
            found += names_in(item)
    elif isinstance(node, ast.Node):
        for part in fields(node):
            found += names_in(getattr(node, part.name))
    return found


def substitute(tree: ast.Node, names: Mapping[str, ast.Node]) -> ast.Node:
    """The tree with names replaced by trees; the loader sees to it that nothing hides these."""
    if isinstance(tree, ast.Name):
        return names.get(tree.name, tree)
    changed: dict[str, Any] = {}
    for part in fields(tree):
        value = getattr(tree, part.name)
        replaced = _substitute_in(value, names)
        if replaced != value:
            changed[part.name] = replaced
    return replace(tree, **changed) if changed else tree


def _substitute_in(value: object, names: Mapping[str, ast.Node]) -> object:
    if isinstance(value, tuple):
        return tuple(_substitute_in(item, names) for item in value)
    return substitute(value, names) if isinstance(value, ast.Node) else value


def mapped(tree: ast.Node, change: Callable[[ast.Node], ast.Node]) -> ast.Node:
    """The tree with every node changed, from the leaves up."""
    changed: dict[str, Any] = {}
    for part in fields(tree):
        value = getattr(tree, part.name)
        replaced = _mapped_in(value, change)
        if replaced != value:
            changed[part.name] = replaced
    return change(replace(tree, **changed) if changed else tree)


def _mapped_in(value: object, change: Callable[[ast.Node], ast.Node]) -> object:
    if isinstance(value, tuple):
        return tuple(_mapped_in(item, change) for item in value)
    return mapped(value, change) if isinstance(value, ast.Node) else value


def unbracketed(condition: ast.Node, text: str) -> str | None:
    """The `and` or `or` that follows `satisfies` without brackets: it reads in two ways."""
    if not isinstance(condition, ast.Binary) or condition.operator not in ("and", "or"):
        return None
    start = condition.span.start
    if text[:start].rstrip().endswith("satisfies") and not _wrapped(text[start:]):
        return condition.operator
    return None


def _wrapped(text: str) -> bool:
    """Whether the bracket that opens the text closes at its end."""
    if not text.startswith("("):
        return False
    depth = 0
    for position, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            rest = text[position + 1 :].strip()
            return not rest or rest[0] in ")]},"
    return False
