"""The invented city through MAGDA's messages says what its columns say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from vanzelf import population
from vanzelf.sources import Endpoints, Household, Reason, assemble, gather, load_authorisations
from vanzelf.sources.asking import Asker
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.clock import BRUSSELS
from vanzelf.sources.lawfulness import Group, group_of
from vanzelf.sources.lists import OwnList, load_folder
from vanzelf.sources.magda.client import Magda
from vanzelf.sources.magda.standin import City, Standin
from vanzelf.synthetic import build

GROUNDS = load_authorisations().all
ON = date(2026, 1, 15)
MEMBER_FACTS = (
    "verhoogde tegemoetkoming",
    "gezin met verhoogde tegemoetkoming",
    "leefloon",
    "inkomensgarantie voor ouderen",
    "inkomensvervangende tegemoetkoming",
    "integratietegemoetkoming",
    "zorgbudget voor ouderen",
    "parkeerkaart",
    "geboortedatum",
    "budgetbegeleiding",
    "budgetbeheer",
    "schuldbemiddeling",
    "ingeschreven bij de stad",
    "andere school",
)
HOUSEHOLD_FACTS = ("gemeente", "postcode", "afvalzone", "personen ten laste")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    build(seed=11, residents=2_000).write(folder)
    return folder


@pytest.fixture(scope="module")
def standin(folder: Path) -> Iterator[Standin]:
    with Standin(City(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def lists(folder: Path) -> list[OwnList]:
    return load_folder(folder / "lists", allow_test=True)


def point(standin: Standin, lists: list[OwnList], insz: str) -> Household:
    return gather(
        insz,
        ON,
        purpose="toekenning",
        authorisations=GROUNDS,
        endpoints=Endpoints(standin.url),
        now=datetime(2026, 1, 15, 10, tzinfo=BRUSSELS),
        lists=lists,
    )


def test_point_check_and_population_see_the_same_facts(
    standin: Standin, lists: list[OwnList], folder: Path
) -> None:
    """One person through messages, everyone through columns: one meaning, unknowns included."""
    city = population.read(folder)
    paths = [f"gezin.leden[].{name}" for name in MEMBER_FACTS]
    paths += [f"gezin.{name}" for name in HOUSEHOLD_FACTS] + ["gezin.leden"]
    step = 12
    told = dict(city.households(paths, on=ON))
    compared = unknown = 0
    for home in list(city.members())[::step]:
        expected = told[home.number]["gezin"]
        facts, origins = assemble(point(standin, lists, home.members[0].insz))
        found = facts["gezin"]
        assert isinstance(found, dict)
        assert isinstance(expected, dict)
        contradicted = origins["gezin.gemeente"].reason == Reason.CONTRADICTION
        if contradicted:  # a contradiction about one member; the columns keep the household's
            expected = {key: value for key, value in expected.items() if key != "gemeente"}
        shown = {
            **found,
            "leden": [_only(each, MEMBER_FACTS) for each in found.get("leden", ())],
        }
        wanted = {**expected, "leden": [dict(each) for each in expected.get("leden", ())]}
        if origins["gezin.leden"].reason == Reason.FAMILY_ERRORS:
            assert "leden" not in expected
        assert shown == wanted, home
        compared += 1
        unknown += sum(origin.reason is not None for origin in origins.values())
    assert compared > 60
    assert unknown > 0


def _only(facts: dict[str, object], names: tuple[str, ...]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if name in names}


def asker(standin: Standin, right: str) -> Asker:
    """For a right: some authorisations are attached to rights."""
    now = datetime(2026, 1, 15, 10, tzinfo=BRUSSELS)
    magda = Magda(Endpoints(standin.url), lambda: now, ON)
    return Asker(ON, now, ON, "controle", GROUNDS, magda, shipped(), regulation=right)


def rows(folder: Path, column: str, most: int = 8) -> list[dict[str, Any]]:
    """Persons of whom this holds, and about whom the source has no trouble."""
    people: list[dict[str, Any]] = pq.read_table(folder / "persons.parquet").to_pylist()
    return [each for each in people if each[column] and not each["source_trouble"]][:most]


def test_living_wage_amounts_say_what_the_columns_say(standin: Standin, folder: Path) -> None:
    asking = asker(standin, "federaal/verhoogde-tegemoetkoming")
    found = rows(folder, "living_wage")
    for person in found:
        begin = person["living_wage_since"] or person["living_wage_from"]
        readings = asking.living_wage(person["insz"], ["leefloon", "leefloon sinds"])
        ended = person["living_wage_until"] and person["living_wage_until"] < ON
        holds = begin and begin <= ON and not ended
        assert readings["leefloon"].value is (True if holds else None)
        expected = max(begin, date(2024, 1, 1)) if holds else None
        assert readings["leefloon sinds"].value == expected
    assert found


def about(person: dict[str, Any], home: dict[str, Any]) -> Group:
    own = person["insz"] == home["reference_insz"]
    return group_of(own=own, born=person["birth_date"], on=ON)


def test_assessments_say_what_the_columns_say(standin: Standin, folder: Path) -> None:
    homes = pq.read_table(folder / "households.parquet").to_pylist()
    people = pq.read_table(folder / "persons.parquet").to_pylist()
    asking = asker(standin, "gent/schoolkorting")
    compared = 0
    for home in [each for each in homes if not each["collective"]][:12]:
        members = [each for each in people if each["household"] == home["household"]]
        if any(each["source_trouble"] for each in members):
            continue
        told = asking.household_income(
            [(each["insz"], each["birth_date"], about(each, home)) for each in members],
            ["belastbaar inkomen"],
            own=home["reference_insz"],
        )
        cents = home["taxable_income"]
        expected = None if cents is None else Decimal(cents) / 100
        assert told["belastbaar inkomen"].value == expected
        compared += 1
    assert compared > 5


@pytest.mark.parametrize(
    ("column", "fact"),
    [
        ("income_replacement_allowance", "inkomensvervangende tegemoetkoming"),
        ("integration_allowance", "integratietegemoetkoming"),
        ("disability_parking_card", "parkeerkaart"),
    ],
)
def test_disability_files_say_what_the_columns_say(
    standin: Standin, folder: Path, column: str, fact: str
) -> None:
    asking = asker(standin, "federaal/sociaal-energietarief")
    for person in rows(folder, column):
        begin, end = person[f"{column}_from"], person[f"{column}_until"]
        holds = (begin is None or begin <= ON) and (end is None or end >= ON)
        reading = asking.disability(person["insz"], [fact])[fact]
        assert reading.value is (True if holds else None)


def test_child_benefits_are_not_known_in_the_city(standin: Standin, folder: Path) -> None:
    person = pq.read_table(folder / "persons.parquet", columns=["insz"])["insz"][0].as_py()
    asking = asker(standin, "federaal/sociaal-energietarief")
    reading = asking.child_benefits(person, ["zorgtoeslag"], about=Group.CHILDREN)["zorgtoeslag"]
    assert reading.reason is Reason.NO_DATA


def test_every_member_sees_the_same_household(
    standin: Standin, lists: list[OwnList], folder: Path
) -> None:
    homes = [home for home in population.read(folder).members(0, 60) if len(home.members) > 2]
    for home in homes[:6]:
        compositions = {
            point(standin, lists, member.insz).readings["leden"].value for member in home.members
        }
        assert len(compositions) == 1


def test_someone_who_does_not_live_there(standin: Standin, lists: list[OwnList]) -> None:
    household = point(standin, lists, "00630299891")
    assert household.person.readings["leefloon"].reason is Reason.IDENTITY
    assert household.readings["leden"].reason is Reason.NO_DATA


def test_city_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="vanzelf city"):
        City(tmp_path)
