"""One delivery of the register into the tables: what changed, by COPY and set by set."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from vanzelf.city import clock, secrets
from vanzelf.city.database import copy_rows, copy_table, refresh_statistics, reserve_ids
from vanzelf.city.people import presence
from vanzelf.city.people.models import PopulationImport
from vanzelf.city.people.register import Register, is_invented

TABLES = ("people_person", "people_household", "people_membership", "people_presence")
MANY = 0.1  # share of the households from which a delivery changes what the planner should expect
FEW = 20_000

STAGE = """
CREATE TEMPORARY TABLE delivered_household (
    register_number bigint PRIMARY KEY, street text, number text, postcode text, municipality text,
    private boolean, delivered bytea
) ON COMMIT DROP;
CREATE TEMPORARY TABLE delivered_person (
    register_number bigint, first_name text, last_name text, birth_date date, deceased boolean,
    position text, place smallint, person_id bigint, is_new boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE gone_household (register_number bigint) ON COMMIT DROP;
"""
HOUSEHOLDS = """
INSERT INTO people_household
    (register_number, street, number, postcode, municipality, known_from, delivered)
SELECT register_number, coalesce(street, ''), coalesce(number, ''), coalesce(postcode, ''),
       coalesce(municipality, ''), %(now)s, delivered
FROM delivered_household ORDER BY register_number
ON CONFLICT (register_number) DO UPDATE
SET street = excluded.street, number = excluded.number, postcode = excluded.postcode,
    municipality = excluded.municipality, delivered = excluded.delivered
"""
GONE = """
UPDATE people_household h SET delivered = NULL
FROM gone_household g WHERE g.register_number = h.register_number
"""
NEW = """
INSERT INTO people_person (id, first_name, last_name, birth_date, deceased, known_from)
SELECT person_id, coalesce(first_name, ''), coalesce(last_name, ''), birth_date, deceased, %(now)s
FROM delivered_person WHERE is_new ORDER BY person_id
"""
PERSONS = """
UPDATE people_person p
SET first_name = coalesce(d.first_name, ''), last_name = coalesce(d.last_name, ''),
    birth_date = d.birth_date, deceased = d.deceased
FROM delivered_person d
WHERE p.id = d.person_id
  AND (p.first_name, p.last_name, p.birth_date, p.deceased)
      IS DISTINCT FROM
      (coalesce(d.first_name, ''), coalesce(d.last_name, ''), d.birth_date, d.deceased)
"""
LEFT = """
UPDATE people_membership m SET valid_until = %(today)s::date - 1
FROM people_household h
JOIN (SELECT register_number FROM delivered_household
      UNION ALL SELECT register_number FROM gone_household) touched USING (register_number)
WHERE m.household_id = h.id AND m.valid_until IS NULL AND m.known_until IS NULL
  AND NOT EXISTS (
      SELECT 1 FROM delivered_person d
      WHERE d.person_id = m.person_id AND d.register_number = h.register_number
        AND d.position = m.position)
"""
JOINED = """
INSERT INTO people_membership (household_id, person_id, position, place, valid_from, known_from)
SELECT h.id, d.person_id, d.position, d.place, %(since)s, %(now)s
FROM delivered_person d JOIN people_household h USING (register_number)
WHERE NOT EXISTS (
    SELECT 1 FROM people_membership m
    WHERE m.person_id = d.person_id AND m.valid_until IS NULL AND m.known_until IS NULL)
ORDER BY h.id, d.place
"""
# The order within a household says nothing about anyone: it is no change of their membership.
PLACES = """
UPDATE people_membership m SET place = d.place
FROM delivered_person d JOIN people_household h USING (register_number)
WHERE m.person_id = d.person_id AND m.household_id = h.id
  AND m.valid_until IS NULL AND m.known_until IS NULL AND m.place <> d.place
"""
FIRST = (HOUSEHOLDS, NEW, JOINED)
LATER = (HOUSEHOLDS, GONE, NEW, PERSONS, LEFT, JOINED, PLACES)


def lock() -> None:
    """One delivery at a time: whoever comes second waits, and so ids rise in the order of taking
    in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('population import'))")


def take_in(register: Register, delivery: PopulationImport) -> None:
    """Brings the tables in line with the delivery, of which only the row is there already."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        cursor.execute("SELECT EXISTS (SELECT 1 FROM people_membership)")
        first = not cursor.fetchone()[0]
    changed = _stage(register)
    # Of a first delivery nobody knows since when; of a later one: since this delivery.
    today = clock.today()
    times = {"now": clock.now(), "today": today, "since": None if first else today}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE delivered_household, delivered_person, gone_household")
        for statement in FIRST if first else LATER:
            cursor.execute(statement, times)
        presence.take_over(delivery)
        cursor.execute("DROP TABLE delivered_household, delivered_person, gone_household")
    if changed > MANY * len(register.households):
        refresh_statistics(*TABLES)


def _stage(register: Register) -> int:
    """Puts aside the households of which anything changed, and who is in them; returns how many."""
    marks = secrets.fingerprints(register.texts())
    known = _marks()
    numbers = register.households["household"].to_pylist()
    differs = [known.pop(number, None) != mark for number, mark in zip(numbers, marks, strict=True)]
    places = np.flatnonzero(differs)
    persons, households = register.of(places)
    copy_table("gone_household", pa.table({"register_number": pa.array(known, pa.int64())}))
    _stage_households(households, [marks[place] for place in places])
    _stage_persons(persons)
    return len(places)


def _marks() -> dict[int, bytes]:
    """Of the households in the latest delivery, by number, the digest of what it said."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT register_number, delivered FROM people_household WHERE delivered IS NOT NULL"
        )
        return {number: bytes(mark) for number, mark in cursor.fetchall()}


def _stage_households(households: pa.Table, marks: list[bytes]) -> None:
    private = pc.invert(households["collective"])
    table = households.rename_columns({"household": "register_number"}).drop("collective")
    table = table.append_column("private", private)
    copy_table(
        "delivered_household",
        table.append_column("delivered", pa.array([f"\\x{mark.hex()}" for mark in marks], "str")),
    )


def _stage_persons(persons: pa.Table) -> None:
    numbers = persons["insz"].to_pylist()
    indexes = secrets.blind_indexes(numbers)
    known = _known(indexes)
    new = [
        (number, index)
        for number, index in zip(numbers, indexes, strict=True)
        if index not in known
    ]
    fresh = reserve_ids("people_person", len(new))
    ids = known | dict(zip((index for _, index in new), fresh, strict=True))
    table = persons.rename_columns({"household": "register_number"}).drop("insz")
    table = table.append_column("person_id", pa.array([ids[i] for i in indexes], pa.int64()))
    is_new = pa.array([index not in known for index in indexes], pa.bool_())
    copy_table("delivered_person", table.append_column("is_new", is_new))
    _add_aliases(new, fresh)


def _known(indexes: list[bytes]) -> dict[bytes, int]:
    """The ids of the persons whom we know by these numbers."""
    few = indexes if len(indexes) <= FEW else None  # beyond it, reading all of them is quicker
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT index, person_id FROM people_inszalias WHERE known_until IS NULL"
            " AND (%(few)s::bytea[] IS NULL OR index = ANY(%(few)s))",
            {"few": few},
        )
        return {bytes(index): person for index, person in cursor.fetchall()}


def _add_aliases(new: list[tuple[str, bytes]], persons: list[int]) -> None:
    # Reserved before, since the connection answers nothing else while it copies.
    aliases = reserve_ids("people_inszalias", len(new))
    copy_rows(
        "people_inszalias",
        ("id", "person_id", "index", "ciphertext", "key_id", "invented", "known_from"),
        ("int8", "int8", "bytea", "bytea", "text", "bool", "timestamptz"),
        _aliases(new, persons, aliases),
    )


def _aliases(
    new: list[tuple[str, bytes]], persons: list[int], aliases: list[int]
) -> Iterator[tuple[object, ...]]:
    now = clock.now()
    seal = secrets.sealer("people_inszalias", "insz")
    for (number, index), person, alias in zip(new, persons, aliases, strict=True):
        sealed = seal(number, alias)
        yield alias, person, index, *reversed(sealed), is_invented(number), now
