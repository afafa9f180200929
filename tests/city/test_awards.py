"""Checking one person through real MAGDA messages, deciding, and what that person sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests.city.conftest import BAGS, DAY, REASON, Desk, Town
from vanzelf import rights
from vanzelf.city.access.models import Look
from vanzelf.city.access.queries import looks_of
from vanzelf.city.awards import domain, queries
from vanzelf.city.awards.models import Award, AwardCover, Decision, LatestVerdict
from vanzelf.city.people.domain import NotAnswered, NotFound
from vanzelf.city.people.models import Fact, InszAlias, Person
from vanzelf.city.people.queries import find_person
from vanzelf.city.people.register import is_invented
from vanzelf.city.reasons import ReasonError
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import explanation
from vanzelf.sources import EndpointError
from vanzelf.sources.insz import check_digits

MOTIVATION = "Het attest van de schuldbemiddelaar werd getoond aan het loket."


def test_check_gives_an_advice_per_right(desk: Desk) -> None:
    advices = desk.check(str(desk.people()[0]["insz"]))
    assert [advice.right for advice in advices] == list(rights.load())
    assert all(
        explanation(advice)["outcome"] == Outcome(advice.outcome).label for advice in advices
    )


def test_check_explains_with_the_sources_that_were_asked(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    verdict = rights.Verdict.from_data(explanation(advice))
    assert verdict.explanation is not None
    sources = {used.origin.source for used in verdict.explanation.facts if used.origin}
    assert "magda/GeefSociaalStatuut" in sources


def test_check_is_logged_for_everyone_in_the_household(desk: Desk) -> None:
    insz, advice = desk.someone(Outcome.YES)
    person = find_person(insz)
    (look,) = [look for look in looks_of(person) if look.reason == REASON][:1]
    assert (look.staff, look.right, look.purpose) == (desk.town.clerk, BAGS, "controle")
    members = sorted(member.pk for member in advice.check_ref.household.members)
    assert sorted(subject.person_id for subject in look.subjects.all()) == members
    assert "persoon.verhoogde tegemoetkoming" in look.facts


def test_check_tells_the_others_only_that_and_which_of_their_data(desk: Desk) -> None:
    insz = next(row["insz"] for row in desk.people() if housemates(str(row["insz"])))
    desk.check(str(insz), BAGS)
    for other in housemates(str(insz)):
        (look,) = [look for look in looks_of(other) if look.purpose == "controle"][:1]
        assert (look.actor, look.right, look.reason) == ("", "", "")
        own = {fact.fact for fact in Fact.objects.filter(person=other, known_until=None)}
        assert {path for path in look.facts if path.startswith("persoon.")} <= own
        assert "persoon.geboortedatum" in look.facts


def housemates(insz: str) -> list[Person]:
    person = find_person(insz)
    return [one for one in person.household.members if one != person]


def test_check_keeps_the_facts_with_both_times(desk: Desk) -> None:
    insz, advice = desk.someone(Outcome.YES)
    desk.check(insz, BAGS)
    held = Fact.objects.filter(person=find_person(insz), fact="persoon.verhoogde tegemoetkoming")
    ends = [fact.known_until is None for fact in held.order_by("pk")]
    assert ends == [False] * (len(ends) - 1) + [True]
    assert advice.check_ref.facts.exists()


def test_check_of_a_number_that_nobody_knows(desk: Desk) -> None:
    born = "996101987"
    with pytest.raises(NotFound):
        desk.check(born + check_digits(born, False), BAGS)
    (look,) = Look.objects.filter(reason=REASON)
    assert (look.staff, look.right, look.purpose) == (desk.town.clerk, BAGS, "controle")
    assert (look.about, list(look.subjects.all())) == (None, [])


def test_check_is_logged_before_any_source_is_asked(
    committed_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_MAGDA_URL", "no address")
    someone = InszAlias.objects.first().person
    with pytest.raises(EndpointError):
        domain.point_check(insz=someone.insz, on=DAY, by=committed_town.clerk, reason=REASON)
    (look,) = looks_of(someone)
    assert (look.about, look.reason, look.facts) == (someone, REASON, [])


def test_check_with_a_number_in_its_reason_is_refused(desk: Desk) -> None:
    with pytest.raises(ReasonError, match="geen rijksregisternummer"):
        domain.point_check(
            insz="85673003328", on=DAY, by=desk.town.clerk, reason="Voor 79.71.05-981.55."
        )
    assert not Look.objects.filter(purpose="controle").exists()


def test_check_of_a_stranger_while_sources_are_down_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_MAGDA_URL", "http://127.0.0.1:9")
    born = "996101987"
    with pytest.raises(NotAnswered, match="straks opnieuw"):
        desk.check(born + check_digits(born, False), BAGS)


def test_check_of_someone_new_makes_person_and_household(desk: Desk) -> None:
    insz, _ = desk.someone(Outcome.YES)
    known = find_person(insz).household.members
    forget(known)
    (advice,) = desk.check(insz, BAGS)
    person = find_person(insz)
    assert advice.outcome == Outcome.YES
    assert person not in known
    assert len(person.household.members) == len(known)
    assert person.birth_date in {member.birth_date for member in known}


def forget(people: list[Person]) -> None:
    """Gives these people other numbers, so that nobody is found by the old ones."""
    for alias in InszAlias.objects.filter(person__in=people):
        alias.index = bytes(32 - len(str(alias.pk))) + str(alias.pk).encode()
        alias.save()


def test_check_while_sources_are_down_is_unknown_and_never_no(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_MAGDA_URL", "http://127.0.0.1:9")
    (advice,) = desk.check(str(desk.people()[0]["insz"]), BAGS)
    assert advice.outcome == Outcome.UNKNOWN
    reasons = {used["origin"]["reason"] for used in unknown_in(explanation(advice))}
    assert "unavailable" in reasons


def unknown_in(data: dict[str, object]) -> list[dict[str, dict[str, object]]]:
    from vanzelf.city.verdicts.sealing import used_facts

    return [used for used in used_facts(data) if used["type"] == "unknown"]


def test_check_without_a_reason_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="waarom"):
        domain.point_check(insz="85673003328", on=DAY, by=desk.town.clerk, reason=" ")


def test_check_by_a_preparer_is_refused(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        domain.point_check(insz="85673003328", on=DAY, by=desk.town.preparer, reason=REASON)


def test_award_covers_the_household(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    decision = domain.decide(advice=advice, by=desk.town.clerk, decision="award")
    (award,) = Award.objects.all()
    assert (award.decision, award.household) == (decision, advice.check_ref.household)
    covered = AwardCover.objects.values_list("person", flat=True)
    assert sorted(covered) == sorted(m.pk for m in advice.check_ref.household.members)


def test_award_twice_in_a_period_is_refused(desk: Desk) -> None:
    insz, advice = desk.someone(Outcome.YES)
    domain.decide(advice=advice, by=desk.town.clerk, decision="award")
    (again,) = desk.check(insz, BAGS, on=date(2026, 3, 1))
    with pytest.raises(ValueError, match="kreeg dit al"):
        domain.decide(advice=again, by=desk.town.clerk, decision="award")
    assert Award.objects.count() == 1


def test_award_by_the_counter_is_not_repeated_by_a_run(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    domain.decide(advice=advice, by=desk.town.clerk, decision="award")
    run = desk.town.awarded()
    assert not run.awards.filter(household=advice.check_ref.household).exists()


def test_decision_twice_is_refused(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    domain.decide(advice=advice, by=desk.town.clerk, decision="ask")
    domain.decide(advice=advice, by=desk.town.clerk, decision="refuse", motivation=MOTIVATION)
    with pytest.raises(ValueError, match="al beslist"):
        domain.decide(advice=advice, by=desk.town.clerk, decision="award")


@pytest.mark.parametrize("decision", ["refuse", "award"])
def test_decision_against_a_yes_or_for_a_no_needs_a_motivation(desk: Desk, decision: str) -> None:
    _, advice = desk.someone(Outcome.YES if decision == "refuse" else Outcome.NO)
    with pytest.raises(ValueError, match="20 tekens"):
        domain.decide(advice=advice, by=desk.town.clerk, decision=decision, motivation="nee")
    assert not Decision.objects.exists()


def test_database_itself_refuses_a_refusal_without_reason(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.NO)
    with pytest.raises(IntegrityError, match="no_refusal_without_reason"), transaction.atomic():
        Decision.objects.create(
            advice=advice, kind="refuse", by=desk.town.clerk, at=advice.check_ref.at
        )


def test_overview_tells_what_one_gets_and_what_not(desk: Desk) -> None:
    insz, advice = desk.someone(Outcome.YES)
    desk.check(insz)
    person = find_person(insz)
    before = queries.overview(person, viewer=person)
    assert BAGS in [row.right for row in before.pending]
    domain.decide(advice=advice, by=desk.town.clerk, decision="award")
    after = queries.overview(person, viewer=person)
    assert [award.right for award in after.awards] == [BAGS]
    assert BAGS not in [row.right for row in after.pending]
    assert all(row.next_question for row in after.maybe if row.missing)
    assert all(row.reasons for row in after.not_entitled)


def test_overview_shows_the_run_and_who_approved(desk: Desk) -> None:
    run = desk.town.awarded()
    award = run.awards.exclude(household=None).first()
    person = award.covers.first().person
    seen = queries.overview(person, viewer=person)
    assert [one.approved_by for one in seen.awards] == [desk.town.approver]
    assert [(look.actor_kind, look.run) for look in seen.looks if look.run] == [("run", run)]
    assert seen.looks[0].actor_kind == "resident"


def test_overview_of_another_resident_is_refused(desk: Desk) -> None:
    one, other = Person.objects.order_by("pk")[:2]
    with pytest.raises(PermissionDenied):
        queries.overview(one, viewer=other)


def test_overview_by_someone_who_may_not_is_refused(desk: Desk) -> None:
    with pytest.raises(PermissionDenied):
        queries.overview(Person.objects.first(), viewer=desk.town.preparer)


def test_explanation_is_for_those_it_is_about(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    member = advice.check_ref.household.members[-1]
    assert queries.why(advice, viewer=member)["outcome"] == "YES"
    outsider = Person.objects.exclude(pk__in=[m.pk for m in advice.check_ref.household.members])
    with pytest.raises(PermissionDenied):
        queries.why(advice, viewer=outsider.first())


def test_no_data_when_the_look_cannot_be_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise OSError("the log is full")

    person = Person.objects.first()
    monkeypatch.setattr(queries, "record", broken)
    with pytest.raises(OSError, match="log"):
        queries.overview(person, viewer=person)


def test_check_of_the_clerk_is_not_for_another(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    assert queries.check(advice.check_ref_id, viewer=desk.town.clerk) == advice.check_ref
    assert desk.town.clerk.pk != desk.town.both.pk
    with pytest.raises(PermissionDenied):
        queries.check(advice.check_ref_id, viewer=desk.town.both)


def test_latest_verdict_is_the_latest(desk: Desk) -> None:
    insz, advice = desk.someone(Outcome.YES)
    (again,) = desk.check(insz, BAGS, on=date(2026, 2, 1))
    latest = LatestVerdict.objects.get(right=BAGS, household=advice.check_ref.household)
    assert (latest.advice, latest.on) == (again, date(2026, 2, 1))


def test_numbers_of_the_city_are_invented(desk: Desk) -> None:
    assert all(is_invented(str(row["insz"])) for row in desk.people())


def test_check_of_a_right_of_1_january_asks_what_was_so_on_that_day(desk: Desk) -> None:
    insz = str(desk.people()[0]["insz"])
    (water,) = desk.check(insz, "vlaanderen/sociaal-watertarief", on=date(2026, 3, 2))
    verdict = rights.Verdict.from_data(explanation(water))
    assert verdict.reference_date == date(2026, 1, 1)
    asked = [at for at in desk.magda.received if at.request.service == "GeefSociaalStatuut"]
    assert b"<Datum>2026-01-01</Datum>" in asked[-1].body


def test_check_of_one_right_asks_no_facts_of_another(desk: Desk) -> None:
    desk.check(str(desk.people()[0]["insz"]), BAGS)
    kept = set(Fact.objects.values_list("fact", flat=True))
    assert "persoon.verhoogde tegemoetkoming" in kept
    assert not kept & {"persoon.leefloon", "persoon.parkeerkaart", "persoon.andere school"}
