"""From a typed FEEL tree to steps over columns.

What is the same for everyone is calculated once, by FEEL itself. What is left is logic,
comparison, whole-number arithmetic, ages, and counting or adding up over members; texts and
decision tables go through FEEL once per distinct value. Anything else is refused here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from vanzelf.feel import UNKNOWN, Unknown, ast
from vanzelf.feel import compile as compile_feel
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.population.kernel import coded, members, steps
from vanzelf.population.kernel.graph import HOUSEHOLD, MEMBER, PERSON, Step
from vanzelf.population.kernel.people import FactKey
from vanzelf.population.kernel.values import (
    CODED,
    DATE,
    NUMBER,
    OTHER,
    TEXT,
    TRUTH,
    Builder,
    Members,
    MemberValues,
    Part,
    Refused,
    Scope,
    Thing,
    Value,
    folded,
)
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.model import Row
from vanzelf.rights.trees import names_in

_KINDS = {"boolean": TRUTH, "number": NUMBER, "money": NUMBER, "date": DATE, "text": TEXT}
HOLE = "·"
"""The name of a value that is put into a tree; no text can have it."""


class Lowering:
    """Lowers the trees of one regulation, as it is on its reference date."""

    def __init__(
        self,
        builder: Builder,
        catalogue: Catalogue,
        on: date,
        tables: Mapping[str, tuple[Row, ...] | None],
    ) -> None:
        self.builder = builder
        self.tables = tables
        """The rows of the parameters that are tables."""
        self.graph = builder.graph
        self.catalogue = catalogue
        self.on = on

    def scope(self, unit: str, bound: Mapping[str, object]) -> Scope:
        """The names at the top: of the household, of the person if the right is one's."""
        parts: dict[str, Part] = {"gezin": Thing("gezin", "gezin", HOUSEHOLD)}
        if unit == "persoon":
            parts["persoon"] = Thing("persoon", "persoon", PERSON)
        return Scope(parts, dict(bound))

    def value(self, node: ast.Node, scope: Scope) -> Value:
        """The tree as a value per unit."""
        part = self.part(node, scope)
        if isinstance(part, Value):
            return part
        raise Refused(node, "is a list or a person, not a value", "ask one fact of it")

    def part(self, node: ast.Node, scope: Scope) -> Part:
        if not self.differs(node, scope):
            return self.builder.constant(folded(node, scope))
        handler = HANDLERS.get(type(node))
        if handler is None:
            what = f"{type(node).__name__.lower()} does not run in columns"
            raise Refused(node, what, "write it with comparisons, sums and counts")
        return handler(self, node, scope)

    def differs(self, node: ast.Node, scope: Scope) -> bool:
        return not scope.parts.keys().isdisjoint(names_in(node))

    # --- names and members --------------------------------------------------------------------

    def name(self, node: ast.Name, scope: Scope) -> Part:
        return scope.parts[node.name]

    def path(self, node: ast.Path, scope: Scope) -> Part:
        source = self.part(node.source, scope)
        if isinstance(source, Thing):
            return self._fact(source, node.member)
        if isinstance(source, Members):
            value = self._fact(_member(), node.member)
            ghost = self._fact(_member(ghost=True), node.member)
            assert isinstance(value, Value)
            assert isinstance(ghost, Value)
            return MemberValues(source, value, ghost.step)
        raise Refused(node, f"`.{node.member}` of a value", "make it a fact of its own")

    def _fact(self, thing: Thing, member: str) -> Part:
        fact = self.catalogue[f"{thing.section}.{member}"]
        if fact.members is not None:
            return Members()
        kind = _KINDS[fact.type]
        if thing.ghost:
            return Value(self.graph.add(steps.Ghost()), kind)
        key = FactKey(f"{thing.path}.{member}", self.on)
        return Value(self.graph.add(steps.Fact(key, thing.level)), kind)

    def filter(self, node: ast.Filter, scope: Scope) -> Part:
        source = self.part(node.source, scope)
        if not isinstance(source, Members):
            raise Refused(node, "filters what is no list of members", "filter gezin.leden")
        names = names_in(node.condition).keys()
        if not names & {"item", *self.catalogue.section("persoon")}:
            raise Refused(node, "a filter that asks nothing of a member", "use item.…")
        if outer := sorted(names & scope.parts.keys() - {"item"}):
            # Where it is not known who the members are, FEEL cannot tell such a name from one
            # of a member's, and calls more facts missing than matter.
            raise Refused(
                node, f"{outer[0]} in a filter of members", "use some or every … satisfies"
            )
        condition = self._condition(node.condition, scope, "item", bare=True)
        ghost = self._condition(node.condition, scope, "item", bare=True, ghost=True)
        certain = self.graph.add(steps.Surely(condition.step, condition.step.level))
        step: Step = certain
        if source.condition is not None:
            step = self.graph.add(steps.Logic(False, source.condition, certain, MEMBER))
        return Members(step, (*source.ghosts, ghost.step))

    def _condition(
        self,
        node: ast.Node,
        scope: Scope,
        name: str,
        *,
        bare: bool = False,
        ghost: bool = False,
    ) -> Value:
        """A truth about each member; `bare`: its facts are names there."""
        thing = _member(ghost=ghost)
        parts: dict[str, Part] = {name: thing}
        if bare:
            own = self.catalogue.section("persoon")
            used = names_in(node).keys() & own.keys() - scope.parts.keys()
            parts.update({one: self._fact(thing, one) for one in used})
        value = self.truth(node, scope.with_parts(parts))
        if ghost:
            return value
        return replace(value, step=self.builder.at(value.step, MEMBER))

    def truth(self, node: ast.Node, scope: Scope) -> Value:
        value = self.value(node, scope)
        if value.kind in (NUMBER, DATE, TEXT):
            raise Refused(node, "a position in a list", "use a condition that is true or false")
        return value

    # --- shared by operators and calls ---------------------------------------------------------

    def logic(self, node: ast.Binary, left: Value, right: Value) -> Value:
        level, (one, other) = self.builder.together(node, left, right)
        step = steps.Logic(node.operator is Op.OR, one, other, level)
        return Value(self.graph.add(step), TRUTH)

    def only_unknown(self, node: ast.Node, value: Value) -> None:
        """A parameter that has no value on this day has no kind either."""
        if value.constant and value.kind == OTHER and not isinstance(value.constant[0], Unknown):
            raise Refused(node, "works with a list, range or duration", "compare single values")

    def only_numbers(self, node: ast.Node, values: Iterable[Value]) -> None:
        for value in values:
            self.only_unknown(node, value)
            if value.kind in (TRUTH, TEXT, DATE):
                raise Refused(node, f"calculates with a {value.kind}", "calculate with numbers")

    def number(self, step: Step) -> Value:
        return Value(self.graph.add(step), NUMBER)

    # --- control ------------------------------------------------------------------------------

    def choice(self, node: ast.If, scope: Scope) -> Value:
        condition = self.value(node.condition, scope)
        then, otherwise = self.value(node.then, scope), self.value(node.otherwise, scope)
        self.only_unknown(node, then)
        self.only_unknown(node, otherwise)
        level, found = self.builder.together(node, condition, then, otherwise)
        kinds = [one.kind for one in (then, otherwise) if one.kind not in (CODED, OTHER)]
        step = steps.Choice(found[0], found[1], found[2], level)
        return Value(self.graph.add(step), kinds[0] if kinds else CODED)

    def quantified(self, node: ast.Quantified, scope: Scope) -> Value:
        if len(node.iterators) != 1 or node.iterators[0].until is not None:
            raise Refused(node, "runs over several lists", "run over gezin.leden alone")
        iterator = node.iterators[0]
        source = self.part(iterator.source, scope)
        if not isinstance(source, Members):
            raise Refused(node, "runs over what is no list of members", "run over gezin.leden")
        value = self._condition(node.condition, scope, iterator.name)
        ghost = self._condition(node.condition, scope, iterator.name, ghost=True)
        some = node.quantifier is ast.Quantifier.SOME
        return self.over_members(some, source, value.step, ghost.step)

    def over_members(self, some: bool, source: Members, condition: Step, ghost: Step) -> Value:
        if source.condition is not None:
            guard: Step = source.condition
            if not some:
                guard = self.graph.add(steps.Negation(guard, MEMBER))
            condition = self.graph.add(steps.Logic(not some, guard, condition, MEMBER))
        filtered = source.condition is not None
        step = members.Quantified(some, condition, (*source.ghosts, ghost), filtered)
        return Value(self.graph.add(step), TRUTH)

    # --- trees with a hole --------------------------------------------------------------------

    def mapped(
        self, node: ast.Node, value: Value, hole: ast.Node, scope: Scope, kind: str
    ) -> Value:
        """A function of few values: `hole` is the tree with `HOLE` where the value stands."""
        run, constants = compile_feel(hole, absent=UNKNOWN), dict(scope.constants)

        def function(given: object) -> object:
            found = run({**constants, HOLE: given})
            if coded.is_kept(found):
                return found
            raise Refused(node, "gives a list or a range", "ask for a single value")

        key = (hole, self.used(hole, scope))
        step = coded.Mapped(value.step, function, key, value.step.level)
        return Value(self.graph.add(step), kind)

    def used(self, tree: ast.Node, scope: Scope) -> Hashable:
        """What the names in a tree stand for: with the tree, it tells one function from another."""
        found: list[Hashable] = []
        for name in sorted(names_in(tree).keys() & scope.constants.keys()):
            value = scope.constants[name]
            if isinstance(value, FeelFunction):
                found.append((name, self.tables.get(name)))
            else:
                found.append(
                    (name, type(value), value if isinstance(value, Hashable) else id(value))
                )
        return tuple(found)


def _member(*, ghost: bool = False) -> Thing:
    return Thing("persoon", "gezin.leden[]", HOUSEHOLD if ghost else MEMBER, ghost)


Handler = Callable[["Lowering", Any, Scope], Part]
HANDLERS: dict[type[ast.Node], Handler] = {
    ast.Name: Lowering.name,
    ast.Path: Lowering.path,
    ast.Filter: Lowering.filter,
    ast.If: Lowering.choice,
    ast.Quantified: Lowering.quantified,
}
"""By node type. `operators`, `calls` and `decisions` add theirs."""
