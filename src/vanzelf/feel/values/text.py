"""The text of a value: what FEEL's `string()` gives (DMN 1.5, table 72)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from vanzelf.feel.syntax.lexer import quoted
from vanzelf.feel.values.durations import YearsMonths, days_time_text
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.kinds import adopt
from vanzelf.feel.values.numbers import number_text
from vanzelf.feel.values.ranges import Excluded, Range
from vanzelf.feel.values.temporal import date_time_text, time_text
from vanzelf.feel.values.unknown import Unknown

_PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")
_MOST_LEVELS = 100


def text(value: object) -> str:
    """A value as FEEL writes it: `42`, `2026-01-15`, `P1Y`, `[1, 2]`, `{a: "b"}`.

    A string is itself, without quotes; inside a list or context it is quoted. Null is `null`
    and an unknown `UNKNOWN`.
    """
    return value if isinstance(value, str) else _inside(value, 0)


def _inside(value: object, level: int) -> str:
    if level > _MOST_LEVELS:
        return "…"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(_inside(element, level + 1) for element in value)}]"
    if isinstance(value, dict):
        members = (f"{_key(key)}: {_inside(member, level + 1)}" for key, member in value.items())
        return f"{{{', '.join(members)}}}"
    if isinstance(value, Range):
        if value.form != "..":
            end = value.high if "<" in value.form else value.low
            return f"({value.form} {_inside(end, level + 1)})"
        low, high = _inside(value.low, level + 1), _inside(value.high, level + 1)
        opening, closing = "(["[value.low_included], ")]"[value.high_included]
        return f"{opening}{low}..{high}{closing}"
    return _atom(value)


def _atom(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, datetime):
        return date_time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return time_text(value)
    if isinstance(value, timedelta):
        return days_time_text(value)
    if isinstance(value, YearsMonths):
        return value.text
    return _other(value)


def _other(value: object) -> str:
    if isinstance(value, Unknown):
        return "UNKNOWN"
    if isinstance(value, FeelFunction):
        return f"function({', '.join(value.parameters or ('…',))})"
    if isinstance(value, Excluded):
        return f"(!= {_inside(value.value, 1)})"
    adopted = adopt(value)
    return "null" if adopted is value else text(adopted)


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)
