from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pytest

from vanzelf import population as populations
from vanzelf.population import Population
from vanzelf.population.statistics import TOTAL, Dimensions, Grouping
from vanzelf.rights.dates import full_years
from vanzelf.synthetic import City

ON = date(2026, 2, 28)


@pytest.fixture(scope="module")
def households(population: Population) -> dict[str, Grouping]:
    numbers = population.people.households[: len(population)]
    return {one.dimension: one for one in Dimensions(population, ON).of("gezin", numbers)}


@pytest.fixture(scope="module")
def persons(population: Population) -> dict[str, Grouping]:
    numbers = population.people.persons
    return {one.dimension: one for one in Dimensions(population, ON).of("persoon", numbers)}


def category(grouping: Grouping, place: int) -> str:
    return grouping.categories[grouping.codes[place]]


def test_every_person_has_the_neighbourhood_and_age_of_the_rows(
    persons: dict[str, Grouping], village: City
) -> None:
    where = {home["household"]: home["neighbourhood"] for home in village.households.to_pylist()}
    for place, person in enumerate(village.persons.to_pylist()):
        assert category(persons["neighbourhood"], place) == where[person["household"]]
        low, _, high = category(persons["age"], place).partition("-")
        age = full_years(person["birth_date"], ON)
        assert int(low.removesuffix("+")) <= age <= int(high or 200)


def test_households_are_of_the_type_that_their_members_make(
    households: dict[str, Grouping], village: City
) -> None:
    members: dict[int, list[tuple[int, str]]] = {}
    for person in village.persons.to_pylist():
        found = members.setdefault(person["household"], [])
        found.append((full_years(person["birth_date"], ON), person["position"]))
    kinds = set()
    for place, home in enumerate(village.households.to_pylist()[: len(households[TOTAL].codes)]):
        people = members[home["household"]]
        paired = any(position in ("02", "21", "22") for _, position in people)
        minors = sum(age < 18 for age, _ in people)
        kind = category(households["household"], place)
        kinds.add(kind)
        expected = (
            "alone" if len(people) == 1
            else "couple" if paired and len(people) == 2
            else "couple with children" if paired and minors
            else "lone parent" if minors and len(people) - minors == 1
            else "other"
        )  # fmt: skip
        assert kind == expected
    assert len(kinds) == 5


def test_deciles_are_of_one_size_and_rise_with_income(
    households: dict[str, Grouping], village: City
) -> None:
    deciles = households["decile"]
    incomes = village.households["taxable_income"].to_pylist()[: len(deciles.codes)]
    known = np.array([income is not None for income in incomes])
    assert (deciles.codes[~known] == 10).all()
    sizes = np.bincount(deciles.codes[known])
    assert len(sizes) == 10
    assert sizes.max() - sizes.min() <= 1
    cents = np.array([income or 0 for income in incomes])
    highest = [cents[deciles.codes == place].max() for place in range(10)]
    assert highest == sorted(highest)


def test_dimensions_follow_the_numbers_asked_for(population: Population) -> None:
    dimensions = Dimensions(population, ON)
    whole = dimensions.of("gezin", population.people.households[:50])
    some = dimensions.of("gezin", population.people.households[10:20])
    for all_of_them, few in zip(whole, some, strict=True):
        assert few.codes.tolist() == all_of_them.codes[10:20].tolist()


def test_population_of_nobody_has_the_dimensions_too(village: City, tmp_path: Path) -> None:
    for name, table in (("persons", village.persons), ("households", village.households)):
        parquet.write_table(table.slice(0, 0), tmp_path / f"{name}.parquet")
    nobody = Dimensions(populations.read(tmp_path), ON)
    for unit in ("gezin", "persoon"):
        assert all(not len(one.codes) for one in nobody.of(unit, np.array([], dtype=np.int64)))
