"""The text of a value: what FEEL's `string()` gives (DMN 1.5, table 72)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from vanzelf.feel.syntax.lexer import quoted
from vanzelf.feel.values.durations import YearsMonths, days_time_text
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.kinds import adopt
from vanzelf.feel.values.numbers import number_text
from vanzelf.feel.values.ranges import Excluded, Range
from vanzelf.feel.values.temporal import date_text, date_time_text, time_text
from vanzelf.feel.values.unknown import Unknown
from vanzelf.feel.values.wide import DATE, DATE_TIME, DURATION, TIME

MAX_TEXT: Final = 1_000_000
"""Characters; a longer text ends in `…`."""

_PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")
_MOST_LEVELS = 100


def text(value: object) -> str:
    """A value as FEEL writes it: `42`, `2026-01-15`, `P1Y`, `[1, 2]`, `{a: "b"}`.

    A string is itself, without quotes; inside a list or context it is quoted. Null is `null`
    and an unknown `UNKNOWN`.
    """
    if isinstance(value, str):
        return value
    parts: list[str] = []
    length = 0
    for part in _parts(value, 0):
        parts.append(part)
        length += len(part)
        if length > MAX_TEXT:
            parts.append("…")
            break
    return "".join(parts)


def _parts(value: object, level: int) -> Iterator[str]:
    if level > _MOST_LEVELS:
        yield "…"
    elif isinstance(value, str):
        yield quoted(value)
    elif isinstance(value, list):
        yield from _joined("[", [("", element) for element in value], "]", level)
    elif isinstance(value, dict):
        yield from _joined(
            "{", [(f"{_key(k)}: ", member) for k, member in value.items()], "}", level
        )
    elif isinstance(value, Range):
        yield from _range_parts(value, level)
    else:
        yield _atom(value)


def _joined(
    opening: str, members: list[tuple[str, object]], closing: str, level: int
) -> Iterator[str]:
    yield opening
    for index, (label, member) in enumerate(members):
        yield f"{', ' if index else ''}{label}"
        yield from _parts(member, level + 1)
    yield closing


def _range_parts(value: Range, level: int) -> Iterator[str]:
    if value.form != "..":
        yield f"({value.form} "
        yield from _parts(value.high if "<" in value.form else value.low, level + 1)
        yield ")"
        return
    yield "(["[value.low_included]
    yield from _parts(value.low, level + 1)
    yield ".."
    yield from _parts(value.high, level + 1)
    yield ")]"[value.high_included]


def _atom(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, DATE_TIME):
        return date_time_text(value)
    if isinstance(value, DATE):
        return date_text(value)
    if isinstance(value, TIME):
        return time_text(value)
    if isinstance(value, DURATION):
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
        return f"(!= {''.join(_parts(value.value, 1))})"
    adopted = adopt(value)
    return "null" if adopted is value else text(adopted)


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)
