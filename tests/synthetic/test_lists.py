"""The written lists are what `sources` takes, and say what the columns say."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from vanzelf.sources.lists.folder import load_folder
from vanzelf.synthetic import City
from vanzelf.synthetic.lists import ENROLLED, HELP


@pytest.fixture(scope="module")
def lists(village: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("village")
    village.write(folder)
    return folder / "lists"


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter=";"))


def test_sources_take_the_lists_whole(lists: Path) -> None:
    taken = load_folder(lists, allow_test=True)
    assert sorted(one.layout.name for one in taken) == [
        "ocmw-budget",
        "school-enrolments",
        "waste-zones",
    ]


@pytest.mark.parametrize(
    ("name", "column", "kinds"),
    [("ocmw-budget", "hulp", HELP), ("school-enrolments", "net", ENROLLED)],
)
def test_lists_hold_exactly_those_in_the_columns(
    village: City, lists: Path, name: str, column: str, kinds: dict[str, str]
) -> None:
    listed = rows(lists / f"{name}.csv")
    for kind, flag in kinds.items():
        expected = village.persons.filter(village.persons[flag])["insz"].to_pylist()
        assert [row["insz"] for row in listed if row[column] == kind] == expected


def test_every_address_in_the_city_has_the_zone_of_its_street(village: City, lists: Path) -> None:
    zones = {
        (row["postcode"], row["straat"]): row["zone"] for row in rows(lists / "waste-zones.csv")
    }
    homes = village.households.select(["postcode", "street", "waste_zone"]).to_pylist()
    inside = [home for home in homes if home["waste_zone"] is not None]
    assert [zones[home["postcode"], home["street"]] for home in inside] == [
        home["waste_zone"] for home in inside
    ]
    assert len(zones) == len(rows(lists / "waste-zones.csv"))
