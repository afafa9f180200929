"""The register is taken in wholly or not at all, and follows what happens to people."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet
import pytest
from django.core.exceptions import PermissionDenied

from tests.city.conftest import Town
from vanzelf import population
from vanzelf.city.people.domain import Shrunk, import_population
from vanzelf.city.people.models import Household, InszAlias, Membership, Person, PopulationImport
from vanzelf.city.people.queries import find_person, holds_real_people
from vanzelf.city.people.register import RegisterError
from vanzelf.city.reasons import ReasonError
from vanzelf.city.time_axes import CURRENT

WHY = "Twee deelgemeenten horen vanaf nu bij een andere stad."


class Delivered(NamedTuple):
    """A delivery that need not be sorted as a population is."""

    folder: Path


def delivery(small_city: Path, folder: Path) -> Path:
    shutil.copytree(small_city, folder)
    return folder


def change(folder: Path, row: int, **values: object) -> None:
    """Changes one person of a delivery."""
    file = folder / "persons.parquet"
    table = parquet.read_table(file)
    for name, value in values.items():
        column = table.column(name).to_pylist()
        column[row] = value
        at = table.schema.get_field_index(name)
        table = table.set_column(at, name, pa.array(column, table.schema.field(name).type))
    parquet.write_table(table, file)


def people(folder: Path) -> list[dict[str, object]]:
    return parquet.read_table(folder / "persons.parquet").to_pylist()


def test_import_takes_in_everyone(town: Town) -> None:
    rows = people(town.folder)
    assert Person.objects.count() == len(rows)
    assert Household.objects.count() == len({row["household"] for row in rows})
    assert Membership.objects.filter(CURRENT).count() == len(rows)


def test_import_again_changes_nothing(town: Town) -> None:
    before = list(InszAlias.objects.values_list("pk", "person_id"))
    import_population(population=population.read(town.folder))
    assert list(InszAlias.objects.values_list("pk", "person_id")) == before
    assert PopulationImport.objects.count() == 1


def test_person_is_found_by_number_however_it_is_written(town: Town) -> None:
    row = people(town.folder)[10]
    number = str(row["insz"])
    written = f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"
    person = find_person(written)
    assert person is not None
    assert (person.first_name, person.last_name) == (row["first_name"], row["last_name"])
    assert person.insz == number
    assert find_person("00000000000") is None


def test_members_of_a_household_stand_in_order(town: Town) -> None:
    home = Household.objects.get(register_number=3)
    rows = [row for row in people(town.folder) if row["household"] == 3]
    assert [member.insz for member in home.members] == [row["insz"] for row in rows]


def test_person_who_moves_keeps_id_and_past(town: Town, small_city: Path, tmp_path: Path) -> None:
    later = delivery(small_city, tmp_path / "later")
    number = str(people(later)[0]["insz"])
    change(later, 0, household=5, position="09", last_name="Nieuwenaam")
    before = find_person(number)
    import_population(population=Delivered(later))
    after = find_person(number)
    assert before is not None
    assert after is not None
    assert (after.pk, after.last_name) == (before.pk, "Nieuwenaam")
    assert after.household is not None
    assert after.household.register_number == 5
    ends = after.memberships.order_by("pk").values_list("valid_until", flat=True)
    assert [end is None for end in ends] == [False, True]


@pytest.mark.parametrize(
    ("values", "says"),
    [({"insz": None}, "insz"), ({"household": 999_999_999}, "household")],
    ids=["no number", "no household"],
)
def test_bad_delivery_is_refused_as_a_whole(
    town: Town, small_city: Path, tmp_path: Path, values: dict[str, object], says: str
) -> None:
    bad = delivery(small_city, tmp_path / "bad")
    change(bad, 3, last_name="Nieuwenaam")
    change(bad, 4, **values)
    with pytest.raises(RegisterError, match=says):
        import_population(population=Delivered(bad))
    assert not Person.objects.filter(last_name="Nieuwenaam").exists()


def test_folder_without_a_city_says_how_to_make_one(db: None, tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="vanzelf city"):
        import_population(population=Delivered(tmp_path))


def test_invented_people_are_told_from_real_ones(town: Town) -> None:
    assert not holds_real_people()
    InszAlias.objects.filter(pk=InszAlias.objects.first().pk).update(invented=False)
    assert holds_real_people()


def test_much_smaller_delivery_waits_for_a_reason(
    town: Town, small_city: Path, tmp_path: Path
) -> None:
    smaller = delivery(small_city, tmp_path / "smaller")
    for name in ("persons", "households"):
        table = parquet.read_table(small_city / f"{name}.parquet")
        kept = table.filter(pc.less(table["household"], 300))
        parquet.write_table(kept, smaller / f"{name}.parquet")
    before = PopulationImport.objects.count()
    with pytest.raises(Shrunk, match="vanzelf register take"):
        import_population(population=Delivered(smaller))
    with pytest.raises(ReasonError):
        import_population(population=Delivered(smaller), by=town.preparer, reason="klopt")
    with pytest.raises(PermissionDenied):
        import_population(population=Delivered(smaller), by=town.clerk, reason=WHY)
    assert PopulationImport.objects.count() == before
    taken = import_population(population=Delivered(smaller), by=town.preparer, reason=WHY)
    assert (taken.by, taken.reason) == (town.preparer, WHY)
