from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf import rights
from vanzelf.population import Population, PopulationError, read, reader
from vanzelf.rights.facts import Catalogue
from vanzelf.synthetic import City, cast, schema

COMPOSED = {"personen ten laste"}
HOUSEHOLD = ("gemeente", "postcode", "afvalzone", "personen ten laste", "belastbaar inkomen")
MEMBER = (
    "geboortedatum",
    "gemeente",
    "overleden",
    "verhoogde tegemoetkoming",
    "gezin met verhoogde tegemoetkoming",
    "leefloon",
    "parkeerkaart",
    "budgetbeheer",
    "aangepast voertuig",
)
PATHS = [f"gezin.{name}" for name in HOUSEHOLD] + [f"gezin.leden[].{name}" for name in MEMBER]


class Naively:
    """The same reading, row by row, from the written rows: slow, and easy to trust."""

    def __init__(self, village: City, catalogue: Catalogue) -> None:
        self.homes = village.households.to_pylist()
        self.members: dict[int, list[dict[str, Any]]] = {}
        for person in village.persons.to_pylist():
            self.members.setdefault(person["household"], []).append(person)
        self.catalogue = catalogue

    def household(self, position: int, on: date) -> dict[str, object]:
        home = self.homes[position]
        facts: dict[str, object] = {}
        for name in HOUSEHOLD:
            value = home[self.catalogue[f"gezin.{name}"].id]
            if value is None or (name in COMPOSED and home["family_errors"]):
                continue
            facts[name] = Decimal(value) / 100 if "inkomen" in name else value
        if not home["family_errors"] and not home["collective"]:
            people = self.members[home["household"]]
            facts["leden"] = [self.person(person, home, on, MEMBER) for person in people]
        return facts

    def person(
        self, person: dict[str, Any], home: dict[str, Any], on: date, names: tuple[str, ...]
    ) -> dict[str, object]:
        facts: dict[str, object] = {}
        for name in names:
            column = self.catalogue[f"persoon.{name}"].id
            value = person[column] if column in person else home[column]
            if column == "municipality" and person["other_municipality"]:
                value = None
            if column in schema.PERIODS and value:
                begin, end = person[f"{column}_from"], person[f"{column}_until"]
                value = (begin is None or begin <= on) and (end is None or on <= end)
            if value is not None:
                facts[name] = value
        return facts


@pytest.fixture(scope="session")
def naively(village: City, catalogue: Catalogue) -> Naively:
    return Naively(village, catalogue)


@given(data=st.data())
def test_households_give_what_the_rows_say_on_any_day(
    data: st.DataObject, population: Population, naively: Naively
) -> None:
    position = data.draw(st.integers(0, len(population) - 1))
    on = date(2026, 1, 1) + timedelta(days=data.draw(st.integers(-1500, 900)))
    ((number, facts),) = population.households(PATHS, position, position + 1, on=on)
    assert number == naively.homes[position]["household"]
    assert facts == {"gezin": naively.household(position, on)}


def test_households_give_all_private_ones_across_blocks(
    population: Population, naively: Naively, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "BLOCK", 100)
    on = date(2026, 1, 1)
    got = list(population.households(PATHS))
    assert len(got) == len(population) == 1_323
    assert [facts["gezin"] for _, facts in got] == [
        naively.household(position, on) for position in range(len(population))
    ]


def test_households_beyond_the_private_ones_are_not_given(population: Population) -> None:
    assert len(list(population.households(["gezin.gemeente"], len(population) - 2, 10**9))) == 2
    assert population.everyone > len(population)


@given(data=st.data())
def test_persons_give_the_person_and_the_household(
    data: st.DataObject, population: Population, naively: Naively
) -> None:
    position = data.draw(st.integers(0, population.everyone - 1))
    on = date(2026, 6, 30)
    names = ("leefloon", "geboortedatum", "postcode", "woont binnen lage emissiezone")
    paths = [*PATHS, *(f"persoon.{name}" for name in names)]
    got = list(population.persons(paths, position, position + 1, on=on))
    home = naively.homes[position]
    people = naively.members[home["household"]]
    assert [number for number, _ in got] == [person["person"] for person in people]
    assert [facts["persoon"] for _, facts in got] == [
        naively.person(person, home, on, names) for person in people
    ]
    assert all(facts["gezin"] == naively.household(position, on) for _, facts in got)


def test_only_the_facts_asked_for_are_given(population: Population) -> None:
    ((_, facts),) = population.households(["gezin.leden", "gezin.afvalzone"], 0, 1)
    assert facts == {"gezin": {"afvalzone": "Z", "leden": [{}, {}, {}, {}, {}]}}


def test_a_fact_without_a_column_is_left_out(population: Population) -> None:
    paths = ["gezin.gedeelde watermeter", "gezin.leden[].werkbereid"]
    ((_, facts),) = population.households(paths, 1, 2)
    assert facts == {"gezin": {"leden": [{}]}}


def test_a_fact_that_is_not_listed_is_refused(population: Population) -> None:
    with pytest.raises(KeyError, match="schoenmaat"):
        list(population.households(["gezin.schoenmaat"], 0, 1))


def test_members_give_who_lives_there(population: Population, naively: Naively) -> None:
    households = list(population.members(0, 200))
    assert households[0].members[0].insz == cast()[0].insz
    for household in households:
        expected = naively.members[household.number]
        assert [member.insz for member in household.members] == [row["insz"] for row in expected]
        assert household.members[0].position == "01"


def test_why_unknown_gives_the_reason(population: Population) -> None:
    number = {persona.key: position for position, persona in enumerate(cast(), start=1)}
    reimbursement = "gezin.leden[].verhoogde tegemoetkoming"
    assert population.why_unknown(number["bram"], reimbursement) == "no-data"
    assert population.why_unknown(number["joris"], reimbursement) == "busy"
    assert population.why_unknown(number["katrien"], "gezin.leden") == "family-errors"
    assert population.why_unknown(number["svetlana"], "gezin.gemeente") == "missing-code"
    assert population.why_unknown(number["svetlana"], "gezin.leden[].gemeente") == "contradiction"


def test_waste_bags_of_the_cast_follow_their_stories(population: Population) -> None:
    regulation = rights.load()["gent/huisvuilzakken"]
    on = date(2026, 1, 15)
    outcomes = {}
    checked = population.households(regulation.needed, 0, len(cast()), on=on)
    for persona, (_, facts) in zip(cast(), checked, strict=True):
        outcomes[persona.key] = str(regulation.check(facts, on, explain=False).outcome)
    assert outcomes == {
        "amina": "YES",
        "bram": "UNKNOWN",
        "godelieve": "YES",
        "wouter": "NO",
        "joris": "UNKNOWN",
        "katrien": "UNKNOWN",
        "yara": "NO",
        "lieven": "NO",
        "elif": "NO",
        "nadia": "YES",
        "dirk": "NO",
        "tom": "YES",
        "svetlana": "UNKNOWN",
        "dimitar": "NO",
    }


def test_read_without_a_city_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PopulationError, match=r"households\.parquet: not there; make a city with"):
        read(tmp_path)


def test_read_of_something_else_than_parquet_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "households.parquet").write_bytes((folder / "households.parquet").read_bytes())
    (tmp_path / "persons.parquet").write_text("person;household")
    with pytest.raises(PopulationError, match=r"persons\.parquet: not a Parquet file"):
        read(tmp_path)


def _rewrite(village: City, path: Path, persons: pa.Table, households: pa.Table) -> Path:
    pq.write_table(persons, path / "persons.parquet")
    pq.write_table(households, path / "households.parquet")
    return path


def test_read_of_rows_out_of_order_gives_the_same_households(
    village: City, folder: Path, tmp_path: Path
) -> None:
    turned = [
        table.take(pa.array(np.arange(len(table))[::-1]))
        for table in (village.persons, village.households)
    ]
    found, expected = read(_rewrite(village, tmp_path, *turned)), read(folder)
    assert [(one.number, set(one.members)) for one in found.members()] == [
        (one.number, set(one.members)) for one in expected.members()
    ]


def test_read_takes_a_private_household_numbered_after_a_collective_one(
    village: City, tmp_path: Path
) -> None:
    collective = pa.array([True] + [False] * (len(village.households) - 1))
    place = village.households.schema.get_field_index("collective")
    households = village.households.set_column(place, "collective", collective)
    found = read(_rewrite(village, tmp_path, village.persons, households))
    first = village.households["household"][0].as_py()
    numbers = [home.number for home in found.members()]
    assert len(found) == len(households) - 1
    assert first not in numbers
    assert numbers == sorted(numbers)
    everyone = [
        number for number, _ in found.persons(["persoon.geboortedatum"], on=date(2026, 1, 1))
    ]
    assert sorted(everyone) == sorted(village.persons["person"].to_pylist())
    assert found.why_unknown(numbers[-1], "gezin.gemeente") == "missing-code"


def test_read_of_persons_in_a_household_that_is_not_there_is_refused(
    village: City, tmp_path: Path
) -> None:
    with pytest.raises(PopulationError, match="names a household that"):
        read(_rewrite(village, tmp_path, village.persons, village.households.slice(0, 50)))


def test_read_without_a_needed_column_names_it(village: City, tmp_path: Path) -> None:
    persons = village.persons.drop_columns(["household"])
    with pytest.raises(PopulationError, match="no column household"):
        read(_rewrite(village, tmp_path, persons, village.households))


def test_a_population_without_reference_day_asks_for_one(
    village: City, tmp_path: Path, catalogue: Catalogue
) -> None:
    path = _rewrite(village, tmp_path, village.persons, village.households)
    other = read(path, catalogue=catalogue)
    assert not other.invented
    with pytest.raises(PopulationError, match="say on which day"):
        next(other.households(["gezin.gemeente"]))
    ((_, facts),) = other.households(["gezin.gemeente"], 0, 1, on=date(2026, 1, 1))
    assert facts == {"gezin": {"gemeente": "44021"}}


def test_every_fact_of_a_source_or_list_has_a_column(village: City, catalogue: Catalogue) -> None:
    columns = {*village.persons.column_names, *village.households.column_names}
    asked = [
        fact
        for fact in catalogue.values()
        if not any(source.startswith("declared/") for source in fact.sources)
    ]
    assert [fact.path for fact in asked if not fact.members and fact.id not in columns] == []
