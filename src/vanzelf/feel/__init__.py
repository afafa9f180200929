"""FEEL, the expression language of the DMN standard (DMN 1.5, chapter 10), with unknowns.

    >>> evaluate("some lid in gezin.leden satisfies lid.leefloon", {"gezin": {"leden": []}})
    False

FEEL's `null` is "known to be absent". `UNKNOWN` stands apart from it: a value that is there
but is not known. It runs through every operator and function, and names what it depends on.

`explain` gives a value with the sub-expressions it came from; `extending` is the door for
packages that add kinds of nodes.

This package knows no regulation, no city, no clock and no network.
"""

from vanzelf.feel.compiler.frame import State
from vanzelf.feel.compiler.run import Compiled, Traced, compile
from vanzelf.feel.compiler.tracing import Trace
from vanzelf.feel.evaluating import evaluate, explain
from vanzelf.feel.parsing import parse
from vanzelf.feel.syntax.errors import FeelSyntaxError
from vanzelf.feel.syntax.unparse import unparse
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.functions import FeelFunction, function
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.text import text
from vanzelf.feel.values.unknown import UNKNOWN, Unknown

__all__ = [
    "UNKNOWN",
    "Compiled",
    "FeelFunction",
    "FeelSyntaxError",
    "Range",
    "State",
    "Trace",
    "Traced",
    "Unknown",
    "YearsMonths",
    "compile",
    "evaluate",
    "explain",
    "function",
    "parse",
    "text",
    "unparse",
]
