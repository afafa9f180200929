"""However deliveries follow each other, the register afterwards is what the last one says."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from django.db import connection

from tests.city.conftest import Town
from tests.city.test_people import Delivered, people
from vanzelf.city.people.domain import import_population
from vanzelf.city.people.models import Household, Membership, Person
from vanzelf.city.people.presence import members_of
from vanzelf.city.people.register import RegisterError
from vanzelf.city.time_axes import CURRENT

Rows = list[dict[str, Any]]


def homes(folder: Path) -> Rows:
    return parquet.read_table(folder / "households.parquet").to_pylist()


def write(folder: Path, like: Path, persons: Rows, households: Rows) -> Delivered:
    """A delivery of these rows, in the columns of another."""
    folder.mkdir()
    for name, rows in (("persons", persons), ("households", households)):
        schema = parquet.read_schema(like / f"{name}.parquet")
        parquet.write_table(pa.Table.from_pylist(rows, schema), folder / f"{name}.parquet")
    return Delivered(folder)


def lived_in(persons: Rows, households: Rows, chance: random.Random) -> tuple[Rows, Rows]:
    """What may happen to a city between two deliveries."""
    persons, households = [dict(row) for row in persons], [dict(row) for row in households]
    numbers = [row["household"] for row in households]
    for row in chance.sample(persons, 25):
        row["household"] = chance.choice(numbers)
    for row in chance.sample(persons, 5):
        row.update(chance.choice(({"last_name": "Anders"}, {"deceased": True}, {"position": "12"})))
    for row in chance.sample(households, 5):
        row.update(chance.choice(({"street": "Kouter"}, {"number": None}, {"postcode": "9820"})))
    chance.shuffle(persons)
    gone = set(chance.sample(numbers, 6))
    return (
        [row for row in persons if row["household"] not in gone],
        [row for row in households if row["household"] not in gone],
    )


@pytest.mark.parametrize("seed", range(2))
def test_register_is_what_the_last_delivery_says(town: Town, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    first = persons, households = people(town.folder), homes(town.folder)
    for number in range(4):
        persons, households = lived_in(persons, households, chance)
        if number == 3:  # all who had gone come back
            persons, households = first
        delivered = write(tmp_path / str(number), town.folder, persons, households)
        taken_in = import_population(population=delivered)

        expected = {
            (row["insz"], row["household"], row["position"], row["last_name"], row["deceased"])
            for row in persons
        }
        current = Membership.objects.filter(CURRENT).select_related("person", "household")
        assert {
            (m.person.insz, m.household.register_number, m.position, m.person.last_name,
             m.person.deceased)
            for m in current
        } == expected  # fmt: skip
        present = members_of(taken_in, personal=True).values_list("person", "household", "place")
        assert set(present) == {(m.person_id, m.household_id, m.place) for m in current}
        there = Household.objects.filter(delivered__isnull=False)
        assert {(h.register_number, h.street, h.number, h.postcode) for h in there} == {
            (row["household"], row["street"], row["number"] or "", row["postcode"])
            for row in households
        }


def test_only_what_changed_is_written(town: Town, tmp_path: Path) -> None:
    persons = people(town.folder)
    persons[0]["last_name"] = "Anders"
    delivered = write(tmp_path / "later", town.folder, persons, homes(town.folder))
    tables = ("people_person", "people_household", "people_membership", "people_presence")
    before = {table: versions(table) for table in tables}
    import_population(population=delivered)
    changed = {table: len(versions(table) - before[table]) for table in tables}
    assert changed == {
        "people_person": 1,
        "people_household": 1,
        "people_membership": 0,
        "people_presence": 0,
    }
    assert Person.objects.filter(last_name="Anders").count() == 1


def versions(table: str) -> set[tuple[str, ...]]:
    """Where each row stands and by which transaction: a row that is written stands elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ctid::text, xmin::text FROM {table}")
        return set(cursor.fetchall())


def test_column_of_another_type_is_refused(town: Town, tmp_path: Path) -> None:
    delivered = write(tmp_path / "bad", town.folder, people(town.folder), homes(town.folder))
    file = delivered.folder / "persons.parquet"
    table = parquet.read_table(file)
    at = table.schema.get_field_index("birth_date")
    wrong = pa.array(["gisteren"] * len(table))
    parquet.write_table(table.set_column(at, "birth_date", wrong), file)
    with pytest.raises(RegisterError, match=r"persons\.parquet.*gisteren"):
        import_population(population=delivered)


def test_household_that_is_listed_twice_is_refused(town: Town, tmp_path: Path) -> None:
    households = homes(town.folder)
    bad = write(tmp_path / "bad", town.folder, people(town.folder), [*households, households[0]])
    with pytest.raises(RegisterError, match="column household: empty or not unique"):
        import_population(population=bad)


@pytest.mark.parametrize(
    ("file", "column"), [("persons", "position"), ("households", "collective")]
)
def test_delivery_that_leaves_out_what_must_be_told_is_refused(
    town: Town, tmp_path: Path, file: str, column: str
) -> None:
    rows = {"persons": people(town.folder), "households": homes(town.folder)}
    rows[file][5][column] = None
    bad = write(tmp_path / "bad", town.folder, rows["persons"], rows["households"])
    with pytest.raises(RegisterError, match=rf"{file}\.parquet: column {column}: empty in 1 rows"):
        import_population(population=bad)


def test_delivery_without_anyone_does_not_empty_the_register(town: Town, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad", town.folder, [], [])
    with pytest.raises(RegisterError, match=r"persons\.parquet: there is nobody in it"):
        import_population(population=bad)
