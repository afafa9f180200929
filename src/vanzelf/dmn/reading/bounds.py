"""How much FEEL a model may hold, so that a file of a stranger cannot keep a machine busy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from vanzelf.dmn.checking import elements
from vanzelf.dmn.definitions import Definitions, Element
from vanzelf.dmn.errors import Problem

MAX_FEEL: Final = 400_000
"""Characters of FEEL in a model and all that it imports.

The densest text (`1+1+1…`) of this length takes about 5 s and 250 MB to compile.
"""

_FEEL: Final = (
    *("text", "tests", "allowed_values", "type_constraint"),
    *("type_ref", "output_type_ref", "iterator_type_ref"),
)
"""Fields that hold FEEL: an expression, unary tests or the name of a type."""


def too_long(models: Iterable[Definitions]) -> Iterator[Problem]:
    """The element where these models, one after another, pass the bound; none if they do not."""
    characters = 0
    for model in models:
        for part in elements(model):
            characters += _characters(part)
            if characters > MAX_FEEL:
                message = f"the FEEL texts up to here have more than {MAX_FEEL:,} characters"
                hint = "put long lists in as input data, or make models that are asked apart"
                yield Problem(part.place, message, hint)
                return


def _characters(part: Element) -> int:
    found = (getattr(part, name, None) or "" for name in _FEEL)
    return sum(len(each) if isinstance(each, str) else sum(map(len, each)) for each in found)
