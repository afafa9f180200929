"""The files of a card: what is written is read back, and what is not a file is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.eid.virtual_card import fields, identity
from vanzelf.sources.eid.errors import CardError, Trouble
from vanzelf.sources.eid.files import read_fields, read_identity

TEXTS = st.text(st.characters(codec="utf-8"), max_size=600)


@given(st.dictionaries(st.integers(1, 255), TEXTS, max_size=12), st.integers(0, 40))
def test_read_fields_gives_back_what_was_written(values: dict[int, str], filling: int) -> None:
    expected = {tag: value.encode() for tag, value in values.items()}
    assert read_fields(fields(values) + b"\0" * filling) == expected


@given(st.binary(max_size=300))
def test_read_identity_of_anything_else_is_unreadable(content: bytes) -> None:
    with pytest.raises(CardError) as error:
        read_identity(content)
    assert error.value.trouble is Trouble.UNREADABLE


def test_read_identity_with_its_dates() -> None:
    found = read_identity(identity(begin="09.11.2021", end="09.11.2031"))
    assert (found.valid_from, found.valid_until) == (date(2021, 11, 9), date(2031, 11, 9))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (identity(end="31.02.2030"), "a date on it does not exist"),
        (identity(insz="8464061899"), "the national number has no eleven digits"),
        (identity(insz="٨٤٦٤٠٦١٨٩٩٧"), "the national number has no eleven digits"),
        (identity()[:30], "cut off"),
        (identity() + b"\x06\x0b84640618997", "field 0x06 comes twice"),
        (fields({0x06: "84640618997"}) + b"\x07\x02\xff\xff", "field 0x07 is not UTF-8"),
        (b"\x07\xff\xff", "it ends within a length"),
        (b"", "the national number has no eleven digits"),
    ],
)
def test_read_identity_that_is_not_as_specified(content: bytes, said: str) -> None:
    with pytest.raises(CardError, match=said) as error:
        read_identity(content)
    assert "84640618997" not in str(error.value)
