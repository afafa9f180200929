"""Conversion functions (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

import re
from decimal import Decimal

from vanzelf.feel import ast
from vanzelf.feel.builtins.registry import REGISTRY, built_in
from vanzelf.feel.constants import constant, make_range
from vanzelf.feel.limits import CHARACTERS, charge
from vanzelf.feel.messages import report
from vanzelf.feel.parsing import parse
from vanzelf.feel.syntax.errors import FeelSyntaxError
from vanzelf.feel.values import durations, temporal, wide, zones
from vanzelf.feel.values.arithmetic import MAX_STRING
from vanzelf.feel.values.comparison import less
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.numbers import as_integer, parse_number
from vanzelf.feel.values.text import text
from vanzelf.feel.values.wide import Date, DateTime, Duration, Time

_SEPARATORS = (" ", ",", ".", None)
_LITERAL_FUNCTIONS = ("date", "time", "date and time", "duration")
_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)


@built_in("string", "from: any")
def string(value: object) -> str | None:
    if value is None:
        return None
    written = text(value)
    charge(len(written) // CHARACTERS)
    if len(written) > MAX_STRING:
        return report(f"a string longer than {MAX_STRING} characters")
    return written


@built_in(
    "number", "from: string, grouping separator: string|null?, decimal separator: string|null?"
)
def number(value: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    """The number in a text, such as `1 500,25` with a space and a comma as separators."""
    if grouping not in _SEPARATORS or point not in (".", ",", None):
        return report("a separator is a space, comma or point")
    if grouping is not None and grouping == (point or "."):
        return report("grouping and decimal separator differ")
    if grouping:
        value = value.replace(grouping, "")
    if point == ",":
        if "." in value:
            return report("a point is no separator here")
        value = value.replace(",", ".")
    return parse_number(value) if _NUMBER.fullmatch(value) else report("this is not a number")


@built_in("number", "from: number")
def number_of(value: Decimal) -> Decimal:
    return value


@built_in("duration", "from: string")
def duration(value: str) -> YearsMonths | Duration | None:
    found = durations.parse_duration(value)
    return found if found is not None else report(f"not a duration: {value}")


@built_in("duration", "from: duration")
def duration_of(value: object) -> object:
    return value


@built_in("years and months duration", "from: date|moment, to: date|moment")
def years_and_months_duration(start: Date, end: Date) -> YearsMonths | None:
    """The whole months from one day to another; negative if the other is earlier."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return durations.years_months(months)


@built_in("date", "from: string")
def date_from_text(value: str) -> Date | None:
    found = temporal.parse_date(value)
    return found if found is not None else report(f"not a date: {value}")


@built_in("date", "from: date|moment")
def date_of(value: Date | DateTime) -> Date:
    return wide.date_part(value) if isinstance(value, wide.DATE_TIME) else value


@built_in("date", "year: number, month: number, day: number")
def date_from_parts(year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    parts = [as_integer(part) for part in (year, month, day)]
    if None in parts:
        return report("a date is made of whole numbers")
    found = wide.date_of(*[part or 0 for part in parts])
    return found if found is not None else report("there is no such date")


@built_in("time", "from: string")
def time_from_text(value: str) -> Time | None:
    found = temporal.parse_time(value)
    return found if found is not None else report(f"not a time: {value}")


@built_in("time", "from: date|moment|time")
def time_of(value: Date | DateTime | Time) -> Time:
    if isinstance(value, wide.TIME):
        return value
    return wide.time_part(value if isinstance(value, wide.DATE_TIME) else zones.at_midnight(value))


@built_in(
    "time",
    "hour: number, minute: number, second: number, offset: days and time duration|null?",
)
def time_from_parts(
    hour: Decimal, minute: Decimal, second: Decimal, shift: Duration | None = None
) -> Time | None:
    zone = None if shift is None else zones.offset(shift)
    if shift is not None and zone is None:
        return report("an offset is of whole seconds and at most 18 hours")
    hours, minutes = as_integer(hour), as_integer(minute)
    if hours is None or minutes is None:
        return report("hours and minutes are whole numbers")
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= second < 60):
        return report("there is no such time")
    clock = hours * wide.HOUR + minutes * wide.MINUTE + int(second * wide.SECOND)
    return wide.time_of(clock, zone)


@built_in("date and time", "from: string")
def date_time_from_text(value: str) -> DateTime | None:
    found = temporal.parse_date_time(value)
    return found if found is not None else report(f"not a date and time: {value}")


@built_in("date and time", "from: date|moment")
def date_time_of(value: Date | DateTime) -> DateTime:
    return value if isinstance(value, wide.DATE_TIME) else zones.at_midnight(value)


@built_in("date and time", "date: date|moment, time: time")
def date_time_from_parts(day: Date | DateTime, clock: Time) -> DateTime:
    return wide.date_time_of(date_of(day), clock)


@built_in("range", "from: string")
def range_(value: str) -> object:
    """A range from its text, with literals at its ends: `[1..5)`, `[date("2026-01-01")..…]`."""
    try:
        tree = parse(value)
    except FeelSyntaxError:
        tree = ast.Null()
    if not isinstance(tree, ast.Range) or tree.low is None or tree.high is None:
        return report(f"not a range: {value}")
    low, high = _literal(tree.low), _literal(tree.high)
    if low is None or high is None or low[0] is None or high[0] is None:
        return report("the ends of a range in a text are literals")
    if less(high[0], low[0]) is not False:
        return report("the ends of a range in a text are in order")
    return make_range(low[0], high[0], tree.low_included, tree.high_included)


def _literal(node: ast.Node) -> tuple[object] | None:
    """The value of a literal, or of a conversion of one text such as `date("2026-01-15")`."""
    if isinstance(node, ast.Call) and isinstance(node.function, ast.Name):
        texts = node.arguments
        if node.function.name in _LITERAL_FUNCTIONS and len(texts) == 1:
            written = constant(texts[0])
            return (REGISTRY[node.function.name].call(written),) if written else None
    return constant(node)
