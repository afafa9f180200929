"""The lines of an explanation as plain text, for a terminal or a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vanzelf.rights.lines import Line
from vanzelf.rights.tables import TableLine
from vanzelf.rights.wording import WORDS


def as_text(lines: Iterable[Line], language: str = "nl", *, details: bool = True) -> str:
    """The lines as a tree in plain text: `✓` yes, `–` no, `?` not known, `•` no outcome."""
    written: list[str] = []
    for line in lines:
        indent = "  " * line.depth
        law = "".join(f" [{reference.short}]" for reference in line.law if details)
        written.append(f"{indent}{line.mark} {line.sentence}{law}")
        if details:
            written += [f"{indent}    {text}" for text in _details(line, language)]
    return "\n".join(written)


def _details(line: Line, language: str) -> Iterator[str]:
    for fact in line.facts:
        origin = f" ({fact.source}, {fact.as_of:%d-%m-%Y})" if fact.source and fact.as_of else ""
        reason = f" [{fact.reason}]" if fact.reason else ""
        yield f"{fact.name}: {fact.value}{reason}{origin}"
    for parameter in line.parameters:
        flag = "" if parameter.verified else f" ({WORDS[language]['unverified']})"
        yield f"{parameter.name}: {parameter.value}{flag}"
        if parameter.note:
            yield parameter.note
    for table in line.tables:
        yield from _table(table, language)
        if not table.fired and line.outcome is not None:
            yield f"  {WORDS[language]['row not known' if line.missing else 'no row']}"
        if table.contradicts_itself:
            yield f"  {WORDS[language]['more rows']}"
    for extra in (line.evidence, line.note):
        if extra:
            yield extra


def _table(table: TableLine, language: str) -> Iterator[str]:
    """A row per line; the rows that hold say so."""
    words = WORDS[language]
    yield f"{words['table']}: {table.title} ({' | '.join(table.columns)})"
    for row in table.rows:
        asked, given = row.cells[: -table.results], row.cells[-table.results :]
        text = f"{row.number}. {' | '.join(asked)} → {' | '.join(given)}"
        yield f"  {text}  ← {words['this row']}" if row.holds else f"  {text}"
