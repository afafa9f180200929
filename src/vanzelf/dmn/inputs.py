"""What is put into a model: found by name, taken as values of the declared types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from vanzelf.dmn.graph import Element, Graph, Path
from vanzelf.dmn.lowering.nodes import unfit
from vanzelf.dmn.tables.domains import Domain, Missing
from vanzelf.dmn.types import allowed, plain
from vanzelf.feel.extending import report
from vanzelf.feel.types import ANY, ContextOf, ListOf, Type, coerce
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
    missing: Missing

    def taken(self, inputs: Mapping[str, object], *, rights: bool) -> object:
        """The value that is put in for it, as of its type; null (UNKNOWN) if there is none."""
        for name in self.flat:
            if name in inputs:
                value = inputs[name]
                break
        else:
            value = self._within(inputs)
        if value is _NONE:
            return self.missing if rights else None
        value = adopt_deep(value)
        if value is UNKNOWN and rights:
            return self.missing
        if self.kind is ANY or value is None:
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

    def _as_typed(self, value: object, rights: bool) -> object:
        if rights:
            value = completed(value, self.kind, self.name, missing)
        taken, fits = coerce(value, self.kind)
        if not fits and not rights:
            taken, fits = coerce(completed(value, self.kind, self.name, _null), self.kind)
        if fits:
            return taken
        report(unfit(self.name, value, self.asked))
        return self.missing if rights else None


_NONE = object()


def _null(path: str, kind: Type) -> None:
    return None


def missing(path: str, kind: Type) -> Missing:
    """The unknown that stands for a value of this type that is not given."""
    base = kind.base()
    return Missing.of(path, Domain(str(base), allowed(kind)))


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


def input_of(element: Element, at: int, graph: Graph, kind: Type) -> Input:
    """An element as an input of a question that is asked to the graph's main model."""
    paths = graph.names(element, graph.main)
    flat = [".".join(path) for path in paths]
    if len(paths[0]) > 1 and _unambiguous(element, graph):
        flat.append(element.name)
    variable = element.part.variable
    name = flat[0]
    return Input(
        at=at,
        name=name,
        flat=tuple(flat),
        nested=tuple(path for path in paths if len(path) > 1),
        kind=kind,
        asked=variable.type_ref or "Any",
        missing=missing(name, kind),
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


def unused(given: Iterable[str], known: Mapping[str, object]) -> list[str]:
    """What was put in under a name that no input has."""
    return [str(name) for name in given if name not in known]
