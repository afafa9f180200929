"""A run from its beginning to its end, and everything that stops it on the way."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

import pyarrow.parquet as parquet
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count

from tests.city.conftest import BAGS, DAY, Town
from vanzelf import population, rights
from vanzelf.city.access.models import Look
from vanzelf.city.awards import queries as awards
from vanzelf.city.awards.models import Award, AwardCover, Decision, LatestVerdict
from vanzelf.city.people.models import Household
from vanzelf.city.people.presence import members_of
from vanzelf.city.runs import domain, queries, work
from vanzelf.city.runs.measure import turned
from vanzelf.city.runs.models import Run, RunVerdict, State
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.domain import create_staff_member
from vanzelf.city.staff.models import Role
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import explanation

BECAUSE = "De eerste controle was op een onvolledige lijst."


class Found(NamedTuple):
    household: int
    person: int | None
    outcome: int
    cents: int | None


def found(run: Run) -> list[Found]:
    """What the run found of everyone."""
    return [
        Found(*row)
        for piece in run.findings.all()
        for row in zip(piece.households, piece.persons, piece.outcomes, piece.cents, strict=True)
    ]


def test_verdicts_are_those_of_the_regulation(town: Town) -> None:
    regulation = rights.load()[BAGS]
    city = population.read(town.folder)
    expected = {
        number: Outcome[regulation.check(facts, DAY, explain=False).outcome]
        for number, facts in city.households(regulation.needed, on=DAY)
    }
    run = town.evaluated()
    numbers = dict(Household.objects.values_list("id", "register_number"))
    assert {numbers[one.household]: one.outcome for one in found(run)} == expected


def test_explanation_gives_the_same_verdict_again(town: Town) -> None:
    regulation = rights.load()[BAGS]
    run = town.evaluated()
    for row in run.verdicts.exclude(outcome=Outcome.NO):
        data = explanation(row)
        assert data is not None
        assert Outcome[rights.check_again(regulation, data).outcome] == row.outcome


def test_explanation_tells_source_and_day_of_each_fact(town: Town) -> None:
    row = town.evaluated().verdicts.filter(outcome=Outcome.UNKNOWN).first()
    verdict = rights.Verdict.from_data(explanation(row))
    assert verdict.explanation is not None
    origins = [used.origin for used in verdict.explanation.facts]
    assert all(origin is not None and origin.source for origin in origins)
    assert any(origin is not None and origin.reason for origin in origins)


def test_preview_counts_what_was_found(town: Town) -> None:
    run = town.evaluated()
    preview = queries.preview(run)
    assert preview is not None
    counts = Counter(one.outcome for one in found(run))
    counted = [counts[outcome] for outcome in (Outcome.YES, Outcome.NO, Outcome.UNKNOWN)]
    assert [preview.yes, preview.no, preview.unknown] == counted
    amounts = run.verdicts.filter(outcome=1).values_list("amount_cents", flat=True)
    assert preview.cost_sure_cents == sum(amounts)
    assert preview.cost_bound_cents is not None
    assert preview.cost_bound_cents > preview.cost_sure_cents
    assert sum(one.units for one in preview.settles) == preview.unknown
    assert [one.kind for one in preview.sample] == ["ordinary"] * 4 + ["exceptional"] * 4


def test_sample_is_drawn_by_the_run_alone(town: Town) -> None:
    drawn = [
        list(town.evaluated().sample.values_list("verdict__household", "why")) for _ in range(2)
    ]
    assert drawn[0] == drawn[1]


def test_approved_run_awards_each_household_once(town: Town) -> None:
    run = town.awarded()
    assert run.state == State.DONE
    yes = run.verdicts.filter(outcome=Outcome.YES)
    awarded = Award.objects.filter(run=run).values_list("household", "amount_cents", "delivery")
    assert sorted(awarded) == sorted(yes.values_list("household", "amount_cents", "delivery"))
    members = members_of(run.delivery, personal=False)
    members = members.filter(household__in=yes.values("household"))
    covered = AwardCover.objects.values_list("person", flat=True)
    assert sorted(covered) == sorted(members.values_list("person", flat=True))


def test_award_says_who_decided_and_on_what_rules(town: Town) -> None:
    run = town.awarded()
    award = Award.objects.filter(run=run).first()
    assert (award.decided_by, award.approved_by) == (town.preparer, town.approver)
    assert award.regulation_hash == rights.load()[BAGS].content_hash
    assert (award.period, award.valid_from) == ("2026", DAY)
    assert explanation(award)["outcome"] == "YES"


def test_run_keeps_why_not_and_refuses_nobody(town: Town) -> None:
    run = town.awarded()
    no = LatestVerdict.objects.filter(run=run, outcome=Outcome.NO)
    assert no.count() == sum(one.outcome == Outcome.NO for one in found(run))
    assert all(row.reasons for row in no)
    assert not Decision.objects.exists()


def test_second_run_in_the_period_awards_nobody_twice(town: Town) -> None:
    first = town.awarded()
    second = town.awarded(on=date(2026, 4, 15))
    preview = queries.preview(second)
    assert preview is not None
    assert preview.previous == first
    assert "covered-already" in [one.code for one in preview.outliers]
    per_person = AwardCover.objects.values_list("person", flat=True)
    assert len(per_person) == len(set(per_person))


def test_preview_counts_and_prices_only_what_would_be_awarded(town: Town) -> None:
    first = town.awarded()
    ended = first.awards.order_by("pk")[:3]
    AwardCover.objects.filter(award__in=list(ended)).update(known_until=first.approved_at)
    second = town.evaluated(on=date(2026, 4, 15))
    seen = queries.preview(second)
    assert seen is not None
    assert (seen.new, seen.covered, seen.covered_partly) == (3, seen.yes - 3, 0)
    again = second.verdicts.filter(household__in=[award.household_id for award in ended])
    assert seen.cost_sure_cents == sum(again.values_list("amount_cents", flat=True))
    unknown = [one.cents or 0 for one in found(second) if one.outcome == Outcome.UNKNOWN]
    assert seen.cost_bound_cents == seen.cost_sure_cents + sum(unknown) > seen.cost_sure_cents
    run = work.award(town.approved(town.requested(second)).pk)
    assert queries.awarded(run) == seen.new


def test_preview_tells_apart_who_has_it_in_part(town: Town) -> None:
    first = town.awarded()
    family = first.awards.alias(members=Count("covers")).filter(members__gt=1).first()
    left = family.covers.first()
    left.known_until = first.approved_at
    left.save()
    seen = queries.preview(town.evaluated(on=date(2026, 4, 15)))
    assert seen is not None
    assert (seen.new, seen.covered_partly) == (0, 1)
    assert seen.cost_sure_cents == 0


def test_split_household_is_not_awarded_again(town: Town) -> None:
    run = town.approved(town.requested(town.evaluated()))
    verdict = run.verdicts.filter(outcome=Outcome.YES).first()
    member = members_of(run.delivery, personal=False).filter(household=verdict.household).first()
    other = Award.objects.create(
        right=BAGS, period="2026", person_id=member.person_id, known_from=run.created_at,
        explanation=verdict.explanation, run=run, decided_by=town.preparer,
        approved_by=town.approver,
    )  # fmt: skip
    AwardCover.objects.create(award=other, right=BAGS, period="2026", person_id=member.person_id)
    work.award(run.pk)
    assert not Award.objects.filter(run=run, household=verdict.household_id).exists()
    assert LatestVerdict.objects.get(household=verdict.household_id).outcome == Outcome.YES


def test_right_of_a_person_covers_that_person(town: Town) -> None:
    run = town.evaluated("gent/uitpas")
    everyone = members_of(run.delivery, personal=True).values_list("person", flat=True)
    assert sorted(one.person for one in found(run)) == sorted(everyone)
    run = work.award(town.approved(town.requested(run)).pk)
    awards = Award.objects.filter(run=run)
    assert awards.count() == run.verdicts.filter(outcome=Outcome.YES).count() > 0
    assert [cover.person_id for award in awards for cover in award.covers.all()] == [
        award.person_id for award in awards
    ]


def test_financial_values_are_sealed_and_come_back(town: Town) -> None:
    run = town.evaluated("gent/schoolkorting")
    row = run.verdicts.exclude(explanation__sealed=None).first()
    kept = [used for used in used_of(row.explanation.data) if used["type"] == "sealed"]
    assert kept
    assert all(used["value"] is None for used in kept)
    opened = {used["path"]: used["type"] for used in used_of(explanation(row))}
    assert {opened[used["path"]] for used in kept} == {"number"}


def test_income_stands_nowhere_in_clear(town: Town) -> None:
    run = town.awarded_right("gent/schoolkorting")
    table = parquet.read_table(town.folder / "households.parquet", columns=["taxable_income"])
    incomes = {cents for cents in table.column(0).to_pylist() if cents and cents % 100}
    planted = [f"{cents // 100}.{cents % 100:02d}" for cents in sorted(incomes)[:200]]
    sealed = run.verdicts.exclude(explanation__sealed=None)
    opened = " ".join(str(explanation(row)) for row in sealed)
    assert [amount for amount in planted if amount in opened], "no income was used at all"
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{name}" t')
            text = cursor.fetchone()[0] or ""
            assert [amount for amount in planted if amount in text] == [], name


def used_of(data: dict[str, object]) -> list[dict[str, object]]:
    from vanzelf.city.verdicts.sealing import used_facts

    return list(used_facts(data))


def test_approval_is_asked_only_after_the_sample_is_read(town: Town) -> None:
    run = town.evaluated()
    first = run.sample.first()
    queries.dossier(first, town.preparer)
    domain.mark_read(run=run, dossier=first, by=town.preparer)
    with pytest.raises(NotNow, match="nog 7 dossiers"):
        domain.request_approval(run=run, by=town.preparer)


def test_dossier_of_another_run_is_not_marked(town: Town) -> None:
    one, other = town.evaluated(), town.evaluated()
    with pytest.raises(ValueError, match="not of run"):
        domain.mark_read(run=one, dossier=other.sample.first(), by=town.preparer)


def test_dossier_is_marked_only_by_who_opened_that_one(town: Town) -> None:
    run = town.evaluated()
    first, second, *_ = run.sample.all()
    queries.dossier(first, town.approver)
    queries.dossier(second, town.preparer)
    with pytest.raises(NotNow, match="Open dossier 1 eerst"):
        domain.mark_read(run=run, dossier=first, by=town.preparer)
    domain.mark_read(run=run, dossier=first, by=town.approver)
    assert run.sample.get(number=1).read_by == town.approver


def test_dossier_is_marked_only_in_a_preview(town: Town) -> None:
    run = town.requested(town.evaluated())
    with pytest.raises(NotNow, match="voor er goedkeuring"):
        domain.mark_read(run=run, dossier=run.sample.first(), by=town.preparer)


def test_opening_a_dossier_is_logged_for_everyone_in_it(town: Town) -> None:
    run = town.evaluated()
    dossier = queries.dossier(run.sample.first(), town.preparer)
    look = Look.objects.order_by("-pk").first()
    assert sorted(s.person_id for s in look.subjects.all()) == sorted(
        member.pk for member in dossier.members
    )
    assert (look.staff, look.right) == (town.preparer, BAGS)
    assert "persoon.verhoogde tegemoetkoming" not in look.facts
    assert "gezin.leden[].verhoogde tegemoetkoming" in look.facts


@pytest.mark.parametrize("who", ["preparer", "clerk"])
def test_approval_needs_the_role(town: Town, who: str) -> None:
    run = town.requested(town.evaluated())
    with pytest.raises(PermissionDenied, match="approver"):
        domain.approve(run=run, by=getattr(town, who), list_hash=run.list_hash)


def test_approval_by_the_one_who_prepared_is_refused(town: Town) -> None:
    run = domain.prepare(regulation_id=BAGS, on=DAY, by=town.both, queue=False)
    run = work.evaluate(run.pk)
    run = town.requested(run)
    with pytest.raises(PermissionDenied, match="iemand anders"):
        domain.approve(run=run, by=town.both, list_hash=run.list_hash)


def test_approval_under_a_second_account_is_refused(town: Town) -> None:
    run = town.requested(town.evaluated())
    second = create_staff_member(
        username="lies.2",
        name="L. Maes",
        service="Elders",
        roles=[Role.APPROVER],
        human="Lies Maes",
    )
    with pytest.raises(PermissionDenied, match="iemand anders"):
        domain.approve(run=run, by=second, list_hash=run.list_hash)


def test_approval_of_another_list_is_refused(town: Town) -> None:
    run = town.requested(town.evaluated())
    with pytest.raises(NotNow, match="niet die van het voorbeeld"):
        domain.approve(run=run, by=town.approver, list_hash="0" * 64)


def test_approval_twice_is_refused(town: Town) -> None:
    run = town.approved(town.requested(town.evaluated()))
    with pytest.raises(NotNow, match="goedgekeurd"):
        domain.approve(run=run, by=town.approver, list_hash=run.list_hash)


def test_list_changed_after_approval_is_not_awarded(committed_town: Town) -> None:
    import os

    from tests.installation import _admin

    run = committed_town.approved(committed_town.requested(committed_town.evaluated()))
    one = run.verdicts.filter(outcome=Outcome.YES).first()
    with _admin(os.environ["VANZELF_DATABASE"]) as admin:  # the app itself may not
        admin.execute("UPDATE runs_runverdict SET amount_cents = 1 WHERE id = %s", [one.pk])
    run = work.award(run.pk)
    assert (run.state, Award.objects.count()) == (State.FAILED, 0)
    assert "veranderd na de goedkeuring" in run.problem


def test_breaker_asks_for_a_reason(town: Town, settings_breaker: None) -> None:
    town.awarded()
    run = town.evaluated(on=date(2026, 4, 15))
    assert queries.preview(run).breaker is not None
    with pytest.raises(NotNow, match="wijkt"):
        town.requested(run)
    assert town.requested(run, BECAUSE).override_reason == BECAUSE


@pytest.fixture
def settings_breaker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A breaker that any difference sets off, an equal count too."""
    monkeypatch.setattr(settings, "VANZELF_RUN_BREAKER_PERCENT", -1)


def test_withdrawn_run_ends_its_awards_and_frees_the_covered(town: Town) -> None:
    run = domain.withdraw(run=town.awarded(), by=town.approver, reason=BECAUSE)
    assert run.state == State.WITHDRAWN
    award = run.awards.first()
    assert (award.ended_by, award.ended_reason) == (town.approver, BECAUSE)
    again = town.awarded()
    assert again.awards.filter(known_until=None).count() == run.awards.count()


@pytest.mark.parametrize("who", ["preparer", "both"])
def test_withdrawal_after_approval_takes_a_second_person(town: Town, who: str) -> None:
    run = domain.prepare(regulation_id=BAGS, on=DAY, by=getattr(town, who), queue=False)
    run = town.approved(town.requested(work.evaluate(run.pk)))
    assert not domain.may_withdraw(run, getattr(town, who))
    with pytest.raises(PermissionDenied, match="niet klaarzette"):
        domain.withdraw(run=run, by=getattr(town, who), reason=BECAUSE)
    assert domain.withdraw(run=run, by=town.approver, reason=BECAUSE).state == State.WITHDRAWN


def test_withdrawal_before_approval_is_for_the_preparer_too(town: Town) -> None:
    run = domain.withdraw(run=town.evaluated(), by=town.preparer, reason=BECAUSE)
    assert run.state == State.WITHDRAWN


def test_withdrawal_needs_a_written_reason(town: Town) -> None:
    with pytest.raises(ValueError, match="20 tekens"):
        domain.withdraw(run=town.evaluated(), by=town.approver, reason="fout")


def test_advice_only_regulation_has_no_run(town: Town) -> None:
    with pytest.raises(NotNow, match="enkel een advies"):
        domain.prepare(regulation_id="federaal/leefloon", on=DAY, by=town.preparer, queue=False)


def test_run_by_a_clerk_is_refused(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        domain.prepare(regulation_id=BAGS, on=DAY, by=town.clerk, queue=False)


def test_interrupted_evaluation_goes_on_where_it_was(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VANZELF_RUN_PIECE", 100)
    reference = verdicts(town.evaluated())

    def stop(run: Run) -> None:
        if run.done >= 200:
            raise KeyboardInterrupt

    run = domain.prepare(regulation_id=BAGS, on=DAY, by=town.preparer, queue=False)
    with pytest.raises(KeyboardInterrupt):
        work.evaluate(run.pk, stop)
    run.refresh_from_db()
    assert (run.state, run.done) == (State.EVALUATING, 200)
    run = work.evaluate(run.pk)
    assert (run.state, verdicts(run)) == (State.PREVIEW, reference)
    assert run.looks.count() == 1


def verdicts(run: Run) -> list[tuple[object, ...]]:
    return sorted(run.verdicts.values_list("household", "outcome", "amount_cents"))


def test_run_in_processes_gives_the_same(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = verdicts(town.evaluated())
    monkeypatch.setattr(settings, "VANZELF_PROCESSES", 2)
    monkeypatch.setattr(settings, "VANZELF_RUN_PIECE", 200)
    assert verdicts(town.evaluated()) == reference


def test_second_worker_finds_the_lock_taken(committed_town: Town) -> None:
    import psycopg

    from vanzelf.city.database import ensure_server

    run = domain.prepare(regulation_id=BAGS, on=DAY, by=committed_town.preparer, queue=False)
    with psycopg.connect(ensure_server()) as other:
        name = [f"run {run.pk}"]
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", name)
        assert work.evaluate(run.pk).state == State.PREPARED
        assert not RunVerdict.objects.exists()
        # Not left to the end of the connection, which the server notices a little later.
        other.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)
    assert work.evaluate(run.pk).state == State.PREVIEW


def test_nothing_is_evaluated_when_the_look_cannot_be_written(
    committed_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = domain.prepare(regulation_id=BAGS, on=DAY, by=committed_town.preparer, queue=False)
    monkeypatch.setattr(work, "record", broken)
    with pytest.raises(OSError, match="log"):
        work.evaluate(run.pk)
    run.refresh_from_db()
    assert (run.state, RunVerdict.objects.count()) == (State.PREPARED, 0)
    assert "log" in run.problem


def broken(**_: object) -> None:
    raise OSError("the log is full")


def test_queries_stay_few_however_many_households(town: Town) -> None:
    from django.test.utils import CaptureQueriesContext

    run = town.awarded()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        queries.preview(run)
    assert len(captured) <= 4


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        (["in Gent", "statuut"], ["statuut"], "statuut"),
        (["in Gent"], ["statuut"], "statuut"),
        (None, ["in Gent"], "new-unit"),
        (["in Gent"], None, "gone-unit"),
    ],
)
def test_reason_of_a_difference_is_the_criterion_that_turned(
    before: list[str] | None, now: list[str] | None, reason: str
) -> None:
    assert turned(before, now) == reason


def test_resident_sees_the_day_of_the_last_run_that_found_the_same(town: Town) -> None:
    first = town.awarded()
    verdict = LatestVerdict.objects.filter(outcome=Outcome.UNKNOWN, household__isnull=False).first()
    person = verdict.household.members[0]
    again = town.awarded(on=date(2026, 4, 15))
    stored = LatestVerdict.objects.get(pk=verdict.pk)
    assert (stored.run, stored.on) == (first, DAY)
    seen = awards.overview(person, viewer=person)
    assert [(row.run, row.on) for row in seen.maybe if row.right == BAGS] == [(again, again.on)]
    assert {look.run for look in seen.looks} >= {first, again}
