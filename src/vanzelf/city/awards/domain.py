"""Checking one person, deciding on the advice, and ending awards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models import QuerySet

import vanzelf
from vanzelf import rights
from vanzelf.city import clock, regulations
from vanzelf.city.access.domain import record
from vanzelf.city.awards.asking import PURPOSE, ask_for
from vanzelf.city.awards.declared import Declared
from vanzelf.city.awards.held import covered_by, standing
from vanzelf.city.awards.latest import keep_latest
from vanzelf.city.awards.models import Advice, Award, AwardCover, Decision, PointCheck
from vanzelf.city.people import sourced
from vanzelf.city.people.domain import NotAnswered, NotFound
from vanzelf.city.people.models import Person
from vanzelf.city.people.queries import find_person, plain
from vanzelf.city.reasons import ReasonError, without_number, written
from vanzelf.city.runs.models import Run
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.city.unasked import domain as unasked
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import stays_whole
from vanzelf.city.verdicts.records import Record, record_of
from vanzelf.city.verdicts.writing import write_explanations
from vanzelf.sources import Household as Sourced
from vanzelf.sources import assemble
from vanzelf.sources.types import TRANSIENT


def point_check(
    *,
    insz: str,
    on: date,
    by: StaffMember,
    reason: str,
    regulation_ids: Sequence[str] | None = None,
) -> list[Advice]:
    """Asks the sources about a person and household, and gives an advice per right (all of them
    by default), each with its explanation. Raises NotFound when nobody knows the number, and
    NotAnswered when that cannot be said now.

    That it was asked is logged and committed before any source is, whatever comes of it: call
    this outside a transaction."""
    require(by, "awards.point_check")
    reason = without_number(reason)
    if not reason:
        raise ReasonError("Zeg waarom je deze persoon opzoekt.")
    asked = [regulations.regulation(right) for right in regulation_ids or regulations.regulations()]
    _log_question(insz, by, reason, asked if regulation_ids else [])
    answers = ask_for(asked, plain(insz), on)
    household = answers[max(answers)]  # the latest: what is kept about the person
    if find_person(insz) is None:
        _must_exist(household)
    with transaction.atomic():
        known = sourced.take_in(household)
        check = PointCheck.objects.create(
            person=known.person,
            household=known.household,
            on=on,
            at=clock.now(),
            by=by,
            reason=reason,
        )
        told = Declared.of(known.person, known.household, known.members, asked)
        known = known._replace(facts=[*known.facts, *told.facts])
        check.facts.set(known.facts)
        unasked.keep(check=check, answers=answers)
        _log(check, known, asked if regulation_ids else [])
        members = {day: _numbered(answer) for day, answer in answers.items()}
        verdicts = [_checked(one, answers, members, told, on) for one in asked]
        return _advise(check, asked, verdicts, members)


def _must_exist(household: Sourced) -> None:
    """Someone new to us is taken in only when a source outside knows them: that a number is not
    on a list of our own says nothing."""
    readings = household.person.readings.values()
    outside = [reading for reading in readings if reading.source.startswith("magda/")]
    if any(reading.known for reading in outside):
        return
    if any(reading.reason in TRANSIENT for reading in outside):
        raise NotAnswered("De bronnen antwoorden nu niet; probeer het straks opnieuw.")
    raise NotFound("Geen enkele bron kent dit nummer.")


@transaction.atomic
def _log_question(
    insz: str, by: StaffMember, reason: str, asked: Sequence[rights.Regulation]
) -> None:
    """One line for each right that is asked by name, or one for all rights together; without a
    person when we do not know the number, which itself stands in no log."""
    person = find_person(insz)
    for right in _named(asked):
        record(
            actor=by,
            subjects=[person] if person else [],
            purpose=PURPOSE,
            right=right,
            reason=reason,
            about=person,
        )


def _named(asked: Sequence[rights.Regulation]) -> list[str]:
    return [regulation.id for regulation in asked] or [""]


def _log(check: PointCheck, known: sourced.Known, asked: Sequence[rights.Regulation]) -> None:
    """What came of it: the same lines, for everyone in the household, with the facts."""
    for right in _named(asked):
        record(
            actor=check.by,
            subjects=known.members,
            purpose=PURPOSE,
            right=right,
            facts=[fact.fact for fact in known.facts],
            reason=check.reason,
            about=check.person,
            own={
                one.pk: [fact.fact for fact in known.facts if fact.person_id in (None, one.pk)]
                for one in known.members
            },
        )


def _checked(
    regulation: rights.Regulation,
    answers: Mapping[date, Sourced],
    members: Mapping[date, Sequence[int]],
    told: Declared,
    on: date,
) -> rights.Verdict:
    """The verdict on what the sources said of the day that this right looks at; on what no
    source said, but the people themselves did, on that."""
    day = regulation.reference_date(on)
    facts, origins = assemble(answers[day])
    told.fill(facts, origins, members[day])
    return regulation.check(facts, on, origins=origins)


def _advise(
    check: PointCheck,
    asked: Sequence[rights.Regulation],
    verdicts: Sequence[rights.Verdict],
    members: Mapping[date, Sequence[int]],
) -> list[Advice]:
    records = [record_of(r, verdict) for r, verdict in zip(asked, verdicts, strict=True)]
    numbered = [members[r.reference_date(check.on)] for r in asked]
    explanations = write_explanations(records, numbered)
    advices = []
    for regulation, found, explanation in zip(asked, records, explanations, strict=True):
        advice = Advice.objects.create(
            check_ref=check,
            right=regulation.id,
            period=regulation.period_label(check.on),
            regulation_hash=regulation.content_hash,
            engine_version=vanzelf.__version__,
            explanation_id=explanation,
            **_columns(found),
        )
        keep_latest(advice, personal=regulation.unit == "persoon")
        advices.append(advice)
    return advices


def _numbered(answer: Sourced) -> list[int]:
    """Our ids of the members in the order in which paths number them; 0 for who is not in the
    register. None of them when the sources do not say who lives together."""
    if not answer.readings[sourced.MEMBERS].known:
        return []
    found = (find_person(member.insz) for member in answer.members)
    return [person.pk if person else 0 for person in found]


def _columns(found: Record) -> dict[str, object]:
    left_out = {"right", "explanation", "secret", "upper_cents"}
    return {name: value for name, value in found._asdict().items() if name not in left_out}


@transaction.atomic
def decide(*, advice: Advice, by: StaffMember, decision: str, motivation: str = "") -> Decision:
    """Awards, refuses, or asks for more. A refusal, and an award against the advice, needs a
    motivation as `reasons.written` asks. Raises ValueError when it was decided already, when the
    right is another authority's to decide (advice only), when the values it was based on are no
    longer kept, when everyone whom it would cover has died, or when someone of the household is
    covered already for this right and period."""
    require(by, "awards.decide")
    kind = Decision.Kind(decision)
    advice = Advice.objects.select_for_update().get(pk=advice.pk)
    if standing(advice).exists():
        raise ValueError("Hierover is al beslist.")
    decided_by = regulations.regulation(advice.right)
    if decided_by.advice_only and kind != Decision.Kind.ASK:
        who = decided_by.authority.names["nl"]
        raise ValueError(f"Hierover beslist iemand anders: {who}. Geef dit advies mee.")
    if kind != Decision.Kind.ASK and not stays_whole(advice):
        raise ValueError(
            "De waarden van deze controle worden niet meer bewaard: controleer opnieuw."
        )
    motivation = without_number(motivation)
    against = kind == Decision.Kind.AWARD and advice.outcome != Outcome.YES
    if kind == Decision.Kind.REFUSE or against:
        written(motivation)
    decided = Decision.objects.create(
        advice=advice, kind=kind, by=by, at=clock.now(), motivation=motivation
    )
    covered = covered_by(advice)
    if kind == Decision.Kind.AWARD:
        if _everyone_died(advice.check_ref, covered):
            raise ValueError("Volgens het register is iedereen van dit gezin overleden.")
        _award(decided, covered)
    record(
        actor=by,
        subjects=covered,
        purpose="beslissing",
        right=advice.right,
        reason=motivation or advice.check_ref.reason,
        about=advice.check_ref.person,
    )
    return decided


def _everyone_died(check: PointCheck, covered: Sequence[Person]) -> bool:
    died = check.facts.filter(fact="persoon.overleden", value=True)
    return bool(covered) and {one.pk for one in covered} <= {fact.person_id for fact in died}


def _award(decision: Decision, covered: Sequence[Person]) -> Award:
    advice = decision.advice
    check = advice.check_ref
    personal = regulations.regulation(advice.right).unit == "persoon" or check.household is None
    award = Award.objects.create(
        right=advice.right,
        period=advice.period,
        household=None if personal else check.household,
        person=check.person if personal else None,
        valid_from=check.on,
        known_from=decision.at,
        regulation_hash=advice.regulation_hash,
        engine_version=advice.engine_version,
        amount_cents=advice.amount_cents,
        amounts=advice.amounts,
        delivery=advice.delivery,
        explanation=advice.explanation,
        decision=decision,
        decided_by=decision.by,
        approved_by=decision.by,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO awards_awardcover (award_id, "right", period, person_id)'
            " SELECT %s, %s, %s, unnest(%s::bigint[]) ON CONFLICT DO NOTHING",
            [award.pk, award.right, award.period, [person.pk for person in covered]],
        )
        if cursor.rowcount < len(covered):
            raise ValueError("Iemand van dit gezin kreeg dit al in dezelfde periode.")
    return award


def end_awards(*, of: Run | Decision, by: StaffMember, reason: str) -> list[int]:
    """Ends the awards of a run or a decision; returns the ids of the persons whom they covered."""
    return _end(of.awards.all(), by, reason)


def end_award(*, award: Award, by: StaffMember, reason: str) -> list[int]:
    """Ends one award; returns the ids of the persons whom it covered, none when it had ended."""
    return _end(Award.objects.filter(pk=award.pk), by, reason)


def _end(awards: QuerySet[Award], by: StaffMember, reason: str) -> list[int]:
    now = clock.now()
    ending = awards.filter(known_until=None)
    covers = AwardCover.objects.filter(award__in=ending, known_until=None)
    covered = list(covers.values_list("person_id", flat=True).distinct())
    covers.update(known_until=now)
    ending.update(known_until=now, ended_by=by, ended_reason=reason)
    return covered
