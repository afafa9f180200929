"""A keeper of conditions that all processes share."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.utils import CursorWrapper

from vanzelf.sources.endurance import Condition, InMemory
from vanzelf.sources.endurance.keeping import Key, Step

REMEMBERED = timedelta(days=7)
"""A source that nobody asked for so long, is not told of any more."""

ALONE = 60.0
"""Seconds that this process remembers for itself, when the database cannot be reached."""

TAKE = """
    SELECT condition FROM endurance_sourcecondition WHERE source = %s AND address = %s FOR UPDATE
"""
ADD = """
    INSERT INTO endurance_sourcecondition (source, address, condition, changed_at)
    VALUES (%s, %s, 'null', now()) ON CONFLICT DO NOTHING
"""
KEEP = """
    UPDATE endurance_sourcecondition SET condition = %s, changed_at = now()
    WHERE source = %s AND address = %s
"""
ALL = """
    SELECT source, address, condition FROM endurance_sourcecondition
    WHERE changed_at > %s AND condition <> 'null'
"""
FORGET = "DELETE FROM endurance_sourcecondition WHERE changed_at <= %s"


@dataclass(slots=True)
class InDatabase:
    """One row per source, locked while it changes.

    On a line of its own, so that what is remembered does not wait for the end of whatever
    transaction is under way, nor goes away with it. Without the database each process goes on
    with what it sees itself: remembering must not be what fails.
    """

    _own: InMemory = field(default_factory=InMemory)
    _alone_until: float = 0.0

    def change(self, key: Key, step: Step) -> float:
        if time.monotonic() >= self._alone_until:
            try:
                return _changed(key, step)
            except DatabaseError:
                self._alone_until = time.monotonic() + ALONE
        return self._own.change(key, step)

    def all(self) -> Mapping[Key, Condition]:
        try:
            return _remembered()
        except DatabaseError:
            return self._own.all()


def _changed(key: Key, step: Step) -> float:
    with _apart() as cursor:
        cursor.execute(TAKE, key)
        row = cursor.fetchone()
        if row is None:
            cursor.execute(FORGET, [datetime.now(UTC) - REMEMBERED])
            cursor.execute(ADD, key)
            cursor.execute(TAKE, key)
            row = cursor.fetchone()
        data = _data(row[0]) if row else None
        condition, said = step(Condition.from_data(data) if data else None)
        cursor.execute(KEEP, [json.dumps(condition.as_data()), *key])
    return said


def _remembered() -> dict[Key, Condition]:
    with _apart() as cursor:
        cursor.execute(ALL, [datetime.now(UTC) - REMEMBERED])
        return {
            Key(source, address): Condition.from_data(_data(condition))
            for source, address, condition in cursor.fetchall()
        }


def _data(value: object) -> dict[str, object]:
    return json.loads(value) if isinstance(value, str) else value  # type: ignore[return-value]


@contextmanager
def _apart() -> Iterator[CursorWrapper]:
    """A cursor in a transaction of its own."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        connection.set_autocommit(False)
        with connection.cursor() as cursor:
            # What is lost when the machine stops, is what a source did in its last moments.
            cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute("SET LOCAL lock_timeout = '500ms'")  # of a process that hangs
            yield cursor
        connection.commit()
    finally:
        connection.close()
