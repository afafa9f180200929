"""Text of dates and times, and the text read again."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.feel.values.temporal_values import temporal_values
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.temporal import parse_at, parse_date, parse_date_time, parse_time
from vanzelf.feel.values.text import text
from vanzelf.feel.values.wide import DATE_TIME, TIME, since_midnight
from vanzelf.feel.values.zones import zone_text


@given(temporal_values)
def test_text_read_again_gives_the_value(value: object) -> None:
    found = parse_at(text(value))
    assert kind(found) == kind(value)
    assert text(found) == text(value)
    if isinstance(value, (*DATE_TIME, *TIME)) and isinstance(found, (*DATE_TIME, *TIME)):
        assert since_midnight(found) == since_midnight(value)
        assert zone_text(found) == zone_text(value)
    else:
        assert found == value


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-15", "-0044-03-15", "0000-02-29", "99999-12-31", "-999999999-01-01",
    ],
)  # fmt: skip
def test_date_is_written_as_it_is_read(written: str) -> None:
    assert text(parse_date(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "26-01-15", "02026-01-15", "+2026-01-15", "2026-1-15", "2026-01-15Z", "1000000000-01-01",
        "-0001-02-29", " 2026-01-15", "2026-01-1५",
    ],
)  # fmt: skip
def test_text_that_is_no_date(written: str) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("10:20:30.123456789", "10:20:30.123456789"),
        ("10:20:30.1234567899", "10:20:30.123456789"),
        ("10:20:30.120", "10:20:30.12"),
        ("10:20:30+01:02:03", "10:20:30+01:02:03"),
        ("10:20:30-00:00", "10:20:30Z"),
        ("10:20:30@Europe/Brussels", "10:20:30@Europe/Brussels"),
        ("24:00:00", "00:00:00"),
        ("24:00:00.1", "null"),
        ("24:00:01", "null"),
        ("10:60:00", "null"),
        ("10:20:60", "null"),
        ("10:20", "null"),
        ("10:20:30.", "null"),
        ("10:20:30+19:00", "null"),
        ("10:20:30@Nowhere/Land", "null"),
        ("10:20:30@../etc/passwd", "null"),
    ],
)
def test_time_is_read(written: str, read: str) -> None:
    assert text(parse_time(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-12-31T24:00:00", "2027-01-01T00:00:00"),
        ("9999-12-31T24:00:00", "10000-01-01T00:00:00"),
        ("-0001-12-31T24:00:00Z", "0000-01-01T00:00:00Z"),
        ("999999999-12-31T24:00:00", "null"),
        ("2026-12-31", "2026-12-31T00:00:00"),
        ("-99999-12-31T11:22:33.01@Asia/Tokyo", "-99999-12-31T11:22:33.01@Asia/Tokyo"),
        ("2026-02-30T10:00:00", "null"),
        ("2026-12-31 10:00:00", "null"),
    ],
)  # fmt: skip
def test_date_and_time_is_read(written: str, read: str) -> None:
    assert text(parse_date_time(written)) == read
