"""What the parts of a tree are while it is lowered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from vanzelf.feel import UNKNOWN, ast
from vanzelf.feel import compile as compile_feel
from vanzelf.population.kernel.graph import HOUSEHOLD, MEMBER, PERSON, Graph, Step
from vanzelf.population.kernel.steps import Constant, Lifted

TRUTH, NUMBER, DATE, TEXT, CODED, OTHER = "truth", "number", "date", "text", "coded", "other"
"""The kinds of values. Coded: few distinct ones; other: what no column holds, such as a list."""
FINITE = frozenset({TRUTH, TEXT, CODED})


class Refused(Exception):
    """An expression that cannot run in columns: what, and the way out."""

    def __init__(self, node: ast.Node, what: str, hint: str) -> None:
        super().__init__(what)
        self.node, self.what, self.hint = node, what, hint


@dataclass(frozen=True, slots=True)
class Value:
    """A step with what it gives; `constant` holds the value when it is the same for everyone."""

    step: Step
    kind: str
    constant: tuple[object] | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A person or household; `path` leads to its facts. `ghost`: it is not known who it is."""

    section: str
    path: str
    level: str
    ghost: bool = False


@dataclass(frozen=True, slots=True)
class Members:
    """The members of the household, or those for which a condition holds."""

    condition: Step | None = None
    ghosts: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberValues:
    """A value of each of the members."""

    members: Members
    value: Value
    ghost: Step


Part: TypeAlias = "Value | Thing | Members | MemberValues"


@dataclass(frozen=True, slots=True)
class Scope:
    """The names at a place: of what differs between people, and of what is the same for all."""

    parts: Mapping[str, Part]
    constants: Mapping[str, object]

    def with_parts(self, parts: Mapping[str, Part]) -> Scope:
        hidden = {name: value for name, value in self.constants.items() if name not in parts}
        return replace(self, parts={**self.parts, **parts}, constants=hidden)


@dataclass(slots=True)
class Builder:
    """Makes steps, all rows of one level together."""

    graph: Graph = field(default_factory=Graph)

    def constant(self, value: object) -> Value:
        return Value(self.graph.add(Constant(value)), kind_of(value), (value,))

    def level(self, node: ast.Node, steps: Iterable[Step]) -> str | None:
        """The level at which all of them can be."""
        levels = {one.level for one in steps if one.level is not None}
        if {MEMBER, PERSON} <= levels:
            raise Refused(
                node,
                "compares the person whom the right is about with the members of the household",
                "make it a fact of its own, or evaluate this right one by one",
            )
        return next((one for one in (MEMBER, PERSON, HOUSEHOLD) if one in levels), None)

    def at(self, step: Step, level: str | None) -> Step:
        """The step with a row for each of that level."""
        if level in (MEMBER, PERSON) and step.level == HOUSEHOLD:
            return self.graph.add(Lifted(step, level))
        return step

    def together(self, node: ast.Node, *values: Value) -> tuple[str | None, list[Step]]:
        level = self.level(node, [one.step for one in values])
        return level, [self.at(one.step, level) for one in values]


def kind_of(value: object) -> str:
    if isinstance(value, bool):
        return TRUTH
    if isinstance(value, Decimal):
        return NUMBER
    if isinstance(value, date):
        return DATE
    return TEXT if isinstance(value, str) else CODED if value is None else OTHER


def folded(tree: ast.Node, scope: Scope) -> object:
    """The value of a tree that is the same for everyone, through FEEL itself."""
    return compile_feel(tree, absent=UNKNOWN)(dict(scope.constants))
