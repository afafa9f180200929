"""From the numbers of a delivery to our own ids."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow.parquet as parquet
from django.db import connection

from vanzelf.city import secrets
from vanzelf.population import Population


class Units:
    """Gives household and person of a unit of the population, as the register has them now."""

    def __init__(self, population: Population, *, personal: bool) -> None:
        self.personal = personal
        self._persons = _persons(population) if personal else {}

    def of(self, numbers: Iterable[int]) -> dict[int, tuple[int, int | None]]:
        """(household id, person id) by number; the person is None for a right of households."""
        if self.personal:
            return {number: self._persons[number] for number in numbers}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT register_number, id FROM people_household WHERE register_number = ANY(%s)",
                [list(numbers)],
            )
            return {number: (household, None) for number, household in cursor.fetchall()}


def _persons(population: Population) -> dict[int, tuple[int, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.index, m.household_id, a.person_id FROM people_inszalias a"
            " JOIN people_membership m USING (person_id)"
            " WHERE a.known_until IS NULL AND m.valid_until IS NULL AND m.known_until IS NULL"
        )
        known = {bytes(index): (home, person) for index, home, person in cursor.fetchall()}
    table = parquet.read_table(population.folder / "persons.parquet", columns=["person", "insz"])
    numbers, aliases = (table.column(name).to_pylist() for name in ("person", "insz"))
    return {
        number: known[secrets.blind_index(insz)]
        for number, insz in zip(numbers, aliases, strict=True)
    }
