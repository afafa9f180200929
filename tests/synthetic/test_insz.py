from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.synthetic import City
from vanzelf.synthetic.insz import number, numbers, serials


def check_digits_hold(insz: str, born: date) -> bool:
    """The rule as the National Register states it, apart from our own arithmetic."""
    prefix = "2" if born.year >= 2000 else ""
    return 97 - int(prefix + insz[:9]) % 97 == int(insz[9:])


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(1, 998))
def test_number_is_a_tst_number_of_its_birth_date(born: date, serial: int) -> None:
    insz = number(born.isoformat(), serial)
    assert len(insz) == 11
    assert insz[:6] == f"{born:%y}{born.month + 60}{born:%d}"
    assert int(insz[6:9]) == serial
    assert check_digits_hold(insz, born)


def test_number_agrees_with_a_public_test_number() -> None:
    assert number("1967-12-24", 997) == "67722499797"


def test_serials_on_a_crowded_day_differ() -> None:
    born = np.full(900, np.datetime64("1990-05-05"))
    female = np.arange(900) % 2 == 0
    drawn = numbers(born, serials(born, female)).to_pylist()
    assert len(set(drawn)) == 900


def test_serials_run_out_with_a_message() -> None:
    born = np.full(491, np.datetime64("1990-05-05"))
    with pytest.raises(ValueError, match="more than 490 births of one sex on one day"):
        serials(born, np.zeros(491, dtype=bool))


def test_numbers_of_the_city_are_unique_and_fit_the_person(city: City) -> None:
    people = city.persons.select(["insz", "birth_date", "sex"]).to_pydict()
    assert len(set(people["insz"])) == city.persons.num_rows
    wrong = [
        insz
        for insz, born, sex in zip(*people.values(), strict=True)
        if insz[:6] != f"{born:%y}{born.month + 60}{born:%d}"
        or (int(insz[6:9]) % 2 == 1) != (sex == "M")
        or not check_digits_hold(insz, born)
    ]
    assert wrong == []
