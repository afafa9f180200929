"""Ids for what has none, so that diagrams and other tools can point to it (DMN 1.5, 6.3.1)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from vanzelf.dmn.checking import elements
from vanzelf.dmn.definitions import Binding, Definitions, Element
from vanzelf.dmn.errors import Problem

_NAME: Final = re.compile(r"[^\W\d][\w.\-]*")
"""What an id looks like in XML (NCName)."""
_PLAIN: Final = re.compile(r"[A-Za-z0-9]+")
_Part = TypeVar("_Part", bound=Element)


def identified(model: Definitions) -> Definitions:
    """The same model, where every element has an id.

    An id that is there stays. A new one comes from the element's place in the model and its
    name, so that writing twice gives the same. A binding has none by the standard.
    """
    return _named(model, "", Ids(each.id for each in elements(model)))


def unfit(model: Definitions) -> Iterator[Problem]:
    """Ids that XML cannot hold."""
    for each in elements(model):
        if each.id is not None and not _NAME.fullmatch(each.id):
            hint = "a letter or '_' first, then letters, digits, '_', '-' and '.'"
            yield Problem(each.place, f"{each.id!r} cannot be an id in XML", hint)


class Ids:
    """The ids that are taken, and new ones beside them."""

    def __init__(self, taken: Iterable[str | None]) -> None:
        self._taken = set(taken)

    def free(self, path: str) -> str:
        """This path as an id, or with the first number that makes it new."""
        number, id = 1, path
        while id in self._taken:
            number += 1
            id = f"{path}-{number}"
        self._taken.add(id)
        return id


def _named(part: _Part, path: str, ids: Ids) -> _Part:
    """This element with an id, and so on for all in it; `path` leads to it."""
    id = part.id
    if id is None and not isinstance(part, Binding):
        id = ids.free(path or "model")
    changes: dict[str, Any] = {
        one.name: _inside(getattr(part, one.name), f"{id or path}-{one.name}", ids)
        for one in dataclasses.fields(part)
    }
    return dataclasses.replace(part, **(changes | {"id": id}))


def _inside(value: object, path: str, ids: Ids) -> object:
    if isinstance(value, Element):
        return _named(value, path, ids)
    if isinstance(value, tuple):
        return tuple(_inside(each, _numbered(path, n, each), ids) for n, each in enumerate(value))
    return value


_SHORT: Final = {
    "InputData": "input",
    "Decision": "decision",
    "BusinessKnowledgeModel": "knowledge",
    "DecisionService": "service",
    "KnowledgeSource": "source",
    "ItemDefinition": "type",
    "Import": "import",
}


def _numbered(path: str, index: int, part: object) -> str:
    """What stands in the graph is known by its name, all else by where it stands."""
    short = _SHORT.get(type(part).__name__)
    words = _PLAIN.findall(str(getattr(part, "name", "")))
    if short is not None and words:
        return "_".join([short, *words])
    return f"{path}-{index + 1}"
