"""The names of the built-in functions, which the parser must know to read them."""

from __future__ import annotations

from vanzelf.feel.syntax.names import Frame

CONVERSION = (
    "date", "time", "date and time", "number", "string", "duration",
    "years and months duration", "context", "range",
)  # fmt: skip
STRINGS = (
    "substring", "string length", "upper case", "lower case", "substring before",
    "substring after", "replace", "contains", "starts with", "ends with", "matches", "split",
    "string join",
)  # fmt: skip
LISTS = (
    "list contains", "list replace", "count", "min", "max", "sum", "mean", "all", "any",
    "sublist", "append", "concatenate", "insert before", "remove", "reverse", "index of",
    "union", "distinct values", "flatten", "product", "median", "stddev", "mode", "sort",
)  # fmt: skip
NUMBERS = (
    "decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down",
    "abs", "modulo", "sqrt", "log", "exp", "odd", "even",
)  # fmt: skip
RANGES = (
    "before", "after", "meets", "met by", "overlaps", "overlaps before", "overlaps after",
    "finishes", "finished by", "includes", "during", "starts", "started by", "coincides",
)  # fmt: skip
TEMPORAL = ("day of year", "day of week", "month of year", "week of year", "now", "today")
OTHER = ("not", "is", "get value", "get entries", "context put", "context merge")

NAMES = frozenset(CONVERSION + STRINGS + LISTS + NUMBERS + RANGES + TEMPORAL + OTHER)

BUILT_IN = Frame(dict.fromkeys(NAMES))
