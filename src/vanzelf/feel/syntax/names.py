"""Names in scope: which words in a row are one name (the longest known name wins)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from vanzelf.feel.syntax.errors import FeelSyntaxError
from vanzelf.feel.syntax.lexer import Token, tokenize

Shape: TypeAlias = "Mapping[str, Shape] | None"
"""What is known of a value before evaluation: the names of its members (of its elements'
members, for a list), or None."""

Scope = Iterable[str] | Mapping[str, object] | None


Branch = dict[str | None, Any]
"""A step in the tree of known names: by word the next step; under None the name ending here."""


class Frame:
    """The names that one construct brings into scope, with their shapes."""

    __slots__ = ("_root", "shapes")

    def __init__(self, names: Mapping[str, Shape]) -> None:
        self.shapes = dict(names)
        self._root: Branch = {}
        for name in names:
            self._enter(name)

    def add(self, name: str, shape: Shape = None) -> None:
        if name not in self.shapes:
            self._enter(name)
        self.shapes[name] = shape

    def _enter(self, name: str) -> None:
        branch = self._root
        for word in _words(name):
            branch = branch.setdefault(word, {})
        branch[None] = name

    def longest(self, tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
        """The longest known name at this token, with the index just after it."""
        branch: Branch | None = self._root.get(tokens[index].mark)
        found = None
        while branch is not None:
            index += 1
            if None in branch:
                found = branch[None], index
            branch = branch.get(tokens[index].mark)
        return found


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in tokenize(name)[:-1])
    except FeelSyntaxError:
        return (name,)  # cannot be written as a FEEL name; reached by `get value` only


_LEAVES = frozenset({str, bool, int, float, Decimal, date, type(None)})


def shape_of(value: object) -> Shape:
    """The shape of a value or of a nested declaration of names.

    A mapping gives its keys; a list, the keys of all its elements; anything else, None.
    """
    if value.__class__ in _LEAVES:
        return None
    if isinstance(value, Mapping):
        return {str(key): shape_of(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        merged: dict[str, Shape] = {}
        for element in value:
            _merge(merged, shape_of(element))
        return merged or None
    return None


def _merge(into: dict[str, Shape], shape: Shape) -> None:
    for name, member in (shape or {}).items():
        known = into.get(name)
        if known is None:
            into[name] = member
        elif member is not None:
            both = dict(known)
            _merge(both, member)
            into[name] = both


def merged(shapes: Iterable[Shape]) -> Shape:
    """The members that any of the shapes has."""
    result: dict[str, Shape] = {}
    for shape in shapes:
        _merge(result, shape)
    return result or None


def scope_shape(scope: Scope) -> Mapping[str, Shape]:
    """A scope as the caller gives it (names, or nested names, or a context) as a shape."""
    if scope is None:
        return {}
    if isinstance(scope, Mapping):
        return shape_of(scope) or {}
    return dict.fromkeys(scope)


def all_names(shape: Shape) -> Mapping[str, Shape]:
    """Every name at any depth: the members that a value of unknown shape may well have."""
    names: dict[str, Shape] = {}
    for name, member in (shape or {}).items():
        names.setdefault(name, None)
        names.update(all_names(member))
    return names
