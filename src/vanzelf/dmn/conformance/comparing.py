"""Whether a value is what a case expects: exact in everything but the last digits of numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from vanzelf.feel.values import zones
from vanzelf.feel.values.comparison import equal
from vanzelf.feel.values.kinds import kind

TOLERANCE: Final = Decimal("1e-8")
"""How far a number may be off, relative to what is expected, and at most so much in itself."""


def alike(expected: object, got: object) -> bool:
    """Whether both are of one kind and equal, members too; null is like null only."""
    if isinstance(expected, list):
        return (
            isinstance(got, list) and len(got) == len(expected)
            and all(map(alike, expected, got))
        )  # fmt: skip
    if isinstance(expected, dict):
        return (
            isinstance(got, dict) and got.keys() == expected.keys()
            and all(alike(value, got[key]) for key, value in expected.items())
        )  # fmt: skip
    if expected is None or kind(expected) != kind(got):
        return expected is got
    if isinstance(expected, Decimal) and isinstance(got, Decimal):
        return near(expected, got)
    return equal(expected, got) is True and _offset(expected) == _offset(got)


def near(expected: Decimal, got: Decimal) -> bool:
    return abs(expected - got) <= TOLERANCE * min(abs(expected), Decimal(1))


def _offset(value: object) -> object:
    """The offset of a time from UTC: a case file cannot write the name of a zone."""
    if kind(value) in ("time", "date and time"):
        return zones.time_offset(value)  # type: ignore[arg-type]
    return None
