"""Putting on the role that may take away, for the length of one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

ROLE = "vanzelf_retention"


@contextmanager
def taking_away() -> Iterator[CursorWrapper]:
    """A transaction with the rights of retention, and no others. Raises ProgrammingError when the
    database does not give the app this role (docs/keeping.md)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield cursor
        cursor.execute("SET LOCAL ROLE NONE")
