"""Lowering of calls: ages, crossings between periods, counts and sums, roundings, tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from vanzelf.feel import ast
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.population.kernel import arithmetic, coded, dates, members, steps
from vanzelf.population.kernel.lowering import HANDLERS, HOLE, Lowering
from vanzelf.population.kernel.operators import divided
from vanzelf.population.kernel.values import (
    CODED,
    DATE,
    FINITE,
    NUMBER,
    TEXT,
    TRUTH,
    Members,
    MemberValues,
    Refused,
    Scope,
    Value,
)
from vanzelf.rights.builtins import GIVES
from vanzelf.rights.functions import FUNCTIONS
from vanzelf.rights.model import Row
from vanzelf.rights.types import BOOLEAN
from vanzelf.rights.types import NUMBER as NUMBER_TYPE
from vanzelf.rights.types import TEXT as TEXT_TYPE

_GIVEN: Final = {BOOLEAN: TRUTH, TEXT_TYPE: TEXT, NUMBER_TYPE: CODED}


def call(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
    if not isinstance(node.function, ast.Name) or node.named:
        raise Refused(node, "a call with names for its arguments", "give them in order")
    special = _SPECIAL.get(node.function.name)
    if special is not None:
        return special(lowering, node, scope)
    arguments = [lowering.value(one, scope) for one in node.arguments]
    differing = [place for place, one in enumerate(arguments) if one.constant is None]
    name = node.function.name
    if len(differing) != 1:
        raise Refused(node, f"{name}() of several columns", "make it a fact of its own")
    place = differing[0]
    value, function = arguments[place], scope.constants.get(name)
    if value.kind == NUMBER and isinstance(function, FeelFunction) and name in lowering.tables:
        return _looked_up(lowering, function, lowering.tables[name], value)
    if value.kind not in FINITE:
        raise Refused(node, f"{name}() of a column", "use comparisons, sums and counts")
    hole = (*node.arguments[:place], ast.Name(HOLE), *node.arguments[place + 1 :])
    gives = GIVES.get(name)
    kind = CODED if function is not None or isinstance(gives, str) else _GIVEN.get(gives, CODED)
    return lowering.mapped(node, value, replace(node, arguments=hole), scope, kind)


def _looked_up(
    lowering: Lowering, function: FeelFunction, rows: tuple[Row, ...] | None, value: Value
) -> Value:
    """A table by number: its value changes only where a row begins or ends."""
    lows = [row.low for row in rows or () if row.low is not None]
    highs = [row.high + 1 for row in rows or () if row.high is not None]
    starts = tuple(sorted({*lows, *highs}))
    before = starts[0] - 1 if starts else 0
    step = coded.Segments(
        value.step,
        starts,
        tuple(function.call([Decimal(start)]) for start in (before, *starts)),
        function.call([Decimal("0.5")]),
        function.call([None]),
        value.step.level,
    )
    return Value(lowering.graph.add(step), CODED)


# --- the functions of rights --------------------------------------------------------------------


def _arguments(lowering: Lowering, node: ast.Call, scope: Scope, count: int) -> list[Value]:
    if len(node.arguments) != count:
        raise Refused(node, f"takes {count} arguments here", "see the list of functions")
    return [lowering.value(one, scope) for one in node.arguments]


def _age(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
    birth, on = _arguments(lowering, node, scope, 2)
    day = on.constant[0] if on.constant else None
    if birth.kind != DATE or not isinstance(day, date):
        raise Refused(node, "the age on a day that differs", "take the age on peildatum")
    return lowering.number(dates.Age(birth.step, day, birth.step.level))


def _times(factor: Fraction) -> Callable[[Lowering, ast.Call, Scope], Value]:
    def lower(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
        (value,) = _arguments(lowering, node, scope, 1)
        return lowering.number(arithmetic.Scaled(value.step, factor, value.step.level))

    return lower


def _per_week(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
    value, weeks = _arguments(lowering, node, scope, 2)
    level = lowering.builder.level(node, [value.step, weeks.step])
    return divided(lowering, node, value.step, weeks, level)


# --- built-ins ----------------------------------------------------------------------------------


def _not(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
    (value,) = _arguments(lowering, node, scope, 1)
    return Value(lowering.graph.add(steps.Negation(value.step, value.step.level)), TRUTH)


def _count(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
    listed = lowering.part(node.arguments[0], scope) if len(node.arguments) == 1 else None
    if isinstance(listed, MemberValues):
        listed = listed.members
    if not isinstance(listed, Members):
        raise Refused(node, "counts what is no list of members", "count gezin.leden[…]")
    return lowering.number(members.Counted(listed.condition, listed.ghosts))


def _over(way: str) -> Callable[[Lowering, ast.Call, Scope], Value]:
    def lower(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
        parts = [lowering.part(one, scope) for one in node.arguments]
        values = [part for part in parts if isinstance(part, Value)]
        if way != "sum" and len(values) == len(parts) > 1:
            level, found = lowering.builder.together(node, *values)
            lowering.only_numbers(node, values)
            return lowering.number(arithmetic.Extreme(way == "max", tuple(found), level))
        part = parts[0]
        if (
            len(parts) != 1
            or not isinstance(part, MemberValues)
            or part.value.kind
            not in (
                NUMBER,
                DATE,
            )
        ):
            raise Refused(node, f"{way}() of these", "take it of a number of the members")
        listed = part.members
        ghosts = (*listed.ghosts, part.ghost)
        step = members.Total(way, part.value.step, listed.condition, ghosts)
        return replace(lowering.number(step), kind=part.value.kind)

    return lower


def _any_or_all(some: bool) -> Callable[[Lowering, ast.Call, Scope], Value]:
    def lower(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
        part = lowering.part(node.arguments[0], scope) if len(node.arguments) == 1 else None
        if not isinstance(part, MemberValues) or part.value.kind != TRUTH:
            raise Refused(node, "all() or any() of these", "use every or some … satisfies")
        return lowering.over_members(some, part.members, part.value.step, part.ghost)

    return lower


def _rounding(way: str) -> Callable[[Lowering, ast.Call, Scope], Value]:
    def lower(lowering: Lowering, node: ast.Call, scope: Scope) -> Value:
        arguments = [lowering.value(one, scope) for one in node.arguments]
        digits = arguments[1].constant if len(arguments) == 2 else (Decimal(0),)
        number = digits[0] if digits else None
        if not isinstance(number, Decimal) or abs(number) > 12:
            raise Refused(node, f"{way}() to digits that differ", "write the number of digits")
        step = arguments[0].step
        return lowering.number(arithmetic.Rounded(way, step, int(number), step.level))

    return lower


_SPECIAL: Final[dict[str, Callable[[Lowering, ast.Call, Scope], Value]]] = {
    "leeftijd": _age,
    "per maand": _times(Fraction(1, 12)),
    "op jaarbasis": _times(Fraction(12)),
    "per week": _per_week,
    "not": _not,
    "count": _count,
    "sum": _over("sum"),
    "min": _over("min"),
    "max": _over("max"),
    "any": _any_or_all(True),
    "all": _any_or_all(False),
    **{way: _rounding(way) for way in arithmetic.ROUNDINGS},
}
assert FUNCTIONS.keys() <= _SPECIAL.keys()
HANDLERS[ast.Call] = call
