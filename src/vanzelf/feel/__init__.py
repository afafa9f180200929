"""FEEL, the expression language of the DMN standard (DMN 1.5, chapter 10), with unknowns.

    >>> evaluate("some lid in gezin.leden satisfies lid.leefloon", {"gezin": {"leden": []}})
    False

FEEL's `null` is "known to be absent". `UNKNOWN` stands apart from it: a value that is there
but is not known. It runs through every operator and function, and names what it depends on.

This package knows no regulation, no city, no clock and no network.
"""

from vanzelf.feel.parsing import parse
from vanzelf.feel.syntax.errors import FeelSyntaxError

__all__ = ["FeelSyntaxError", "parse"]
