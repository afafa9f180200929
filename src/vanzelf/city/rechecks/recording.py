"""A piece of a recheck into the tables: what is proposed as verdicts, the rest as questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from vanzelf.city import regulations
from vanzelf.city.rechecks.comparing import Before, households_of
from vanzelf.city.rechecks.finding import Kind, kind_of, worth_of
from vanzelf.city.rechecks.models import OPEN, Question, Raise
from vanzelf.city.rechecks.weighing import Holding, holdings, others
from vanzelf.city.runs.changes import Unit, members
from vanzelf.city.runs.models import Run, RunVerdict
from vanzelf.city.runs.writing import write_verdicts
from vanzelf.city.verdicts.records import Record
from vanzelf.city.verdicts.writing import write_explanations

ANSWERED = """
SELECT u.place - 1
FROM unnest(%(households)s::bigint[], %(persons)s::bigint[], %(awards)s::bigint[],
            %(outcomes)s::smallint[], %(cents)s::bigint[]) WITH ORDINALITY
    AS u (household_id, person_id, award_id, outcome, cents, place)
WHERE EXISTS (
    SELECT 1 FROM rechecks_question q JOIN runs_run r ON r.id = q.run_id
    WHERE r.rechecks_id = %(earlier)s AND q.closed_at IS NOT NULL
      AND q.household_id = u.household_id AND q.person_id IS NOT DISTINCT FROM u.person_id
      AND q.award_id IS NOT DISTINCT FROM u.award_id
      AND q.outcome = u.outcome AND q.amount_cents IS NOT DISTINCT FROM u.cents)
"""
Found = tuple[Unit, Record, Holding, Kind]


def write_piece(
    run: Run, units: Sequence[Unit], records: Sequence[Record], before: Mapping[Unit, Before]
) -> None:
    """What changed of these units, inside the transaction of the caller."""
    found = _found(run, units, records, before)
    proposed = [one for one in found if one[3] in (Kind.MORE, Kind.RAISED)]
    write_verdicts(run, [unit for unit, *_ in proposed], [record for _, record, *_ in proposed])
    _write_raises(run, [one for one in proposed if one[3] is Kind.RAISED])
    asked = [one for one in found if one[3] in (Kind.LESS, Kind.DIFFERS)]
    answered = _answered(run, asked)
    _ask(run, [one for place, one in enumerate(asked) if place not in answered], before)


def _found(
    run: Run, units: Sequence[Unit], records: Sequence[Record], before: Mapping[Unit, Before]
) -> list[Found]:
    """The units for whom something changes, with what they hold and what it asks for."""
    where = [(unit.household, unit.person) for unit in units]
    earlier = run.rechecks
    if earlier is None:
        raise ValueError(f"run {run.pk} rechecks no other run")
    # Of a right that only looks at the person, it does not matter with whom they live.
    alone = run.personal and not any(
        path.startswith("gezin.") for path in regulations.regulation(run.regulation).needed
    )
    elsewhere = set() if alone else others(run, earlier, where)
    found = []
    for unit, record, holding in zip(units, records, holdings(run, where), strict=True):
        kind = kind_of(
            record.outcome,
            holding.held,
            worth_of(record.amounts, holding.amounts),
            same_household=before[unit].outcome is not None and unit.household not in elsewhere,
        )
        if kind is not None:
            found.append((unit, record, holding, kind))
    return found


def _write_raises(run: Run, found: Sequence[Found]) -> None:
    households = [unit.household for unit, *_ in found]
    verdicts = RunVerdict.objects.filter(run=run, household__in=households)
    ids = {(one.household_id, one.person_id): one.pk for one in verdicts}
    Raise.objects.bulk_create(
        Raise(verdict_id=ids[unit.household, unit.person], award_id=holding.award)
        for unit, _, holding, _ in found
        if holding.award is not None  # or there would be nothing to raise
    )


def _answered(run: Run, found: Sequence[Found]) -> set[int]:
    """The places of questions that someone answered before, on the same finding."""
    values: dict[str, Any] = {
        "households": [unit.household for unit, *_ in found],
        "persons": [unit.person for unit, *_ in found],
        "awards": [holding.award for _, _, holding, _ in found],
        "outcomes": [record.outcome for _, record, *_ in found],
        "cents": [record.amount_cents for _, record, *_ in found],
        "earlier": run.rechecks_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(ANSWERED, values)
        return {place for (place,) in cursor.fetchall()}


def _ask(run: Run, found: Sequence[Found], before: Mapping[Unit, Before]) -> None:
    homes = members(sorted({unit.household for unit, *_ in found}))
    explanations = write_explanations(
        [record for _, record, *_ in found], [homes[unit.household] for unit, *_ in found]
    )
    Question.objects.bulk_create(
        Question(
            run=run,
            kind=kind,
            household_id=unit.household,
            person_id=unit.person,
            award_id=holding.award,
            before_outcome=before[unit].outcome,
            before_reasons=before[unit].reasons,
            outcome=record.outcome,
            amount_cents=record.amount_cents,
            amounts=record.amounts,
            delivery=record.delivery,
            reasons=record.reasons,
            missing=record.missing,
            settled_by=record.settled_by,
            next_question=record.next_question,
            explanation_id=explanation,
        )
        for (unit, record, holding, kind), explanation in zip(found, explanations, strict=True)
    )


def supersede(run: Run) -> None:
    """Questions of earlier rechecks of the same run give way: what still holds is asked anew."""
    earlier = Question.objects.filter(OPEN, run__rechecks=run.rechecks_id).exclude(run=run)
    only = households_of(run)
    if only is not None:
        earlier = earlier.filter(household__in=only)
    earlier.update(superseded_by=run)
