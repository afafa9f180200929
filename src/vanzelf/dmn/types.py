"""Item definitions as FEEL types (DMN 1.5, 7.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from vanzelf import feel
from vanzelf.dmn.definitions import Definitions, FunctionItem, ItemDefinition, Place
from vanzelf.dmn.errors import Problem
from vanzelf.feel import ast
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
        self._sizes: dict[int, tuple[Type, int]] = {}
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
        found = self._find(type_ref) or self._find(type_ref.rpartition(":")[2])
        if found is None:
            close = self._close_to(type_ref)
            hint = f"did you mean {close}?" if close else "define it, or import it"
            self._report(Problem(place, f"there is no type {type_ref!r}", hint))
            found = self._known[type_ref] = Undetermined(type_ref)
        return found

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
        found = self._type_of(item)
        self._underway.pop()
        return self._known.setdefault(name, found)

    def _type_of(self, item: ItemDefinition) -> Type:
        kind = self._base(item)
        if item.is_collection:
            kind = ListOf(self._constrained(kind, item.allowed_values, item))
        else:
            kind = self._constrained(kind, item.allowed_values, item)
        return self._constrained(kind, item.type_constraint, item)

    def _base(self, item: ItemDefinition) -> Type:
        if item.components:
            found = ContextOf({part.name: self._type_of(part) for part in item.components})
            if self._size(found) <= MOST_MEMBERS:
                return found
            message = f"the type {item.name} has more than {MOST_MEMBERS} members, at all depths"
            self._report(Problem(item.place, message, "its values are not checked"))
            return ANY
        if item.function is not None:
            return self._function(item.function)
        return self.named(item.type_ref, item.place)

    def _size(self, kind: Type) -> int:
        """How many members a value has, nested ones too; of lists, those of one element."""
        kind = plain(kind)
        if isinstance(kind, ListOf):
            return self._size(kind.element)
        if not isinstance(kind, ContextOf):
            return 1
        if id(kind) not in self._sizes:
            self._sizes[id(kind)] = kind, 1 + sum(map(self._size, kind.members.values()))
        return self._sizes[id(kind)][1]

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


def _passing(tests: ast.Node) -> Callable[[object], Truth]:
    run = feel.compile(tests)

    def passes(value: object) -> Truth:
        with collected(None):  # whoever asks says that the value does not fit
            found = truth(run({"?": value}))
        return False if found is None else found

    return passes
