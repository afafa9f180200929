"""A piece of a run into the tables. Each function runs inside the transaction of its caller."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from psycopg.types.json import Jsonb

from vanzelf.city import clock
from vanzelf.city.database import copy_rows
from vanzelf.city.runs.changes import Unit, members
from vanzelf.city.runs.models import Run, RunChunk
from vanzelf.city.verdicts.records import Record
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


def write_verdicts(run: Run, units: Sequence[Unit], records: Sequence[Record]) -> None:
    """The verdicts on these units, and their explanations."""
    homes = members(sorted({unit.household for unit in units}))
    explanations = write_explanations(records, [homes[unit.household] for unit in units])
    copy_rows(
        "runs_runverdict",
        list(COLUMNS),
        list(COLUMNS.values()),
        (
            (
                run.pk, unit.household, unit.person, record.outcome, record.amount_cents,
                Jsonb(record.amounts), record.delivery, record.reasons, record.missing,
                record.settled_by, record.next_question, record.upper_cents, explanation,
            )
            for unit, record, explanation in zip(units, records, explanations, strict=True)
        ),
    )  # fmt: skip


def mark_done(run: Run, phase: RunChunk.Phase, number: int, households: int) -> None:
    """Progress, in the same transaction as the work: then nothing is done twice or forgotten."""
    RunChunk.objects.create(
        run=run, phase=phase, number=number, households=households, at=clock.now()
    )
    Run.objects.filter(pk=run.pk).update(done=F("done") + households)


def finished(run: Run, phase: RunChunk.Phase) -> set[int]:
    """The numbers of the pieces that are done."""
    return set(run.chunks.filter(phase=phase).values_list("number", flat=True))
