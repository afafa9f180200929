"""Where a model turns missing data into an answer.

By the standard, missing data is null, `null = 100` is false, `if null …` takes the `else`, and
a filter drops what it cannot tell. Each such place gets a warning, with why and a way out. In
rights mode (`absent` an Unknown) none of them gives an answer that was not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanzelf.dmn.definitions import BusinessKnowledgeModel, Decision, InputData, Place
from vanzelf.dmn.warnings.facts import SURE, Fact, Scope
from vanzelf.dmn.warnings.walking import Told, Walker, Warning
from vanzelf.feel import ast

if TYPE_CHECKING:
    from vanzelf.dmn.model import Model

__all__ = ["Warning", "warnings"]


def warnings(model: Model) -> tuple[Warning, ...]:
    """Each place in the model where null becomes an answer, in the order of the file."""
    found: dict[Warning, None] = {}
    seen: set[int] = set()
    for decision in model.decisions:
        names: dict[str, Fact] = {}
        for name, part, tree in model.trees(decision):
            told: list[Told] = []
            names[name] = _fact(Walker(told.append), name, part, tree, names)
            if id(part) not in seen:
                seen.add(id(part))
                found.update((one, None) for one in _warnings(part, told))
    return tuple(sorted(found, key=lambda one: (one.place.file, one.place.line)))


def _fact(
    walker: Walker, name: str, part: object, tree: ast.Node | None, names: Mapping[str, Fact]
) -> Fact:
    """What a missing input does to an element's value."""
    if isinstance(part, InputData):
        return Fact(null=name, inside=name)
    if tree is None:
        return SURE
    try:
        return walker.fact(tree, Scope(names))
    except RecursionError:  # nobody reads what nests that deep
        return Fact(null=name, inside=name)


def _warnings(part: object, told: list[Told]) -> Iterator[Warning]:
    if not isinstance(part, Decision | BusinessKnowledgeModel):
        return
    kind = "decision" if isinstance(part, Decision) else "business knowledge model"
    for one in told:
        place: Place = one.place if one.place.line else part.place
        yield Warning(place, f"{kind} {part.name!r}", one.expression, one.why, one.instead)
