"""Which kind of value something is, and Python values taken in as FEEL values."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from numbers import Integral, Rational, Real
from typing import Final

from vanzelf.feel.limits import charge
from vanzelf.feel.values import numbers
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.ranges import Excluded, Range
from vanzelf.feel.values.unknown import PartialList, Unknown
from vanzelf.feel.values.wide import WideDate, WideDateTime, WideDuration, WideTime

KINDS: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    WideDate: "date",
    WideTime: "time",
    WideDateTime: "date and time",
    WideDuration: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Excluded: "range",
    Unknown: "unknown",
    PartialList: "unknown",
}

ATOMS: Final = frozenset(KINDS) - {list}
"""Types that are FEEL values as they stand; a list may hold Python values yet to be adopted."""

PRESENT: Final = ATOMS - {type(None)}
"""These but null, which may stand for what is not there."""


def kind(value: object) -> str:
    """The kind of a FEEL value, as FEEL names its types; "unknown" for an unknown."""
    found = KINDS.get(value.__class__)
    if found is not None:
        return found
    if isinstance(value, Unknown):
        return "unknown"
    return "function" if isinstance(value, FeelFunction) else "other"


def adopt(value: object) -> object:
    """A Python value as a FEEL value; the members of contexts are adopted when they are read.

    Ints and floats (numpy's too) become decimals, tuples and sets lists, mappings contexts;
    what FEEL has no kind for is null.
    """
    if value.__class__ in ATOMS or isinstance(value, FeelFunction | Unknown):
        return value
    if isinstance(value, list):
        return value if _is_native(value) else [adopt(element) for element in value]
    return _foreign(value)


def _is_native(values: list[object]) -> bool:
    """Whether a list, with the lists in it, holds FEEL values only."""
    charge(len(values) >> 5)
    if values.__class__ is list and all(map(ATOMS.__contains__, map(type, values))):
        return True
    pending, seen = [values], {id(values)}
    while pending:
        values = pending.pop()
        if values.__class__ is not list:
            return False
        charge(len(values) >> 4)
        for value in values:
            if value.__class__ in ATOMS:
                continue
            if isinstance(value, list):
                if id(value) not in seen:
                    seen.add(id(value))
                    pending.append(value)
            elif not isinstance(value, FeelFunction):
                return False
    return True


def _foreign(value: object) -> object:
    if isinstance(value, Decimal):
        return numbers.bounded(Decimal(value))
    if isinstance(value, int | float):
        return numbers.from_python(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | Set):
        return [adopt(element) for element in value]
    if isinstance(value, Integral):  # such as numpy's, which are no ints
        return numbers.from_python(int(value))
    if isinstance(value, Real) and not isinstance(value, Rational):
        return numbers.from_python(float(str(value)))
    return _temporal(value)


def _temporal(value: object) -> object:
    """A value of a subclass of one of Python's temporal types, as of that type."""
    if isinstance(value, datetime):
        return datetime.combine(_plain_date(value), _plain_time(value.timetz()))
    if isinstance(value, date):
        return _plain_date(value)
    if isinstance(value, time):
        return _plain_time(value)
    if isinstance(value, timedelta):
        return timedelta(value.days, value.seconds, value.microseconds)
    return None


def _plain_date(value: date) -> date:
    return date(value.year, value.month, value.day)


def _plain_time(value: time) -> time:
    clock = (value.hour, value.minute, value.second, value.microsecond)
    return time(*clock, value.tzinfo, fold=value.fold)


def adopt_deep(value: object, depth: int = 0, *, unfit: Unknown | None = None) -> object:
    """A Python value with everything in it as FEEL values.

    `unfit` stands for what FEEL has no kind for, such as NaN, and for all deeper than 100 levels.
    """
    if depth > 100:
        return unfit
    if isinstance(value, list | tuple | Set):
        return [adopt_deep(element, depth + 1, unfit=unfit) for element in value]
    found = adopt(value)
    if found.__class__ is Decimal:
        found = numbers.bounded(found)
    if isinstance(found, dict):
        return {
            str(key): adopt_deep(member, depth + 1, unfit=unfit) for key, member in found.items()
        }
    return unfit if found is None and value is not None else found
