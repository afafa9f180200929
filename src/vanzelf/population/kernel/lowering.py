"""From a typed FEEL tree to steps over columns.

What is the same for everyone is calculated once, by FEEL itself. What is left is logic,
comparison, whole-number arithmetic, ages, and counting or adding up over members; texts and
decision tables go through FEEL once per distinct value. Anything else is refused here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vanzelf.feel import UNKNOWN, Unknown, ast
from vanzelf.feel import compile as compile_feel
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.population.kernel import arithmetic, coded, dates, members, steps
from vanzelf.population.kernel.graph import HOUSEHOLD, MEMBER, PERSON, Step
from vanzelf.population.kernel.people import FactKey
from vanzelf.population.kernel.values import (
    CODED,
    DATE,
    FINITE,
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
_COMPARISONS = (
    Op.EQUAL, Op.NOT_EQUAL, Op.LESS, Op.LESS_OR_EQUAL, Op.GREATER, Op.GREATER_OR_EQUAL,
)  # fmt: skip
_TURNED = {
    Op.LESS: Op.GREATER,
    Op.LESS_OR_EQUAL: Op.GREATER_OR_EQUAL,
    Op.GREATER: Op.LESS,
    Op.GREATER_OR_EQUAL: Op.LESS_OR_EQUAL,
}
_AT_LEAST = {
    Op.GREATER_OR_EQUAL: (True, False),
    Op.LESS: (False, False),
    Op.GREATER: (True, True),
    Op.LESS_OR_EQUAL: (False, True),
}
"""A comparison with an age: whether it says at least, and of more than the limit."""
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

    # --- operators ----------------------------------------------------------------------------

    def binary(self, node: ast.Binary, scope: Scope) -> Value:
        if node.operator in (Op.AND, Op.OR):
            return self._logic(node, self.value(node.left, scope), self.value(node.right, scope))
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        for one, other in ((left, right), (right, left)):
            if one.kind in (TEXT, CODED) and other.constant and one.constant is None:
                kind = TRUTH if node.operator in _COMPARISONS else one.kind
                hole = (
                    replace(node, left=ast.Name(HOLE))
                    if one is left
                    else replace(node, right=ast.Name(HOLE))
                )
                return self.mapped(node, one, hole, scope, kind)
        if node.operator in _COMPARISONS:
            return self._compared(node, node.operator, left, right)
        return self._arithmetic(node, left, right)

    def _logic(self, node: ast.Binary, left: Value, right: Value) -> Value:
        level, (one, other) = self.builder.together(node, left, right)
        step = steps.Logic(node.operator is Op.OR, one, other, level)
        return Value(self.graph.add(step), TRUTH)

    def _compared(self, node: ast.Node, operator: Op, left: Value, right: Value) -> Value:
        ordered = operator not in (Op.EQUAL, Op.NOT_EQUAL)
        if ordered and TEXT in (left.kind, right.kind):
            raise Refused(node, "puts two texts in order", "compare with one text")
        if OTHER in (left.kind, right.kind):
            self.only_unknown(node, left)
            self.only_unknown(node, right)
        for age, limit, way in ((left, right, operator), (right, left, _TURNED.get(operator))):
            years = limit.constant[0] if limit.constant else None
            if isinstance(age.step, dates.Age) and way in _AT_LEAST and isinstance(years, Decimal):
                return self._of_age(age.step, way, years)
        level, (one, other) = self.builder.together(node, left, right)
        return Value(self.graph.add(steps.Compared(operator, one, other, level)), TRUTH)

    def _of_age(self, age: dates.Age, operator: Op, limit: Decimal) -> Value:
        holds, above = _AT_LEAST[operator]
        years = math.floor(limit) + 1 if above else math.ceil(limit)
        step: Step = self.graph.add(dates.OfAge(age.birth, years, age.on, age.level))
        if not holds:
            step = self.graph.add(steps.Negation(step, age.level))
        return Value(step, TRUTH)

    def only_unknown(self, node: ast.Node, value: Value) -> None:
        """A parameter that has no value on this day has no kind either."""
        if value.constant and value.kind == OTHER and not isinstance(value.constant[0], Unknown):
            raise Refused(node, "works with a list, range or duration", "compare single values")

    def only_numbers(self, node: ast.Node, values: Iterable[Value]) -> None:
        for value in values:
            self.only_unknown(node, value)
            if value.kind in (TRUTH, TEXT, DATE):
                raise Refused(node, f"calculates with a {value.kind}", "calculate with numbers")

    def _arithmetic(self, node: ast.Binary, left: Value, right: Value) -> Value:
        if DATE in (left.kind, right.kind):
            return self._moved(node, left, right)
        self.only_numbers(node, [left, right])
        level, (one, other) = self.builder.together(node, left, right)
        if node.operator is Op.MULTIPLY:
            for side, factor in ((one, right), (other, left)):
                number = factor.constant[0] if factor.constant else None
                if isinstance(number, Decimal):
                    return self.number(arithmetic.Scaled(side, Fraction(number), level))
            return self.number(arithmetic.Product(one, other, level))
        if node.operator is Op.DIVIDE:
            return self.divided(node, one, right, level)
        if node.operator in (Op.ADD, Op.SUBTRACT):
            sign = 1 if node.operator is Op.ADD else -1
            return self.number(arithmetic.Added(one, other, sign, level))
        raise Refused(node, f"`{node.operator}` between columns", "use sums and products")

    def number(self, step: Step) -> Value:
        return Value(self.graph.add(step), NUMBER)

    def divided(self, node: ast.Node, dividend: Step, by: Value, level: str | None) -> Value:
        number = by.constant[0] if by.constant else None
        if isinstance(number, Decimal):
            factor = 1 / Fraction(number) if number else None
            return self.number(arithmetic.Scaled(dividend, factor, level))
        if by.constant:  # null, or a parameter without a value: so is the quotient
            return self.number(arithmetic.Product(dividend, by.step, level))
        raise Refused(
            node, "divides by what differs from person to person", "multiply the other side by it"
        )

    def _moved(self, node: ast.Binary, left: Value, right: Value) -> Value:
        day, length = (left, right) if left.kind == DATE else (right, left)
        sign = -1 if node.operator is Op.SUBTRACT else 1
        moved = _months_and_days(length.constant[0]) if length.constant else None
        if moved is not None and node.operator in (Op.ADD, Op.SUBTRACT):
            months, days = (sign * part for part in moved)
            step = dates.Moved(day.step, months, days, day.step.level)
            return Value(self.graph.add(step), DATE)
        if length.constant and (length.constant[0] is None or length.kind == OTHER):
            self.only_unknown(node, length)
            level, (one, other) = self.builder.together(node, day, length)
            return Value(self.graph.add(arithmetic.Added(one, other, 1, level)), DATE)
        raise Refused(node, "calculates with two days", "compare days, or use leeftijd()")

    def negate(self, node: ast.Negate, scope: Scope) -> Value:
        value = self.value(node.operand, scope)
        return self.number(arithmetic.Negative(value.step, value.step.level))

    def between(self, node: ast.Between, scope: Scope) -> Value:
        above = ast.Binary(Op.GREATER_OR_EQUAL, node.value, node.low)
        below = ast.Binary(Op.LESS_OR_EQUAL, node.value, node.high)
        return self.value(ast.Binary(Op.AND, above, below), scope)

    def tested(self, node: ast.In, scope: Scope) -> Value:
        value = self.value(node.value, scope)
        constant = not any(self.differs(test, scope) for test in node.tests)
        if value.kind in FINITE and constant:
            hole = replace(node, value=ast.Name(HOLE))
            return self.mapped(node, value, hole, scope, TRUTH)
        found: Value | None = None
        for test in node.tests:
            passed = self._passes(node, test, scope)
            either = ast.Binary(Op.OR, node, node, span=node.span)
            found = passed if found is None else self._logic(either, found, passed)
        assert found is not None
        return found

    def _passes(self, node: ast.In, test: ast.Node, scope: Scope) -> Value:
        match test:
            case ast.UnaryComparison(operator=operator, operand=operand):
                return self.value(ast.Binary(operator, node.value, operand), scope)
            case ast.Range(low=ast.Node() as low, high=ast.Node() as high):
                first = Op.GREATER_OR_EQUAL if test.low_included else Op.GREATER
                last = Op.LESS_OR_EQUAL if test.high_included else Op.LESS
                above = ast.Binary(first, node.value, low)
                below = ast.Binary(last, node.value, high)
                return self.value(ast.Binary(Op.AND, above, below), scope)
            case ast.Number() | ast.AtLiteral() | ast.Name() | ast.Path():
                return self.value(ast.Binary(Op.EQUAL, node.value, test), scope)
        raise Refused(test, "a test that is no comparison", "write it with =, <, > and or")

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
        step = members.Quantified(some, condition, (*source.ghosts, ghost))
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


def _months_and_days(length: object) -> tuple[int, int] | None:
    if isinstance(length, YearsMonths):
        return length.months, 0
    if isinstance(length, timedelta) and not length % timedelta(days=1):
        return 0, length.days
    return None


Handler = Callable[["Lowering", Any, Scope], Part]
HANDLERS: dict[type[ast.Node], Handler] = {
    ast.Name: Lowering.name,
    ast.Path: Lowering.path,
    ast.Filter: Lowering.filter,
    ast.Binary: Lowering.binary,
    ast.Negate: Lowering.negate,
    ast.Between: Lowering.between,
    ast.In: Lowering.tested,
    ast.If: Lowering.choice,
    ast.Quantified: Lowering.quantified,
}
"""By node type. `calls` and `decisions` add theirs."""
