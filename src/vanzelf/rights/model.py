"""A regulation as data: what its file says, read and checked, before anything is compiled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from vanzelf.dmn.definitions import DecisionTable
from vanzelf.dmn.tables import Table
from vanzelf.feel import ast
from vanzelf.rights.facts import Texts
from vanzelf.rights.types import Type


@dataclass(frozen=True, slots=True)
class LawReference:
    """A legal source, with the article as it is printed (may be empty)."""

    key: str
    title: str
    link: str
    article: str = ""
    note: Texts = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.title}, {self.article}" if self.article else self.title

    @property
    def short(self) -> str:
        """As the regulation's file refers to it: `reglement art. 3`."""
        return f"{self.key} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a text, or whole numbers `low` to `high` inclusive (None: or more)."""

    label: str
    low: int | None
    high: int | None
    value: Decimal | date | None
    """None when the source does not say how much."""

    def holds(self, number: int) -> bool:
        if self.low is None or number < self.low:
            return False
        return self.high is None or number <= self.high


@dataclass(frozen=True, slots=True)
class Dated:
    """What a parameter is worth from a day up to and including another (None: until the next)."""

    start: date
    until: date | None
    value: Decimal | date | tuple[Row, ...] | None
    """None when the source does not say how much."""
    sources: tuple[LawReference, ...]
    verified: bool
    note: Texts


@dataclass(frozen=True, slots=True)
class Parameter:
    """An amount, threshold, percentage or date of the regulation, by date.

    Money is in euros, a percentage of 80 is 80. `by` is `number` or `text` for a table.
    """

    name: str
    type: str
    per: str | None
    by: str | None
    names: Texts
    values: tuple[Dated, ...]

    def on(self, day: date) -> Dated | None:
        """What it is worth on a day; None when nothing is known for it."""
        for dated in reversed(self.values):
            if dated.start <= day:
                return dated if dated.until is None or day <= dated.until else None
        return None


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: its text, tree (definitions filled in), type and what it uses.

    `facts` are paths with `[]` for every member of a list: `gezin.leden[].leefloon`; `repeated`
    are those that stand in it more than once. `written` is the tree as it stands in the file,
    definitions by name; `tables` are the decision tables that it goes through.
    """

    text: str
    tree: ast.Node
    type: Type
    facts: tuple[str, ...]
    repeated: frozenset[str]
    parameters: tuple[str, ...]
    written: ast.Node
    tables: tuple[UsedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class UsedTable:
    """A decision table of a DMN file, as an expression goes through it.

    `inputs` and `outputs` are the types of its columns.
    """

    file: str
    decision: str
    said: DecisionTable
    node: Table
    inputs: tuple[Type, ...]
    outputs: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A name for an expression, with what it is in words (may be empty)."""

    name: str
    expression: Expression
    says: Texts


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    when: Expression
    says: Texts
    law: tuple[LawReference, ...]
    evidence: Texts
    note: Texts


@dataclass(frozen=True, slots=True)
class Group:
    """`all`, `any` or `not` (one node) of other nodes; a group without a sentence has no `says`."""

    id: str
    kind: str
    nodes: tuple[CriteriaNode, ...]
    says: Texts
    law: tuple[LawReference, ...]


CriteriaNode: TypeAlias = "Criterion | Group"


def criteria_of(node: CriteriaNode) -> Iterator[Criterion]:
    """The criteria in a tree, from top to bottom."""
    if isinstance(node, Criterion):
        yield node
        return
    for inner in node.nodes:
        yield from criteria_of(inner)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the alternatives of an amount; without `when` it always holds."""

    when: Expression | None
    value: Expression | None
    says: Texts
    law: tuple[LawReference, ...]


@dataclass(frozen=True, slots=True)
class AmountLine:
    """What it is worth: `money` (euros `per` period), `percentage` `of` something, `in kind`."""

    id: str
    kind: str
    per: str | None
    choices: tuple[Choice, ...]
    of: Texts
    """What the percentage is of, or what is given in kind."""
    says: Texts
    law: tuple[LawReference, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    id: str
    when: Expression | None
    says: Texts
    law: tuple[LawReference, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides, and where and within which term one may go against it."""

    id: str
    names: Texts
    level: str
    appeal_body: Texts
    appeal_within: str
    """`60 dagen`, `3 maanden`."""
    appeal_clause: Texts


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that one regulation.yaml says."""

    id: str
    names: Texts
    summary: Texts
    unit: str
    authority: Authority
    advice_only: bool
    reference_rule: str
    once_per: str
    checked: tuple[str, ...]
    life_events: tuple[str, ...]
    ipdc: str | None
    notes: tuple[Texts, ...]
    law: Mapping[str, LawReference]
    parameters: Mapping[str, Parameter]
    criteria: CriteriaNode
    amounts: tuple[AmountLine, ...]
    deliveries: tuple[Delivery, ...]
    hash: str
    definitions: Mapping[str, Definition] = field(default_factory=dict)
