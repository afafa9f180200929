"""The rows of a view in another database, over a connection that can only read.

The layout names the connection; its address stands in the settings, as
`VANZELF_LISTS_DSN_<NAME>` (a libpq address, such as postgresql://vanzelf@db.example/ocmw).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from decimal import Decimal

import psycopg
from psycopg import sql

from vanzelf.sources.data import DataError
from vanzelf.sources.lists.layout import Layout
from vanzelf.sources.lists.problems import ListError, Problem
from vanzelf.sources.lists.sheet import Cell, Numbered

SETTING = "VANZELF_LISTS_DSN_"
AT_ONCE = 5_000  # rows that the cursor brings at a time
CONNECT_SECONDS = 10
STATEMENT = "120s"


def address(layout: Layout, environment: Mapping[str, str] = os.environ) -> str:
    """Where the view is. Raises `DataError` that names the setting."""
    name = f"{SETTING}{layout.connection.upper().replace('-', '_')}"
    if not environment.get(name):
        raise DataError(f"{name} is not set: it tells where the view {layout.view} is")
    return environment[name]


def rows(dsn: str, layout: Layout) -> Iterator[Numbered]:
    """A header with the columns of the layout, then the rows of the view, numbered from 2.

    Only these columns are asked for. Raises `ListError` where the view cannot be read; no address
    and nothing of a row is in the message.
    """
    names = [column.name for column in layout.columns]
    query = sql.SQL("SELECT {} FROM {}").format(
        sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(*layout.view.split("."))
    )
    yield 1, names
    try:
        with closing(_connection(dsn)) as connection, connection.cursor("vanzelf") as cursor:
            cursor.itersize = AT_ONCE
            cursor.execute(query)
            for number, row in enumerate(cursor, start=2):
                yield number, [_cell(cell) for cell in row]
    except psycopg.Error as error:
        why = _why(error)
        raise ListError(layout.view, [Problem.of(1, "", "view", why=why)]) from None


def _connection(dsn: str) -> psycopg.Connection:
    connection = psycopg.connect(
        dsn,
        connect_timeout=CONNECT_SECONDS,
        application_name="vanzelf",
        options=f"-c default_transaction_read_only=on -c statement_timeout={STATEMENT}"
        f" -c idle_in_transaction_session_timeout={STATEMENT}",
    )
    connection.read_only = True
    return connection


def _why(error: psycopg.Error) -> str:
    """The kind of fault by its name in PostgreSQL: its text may hold values or an address."""
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return "no connection"
    return type(error).__name__


def _cell(value: object) -> Cell:
    if isinstance(value, Decimal):
        return float(value) if value == value.to_integral_value() else str(value)
    if value is None or isinstance(value, (str, float, int, date)):
        return value
    return str(value)
