"""The syntax tree of FEEL (DMN 1.5, chapter 10.3.1).

Nodes are immutable and carry where they stand in the text, so that an error, an
explanation or a column compiler can point at the place. A name with spaces is one `Name`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class Span(NamedTuple):
    """Characters `start` up to and not including `end` of the text; both count from 0."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    span: Span = field(default=Span(0, 0), compare=False, repr=False)


class BinaryOperator(enum.StrEnum):
    OR = "or"
    AND = "and"
    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    POWER = "**"


class Quantifier(enum.StrEnum):
    SOME = "some"
    EVERY = "every"


# --- literals ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Null(Node):
    pass


@dataclass(frozen=True, slots=True)
class Boolean(Node):
    value: bool


@dataclass(frozen=True, slots=True)
class Number(Node):
    value: Decimal


@dataclass(frozen=True, slots=True)
class String(Node):
    value: str


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """`@"2026-01-15"`: a date, time, date and time or duration, told by its form."""

    text: str


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextEntry(Node):
    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class Range(Node):
    """`[1..5]`, `(1..5]`; also the endpoints of a unary test such as `>= 18` (one end None)."""

    low: Node | None
    high: Node | None
    low_included: bool
    high_included: bool


# --- names and access -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, parameter or built-in; inner spaces are single."""

    name: str


@dataclass(frozen=True, slots=True)
class Input(Node):
    """`?` in a unary test: the value that is tested."""


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`gezin.leden`: over a list it maps."""

    source: Node
    member: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`list[condition]` or `list[position]` (from 1; from -1 at the end)."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class NamedArgument(Node):
    name: str
    value: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function invocation, with positional or with named arguments, never both."""

    function: Node
    arguments: tuple[Node, ...] = ()
    named: tuple[NamedArgument, ...] = ()


# --- operators --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Binary(Node):
    operator: BinaryOperator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`value in tests`: true when one of the positive unary tests holds."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class UnaryComparison(Node):
    """`< 10`, `= "x"` as a test of `?`: operator and the value compared with."""

    operator: BinaryOperator
    operand: Node


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """A cell of a decision table: `-` (no tests, always true), `a, b` or `not(a, b)`."""

    tests: tuple[Node, ...]
    negated: bool = False


# --- control ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iterator(Node):
    """`name in source`, or `name in source..until` over whole numbers or dates."""

    name: str
    source: Node
    until: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    iterators: tuple[Iterator, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    quantifier: Quantifier
    iterators: tuple[Iterator, ...]
    condition: Node


# --- types and functions ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TypeName(Node):
    """`number`, `string`, `date and time`, `Any`, or the name of an item definition."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType(Node):
    element: Node


@dataclass(frozen=True, slots=True)
class RangeType(Node):
    element: Node


@dataclass(frozen=True, slots=True)
class ContextType(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class FunctionType(Node):
    parameters: tuple[Node, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: Node


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    name: str
    type: Node | None = None


@dataclass(frozen=True, slots=True)
class Function(Node):
    parameters: tuple[Parameter, ...]
    body: Node
    external: bool = False
