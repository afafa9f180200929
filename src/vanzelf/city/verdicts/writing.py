"""Explanations into rows, with raw values sealed to the row, until their term ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from psycopg.types.json import Jsonb

from vanzelf.city import clock, secrets
from vanzelf.city.database import copy_rows, reserve_ids
from vanzelf.city.retention.values import until
from vanzelf.city.verdicts.records import Record

TABLE = "verdicts_explanation"


def write_explanations(
    records: Sequence[Record], members: Sequence[Sequence[int]]
) -> list[int | None]:
    """Writes the explanations by COPY; returns the id of each, None where there is none.

    `members` are for each the ids of the persons whom its paths number, in their order.
    """
    ids = iter(reserve_ids(TABLE, sum(record.explanation is not None for record in records)))
    sealer = _sealer()
    placed = [next(ids) if record.explanation is not None else None for record in records]
    copy_rows(
        TABLE,
        ("id", "data", "members", "sealed", "key_id"),
        ("int8", "jsonb", "int8[]", "bytea", "text"),
        (
            (row, Jsonb(record.explanation, dumps=str), list(who), *_sealed(record, row, sealer))
            for row, record, who in zip(placed, records, members, strict=True)
            if row is not None
        ),
    )
    return placed


Sealer = Callable[[str, int], secrets.Sealed]


def _sealer() -> Callable[[str], Sealer]:
    """Per right what seals until the term of a decision of today ends: its key is read once."""
    today = clock.today()
    return cache(lambda right: secrets.sealer(TABLE, "sealed", until=until(right, today)))


def _sealed(record: Record, row: int, sealer: Callable[[str], Sealer]) -> tuple[bytes | None, str]:
    if record.secret is None:
        return None, ""
    sealed = sealer(record.right)(record.secret, row)
    return sealed.ciphertext, sealed.key_id
