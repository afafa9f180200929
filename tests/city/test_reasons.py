"""Reasons that people write down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.city.reasons import ReasonError, without_number, written
from vanzelf.sources.insz import check_digits

NUMBER = "79710598155"


def test_reason_is_given_back_without_spaces_around_it() -> None:
    assert written("  Het was een vergissing. ") == "Het was een vergissing."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "te kort",
        "." * 25,
        "................... en nu",
        "Vergissingaanhetloketvanmorgen",
        "1234 5678 9012 3456 7890 12",
        "a b c d e f g h i j k l m n",
    ],
)
def test_reason_without_words_is_refused(text: str) -> None:
    with pytest.raises(ReasonError, match="minstens 20 tekens en 3 woorden"):
        written(text)


@pytest.mark.parametrize(
    "number",
    [
        NUMBER,
        "79.71.05-981.55",
        "79 71 05 981 55",
        "797105/981/55",
        "79 . 71 . 05 - 981 . 55",
        "٧٩٧١٠٥٩٨١٥٥",
        "1, 79.71.05-981.55",
        "85.07.30-033.28",
    ],
)
def test_reason_with_a_number_in_it_is_refused(number: str) -> None:
    for refuse in (written, without_number):
        with pytest.raises(ReasonError, match="geen rijksregisternummer"):
            refuse(f"Kwam met kaart {number} naar het loket.")


@pytest.mark.parametrize(
    "digits", ["79.71.05-981.56", f"{NUMBER}0", f"0{NUMBER}", "2026-01-15 10.30", "0497 12 34 56"]
)
def test_reason_with_other_digits_is_taken(digits: str) -> None:
    text = f"Kwam op {digits} naar het loket."
    assert written(text) == text


@given(
    st.integers(1, 99), st.integers(61, 72), st.integers(1, 28), st.integers(1, 997), st.booleans()
)
def test_number_of_an_invented_person_is_always_seen(
    year: int, month: int, day: int, order: int, from_2000: bool
) -> None:
    nine = f"{year % 50 if from_2000 else year:02d}{month}{day:02d}{order:03d}"
    with pytest.raises(ReasonError):
        without_number(f"dossier {nine}{check_digits(nine, from_2000)} gezien")
