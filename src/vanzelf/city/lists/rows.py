"""The rows of a delivery in the database: each sealed, and found by whom it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import connection, transaction

from vanzelf.city import secrets
from vanzelf.city.database import copy_rows, reserve_ids
from vanzelf.city.lists.models import Delivery, ListedRow
from vanzelf.sources.lists import Row

TABLE, COLUMN = "lists_listedrow", "row"
FIELD = "\x1f"
AT_ONCE = 20_000


def write(delivery: Delivery, rows: Sequence[Row]) -> None:
    """Seals the rows and writes them, in the caller's transaction."""
    ids = reserve_ids(TABLE, len(rows))
    seal = secrets.sealer(TABLE, COLUMN, until=delivery.rows_until)
    indexes = secrets.blind_indexes(_place(delivery.name, row.about_key) for row in rows)
    copy_rows(
        TABLE,
        ("id", "delivery_id", "index", "ciphertext", "key_id"),
        ("int8", "int8", "bytea", "bytea", "text"),
        (
            (number, delivery.pk, index, *reversed(seal(_text(row), number)))
            for number, index, row in zip(ids, indexes, rows, strict=True)
        ),
    )


class StoredRows:
    """The rows of one delivery, opened as they are asked for."""

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery

    def about(self, key: tuple[str, ...]) -> Sequence[Row]:
        """The rows with this `about_key`; nobody else's are opened."""
        index = secrets.blind_index(_place(self.delivery.name, key))
        found = ListedRow.objects.filter(delivery=self.delivery, index=index).order_by("pk")
        return [_opened(one.pk, bytes(one.ciphertext), one.key_id) for one in found]

    def __iter__(self) -> Iterator[Row]:
        """All of them, in the order of the delivery."""
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.execute(
                "SELECT id, ciphertext, key_id FROM lists_listedrow WHERE delivery_id = %s"
                " ORDER BY id",
                [self.delivery.pk],
            )
            while some := cursor.fetchmany(AT_ONCE):
                yield from (_opened(*one) for one in some)


def remove(delivery: Delivery) -> int:
    """Removes the rows of a delivery, AT_ONCE at a time; returns how many."""
    removed = 0
    while True:
        some = ListedRow.objects.filter(delivery=delivery).values("pk")[:AT_ONCE]
        count, _ = ListedRow.objects.filter(pk__in=some).delete()
        if not count:
            return removed
        removed += count


def marks(rows: Iterable[Row]) -> bytes:
    """A keyed digest of the rows, by which an equal delivery is known again."""
    return secrets.blind_index("\n".join(sorted(map(_text, rows))))


def _place(name: str, key: tuple[str, ...]) -> str:
    """Apart from the index of persons: equal numbers must not show as equal bytes there."""
    return FIELD.join(("list", name, *key))


def _text(row: Row) -> str:
    days = (day.isoformat() if day else "" for day in (row.begin, row.end))
    return FIELD.join((*row.about, row.code, *days))


def _opened(number: int, ciphertext: bytes, key_id: str) -> Row:
    sealed = secrets.Sealed(key_id, bytes(ciphertext))
    text = secrets.open_sealed(sealed, table=TABLE, column=COLUMN, row=number)
    *about, code, begin, end = text.split(FIELD)
    return Row(tuple(about), code, _day(begin), _day(end))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
