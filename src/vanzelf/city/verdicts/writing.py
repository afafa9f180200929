"""Explanations into rows, with financial values sealed to the row."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.types.json import Jsonb

from vanzelf.city import secrets
from vanzelf.city.database import copy_rows, reserve_ids
from vanzelf.city.verdicts.records import Record

TABLE = "verdicts_explanation"


def write_explanations(
    records: Sequence[Record], members: Sequence[Sequence[int]]
) -> list[int | None]:
    """Writes the explanations by COPY; returns the id of each, None where there is none.

    `members` are for each the ids of the persons whom its paths number, in their order.
    """
    ids = iter(reserve_ids(TABLE, sum(record.explanation is not None for record in records)))
    placed = [next(ids) if record.explanation is not None else None for record in records]
    copy_rows(
        TABLE,
        ("id", "data", "members", "sealed", "key_id"),
        ("int8", "jsonb", "int8[]", "bytea", "text"),
        (
            (row, Jsonb(record.explanation, dumps=str), list(who), *_sealed(record.secret, row))
            for row, record, who in zip(placed, records, members, strict=True)
            if row is not None
        ),
    )
    return placed


def _sealed(secret: str | None, row: int) -> tuple[bytes | None, str]:
    if secret is None:
        return None, ""
    sealed = secrets.seal(secret, table=TABLE, column="sealed", row=row)
    return sealed.ciphertext, sealed.key_id
