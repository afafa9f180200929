"""Tables of expressions and the text of what they give."""

from __future__ import annotations

from collections.abc import Mapping

from vanzelf import feel

Row = tuple[str, str]


def text_of(expression: str, context: Mapping[str, object] | None = None) -> str:
    """The value of an expression as FEEL writes it, strings quoted."""
    value = feel.evaluate(expression, context)
    return feel.text([value])[1:-1]
