"""The answer of a check: YES, NO or UNKNOWN, with amount, explanation and what is missing."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from vanzelf.feel import Unknown

FactValue: TypeAlias = "bool | Decimal | str | date | int | Unknown | None"
"""What a fact was worth; for a list the number of its members."""


class Outcome(enum.StrEnum):
    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"

    @classmethod
    def of(cls, value: object) -> Outcome:
        """The outcome of an expression: what is neither true nor false is UNKNOWN, never NO."""
        return cls.YES if value is True else cls.NO if value is False else cls.UNKNOWN


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from: source, the moment it was asked, the days it holds (inclusive).

    `reason` is the code why it is unknown; `declared` says that the resident told it.
    """

    source: str
    as_of: datetime
    valid_from: date | None = None
    valid_until: date | None = None
    reason: str | None = None
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """A fact that a step looked at, by its path (`gezin.leden[2].leefloon`, from 1)."""

    path: str
    value: FactValue
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class TableStep:
    """A decision table that a step went through, with the rows that held."""

    file: str
    decision: str
    rows: tuple[int, ...] = ()
    """Counted from 1. None when no row holds, or it is not known which."""
    cells: tuple[tuple[str, ...], ...] = ()
    """The texts of each of these rows as the table had them: its tests, then what it gives."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation, as structure: the sentence is looked up by `id`."""

    id: str
    kind: str
    """`all`, `any`, `not`, `criterion`, `amount` or `delivery`."""
    outcome: Outcome
    steps: tuple[Step, ...] = ()
    facts: tuple[Used, ...] = ()
    missing: tuple[str, ...] = ()
    """The facts that could still change this step."""
    reason: str | None = None
    """Why it is UNKNOWN while no fact is missing: `no-value` (the expression gives null), or
    `parameter: name` (the regulation's own value is not known for this day)."""
    choice: int | None = None
    """For an amount: which of its alternatives held, from 0."""
    tables: tuple[TableStep, ...] = ()
    """The decision tables that it went through."""

    def walk(self) -> Iterator[Step]:
        """This step and all below it."""
        yield self
        for step in self.steps:
            yield from step.walk()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every criterion with its outcome, and for a YES the amounts and deliveries."""

    criteria: Step
    amounts: tuple[Step, ...] = ()
    deliveries: tuple[Step, ...] = ()

    def walk(self) -> Iterator[Step]:
        for step in (self.criteria, *self.amounts, *self.deliveries):
            yield from step.walk()

    @property
    def facts(self) -> tuple[Used, ...]:
        """Every fact looked at, once, in the order of the regulation."""
        return tuple({used.path: used for step in self.walk() for used in step.facts}.values())


@dataclass(frozen=True, slots=True)
class Amount:
    """What the right is worth: euros per `per`, a percentage, or something in kind.

    `value` is Unknown when it cannot be calculated yet, and None in kind without a number.
    """

    id: str
    kind: str
    value: Decimal | Unknown | None
    per: str | None
    unit: str
    """`EUR`, `%` or empty."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a regulation gives for one unit on one day."""

    regulation: str
    content_hash: str
    on: date
    reference_date: date
    outcome: Outcome
    amounts: tuple[Amount, ...] = ()
    delivery: str | None = None
    reasons: tuple[str, ...] = ()
    """The criteria that decided: all that hold for a YES, the one that fails for a NO, those that
    are open for an UNKNOWN."""
    missing: tuple[str, ...] = ()
    """Facts that could still change the outcome, or for a YES its amount or delivery."""
    settled_by: tuple[tuple[str, ...], ...] = ()
    """The smallest sets of facts of which every filling gives YES or NO."""
    search_complete: bool = True
    """False when the search for these sets stopped at its bound."""
    next_question: str | None = None
    """The fact to ask next: the least intrusive of which an answer may settle."""
    explanation: Explanation | None = field(default=None)

    @property
    def amount(self) -> Amount | None:
        """The first amount; a right with several has them in `amounts`."""
        return self.amounts[0] if self.amounts else None

    def as_data(self) -> dict[str, object]:
        """The verdict as JSON knows it; `from_data` gives it back."""
        # Here, because the record is written in terms of the verdict.
        from vanzelf.rights.record import verdict_to_data

        return verdict_to_data(self)

    @classmethod
    def from_data(cls, data: object) -> Verdict:
        from vanzelf.rights.record import verdict_from_data

        return verdict_from_data(data)
