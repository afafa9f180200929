"""A decision table as nodes of the FEEL tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from vanzelf.dmn.definitions import NOWHERE, Aggregation, HitPolicy, Place
from vanzelf.feel import ast
from vanzelf.feel.types import ANY, Type


@dataclass(frozen=True, slots=True)
class InputColumn(ast.Node):
    """What a column tests, of which type; `allowed`: the unary tests that its value must pass."""

    expression: ast.Node
    allowed: ast.Node | None = None
    label: str = ""
    type: Type = field(default=ANY, compare=False)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class OutputColumn(ast.Node):
    """What a column gives. `allowed`: the values that it may give; `priorities`: these values,
    or those of its type, highest priority first."""

    name: str = ""
    allowed: ast.Node | None = None
    priorities: ast.Node | None = None
    default: ast.Node | None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Row(ast.Node):
    """A rule, counted from 1: a test for each input column, an expression for each output."""

    number: int
    tests: tuple[ast.Node, ...]
    outputs: tuple[ast.Node, ...]
    annotations: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def __str__(self) -> str:
        return f"rule {self.number}"


@dataclass(frozen=True, slots=True)
class Table(ast.Node):
    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rows: tuple[Row, ...]
    policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    annotations: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"decision table ({self.policy.value})"
