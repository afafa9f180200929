"""The lines of an explanation: what a page, a letter or a terminal shows of a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vanzelf.rights.model import LawReference
from vanzelf.rights.tables import TableLine
from vanzelf.rights.verdict import Outcome

MARKS = {Outcome.YES: "✓", Outcome.NO: "–", Outcome.UNKNOWN: "?", None: "•"}


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that was looked at, in words, with where it came from."""

    path: str
    name: str
    value: str
    source: str | None
    as_of: datetime | None
    valid_from: date | None
    valid_until: date | None
    reason: str | None
    declared: bool


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """An amount or threshold that the rule uses, with its source; unverified ones say so."""

    name: str
    value: str
    verified: bool
    note: str
    law: tuple[LawReference, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation. `outcome` is None when only the rule is told."""

    depth: int
    id: str
    kind: str
    outcome: Outcome | None
    sentence: str
    law: tuple[LawReference, ...] = ()
    facts: tuple[FactLine, ...] = ()
    missing: tuple[str, ...] = ()
    """Names of the facts that could still change this line."""
    parameters: tuple[ParameterLine, ...] = ()
    evidence: str = ""
    note: str = ""
    reason: str | None = None
    tables: tuple[TableLine, ...] = ()
    """The decision tables that it goes through, whole, the rows that hold marked."""

    @property
    def law_title(self) -> str:
        return str(self.law[0]) if self.law else ""

    @property
    def law_link(self) -> str:
        return self.law[0].link if self.law else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the facts of this line came from, each once."""
        return tuple(dict.fromkeys(fact.source for fact in self.facts if fact.source))

    @property
    def mark(self) -> str:
        return MARKS[self.outcome]
