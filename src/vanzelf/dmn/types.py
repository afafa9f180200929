"""Item definitions as FEEL types (DMN 1.5, 7.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from vanzelf import feel
from vanzelf.dmn.definitions import Definitions, FunctionItem, ItemDefinition, Place
from vanzelf.dmn.errors import Problem
from vanzelf.feel import ast
from vanzelf.feel.extending import type_of
from vanzelf.feel.messages import collected
from vanzelf.feel.syntax.names import Shape
from vanzelf.feel.types import (
    ANY,
    SIMPLE,
    Constrained,
    ContextOf,
    FunctionOf,
    ListOf,
    Type,
    Undetermined,
)
from vanzelf.feel.values.logic import Truth, truth

Report = Callable[[Problem], None]

MOST_MEMBERS = 2000
"""Members that a structure may have, those of the structures in it included."""
DEEPEST = 50
"""Levels that types may stand on one another."""


_OF_CAMUNDA = dict.fromkeys(("integer", "long", "double"), SIMPLE["number"])
"""Names that the standard does not have and the Camunda Modeler writes in tables."""


@dataclass(frozen=True, slots=True)
class Allowed(Constrained):
    """The values of a type that pass unary tests: its allowed values, or its constraint."""

    tests: ast.Node = field(compare=False, kw_only=True)


def allowed(kind: Type) -> ast.Node | None:
    """The unary tests that the values of a type pass, the innermost definition's; or None."""
    while isinstance(kind, Constrained):
        if isinstance(kind, Allowed):
            return kind.tests
        kind = kind.of
    return None


def plain(kind: Type) -> Type:
    """The type without its constraints."""
    while isinstance(kind, Constrained):
        kind = kind.of
    return kind


def shape(kind: Type) -> Shape:
    """The names of the members of a type's values (of a list's elements), nested; or None."""
    kind = plain(kind)
    if isinstance(kind, ListOf):
        return shape(kind.element)
    if isinstance(kind, ContextOf):
        return {name: shape(member) for name, member in kind.members.items()}
    return None


class Types(Mapping[str, Type]):
    """The types that a model can name: its item definitions, and `import.name` of others.

    A name that is unknown, or a definition that holds itself, is reported once, as a problem.
    """

    def __init__(self, definitions: Definitions, report: Report) -> None:
        self._definitions = {item.name: item for item in definitions.item_definitions}
        self._known: dict[str, Type] = {}
        self._underway: list[str] = []
        self._measures: dict[int, tuple[Type, tuple[int, int]]] = {}
        self._report = report
        self.imported: list[tuple[str, Types]] = []
        """Of the models that can be reached by imports: what their names begin with here."""

    def resolve(self) -> None:
        """Looks at every definition, so that problems are told."""
        for name in self._definitions:
            self._resolve(name)

    def __getitem__(self, name: str) -> Type:
        found = self._find(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        yield from self._definitions
        for prefix, types in self.imported:
            yield from (prefix + name for name in types._definitions)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, name: str) -> Type | None:
        """FEEL's own types come before those of the model, these before what it imports."""
        found = SIMPLE.get(name) or self._resolve(name)
        if found is not None:
            return found
        for prefix, types in self.imported:
            if name.startswith(prefix):
                found = types._resolve(name.removeprefix(prefix))
                if found is not None:
                    return found
        return None

    def named(self, type_ref: str | None, place: Place) -> Type:
        """The type that a `typeRef` names; one that nothing names refuses no value."""
        if type_ref is None:
            return ANY
        found = self._find(type_ref) or self._generic(type_ref, place)
        found = found or self._find(type_ref.rpartition(":")[2])
        found = found or _OF_CAMUNDA.get(type_ref)
        if found is None:
            close = self._close_to(type_ref)
            hint = f"did you mean {close}?" if close else "define it, or import it"
            self._report(Problem(place, f"there is no type {type_ref!r}", hint))
            found = self._known[type_ref] = Undetermined(type_ref)
        return found

    def _generic(self, type_ref: str, place: Place) -> Type | None:
        """A type as FEEL writes those that take others, such as `list<tPerson>`."""
        if not type_ref.endswith(">") and "->" not in type_ref:
            return None
        try:
            tree = feel.parse(f"null instance of {type_ref}", types=self)
        except feel.FeelSyntaxError:
            return None
        if not isinstance(tree, ast.InstanceOf):
            return None
        found = type_of(tree.type, lambda name: self.named(name, place))
        return self._known.setdefault(type_ref, found)

    def _close_to(self, name: str) -> str | None:
        return next(iter(get_close_matches(name, [*self, *SIMPLE], 1)), None)

    # --- item definitions ---------------------------------------------------------------------

    def _resolve(self, name: str) -> Type | None:
        if name in self._known:
            return self._known[name]
        item = self._definitions.get(name)
        if item is None:
            return None
        if name in self._underway:
            circle = " → ".join([*self._underway[self._underway.index(name) :], name])
            hint = "give one of them another type, such as Any"
            self._report(Problem(item.place, f"the type {name} holds itself: {circle}", hint))
            return ANY
        self._underway.append(name)
        found = self._bounded(item)
        self._underway.pop()
        return self._known.setdefault(name, found)

    def _bounded(self, item: ItemDefinition) -> Type:
        """The type, if it is of a size that can be handled; else any value is of it."""
        message = f"more than {DEEPEST} levels"
        try:
            if len(self._underway) <= DEEPEST:
                found = self._type_of(item)
                members, levels = self._measure(found)
                if members <= MOST_MEMBERS and levels <= DEEPEST:
                    return found
                if members > MOST_MEMBERS:
                    message = f"more than {MOST_MEMBERS} members, at all levels"
        except RecursionError:
            pass
        self._report(Problem(item.place, f"the type {item.name} has {message}", "split it"))
        return ANY

    def _type_of(self, item: ItemDefinition) -> Type:
        kind = self._base(item)
        if item.is_collection:
            kind = ListOf(self._constrained(kind, item.allowed_values, item))
        else:
            kind = self._constrained(kind, item.allowed_values, item)
        return self._constrained(kind, item.type_constraint, item)

    def _base(self, item: ItemDefinition) -> Type:
        if item.components:
            return ContextOf({part.name: self._type_of(part) for part in item.components})
        if item.function is not None:
            return self._function(item.function)
        return self.named(item.type_ref, item.place)

    def _measure(self, kind: Type) -> tuple[int, int]:
        """How many members a value has at all levels (of a list: an element), and how many
        levels there are."""
        if id(kind) not in self._measures:
            inner = [self._measure(one) for one in _inside(kind)]
            members = sum(size for size, _ in inner) + isinstance(kind, ContextOf)
            levels = 1 + max((level for _, level in inner), default=0)
            self._measures[id(kind)] = kind, (max(members, 1), levels)
        return self._measures[id(kind)][1]

    def _function(self, item: FunctionItem) -> Type:
        taken = tuple(self.named(one.type_ref, item.place) for one in item.parameters)
        return FunctionOf(taken, self.named(item.output_type_ref, item.place))

    def _constrained(self, kind: Type, tests: str | None, item: ItemDefinition) -> Type:
        if tests is None or not tests.strip():
            return kind
        try:
            tree = feel.parse(tests, {"?": shape(kind)}, start="unary tests")
        except feel.FeelSyntaxError as error:
            message = f"the allowed values of {item.name} are no unary tests: {error}"
            self._report(Problem(item.place, message, "they are not checked"))
            return kind
        return Allowed(kind, _passing(tree), item.name, tests=tree)


def _inside(kind: Type) -> Iterable[Type]:
    match kind:
        case Constrained(of=of):
            return (of,)
        case ListOf(element=element):
            return (element,)
        case ContextOf(members=members):
            return members.values()
        case FunctionOf(parameters=parameters, result=result):
            return (*parameters, result)
    return ()


def _passing(tests: ast.Node) -> Callable[[object], Truth]:
    run = feel.compile(tests)

    def passes(value: object) -> Truth:
        with collected(None):  # whoever asks says that the value does not fit
            found = truth(run({"?": value}))
        return False if found is None else found

    return passes
