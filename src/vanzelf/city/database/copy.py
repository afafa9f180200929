"""Many rows at once, through COPY on Django's own connection (and so in its transaction)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa
from django.db import connection
from psycopg import sql
from pyarrow import csv


def copy_rows(
    table: str, columns: Sequence[str], types: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Writes `rows` into `table` and returns how many. Binary, so each column's type is named."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def copy_table(name: str, table: pa.Table) -> int:
    """Writes the columns of an Arrow table into the table `name`, and returns how many rows.

    Much quicker than row by row; for columns that CSV can hold (no lists; bytes as \\x and hex).
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT CSV)").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, table.column_names))
    )
    text = pa.BufferOutputStream()
    csv.write_csv(table, text, csv.WriteOptions(include_header=False))
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        copy.write(text.getvalue())
    return len(table)


def refresh_statistics(*tables: str, columns: Sequence[str] = ()) -> None:
    """Tells the planner how many rows there are now. Without it, a table that was just filled is
    taken to be nearly empty, and a join over it takes minutes instead of a second. With `columns`,
    which each of the tables has, only these are looked at: quicker where others are wide."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    of_columns = sql.SQL(" ({})").format(names) if columns else sql.SQL("")
    each = [sql.Identifier(table) + of_columns for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(each)))


def reserve_ids(table: str, count: int) -> list[int]:
    """`count` ids of `table` that nobody else will get: known before the rows are written,
    because a ciphertext is bound to the id of its row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        (sequence,) = cursor.fetchone()
        cursor.execute(
            "SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [sequence, count]
        )
        return [row[0] for row in cursor.fetchall()]
