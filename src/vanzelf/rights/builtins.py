"""What the functions in a regulation give: FEEL's own, by name, and the few that rights add."""

from __future__ import annotations

from collections.abc import Sequence

from vanzelf.rights.types import (
    ANY,
    BOOLEAN,
    DATE,
    DURATION,
    ERROR,
    NUMBER,
    TEXT,
    Callable,
    ListOf,
    Quantity,
    Type,
    Words,
    mismatch,
)

FIRST = "first"
"""The type of the first argument, or of its members when that is a list."""
LIST = "list"
"""A list of what the first argument holds."""

_NAMES: dict[Type | str, str] = {
    NUMBER: "number, string length, count, product, stddev, day of year, week of year, index of, "
    "exp, log, sqrt, decimal places",
    BOOLEAN: "not, contains, starts with, ends with, matches, list contains, all, any, is, before, "
    "after, meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by, "
    "includes, during, starts, started by, coincides, odd, even",
    TEXT: "string, substring, upper case, lower case, substring before, substring after, replace, "
    "string join, day of week, month of year",
    DATE: "date, date and time, time, now, today, last day of month",
    DURATION: "duration, years and months duration",
    FIRST: "sum, min, max, mean, median, abs, floor, ceiling, decimal, modulo, round up, "
    "round down, round half up, round half down",
    LIST: "append, concatenate, insert before, remove, reverse, union, distinct values, flatten, "
    "sort, sublist, mode, list replace",
    ANY: "range, context, context put, context merge, get value, get entries, split",
}
GIVES: dict[str, Type | str] = {
    name.strip(): gives for gives, names in _NAMES.items() for name in names.split(",")
}
"""Every built-in of FEEL and what it gives."""

OPAQUE = frozenset({"range", "context", "context put", "context merge", "get value", "get entries"})
"""Built-ins of which the type of the result cannot be told: a period could slip through them."""

DATE_MEMBERS = frozenset(
    {"year", "month", "day", "weekday", "hour", "minute", "second", "years", "months", "days"}
    | {"hours", "minutes", "seconds", "time offset", "timezone"}
)

AGREE = frozenset(
    {"sum", "min", "max", "mean", "median", "append", "concatenate", "union", "list contains"}
    | {"index of", "is", "before", "after", "meets", "met by", "overlaps", "overlaps before"}
    | {"overlaps after", "finishes", "finished by", "includes", "during", "starts", "started by"}
    | {"coincides"}
)
"""Built-ins whose arguments, or the members of these, are of one type."""

PUT_IN = frozenset({"insert before", "list replace"})
"""Built-ins whose last argument becomes a member of the list that comes first."""

FORBIDDEN = frozenset({"now", "today"})
"""Built-ins that would bring in a clock: a verdict depends on the day it is asked for alone."""

AGE = Callable("leeftijd", (DATE, DATE), NUMBER)
PER_MONTH = Callable("per maand", (Quantity(per="jaar"),), Quantity(per="maand"))
PER_YEAR = Callable("op jaarbasis", (Quantity(per="maand"),), Quantity(per="jaar"))
PER_WEEK = Callable("per week", (Quantity(per="maand"), NUMBER), Quantity(per="week"))
ADDED: dict[str, Type] = {
    "leeftijd": AGE,
    "per maand": PER_MONTH,
    "op jaarbasis": PER_YEAR,
    "per week": PER_WEEK,
    "peildatum": DATE,
}
"""What rights add to FEEL: three crossings between periods, an age and the reference date."""


def result(name: str, given: Sequence[Type]) -> Type:
    """What a built-in gives for arguments of these types."""
    gives = GIVES[name]
    if not isinstance(gives, str):
        return gives
    if not given:
        return ANY
    first = given[0]
    if gives == LIST:
        return first if isinstance(first, ListOf) else ListOf(first)
    element = first.element if isinstance(first, ListOf) else first
    if isinstance(element, Quantity) and element.literal:
        return next(
            (item for item in given if not (isinstance(item, Quantity) and item.literal)), NUMBER
        )
    return TEXT if isinstance(element, Words) else element


def fits(wanted: Type, found: Type) -> bool:
    """Whether a function that takes the one may be given the other."""
    if wanted == found or found in (ANY, ERROR):
        return True
    if isinstance(wanted, Quantity) and isinstance(found, Quantity):
        return wanted.per == found.per and not (wanted == NUMBER and found.money)
    return mismatch(wanted, found) is None


def crossed(function: Callable, given: Sequence[Type]) -> Type:
    """A crossing between periods keeps whether it is money."""
    if function in (PER_MONTH, PER_YEAR, PER_WEEK) and isinstance(function.gives, Quantity):
        money = isinstance(given[0], Quantity) and given[0].money
        return Quantity(money, function.gives.per)
    return function.gives
