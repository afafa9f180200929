from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.rights.dates import PERIOD_LABELS, REFERENCE_DATES, full_years


@pytest.mark.parametrize(
    ("rule", "on", "expected"),
    [
        ("day of the check", "2026-02-28", "2026-02-28"),
        ("first day of the month", "2026-02-28", "2026-02-01"),
        ("first day of the quarter", "2026-03-31", "2026-01-01"),
        ("first day of the quarter", "2026-12-31", "2026-10-01"),
        ("1 January of the year", "2026-12-31", "2026-01-01"),
        ("1 January of the year before", "2026-01-01", "2025-01-01"),
        ("start of the school year (1 September)", "2026-08-31", "2025-09-01"),
        ("start of the school year (1 September)", "2026-09-01", "2026-09-01"),
        ("start of the award year (1 October)", "2026-09-30", "2025-10-01"),
        ("start of the award year (1 October)", "2026-10-01", "2026-10-01"),
    ],
)
def test_reference_date(rule: str, on: str, expected: str) -> None:
    assert REFERENCE_DATES[rule](date.fromisoformat(on)).isoformat() == expected


@pytest.mark.parametrize(
    ("rule", "on", "expected"),
    [
        ("kalenderjaar", "2026-12-31", "2026"),
        ("kwartaal", "2026-03-31", "2026-K1"),
        ("kwartaal", "2026-04-01", "2026-K2"),
        ("maand", "2026-01-31", "2026-01"),
        ("schooljaar", "2026-08-31", "2025-2026"),
        ("toekenningsjaar", "2026-10-01", "2026-2027"),
        ("eenmalig", "2026-10-01", "eenmalig"),
    ],
)
def test_period_label(rule: str, on: str, expected: str) -> None:
    assert PERIOD_LABELS[rule](date.fromisoformat(on)) == expected


@given(st.dates(date(1900, 1, 1)), st.sampled_from(sorted(REFERENCE_DATES)))
def test_reference_date_never_lies_after_the_check(on: date, rule: str) -> None:
    assert REFERENCE_DATES[rule](on) <= on


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        ("2008-12-31", "2026-01-01", 17),
        ("2008-12-31", "2026-12-30", 17),
        ("2008-12-31", "2026-12-31", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-29", 20),
        ("2026-01-01", "2026-01-01", 0),
    ],
)
def test_age_in_full_years(birth: str, on: str, years: int) -> None:
    assert full_years(date.fromisoformat(birth), date.fromisoformat(on)) == years
