"""Households that could be: who lives with whom, and at which age."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from vanzelf.synthetic import City

CHILDREN, PARTNERS = ("03", "13"), ("02", "21", "22")
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def homes(village: City) -> list[tuple[dict[str, Any], Rows]]:
    members: dict[int, Rows] = {}
    for person in village.persons.to_pylist():
        members.setdefault(person["household"], []).append(person)
    return [(home, members[home["household"]]) for home in village.households.to_pylist()]


def test_private_households_have_one_reference_person_and_she_comes_first(
    homes: list[tuple[dict[str, Any], Rows]],
) -> None:
    for home, members in homes:
        if home["collective"]:
            assert {member["position"] for member in members} == {"20"}
            assert home["reference_insz"] is None
        else:
            assert [member["position"] for member in members].count("01") == 1
            assert members[0]["position"] == "01"
            assert home["reference_insz"] == members[0]["insz"]
            assert home["dependants"] == len(members) - 1


def test_households_have_at_most_one_partner_of_adult_age(
    homes: list[tuple[dict[str, Any], Rows]],
) -> None:
    for _, members in homes:
        partners = [member for member in members if member["position"] in PARTNERS]
        assert len(partners) <= 1
        assert all(_years(partner, members[0]) < 45 for partner in partners)


def test_parents_are_of_an_age_to_have_their_children(city: City) -> None:
    columns = city.persons.select(["household", "position", "birth_date", "sex"]).to_pydict()
    people = list(zip(*columns.values(), strict=True))
    parents = [row for row in people if row[1] == "01" or row[1] in PARTNERS]
    last_parent: dict[int, date] = {}
    mother: dict[int, date] = {}  # the younger of two
    for home, _, born, sex in parents:
        last_parent[home] = max(born, last_parent.get(home, born))
        if sex == "F":
            mother[home] = max(born, mother.get(home, born))
    children = [row for row in people if row[1] in CHILDREN]
    earliest = min((born - last_parent[home]).days for home, _, born, _ in children)
    latest = max((born - mother[home]).days for home, _, born, _ in children if home in mother)
    assert earliest / 365.25 >= 17
    assert latest / 365.25 <= 50


def test_persons_stand_by_household_and_private_households_come_first(city: City) -> None:
    homes = city.persons["household"].to_pylist()
    assert homes == sorted(homes)
    assert city.persons["person"].to_pylist() == list(range(1, city.persons.num_rows + 1))
    numbers = city.households["household"].to_pylist()
    assert numbers == list(range(1, len(numbers) + 1))
    collective = city.households["collective"].to_pylist()
    assert collective == sorted(collective)


def test_nobody_is_born_after_the_reference_day(city: City) -> None:
    assert max(city.persons["birth_date"].to_pylist()) <= city.on


def test_no_birth_date_holds_a_crowd(city: City) -> None:
    per_day = Counter(city.persons["birth_date"].to_pylist())
    assert max(per_day.values()) < 60


def _years(one: dict[str, Any], other: dict[str, Any]) -> float:
    return float(abs((one["birth_date"] - other["birth_date"]).days) / 365.25)


def test_couples_are_mostly_of_two_sexes_and_lone_parents_mostly_women(city: City) -> None:
    columns = city.persons.select(["household", "position", "sex"]).to_pydict()
    people = list(zip(*columns.values(), strict=True))
    lead = {home: sex for home, position, sex in people if position == "01"}
    mixed = [sex != lead[home] for home, position, sex in people if position in PARTNERS]
    assert 0.96 < sum(mixed) / len(mixed) < 0.99
    paired = {home for home, position, _ in people if position in PARTNERS}
    parents = {home for home, position, _ in people if position in CHILDREN} - paired
    women = sum(lead[home] == "F" for home in parents)
    assert 0.78 < women / len(parents) < 0.86
