"""Rows of one table that have a term: counting them, and taking away those that are past it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from django.db import connection

from vanzelf.city.retention.role import taking_away

BATCH = 5_000


class Found(NamedTuple):
    """What stands somewhere: how many, the oldest, and how many of them are past their term."""

    where: str
    rows: int
    oldest: datetime | None
    past: int


class Rule(Protocol):
    """What brings one kind of data back to its term."""

    def look(self, before: datetime) -> Found:
        """What there is, and how much of it began before this moment."""

    def take(self, before: datetime, limit: int) -> int:
        """Takes at most so many away, wholly or not at all; returns how many, 0 when it is done."""


@dataclass(frozen=True)
class Rows:
    """Rows of a table that go as a whole, or of which some columns go. SQL is over the row `t`."""

    table: str
    since: str
    """The moment from which the term counts; empty (NULL): it does not count yet."""
    only: str = "true"
    """Which rows of the table are meant."""
    also: str = "true"
    """What must hold as well before a row goes."""
    key: str = "id"
    goes_with: tuple[tuple[str, str], ...] = ()
    """Rows that go first: (table, column that points here)."""
    lets_go: tuple[tuple[str, str], ...] = ()
    """Rows that stay and point here no more."""
    empties: str = ""
    """What is set (SQL), for rows that stay without it."""

    def look(self, before: datetime) -> Found:
        statement = (
            f"SELECT count(*), min(nullif({self.since}, '-infinity')),"  # noqa: S608
            f" count(*) FILTER (WHERE {self.since} < %(before)s AND {self.also})"
            f" FROM {self.table} t WHERE {self.only}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, {"before": before})
            return Found(self.table, *cursor.fetchone())

    def take(self, before: datetime, limit: int = BATCH) -> int:
        past = (
            f"SELECT {self.key} FROM {self.table} t"  # noqa: S608
            f" WHERE {self.only} AND {self.also} AND {self.since} < %(before)s LIMIT %(limit)s"
        )
        with taking_away() as cursor:
            cursor.execute(past, {"before": before, "limit": limit})
            keys = [row[0] for row in cursor.fetchall()]
            if keys:
                for statement in self._statements():
                    cursor.execute(statement, [keys])
        return len(keys)

    def _statements(self) -> list[str]:
        kind = "::tid[]" if self.key == "ctid" else ""
        if self.empties:
            return [f"UPDATE {self.table} SET {self.empties} WHERE {self.key} = ANY(%s)"]  # noqa: S608
        return [
            *(f"UPDATE {t} SET {c} = NULL WHERE {c} = ANY(%s)" for t, c in self.lets_go),  # noqa: S608
            *(f"DELETE FROM {t} WHERE {c} = ANY(%s)" for t, c in self.goes_with),  # noqa: S608
            f"DELETE FROM {self.table} WHERE {self.key} = ANY(%s{kind})",  # noqa: S608
        ]


def standing(table: str) -> Found:
    """How many rows there are in a table that has no term of its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return Found(table, cursor.fetchone()[0], None, 0)
