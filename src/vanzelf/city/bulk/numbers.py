"""From persons to their numbers and back, ten thousand at a time: in one array, not as many
parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection

from vanzelf.city import secrets

IN_USE = """
SELECT DISTINCT ON (person_id) person_id, id, key_id, ciphertext FROM people_inszalias
WHERE person_id = ANY(%s) AND valid_until IS NULL AND known_until IS NULL
ORDER BY person_id, id DESC
"""
INDEXES = """
SELECT index, person_id FROM people_inszalias WHERE person_id = ANY(%s) AND known_until IS NULL
"""
PERSONS = """
SELECT index, person_id FROM people_inszalias WHERE index = ANY(%s) AND known_until IS NULL
"""


def of(persons: Sequence[int]) -> Iterator[str]:
    """The number in use of each of them, in their order; of two, the one known last."""
    with connection.cursor() as cursor:
        cursor.execute(IN_USE, [list(persons)])
        sealed = {row[0]: row[1:] for row in cursor.fetchall()}
    for person in persons:
        if person in sealed:
            alias, key, box = sealed[person]
            one = secrets.Sealed(key, bytes(box))
            yield secrets.open_sealed(one, table="people_inszalias", column="insz", row=alias)


def indexes_of(persons: Sequence[int]) -> dict[bytes, int]:
    """The blind indexes of all numbers by which these persons are known."""
    return _indexed(INDEXES, list(persons))


def persons_of(indexes: Sequence[bytes]) -> dict[bytes, int]:
    """Those whom we know by these blind indexes."""
    return _indexed(PERSONS, list(indexes))


def _indexed(statement: str, values: list[int] | list[bytes]) -> dict[bytes, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [values])
        return {bytes(index): person for index, person in cursor.fetchall()}
