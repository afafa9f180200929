"""`evaluate` and `explain`: a text and a context to a value, in one go."""

from __future__ import annotations

from collections.abc import Mapping

from vanzelf.feel.compiler.run import compile
from vanzelf.feel.compiler.tracing import Trace
from vanzelf.feel.messages import collected
from vanzelf.feel.parsing import parse
from vanzelf.feel.values.kinds import adopt_deep
from vanzelf.feel.values.unknown import Unknown, unknown_within


def evaluate(
    expression: str,
    context: Mapping[str, object] | None = None,
    *,
    messages: list[str] | None = None,
) -> object:
    """The value of a FEEL expression in a context, whose names (nested too) are in scope.

    A name that is absent is null, as is what cannot be computed; why it is, is appended to
    `messages`. Raises FeelSyntaxError for a text that is not FEEL, and nothing else.
    """
    adopted = {str(key): adopt_deep(value) for key, value in (context or {}).items()}
    compiled = compile(parse(expression, adopted))
    with collected(messages):
        result = compiled(adopted)
    return outward(result)


def explain(
    expression: str,
    context: Mapping[str, object] | None = None,
    *,
    messages: list[str] | None = None,
) -> Trace:
    """The value of a FEEL expression with the sub-expressions that it came from.

    As `evaluate`, of which it takes several times the time.
    """
    adopted = {str(key): adopt_deep(value) for key, value in (context or {}).items()}
    traced = compile(parse(expression, adopted), traced=True)
    with collected(messages):
        _, trace = traced(adopted)
    return trace


def outward(value: object) -> object:
    """A result as it is shown outside: every unknown in its plain form."""
    return value if unknown_within(value) is None else _plain(value, {})


def _plain(value: object, done: dict[int, object]) -> object:
    """The result with every unknown in its plain form: what bounds a count, say, stays inside.

    `done` holds the lists and contexts seen, by identity: one may stand in many places.
    """
    if isinstance(value, Unknown):
        return value.plain()
    if id(value) in done:
        return done[id(value)]
    if isinstance(value, list):
        plain: list[object] = []
        done[id(value)] = plain
        plain.extend(_plain(element, done) for element in value)
        return plain
    if isinstance(value, dict):
        context: dict[str, object] = {}
        done[id(value)] = context
        context.update((key, _plain(member, done)) for key, member in value.items())
        return context
    return value
