"""A piece of a run into the tables. Each function runs inside the transaction of its caller."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import F
from psycopg.types.json import Jsonb

from vanzelf.city import clock
from vanzelf.city.database import copy_rows
from vanzelf.city.people.models import Membership
from vanzelf.city.runs.evaluation import Found
from vanzelf.city.runs.models import Run, RunChunk
from vanzelf.city.runs.units import Units
from vanzelf.city.time_axes import CURRENT
from vanzelf.city.verdicts.writing import write_explanations

COLUMNS = {
    "run_id": "int8",
    "household_id": "int8",
    "person_id": "int8",
    "outcome": "int2",
    "amount_cents": "int8",
    "amounts": "jsonb",
    "delivery": "text",
    "reasons": "varchar[]",
    "missing": "varchar[]",
    "settled_by": "varchar[]",
    "next_question": "text",
    "upper_cents": "int8",
    "explanation_id": "int8",
}
MEMBERS_OF_HOUSEHOLDS = """
INSERT INTO runs_runmember (run_id, person_id, household_id)
SELECT %s, m.person_id, m.household_id FROM people_membership m
WHERE m.household_id = ANY(%s) AND m.valid_until IS NULL AND m.known_until IS NULL
"""
MEMBERS = """
INSERT INTO runs_runmember (run_id, person_id, household_id)
SELECT %s, person_id, household_id FROM unnest(%s::bigint[], %s::bigint[])
    AS unit (person_id, household_id)
"""


def write_verdicts(run: Run, found: Sequence[Found], units: Units) -> None:
    """The verdicts, their explanations, and whose data were looked at."""
    where = units.of(number for number, _ in found)
    records = [record for _, record in found]
    homes = _members({household for household, _ in where.values()})
    explanations = write_explanations(records, [homes[where[n][0]] for n, _ in found])
    copy_rows(
        "runs_runverdict",
        list(COLUMNS),
        list(COLUMNS.values()),
        (
            (
                run.pk, *where[number], record.outcome, record.amount_cents,
                Jsonb(record.amounts), record.delivery, record.reasons, record.missing,
                record.settled_by, record.next_question, record.upper_cents, explanation,
            )
            for (number, record), explanation in zip(found, explanations, strict=True)
        ),
    )  # fmt: skip
    households, persons = zip(*where.values(), strict=True) if where else ((), ())
    with connection.cursor() as cursor:
        if units.personal:
            cursor.execute(MEMBERS, [run.pk, list(persons), list(households)])
        else:
            cursor.execute(MEMBERS_OF_HOUSEHOLDS, [run.pk, list(households)])


def _members(households: Collection[int]) -> dict[int, list[int]]:
    """Who lives in each household, in the order in which the register gives them."""
    homes: dict[int, list[int]] = {household: [] for household in households}
    here = Membership.objects.filter(CURRENT, household__in=households)
    for household, person in here.order_by("place", "id").values_list("household", "person"):
        homes[household].append(person)
    return homes


def mark_done(run: Run, phase: RunChunk.Phase, number: int, households: int) -> None:
    """Progress, in the same transaction as the work: then nothing is done twice or forgotten."""
    RunChunk.objects.create(
        run=run, phase=phase, number=number, households=households, at=clock.now()
    )
    Run.objects.filter(pk=run.pk).update(done=F("done") + households)


def finished(run: Run, phase: RunChunk.Phase) -> set[int]:
    """The numbers of the pieces that are done."""
    return set(run.chunks.filter(phase=phase).values_list("number", flat=True))
