from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.invented import ANNA, number
from vanzelf.sources.insz import InszError, Kind, check_digits, oddity, parse

REAL_FORM = "85073003328"  # the example of python-stdnum's documentation
BIS_FORM = "98472899765"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (REAL_FORM, Kind.REGISTER),
        ("85.07.30-033.28", Kind.REGISTER),
        (" 85 07 30 033 28 ", Kind.REGISTER),
        ("17073003384", Kind.REGISTER),
        (BIS_FORM, Kind.BIS),
        ("01490700185", Kind.BIS),
    ],
)
def test_parse_kinds(text: str, kind: Kind) -> None:
    assert parse(text).kind is kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "length"),
        ("8507300332", "length"),
        ("850730033281", "length"),
        ("8507300332X", "characters"),
        ("８５073003328", "characters"),
        ("85073003329", "check-digits"),
        ("85153003320", "check-digits"),
        ("98472899766", "check-digits"),
        (ANNA, "test-number"),
    ],
)
def test_parse_typed_number_that_cannot_be(text: str, code: str) -> None:
    with pytest.raises(InszError) as error:
        parse(text)
    assert error.value.code == code
    assert str(error.value)


def test_parse_month_that_does_not_exist() -> None:
    first_nine = "851530033"
    with pytest.raises(InszError) as error:
        parse(first_nine + check_digits(first_nine, born_from_2000=False))
    assert error.value.code == "date"


def test_parse_test_number_when_allowed() -> None:
    assert parse(ANNA, allow_test=True).kind is Kind.TEST


def test_parse_test_number_with_wrong_digits() -> None:
    with pytest.raises(InszError) as error:
        parse("01691214397", allow_test=True)
    assert error.value.code == "check-digits"


def test_oddity_flags_what_a_source_sent() -> None:
    assert oddity("01691214397") == "insz-check-digits:01691214397"
    assert oddity(ANNA) is None


def test_formatted_as_people_write_it() -> None:
    assert parse(REAL_FORM).formatted == "85.07.30-033.28"


@given(
    st.integers(0, 99), st.integers(61, 72), st.integers(1, 28), st.integers(1, 997), st.booleans()
)
def test_parse_takes_every_test_number_back(
    year: int, month: int, day: int, counter: int, young: bool
) -> None:
    made = number(f"{year:02d}{month}{day:02d}{counter:03d}", born_from_2000=young and year < 50)
    parsed = parse(made, allow_test=True)
    assert (parsed.number, parsed.kind) == (made, Kind.TEST)
    assert parse(parsed.formatted, allow_test=True) == parsed


@given(st.text(max_size=14))
def test_parse_never_crashes(text: str) -> None:
    with contextlib.suppress(InszError):
        assert len(parse(text, allow_test=True).number) == 11
