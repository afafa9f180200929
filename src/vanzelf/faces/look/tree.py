"""The explanation as a tree of lines to show: a mark, a sentence, where from, which article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf import rights
from vanzelf.faces.look import sources
from vanzelf.faces.look.language import current
from vanzelf.faces.look.wording import day
from vanzelf.rights.lines import FactLine

WORDS = {
    "yes": gettext_noop("Yes"),
    "no": gettext_noop("No"),
    "ask": gettext_noop("Not sure"),
    "skip": gettext_noop("Not asked"),
    "rule": gettext_noop("Condition"),
}
MARKS = {"YES": "yes", "NO": "no", "UNKNOWN": "ask"}
SEVERAL = 3  # missing data to name; the rest is counted


@dataclass
class Law:
    text: str
    link: str = ""


@dataclass
class Cell:
    """A cell with its column's name, for a screen too narrow for columns."""

    column: str
    text: str


@dataclass
class Row:
    cells: list[Cell]
    holds: bool


@dataclass
class Table:
    """A decision table. `of_someone`: the rows that hold for them are marked."""

    title: str
    columns: tuple[str, ...]
    rows: list[Row]
    of_someone: bool
    note: str = ""

    @classmethod
    def of(cls, line: rights.Line, table: rights.TableLine) -> Table:
        rows = [
            Row(
                [Cell(*pair) for pair in zip(table.columns, row.cells, strict=True)],
                bool(row.holds),
            )
            for row in table.rows
        ]
        note = ""
        if line.outcome is not None and not table.fired:
            note = _("We do not know yet which row holds.") if line.missing else _("No row holds.")
        elif table.contradicts_itself:
            note = _("More than one row holds, and only one may. The rule itself must be mended.")
        return cls(table.title, table.columns, rows, line.outcome is not None, note)


@dataclass
class Node:
    """One line. `mark` is yes, no, ask, skip (not asked) or rule (no outcome: a rule as such)."""

    sentence: str
    mark: str
    notes: list[str] = field(default_factory=list)
    laws: list[Law] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def icon(self) -> str:
        """The drawn mark."""
        return {"skip": "no", "rule": "dot"}.get(self.mark, self.mark)

    @property
    def word(self) -> str:
        """The mark in a word, for who does not see it."""
        return _(WORDS[self.mark])


def explained(
    regulation: rights.Regulation,
    verdict: Mapping[str, Any],
    people: dict[str, str] | None = None,
    own: Collection[str] = (),
) -> list[Node]:
    """The steps of a verdict's data as lines: criteria, then for a YES its amounts and delivery.

    `people` names the members of the household by path; without it they are numbered. `own` are
    the paths of whoever reads it: what they told themselves is "said by you".
    """
    return _nested(rights.explain(regulation, dict(verdict), current(), people=people), own)


def conditions(regulation: rights.Regulation, on: date) -> list[Node]:
    """The conditions of a regulation as lines without an outcome."""
    lines = rights.describe(regulation, current(), on=regulation.reference_date(on))
    return _nested(line for line in lines if line.kind not in ("amount", "choice", "delivery"))


def tables(regulation: rights.Regulation, on: date) -> list[Table]:
    """The decision tables by which a regulation finds what it gives, each once."""
    lines = rights.describe(regulation, current(), on=regulation.reference_date(on))
    found = [
        Table.of(line, table)
        for line in lines
        if line.kind in ("amount", "delivery")
        for table in line.tables
    ]
    return [table for place, table in enumerate(found) if table not in found[:place]]


def _nested(lines: Iterable[rights.Line], own: Collection[str] = ()) -> list[Node]:
    top: list[Node] = []
    path: list[list[Node]] = [top]
    groups: list[tuple[Node, str]] = []
    for line in lines:
        del path[line.depth + 1 :]
        node = _node(line, own)
        path[line.depth].append(node)
        path.append(node.children)
        groups.append((node, line.kind))
    for node, kind in groups:
        _settled(node, kind)
    # A top that only says "all of this holds" is a line without news.
    first = top[0] if top else None
    return [*first.children, *top[1:]] if first and first.children and not first.laws else top


def _node(line: rights.Line, own: Collection[str]) -> Node:
    laws = [Law(one.article or _site(one.link) or one.title, one.link) for one in line.law]
    tables = [Table.of(line, table) for table in line.tables]
    return Node(line.sentence, _mark(line), _notes(line, own), laws, tables=tables)


def _site(link: str) -> str:
    """The name of a site, to say where a text without articles is read: stad.gent."""
    return (urlsplit(link).hostname or "").removeprefix("www.")


def _settled(node: Node, kind: str) -> None:
    """In a group that is decided already, what is not known was not needed."""
    if (kind, node.mark) not in {("any", "yes"), ("all", "no")}:
        return
    for child in node.children:
        if child.mark == "ask":
            child.mark, child.notes = "skip", [_("Not needed any more")]
            child.tables = []


def _mark(line: rights.Line) -> str:
    if line.outcome is None:
        return "rule"
    skipped = any(fact.reason == sources.NOT_ASKED for fact in line.facts)
    return "skip" if skipped and line.outcome == "UNKNOWN" else MARKS[line.outcome]


def _notes(line: rights.Line, own: Collection[str]) -> list[str]:
    """Source and day of what a step used; for what is missing: what, and why."""
    if _mark(line) == "skip":
        return [capfirst(sources.reason(sources.NOT_ASKED))]
    # That the register says who lives together is no news beside what was asked about them.
    forgotten = [fact for fact in line.facts if fact.reason == sources.FORGOTTEN]
    told = [
        fact
        for fact in line.facts
        if fact.source and fact.as_of and (not fact.reason or fact in forgotten)
    ]
    asked = [fact for fact in told if fact.path != "gezin.leden"] or told
    notes = [
        f"{_told_by(fact, own) or sources.name(fact.source)}, {day(fact.as_of)}"
        for fact in asked
        if fact.source and fact.as_of
    ]
    notes += [capfirst(sources.reason(sources.FORGOTTEN))] if forgotten else []
    notes += _missing(line)
    notes += [
        _("%(figure)s: not confirmed") % {"figure": capfirst(one.name)}
        for one in line.parameters
        if not one.verified
    ]
    notes += [text for text in (line.evidence, line.note) if text and line.outcome is None]
    return list(dict.fromkeys(notes))


def _told_by(fact: FactLine, own: Collection[str]) -> str:
    """That a fact is someone's own answer; empty when a source gave it."""
    if not fact.declared:
        return ""
    return _("said by you") if fact.path.rpartition(".")[0] in own else _("own answer")


def _missing(line: rights.Line) -> list[str]:
    if not line.missing:
        return []
    codes = {fact.reason for fact in line.facts if fact.reason}
    why = f" ({sources.reason(codes.pop())})" if len(codes) == 1 else ""
    names = ", ".join(line.missing[:SEVERAL])
    if len(line.missing) > SEVERAL:
        names += " " + _("and %(count)s more") % {"count": len(line.missing) - SEVERAL}
    return [_("Not known: %(facts)s") % {"facts": names} + why]
