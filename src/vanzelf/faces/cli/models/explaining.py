"""Where a value came from: the decisions taken, and in each the expressions it was made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from vanzelf import feel
from vanzelf.dmn.outcome import Explained
from vanzelf.dmn.tables import Table
from vanzelf.faces.cli.models.grids import grid
from vanzelf.feel import Trace

_DEEPEST = 12
_LONGEST = 100


def print_explanation(explanation: Iterable[Explained]) -> None:
    """Print each element that was evaluated, in the order in which it was."""
    for one in explanation:
        click.secho(f"\n{one.element}", bold=True, nl=False)
        click.echo(f" = {shown(one.value)}")
        for part in _made_of(one.trace, one.value):
            for line in _lines(part, 1):
                click.echo(line)


def _made_of(trace: Trace, value: object) -> tuple[Trace, ...]:
    """What an element's value came from; a table or a context says itself what it is."""
    trace = _innermost(trace)
    context = isinstance(trace.value, dict) and not isinstance(trace.node, Table)
    return trace.parts if context else (trace,)


def _innermost(trace: Trace) -> Trace:
    """Of expressions that read the same, such as one and the check of its type, the inner one."""
    while len(trace.parts) == 1 and trace.parts[0].text == trace.text:
        trace = trace.parts[0]
    return trace


def _lines(trace: Trace, level: int) -> Iterator[str]:
    """A line per sub-expression with its value, what it was made of below it."""
    trace, indent = _innermost(trace), "  " * level
    table = grid(trace)
    if table is not None:
        yield from (indent + line for line in table)
        return
    text, value = _short(trace.text), shown(trace.value)
    if text == value:
        return
    yield f"{indent}{text} → {value}"
    if level == _DEEPEST:
        return
    for part in trace.parts:
        yield from _lines(part, level + 1)
    if trace.cut:
        yield f"{indent}  …"


def shown(value: object) -> str:
    """A value as FEEL writes it, strings quoted, cut where it is long."""
    return _short(feel.text([value])[1:-1])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
