"""The text of a value: what FEEL's `string()` gives (DMN 1.5, table 72)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

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
    pending = [_pieces(value)]  # a stack: what is written now, within what
    while pending:
        for piece in pending[-1]:
            if not isinstance(piece, str):
                inside = _pieces(piece) if len(pending) <= _MOST_LEVELS else iter("…")
                pending.append(inside)
                break
            parts.append(piece)
            length += len(piece)
            if length > MAX_TEXT:
                return "".join([*parts, "…"])
        else:
            pending.pop()
    return "".join(parts)


Pieces = Iterator[str | list[object] | dict[str, object] | Range]
"""Text, and values of which the text comes in its place."""


def _pieces(value: object) -> Pieces:
    if isinstance(value, list):
        yield "["
        for index, element in enumerate(value):
            yield ", " if index else ""
            yield _piece(element)
        yield "]"
    elif isinstance(value, dict):
        yield "{"
        for index, (key, member) in enumerate(value.items()):
            yield f"{', ' if index else ''}{_key(key)}: "
            yield _piece(member)
        yield "}"
    elif isinstance(value, Range):
        yield from _range_pieces(value)
    else:
        yield _piece(value)


def _piece(value: Any) -> Any:
    if isinstance(value, list | dict | Range):
        return value
    return quoted(value) if isinstance(value, str) else _atom(value)


def _range_pieces(value: Range) -> Pieces:
    if value.form != "..":
        yield f"({value.form} "
        yield _piece(value.high if "<" in value.form else value.low)
        yield ")"
        return
    yield "(["[value.low_included]
    yield _piece(value.low)
    yield ".."
    yield _piece(value.high)
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
        inside = value.value
        return f"(!= {quoted(inside) if isinstance(inside, str) else text(inside)})"
    adopted = adopt(value)
    return "null" if adopted is value else text(adopted)


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)
