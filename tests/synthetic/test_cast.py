from __future__ import annotations

from datetime import date

from vanzelf.synthetic import City, build, cast
from vanzelf.synthetic.cast import tables
from vanzelf.synthetic.insz import number


def test_cast_has_unique_keys_and_numbers() -> None:
    personas = cast()
    assert len({persona.key for persona in personas}) == len(personas)
    assert len({persona.insz for persona in personas}) == len(personas)
    assert personas[0].key == "amina"
    assert personas[0].story("en") != personas[0].story()


def test_cast_is_in_every_city_under_the_first_numbers(village: City) -> None:
    for city in (village, build(seed=99, residents=700)):
        first = city.households["reference_insz"].to_pylist()[: len(cast())]
        assert first == [persona.insz for persona in cast()]


def test_numbers_of_the_cast_fit_and_are_kept_for_it(city: City) -> None:
    persons, _ = tables(city.on)
    for person in persons.to_pylist():
        serial = int(person["insz"][6:9])
        assert serial > 980
        assert person["insz"] == number(person["birth_date"].isoformat(), serial)
        assert (serial % 2 == 1) == (person["sex"] == "M")
    others = city.persons["insz"].to_pylist()[persons.num_rows :]
    assert max(int(insz[6:9]) for insz in others) <= 980


def test_stories_are_what_the_columns_say() -> None:
    persons, households = tables(date(2026, 11, 22))
    lead = {row["reference_insz"]: row for row in households.to_pylist()}
    people = {row["insz"]: row for row in persons.to_pylist()}
    by_key = {persona.key: persona.insz for persona in cast()}

    def person(key: str) -> dict[str, object]:
        return dict(people[by_key[key]])

    assert person("amina")["increased_reimbursement"] is True
    assert lead[by_key["amina"]]["dependants"] == 4
    assert person("bram")["increased_reimbursement"] is None
    assert person("godelieve")["elderly_income_guarantee"] is True
    assert lead[by_key["wouter"]]["municipality"] == "44043"
    assert lead[by_key["wouter"]]["address_since"] == date(2026, 11, 10)
    assert person("joris")["source_trouble"] == "busy"
    assert lead[by_key["katrien"]]["family_errors"] is True
    assert person("yara")["living_wage_since"] == date(2026, 9, 22)
    assert lead[by_key["elif"]]["due_date"] == date(2027, 1, 10)
    assert person("dirk")["increased_reimbursement_until"] == date(2024, 12, 31)
    assert lead[by_key["svetlana"]]["municipality"] is None
