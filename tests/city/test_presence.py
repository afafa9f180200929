"""Whose data a run looked at follows from its delivery, also after later ones."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
from django.db import ProgrammingError, connection

from tests.city.conftest import Town
from tests.city.test_people import Delivered, change, delivery, people
from vanzelf.city.people.domain import import_population
from vanzelf.city.people.models import PopulationImport, Presence
from vanzelf.city.people.presence import MEMBERS, members_of
from vanzelf.city.people.queries import find_person


def looked_at(taken_in: PopulationImport, *, personal: bool) -> set[tuple[int, ...]]:
    """By the model and by SQL: both are used."""
    found = members_of(taken_in, personal=personal)
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, {"delivery": taken_in.pk, "personal": personal})
        rows = set(cursor.fetchall())
    assert set(found.values_list("person_id", "household_id", "place")) == rows
    return rows


def test_everyone_is_present_where_the_delivery_says(town: Town) -> None:
    rows = people(town.folder)
    (taken_in,) = PopulationImport.objects.all()
    found = members_of(taken_in, personal=True).select_related("household")
    where = {presence.person_id: presence.household.register_number for presence in found}
    assert sorted(where.values()) == sorted(row["household"] for row in rows)
    person = find_person(str(rows[7]["insz"]))
    assert person is not None
    assert where[person.pk] == rows[7]["household"]


def test_right_of_households_leaves_out_who_lives_in_a_collective_one(town: Town) -> None:
    (taken_in,) = PopulationImport.objects.all()
    homes = parquet.read_table(town.folder / "households.parquet").to_pylist()
    collective = {home["household"] for home in homes if home["collective"]}
    there = [row for row in people(town.folder) if row["household"] in collective]
    everyone = looked_at(taken_in, personal=True)
    assert len(there) > 0
    assert len(everyone) - len(looked_at(taken_in, personal=False)) == len(there)


def test_presence_of_an_earlier_delivery_stays_after_a_move(
    town: Town, small_city: Path, tmp_path: Path
) -> None:
    (first,) = PopulationImport.objects.all()
    before = looked_at(first, personal=True)
    later = delivery(small_city, tmp_path / "later")
    change(later, 0, household=5)
    person = find_person(str(people(later)[0]["insz"]))
    assert person is not None
    second = import_population(population=Delivered(later))

    assert second.pk > first.pk
    assert looked_at(first, personal=True) == before
    old, new = Presence.objects.filter(person=person).order_by("since_id")
    assert (old.since_id, old.until_id, new.since_id, new.until_id) == (
        first.pk, second.pk, second.pk, None,
    )  # fmt: skip
    assert new.household.register_number == 5


def test_who_is_no_longer_delivered_is_present_no_more(
    town: Town, small_city: Path, tmp_path: Path
) -> None:
    later = delivery(small_city, tmp_path / "later")
    table = parquet.read_table(later / "persons.parquet")
    parquet.write_table(table.slice(1), later / "persons.parquet")
    second = import_population(population=Delivered(later))
    person = find_person(str(people(small_city)[0]["insz"]))
    assert person is not None
    assert not members_of(second, personal=True).filter(person=person).exists()
    assert len(looked_at(second, personal=True)) == len(table) - 1


def test_delivery_without_a_change_of_members_writes_no_presence(
    town: Town, small_city: Path, tmp_path: Path
) -> None:
    before = set(Presence.objects.values_list("person_id", "since_id", "until_id"))
    later = delivery(small_city, tmp_path / "later")
    change(later, 0, last_name="Nieuwenaam")
    import_population(population=Delivered(later))
    assert set(Presence.objects.values_list("person_id", "since_id", "until_id")) == before


def test_presences_of_what_was_taken_in_before_are_made_from_the_memberships(
    town: Town, small_city: Path, tmp_path: Path
) -> None:
    migration = import_module("vanzelf.city.people.migrations.0004_presence")
    later = delivery(small_city, tmp_path / "later")
    table = parquet.read_table(later / "persons.parquet")
    parquet.write_table(table.slice(0, len(table) - 1), later / "persons.parquet")
    change(later, len(table) - 2, household=5)  # the last one moves: nobody else's place changes
    import_population(population=Delivered(later))
    columns = "person_id, household_id, private, since_id, until_id"  # the place: only the latest
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM people_presence")
        expected = set(cursor.fetchall())
        cursor.execute("CREATE TEMPORARY TABLE made (LIKE people_presence) ON COMMIT DROP")
        cursor.execute(migration.SO_FAR.replace("INTO people_presence", "INTO made"))
        cursor.execute(f"SELECT {columns} FROM made")
        assert set(cursor.fetchall()) == expected


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM people_presence", "UPDATE people_presence SET household_id = 1"],
    ids=["delete", "change"],
)
def test_presence_is_written_once(town: Town, statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="denied"):
        cursor.execute(statement)
