"""`evaluate`: a text and a context to a value, in one go."""

from __future__ import annotations

from collections.abc import Mapping

from vanzelf.feel.compiler.run import compile
from vanzelf.feel.messages import collected
from vanzelf.feel.parsing import parse
from vanzelf.feel.values.kinds import adopt_deep


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
        return compiled(adopted)
