"""One delivery of the register into the tables, by COPY and set by set, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection

from vanzelf.city import clock, secrets
from vanzelf.city.database import copy_rows, refresh_statistics, reserve_ids
from vanzelf.city.people import presence
from vanzelf.city.people.models import PopulationImport
from vanzelf.city.people.register import Register, is_invented

TABLES = ("people_person", "people_household", "people_membership", "people_presence")

STAGE = """
CREATE TEMPORARY TABLE delivered_household (
    register_number bigint, street text, number text, postcode text, municipality text,
    private boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE delivered_person (
    person_id bigint, first_name text, last_name text, birth_date date, deceased boolean,
    register_number bigint, position text, place smallint
) ON COMMIT DROP;
"""
HOUSEHOLDS = """
INSERT INTO people_household
    (register_number, street, number, postcode, municipality, known_from)
SELECT register_number, coalesce(street, ''), coalesce(number, ''), coalesce(postcode, ''),
       coalesce(municipality, ''), %(now)s
FROM delivered_household
ON CONFLICT (register_number) DO UPDATE
SET street = excluded.street, number = excluded.number, postcode = excluded.postcode,
    municipality = excluded.municipality
WHERE (people_household.street, people_household.number, people_household.postcode,
       people_household.municipality)
   IS DISTINCT FROM (excluded.street, excluded.number, excluded.postcode, excluded.municipality)
"""
PERSONS = """
UPDATE people_person p
SET first_name = d.first_name, last_name = d.last_name, birth_date = d.birth_date,
    deceased = d.deceased
FROM delivered_person d
WHERE p.id = d.person_id
  AND (p.first_name, p.last_name, p.birth_date, p.deceased)
      IS DISTINCT FROM (d.first_name, d.last_name, d.birth_date, d.deceased)
"""
LEFT = """
UPDATE people_membership m SET valid_until = %(today)s::date - 1
FROM people_household h
WHERE m.household_id = h.id AND m.valid_until IS NULL AND m.known_until IS NULL
  AND h.register_number IS NOT NULL
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
    _stage(register)
    # Of a first delivery nobody knows since when; of a later one: since this delivery.
    today = clock.today()
    times = {"now": clock.now(), "today": today, "since": None if first else today}
    with connection.cursor() as cursor:
        for statement in (
            (HOUSEHOLDS, JOINED) if first else (HOUSEHOLDS, PERSONS, LEFT, JOINED, PLACES)
        ):
            cursor.execute(statement, times)
        presence.take_over(delivery)
        cursor.execute("DROP TABLE delivered_household, delivered_person")
    refresh_statistics(*TABLES)


def _stage(register: Register) -> None:
    ids = _person_ids([row[0] for row in register.persons])
    _add_new(register, ids)
    copy_rows(
        "delivered_household",
        ("register_number", "street", "number", "postcode", "municipality", "private"),
        ("int8", "text", "text", "text", "text", "bool"),
        register.households,
    )
    copy_rows(
        "delivered_person",
        ("person_id", "first_name", "last_name", "birth_date", "deceased", "register_number",
         "position", "place"),
        ("int8", "text", "text", "date", "bool", "int8", "text", "int2"),
        ((ids[row[0]][0], *row[1:], place) for row, place in _placed(register.persons)),
    )  # fmt: skip


def _placed(persons: list[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Each person's row with their place in the household, from 0, as the delivery lists them."""
    counted: Counter[int] = Counter()
    for row in persons:
        yield row, counted[row[5]]
        counted[row[5]] += 1


def _person_ids(numbers: list[str]) -> dict[str, tuple[int, bytes | None]]:
    """Per number the person's id, and the blind index when that person is new to us."""
    indexes = [secrets.blind_index(number) for number in numbers]
    with connection.cursor() as cursor:
        cursor.execute("SELECT index, person_id FROM people_inszalias WHERE known_until IS NULL")
        known = {bytes(index): person for index, person in cursor.fetchall()}
    fresh = iter(reserve_ids("people_person", sum(index not in known for index in indexes)))
    return {
        number: (known[index], None) if index in known else (next(fresh), index)
        for number, index in zip(numbers, indexes, strict=True)
    }


def _add_new(register: Register, ids: dict[str, tuple[int, bytes | None]]) -> None:
    now = clock.now()
    new = [row for row in register.persons if ids[row[0]][1] is not None]
    copy_rows(
        "people_person",
        ("id", "first_name", "last_name", "birth_date", "deceased", "known_from"),
        ("int8", "text", "text", "date", "bool", "timestamptz"),
        ((ids[row[0]][0], row[1] or "", row[2] or "", row[3], row[4], now) for row in new),
    )
    # Reserved before, since the connection answers nothing else while it copies.
    aliases = reserve_ids("people_inszalias", len(new))
    copy_rows(
        "people_inszalias",
        ("id", "person_id", "index", "ciphertext", "key_id", "invented", "known_from"),
        ("int8", "int8", "bytea", "bytea", "text", "bool", "timestamptz"),
        _aliases(new, ids, aliases),
    )


def _aliases(
    new: list[tuple[Any, ...]], ids: dict[str, tuple[int, bytes | None]], aliases: list[int]
) -> Iterator[tuple[Any, ...]]:
    now = clock.now()
    for row, alias in zip(new, aliases, strict=True):
        person, index = ids[row[0]]
        sealed = secrets.seal(row[0], table="people_inszalias", column="insz", row=alias)
        yield alias, person, index, *reversed(sealed), is_invented(row[0]), now
