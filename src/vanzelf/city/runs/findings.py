"""What a run found of everyone, in SQL: staged when calculated, kept by piece, read back whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import pyarrow as pa
from django.db import connection

from vanzelf.city import secrets
from vanzelf.city.database import copy_table
from vanzelf.city.people.presence import MEMBERS
from vanzelf.city.runs.columns import Columns, Texts
from vanzelf.city.runs.models import Run

# Shows a run's findings as rows; to put in a subquery. It takes %(run)s.
FOUND = """
SELECT f.number AS piece, one.* FROM runs_findings f, unnest(
    f.households, f.persons, f.outcomes, f.cents, f.worth, f.marks, f.reasons, f.missing
) AS one (household_id, person_id, outcome, cents, worth, mark, reasons, missing)
WHERE f.run_id = %(run)s
"""
# Who is on the list stands apart first: of a run that was just written the planner expects nobody,
# and would go through the whole list for each row that was found.
LOAD = f"""
DROP TABLE IF EXISTS found, listed;
CREATE TEMPORARY TABLE listed AS
SELECT id, household_id, person_id, outcome, amount_cents, reasons, settled_by, explanation_id
FROM runs_runverdict WHERE run_id = %(run)s;
CREATE INDEX ON listed (household_id);
ANALYZE listed;
CREATE TEMPORARY TABLE found AS
SELECT f.*, v.id AS verdict_id, v.settled_by FROM ({FOUND}) f
LEFT JOIN listed v ON v.household_id = f.household_id
    AND v.person_id IS NOT DISTINCT FROM f.person_id;
ANALYZE found
"""  # noqa: S608 - put together from constants
STAGE = """
DROP TABLE IF EXISTS staged, finding;
CREATE TEMPORARY TABLE staged (
    unit int, home int, register_number bigint, place smallint, outcome smallint, cents bigint,
    worth text, mark bytea, reasons bigint, missing bigint
);
CREATE TEMPORARY TABLE finding (
    unit int, home int, household_id bigint, person_id bigint, outcome smallint, cents bigint,
    worth text, mark bytea, reasons bigint, missing bigint
);
"""
OF_HOUSEHOLDS = """
INSERT INTO finding
SELECT s.unit, s.home, h.id, NULL, s.outcome, s.cents, s.worth, s.mark, s.reasons, s.missing
FROM staged s JOIN people_household h USING (register_number)
ORDER BY s.unit
"""
OF_PERSONS = f"""
INSERT INTO finding
SELECT s.unit, s.home, h.id, m.person_id, s.outcome, s.cents, s.worth, s.mark, s.reasons, s.missing
FROM staged s
JOIN people_household h USING (register_number)
JOIN ({MEMBERS}) m ON m.household_id = h.id AND m.place = s.place
ORDER BY s.unit
"""  # noqa: S608 - put together from constants
KEEP = """
INSERT INTO runs_findings
    (run_id, number, households, persons, outcomes, cents, worth, marks, reasons, missing)
SELECT %(run)s, %(number)s, array_agg(household_id), array_agg(person_id), array_agg(outcome),
       array_agg(cents), array_agg(worth), array_agg(mark), array_agg(reasons),
       array_agg(missing)
FROM (SELECT * FROM finding WHERE home >= %(start)s AND home < %(stop)s ORDER BY unit) piece
HAVING count(*) > 0
"""


def stage(run: Run, columns: Columns, known: Mapping[int, str]) -> None:
    """Puts what was calculated in the temporary table `finding` of this connection: unit, home,
    household_id, person_id, outcome, cents, worth, mark, reasons and missing (ids of Said).

    `known` says in words, per unit that gets a mark, all that is known of it.
    """
    table = columns.table.append_column("mark", _marks(known, len(columns.table)))
    for name, texts in (("reasons", columns.reasons), ("missing", columns.missing)):
        ids = np.array(_said(texts), dtype=np.int64)
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, pa.array(ids[table[name].to_numpy()]))
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
    copy_table("staged", table)
    values = {"delivery": run.delivery_id, "personal": run.personal}
    with connection.cursor() as cursor:
        cursor.execute(OF_PERSONS if run.personal else OF_HOUSEHOLDS, values)
        if cursor.rowcount != len(table):
            raise RuntimeError(
                f"run {run.pk}: {len(table) - cursor.rowcount} units of the population are not in"
                " the register as it was taken in: take the delivery in again"
            )
        cursor.execute("DROP TABLE staged; CREATE INDEX ON finding (home); ANALYZE finding")


def keep(run: Run, number: int, start: int, stop: int) -> None:
    """Keeps the findings of a piece: the households at positions `start` up to `stop`."""
    values = {"run": run.pk, "number": number, "start": start, "stop": stop}
    with connection.cursor() as cursor:
        cursor.execute(KEEP, values)


@contextmanager
def loaded(run: Run) -> Iterator[None]:
    """All that was found, in temporary tables of this connection: `found`, as in FOUND, with
    verdict_id and settled_by of who is on the list; and `listed`, the list itself."""
    with connection.cursor() as cursor:
        cursor.execute(LOAD, {"run": run.pk})
    yield  # after an error the transaction ends, and so do they; or the next time drops them
    drop("found", "listed")


def drop(*tables: str) -> None:
    """Drops temporary tables that were made here."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(tables)}")


def _marks(known: Mapping[int, str], units: int) -> pa.Array:
    """A keyed digest of what is known: it may hold incomes, so no other digest will do."""
    marks: list[str | None] = [None] * units
    for unit, mark in zip(known, secrets.fingerprints(known.values()), strict=True):
        marks[unit] = f"\\x{mark.hex()}"
    return pa.array(marks, pa.string())


def _said(texts: Sequence[Texts]) -> list[int]:
    """The id of each list of texts; new ones are written."""
    wanted = [list(one) for one in texts]
    with connection.cursor() as cursor:
        for one in wanted:
            cursor.execute(
                "INSERT INTO runs_said (texts) VALUES (%s::varchar[]) ON CONFLICT DO NOTHING", [one]
            )
        ids = []
        for one in wanted:
            cursor.execute("SELECT id FROM runs_said WHERE texts = %s::varchar[]", [one])
            ids.append(cursor.fetchone()[0])
    return ids
