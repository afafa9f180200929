"""A resident's own answer to what no source could tell; every right that waited is checked anew.

An answer never ends or lowers an award, and awards nothing by itself: a YES waits for a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from vanzelf import rights
from vanzelf.city import clock, regulations
from vanzelf.city.access.domain import record
from vanzelf.city.awards.about import MEMBER, about, may_see, members_of, positions, still_holds
from vanzelf.city.awards.latest import COPIED
from vanzelf.city.awards.models import LatestVerdict
from vanzelf.city.people.models import Person
from vanzelf.city.people.sourced import keep
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import explanation
from vanzelf.city.verdicts.records import record_of
from vanzelf.city.verdicts.sealing import bare
from vanzelf.city.verdicts.writing import write_explanations
from vanzelf.rights import facts_of_record
from vanzelf.sources import Reading

SOURCE = "declared/bewoner"


@dataclass(frozen=True)
class Question:
    """What is asked: the fact by its path, about whom, and the row that waits for it."""

    row: LatestVerdict
    path: str
    about: Person | None
    """The person it is about; None for the household."""


def question_of(row: LatestVerdict, person: Person) -> Question | None:
    """The one question that would tell, None when there is nothing that this resident can answer:
    about another adult, that adult is asked."""
    data = explanation(row) if row.outcome == Outcome.UNKNOWN else None
    path = (data or {}).get("next_question")
    if not path or not regulations.regulations().facts.at(path).question:
        return None
    whom = about(path, row, members_of(row))
    if not may_see(path, whom, viewer=person, household=positions(person)):
        return None
    return Question(row, path, whom)


@transaction.atomic
def declare(*, person: Person, question: Question, value: Any) -> list[LatestVerdict]:
    """Keeps the answer and checks every right anew that waited for it; returns their verdicts.

    `value` is of the fact's type, money in euros. Raises rights.FactError when it is not.
    """
    value = _typed(question.path, value)
    name = question.path.rpartition(".")[2]
    shown = value if isinstance(value, bool | str) else str(value)
    reading = Reading(shown, SOURCE, clock.now())
    whom = question.about
    if whom is not None:
        keep({name: reading}, person=whom)
    else:
        keep({name: reading}, household=person.household)
    record(
        actor=person,
        subjects=[whom or person],
        purpose="verklaring",
        right=question.row.right,
        facts=[bare(question.path)],
        reason="eigen antwoord",
    )
    waiting = [row for row in _open_rows(person) if bare(question.path) in row.missing]
    origin = rights.Origin(SOURCE, clock.now(), declared=True)
    placed = [(row, _path_in(row, question)) for row in waiting]
    return [_checked_anew(row, rights.Used(path, value, origin)) for row, path in placed if path]


def _path_in(row: LatestVerdict, question: Question) -> str | None:
    """The path of the answer as this row numbers the household; None when it is not about them."""
    numbered, whom = MEMBER.match(question.path), question.about
    if numbered is None or whom is None:
        return question.path
    ids = row.explanation.members if row.explanation else []
    if whom.pk not in ids:
        return None
    return f"gezin.leden[{ids.index(whom.pk) + 1}]{question.path[numbered.end() :]}"


def _typed(path: str, value: Any) -> Any:
    """The value as expressions work with it, checked against the fact's type."""
    fact = regulations.regulations().facts.at(path)
    coerced: Any = regulations.regulations().facts.coerce({fact.section: {fact.name: value}})
    return coerced[fact.section][fact.name]


def _open_rows(person: Person) -> Sequence[LatestVerdict]:
    mine = Q(person=person)
    if person.household is not None:
        mine |= Q(household=person.household)
    rows = LatestVerdict.objects.select_for_update(of=("self",)).filter(mine)
    household = positions(person)
    unknown = rows.filter(outcome=Outcome.UNKNOWN).select_related("explanation")
    return [row for row in unknown if still_holds(row, household)]


def _checked_anew(row: LatestVerdict, answer: rights.Used) -> LatestVerdict:
    """The verdict from its own record with the answer in it."""
    regulation = regulations.regulation(row.right)
    before, kept = rights.Verdict.from_data(explanation(row)), row.explanation
    assert kept is not None, "an unknown verdict keeps its explanation"
    assert before.explanation is not None, "and the steps in it"
    used = {one.path: one for one in before.explanation.facts} | {answer.path: answer}
    origins = {path: one.origin for path, one in used.items() if one.origin}
    found = regulation.check(facts_of_record(used.values()), before.on, origins=origins)
    made = record_of(regulation, found)
    (explained,) = write_explanations([made], [kept.members])
    for name in COPIED:
        if name not in ("explanation", "regulation_hash"):
            setattr(row, name, getattr(made, name))
    row.explanation_id, row.regulation_hash = explained, regulation.content_hash
    row.at, row.run, row.advice = clock.now(), None, None
    row.save()
    return row
