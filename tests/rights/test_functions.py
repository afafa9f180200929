"""Tables, crossings between periods and ages, as expressions in a regulation see them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from vanzelf.feel import UNKNOWN, Unknown, evaluate
from vanzelf.rights.functions import FUNCTIONS, parameter_values
from vanzelf.rights.model import Dated, LawReference, Parameter, Row

LAW = (LawReference("wet", "Wet", "https://example.org"),)
DAY = date(2026, 1, 15)


def table(by: str, *rows: Row) -> Parameter:
    dated = Dated(date(2025, 1, 1), None, rows, LAW, True, {})
    return Parameter("tarief", "money", None, by, {}, (dated,))


BY_NUMBER = table(
    "number",
    Row("0", 0, 0, Decimal(42)),
    Row("1 tot en met 3", 1, 3, Decimal(63)),
    Row("4 tot en met 5", 4, 5, None),
    Row("6 of meer", 6, None, Decimal(126)),
)
BY_TEXT = table(
    "text",
    Row("alleen", None, None, Decimal(1)),
    Row("anders", None, None, Decimal(2)),
)


def worth(expression: str, parameter: Parameter = BY_NUMBER, on: date = DAY, **facts: Any) -> Any:
    return evaluate(
        expression, {**FUNCTIONS, **parameter_values({"tarief": parameter}, on), **facts}
    )


@pytest.mark.parametrize(
    ("key", "value"), [("0", 42), ("1", 63), ("3", 63), ("6", 126), ("99", 126)]
)
def test_table_gives_the_row_of_a_number(key: str, value: int) -> None:
    assert worth(f"tarief({key})") == Decimal(value)


@pytest.mark.parametrize("key", ["-1", "1.5", "null", '"a"'])
def test_table_gives_null_for_what_is_in_no_row(key: str) -> None:
    assert worth(f"tarief({key})") is None


def test_table_with_a_value_that_the_source_does_not_give() -> None:
    assert worth("tarief(4)") == Unknown(frozenset({"parameter: tarief"}))


def test_table_with_an_unknown_key_keeps_its_cause() -> None:
    cause = Unknown(frozenset({"gezin.personen"}))
    assert worth("tarief(n)", n=cause) == cause


def test_table_by_text_ends_with_the_rest() -> None:
    assert worth('tarief("alleen")', BY_TEXT) == Decimal(1)
    assert worth('tarief("samen")', BY_TEXT) == Decimal(2)


def test_table_before_its_first_date_is_unknown() -> None:
    assert isinstance(worth("tarief(0)", on=date(2024, 12, 31)), Unknown)


def test_crossings_between_periods() -> None:
    assert worth("per maand(18000)") == Decimal(1500)
    assert worth("op jaarbasis(1500)") == Decimal(18000)
    assert worth("per week(450, 4.5)") == Decimal(100)


def test_age_needs_a_birth_before_the_day() -> None:
    assert worth('leeftijd(date("2008-12-31"), date("2026-01-01"))') == Decimal(17)
    assert worth('leeftijd(date("2027-01-01"), date("2026-01-01"))') is None
    assert worth('leeftijd(null, date("2026-01-01"))') is None
    assert worth('leeftijd(g, date("2026-01-01"))', g=UNKNOWN) is UNKNOWN


def test_parameter_holds_between_its_days_inclusive() -> None:
    values = (
        Dated(date(2024, 1, 1), date(2024, 6, 30), Decimal(1), LAW, True, {}),
        Dated(date(2025, 1, 1), None, Decimal(2), LAW, True, {}),
    )
    grens = Parameter("grens", "number", None, None, {}, values)
    days = ("2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01", "2025-01-01", "2030-01-01")
    found = [grens.on(date.fromisoformat(day)) for day in days]
    assert [dated and dated.value for dated in found] == [None, 1, 1, None, 2, 2]
