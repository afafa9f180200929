"""Python values taken in as FEEL values."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from vanzelf import feel
from vanzelf.feel.values.kinds import adopt, adopt_deep, kind


class Day(date):
    pass


class Moment(datetime):
    pass


class Clock(time):
    pass


class Length(timedelta):
    pass


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Day(2026, 1, 15), date(2026, 1, 15)),
        (Moment(2026, 1, 15, 10, 30, tzinfo=UTC), datetime(2026, 1, 15, 10, 30, tzinfo=UTC)),
        (Clock(10, 30), time(10, 30)),
        (Length(days=-1, microseconds=5), timedelta(days=-1, microseconds=5)),
    ],
)
def test_subclass_of_temporal_type_becomes_that_type(value: object, plain: object) -> None:
    found = adopt(value)
    assert found == plain
    assert type(found) is type(plain)
    assert feel.evaluate("a = b", {"a": value, "b": plain}) is True


@pytest.mark.parametrize(
    "value",
    [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), float("nan"), 10**7000],
    ids=["nan", "signalling nan", "infinity", "float nan", "too big"],
)
def test_what_is_no_number_is_null(value: object) -> None:
    assert feel.evaluate("a", {"a": value}) is None
    assert feel.evaluate("a < 1", {"a": value}) is None
    assert feel.evaluate("b[1]", {"b": [value]}) is None


def test_number_of_many_digits_is_rounded_to_34() -> None:
    assert adopt_deep([Decimal("1" * 40)]) == [Decimal("1" * 34 + "000000")]


@pytest.mark.parametrize("value", [b"bytes", object(), 1j])
def test_what_feel_has_no_kind_for_is_null(value: object) -> None:
    assert kind(adopt(value)) == "null"
