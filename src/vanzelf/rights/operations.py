"""Of which type what an operator gives is, or why it means nothing."""

from __future__ import annotations

from vanzelf.feel import ast
from vanzelf.rights.types import (
    ANY,
    DATE,
    DURATION,
    ERROR,
    NULL,
    NUMBER,
    TEXT,
    Quantity,
    Type,
    Words,
    mismatch,
)

Op = ast.BinaryOperator
COMPARISONS = {Op.EQUAL, Op.NOT_EQUAL, Op.LESS, Op.LESS_OR_EQUAL, Op.GREATER, Op.GREATER_OR_EQUAL}
Refusal = tuple[str, str]
"""Why not, and what to do."""


def calculated(operator: Op, left: Type, right: Type) -> Type | Refusal:
    """What `left operator right` is, of an operator that neither compares nor joins yes and no."""
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return _of_quantities(operator, left, right)
    if isinstance(left, Words) and isinstance(right, Words) and operator == Op.ADD:
        return TEXT
    if ERROR in (left, right):
        return ERROR
    if {left, right} <= {DATE, DURATION, ANY}:
        return _of_days(operator, left, right)
    return f"{left} {operator} {right} means nothing", ""


def common(left: Type, right: Type) -> Type:
    """The type of what is one or the other of two that fit each other."""
    if left in (NULL, ANY, ERROR) or (isinstance(left, Quantity) and left.literal):
        return NUMBER if isinstance(right, Quantity) and right.literal else right
    return TEXT if isinstance(left, Words) else left


def _of_quantities(operator: Op, left: Quantity, right: Quantity) -> Type | Refusal:
    if operator in (Op.ADD, Op.SUBTRACT):
        return mismatch(left, right) or common(left, right)
    if operator == Op.POWER:
        if left.per or left.money or right.per or right.money:
            return f"{left} to the power of {right} means nothing", ""
        return NUMBER
    return _product(left, right, operator == Op.DIVIDE)


def _of_days(operator: Op, left: Type, right: Type) -> Type:
    if left == right == DATE and operator == Op.SUBTRACT:
        return DURATION
    return DATE if DATE in (left, right) else DURATION if DURATION in (left, right) else ANY


def _product(left: Quantity, right: Quantity, divide: bool) -> Quantity | Refusal:
    """The type of a product or quotient, or why it has none."""
    literal = next((side.literal for side in (left, right) if side.literal), "")
    period = next((side.per for side in (left, right) if side.per), None)
    if period and literal in ("12", "52"):
        return (
            f"{left} {'/' if divide else '*'} {right}: a period is not changed by a number",
            "use op jaarbasis(x) or per maand(x)",
        )
    if divide:
        if right.money or right.per:
            if mismatch(left, right):
                return f"{left} divided by {right}", ""
            return NUMBER
        return Quantity(left.money, left.per)
    if (left.money and right.money) or (left.per and right.per):
        return f"{left} times {right}", ""
    return Quantity(left.money or right.money, left.per or right.per)
