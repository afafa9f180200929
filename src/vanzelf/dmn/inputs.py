"""What is put into a model: found by name, taken as values of the declared types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from vanzelf.dmn.graph import Element, Graph, Path
from vanzelf.dmn.lowering.nodes import OWN_CLASS, unfit
from vanzelf.dmn.tables.domains import Missing
from vanzelf.dmn.types import plain
from vanzelf.feel.extending import report
from vanzelf.feel.types import ANY, ContextOf, ListOf, Simple, Type, coerce
from vanzelf.feel.values.kinds import adopt_deep
from vanzelf.feel.values.unknown import UNKNOWN

Absent = Callable[[str, Type], object]
"""What stands for something that is not given: by its path, and its type."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a plan: where its value goes, and how it may be called in what is put in."""

    at: int
    name: str
    flat: tuple[str, ...]
    nested: tuple[Path, ...]
    kind: Type
    asked: str
    own_class: type | None
    unknowns: Unknowns

    def taken(self, inputs: Mapping[str, object], *, rights: bool) -> object:
        """The value that is put in for it, as of its type; null (UNKNOWN) if there is none."""
        for name in self.flat:
            if name in inputs:
                value = inputs[name]
                break
        else:
            value = self._within(inputs)
        if value is _NONE:
            return self._missing() if rights else None
        given, value = value, adopt_deep(value, unfit=UNKNOWN if rights else None)
        if (value is None and given is not None) or (value is UNKNOWN and given is not UNKNOWN):
            report(f"{self.name}: {_named(given)} is no FEEL value")
        if value is UNKNOWN and rights:
            return self._missing()
        if value.__class__ is self.own_class or self.kind is ANY or value is None:
            return value
        return self._as_typed(value, rights)

    def _within(self, inputs: Mapping[str, object]) -> object:
        """An input of an imported model may be a member under the import's name."""
        for path in self.nested:
            found: object = inputs
            for name in path:
                found = found.get(name, _NONE) if isinstance(found, Mapping) else _NONE
            if found is not _NONE:
                return found
        return _NONE

    def _missing(self) -> object:
        return self.unknowns(self.name, self.kind)

    def _as_typed(self, value: object, rights: bool) -> object:
        if rights:
            value = completed(value, self.kind, self.name, self.unknowns)
        taken, fits = coerce(value, self.kind)
        if not fits and not rights:
            taken, fits = coerce(completed(value, self.kind, self.name, _null), self.kind)
        if fits:
            return taken
        report(unfit(self.name, value, self.asked))
        return self._missing() if rights else None


_NONE = object()
_MOST_KEPT = 10_000


def _null(path: str, kind: Type) -> None:
    return None


class Unknowns:
    """What stands for what is not given in rights mode; kept, for it takes a while to make.

    Of a structure it is known that it is there: only its members are not known.
    """

    def __init__(self) -> None:
        self._made: dict[str, Missing] = {}

    def __call__(self, path: str, kind: Type) -> object:
        structure = plain(kind)
        if isinstance(structure, ContextOf) and structure.members:
            return {
                name: self(f"{path}.{name}", member) for name, member in structure.members.items()
            }
        found = self._made.get(path)
        if found is None:
            found = Missing.of(path, kind)
            if len(self._made) < _MOST_KEPT:
                self._made[path] = found
        return found


def completed(value: object, kind: Type, path: str, absent: Absent) -> object:
    """The value with every declared member in it, at any depth."""
    kind = plain(kind)
    if value is UNKNOWN:
        return absent(path, kind)
    if isinstance(kind, ListOf) and isinstance(value, list):
        return [
            completed(element, kind.element, f"{path}[{position}]", absent)
            for position, element in enumerate(value, 1)
        ]
    if isinstance(kind, ListOf) and isinstance(value, dict):
        return completed(value, kind.element, f"{path}[1]", absent)  # it stands for a list of it
    if isinstance(kind, ContextOf) and isinstance(value, dict):
        whole = dict(value)
        for name, member in kind.members.items():
            below = f"{path}.{name}"
            if name in value:
                whole[name] = completed(value[name], member, below, absent)
            else:
                whole[name] = absent(below, member)
        return whole
    return value


def _named(given: object) -> str:
    """A value that FEEL has no kind for, as a message names it."""
    if isinstance(given, float | Decimal):
        return str(given)  # infinite, not a number, or too large
    kind = type(given)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"a Python {module}{kind.__qualname__}"


def input_of(element: Element, at: int, graph: Graph, kind: Type) -> Input:
    """An element as an input of a question that is asked to the graph's main model."""
    paths = graph.names(element, graph.main)
    flat = [".".join(path) for path in paths]
    if len(paths[0]) > 1 and _unambiguous(element, graph):
        flat.append(element.name)
    variable = element.part.variable
    if element.part.name != element.name:
        flat.append(".".join((*paths[0][:-1], element.part.name)))
    name = flat[0]
    return Input(
        at=at,
        name=name,
        flat=tuple(flat),
        nested=tuple(path for path in paths if len(path) > 1),
        kind=kind,
        asked=variable.type_ref or "Any",
        own_class=OWN_CLASS.get(str(kind)) if isinstance(kind, Simple) else None,
        unknowns=Unknowns(),
    )


def _unambiguous(element: Element, graph: Graph) -> bool:
    """Whether no other input of any model has its name."""
    same = [
        other
        for elements in graph.elements.values()
        for other in elements
        if other.name == element.name and isinstance(other.part, type(element.part))
    ]
    return same == [element]
