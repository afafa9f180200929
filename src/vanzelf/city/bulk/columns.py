"""Answers as columns: a fact of ten thousand people is one row, and so written and read at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F

from vanzelf.city.bulk.models import Answers, ListFile, Received
from vanzelf.sources.types import TRANSIENT, Reading

INSERT = """
INSERT INTO bulk_answers
    (received_id, file_id, fact, at, persons, "values", since, until, reasons)
VALUES (%s, %s, %s, %s, %s::bigint[], %s::boolean[], %s::date[], %s::date[], %s::varchar[])
"""


def keep(received: Received, file: ListFile, answers: Mapping[int, Mapping[str, Reading]]) -> None:
    """Writes what a file said of the persons of a list, and of how many more it is settled:
    a source that was busy may answer yet."""
    if not answers:
        return
    before = {
        person
        for row in Answers.objects.filter(file=file, fact=file.facts[0])
        for person, reason in zip(
            row.persons, row.reasons or [None] * len(row.persons), strict=True
        )
        if reason not in TRANSIENT
    }
    for fact in file.facts:
        write(received, file, fact, {person: told[fact] for person, told in answers.items()})
    settled = {
        person
        for person, told in answers.items()
        if not any(reading.transient for reading in told.values())
    }
    new = len(settled - before)
    ListFile.objects.filter(pk=file.pk).update(answered=F("answered") + new)


def write(
    received: Received, file: ListFile | None, fact: str, told: Mapping[int, Reading]
) -> None:
    """One fact of these persons."""
    readings = list(told.values())
    values = [one.value if isinstance(one.value, bool) else None for one in readings]
    since = _some([one.valid_from for one in readings])
    until = _some([one.valid_until for one in readings])
    reasons = _some([None if one.reason is None else str(one.reason) for one in readings])
    of_file = None if file is None else file.pk
    row: list[Any] = [received.pk, of_file, fact, received.at, list(told)]
    row += [values, since, until, reasons]
    with connection.cursor() as cursor:  # the ORM would look at each element apart
        cursor.execute(INSERT, row)


def _some(column: Sequence[date | str | None]) -> Sequence[date | str | None] | None:
    """The column, unless there is nothing in it."""
    return column if any(one is not None for one in column) else None
