"""Taking back an award of the counter: by whom, until when, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.city.conftest import BAGS, Desk
from vanzelf.city import clock
from vanzelf.city.access.queries import looks_of
from vanzelf.city.awards import domain, queries
from vanzelf.city.awards.held import held
from vanzelf.city.awards.models import Advice, Award, AwardCover, Decision
from vanzelf.city.awards.undoing import Obstacle, obstacle, undo
from vanzelf.city.people.queries import find_person
from vanzelf.city.staff.domain import create_staff_member
from vanzelf.city.staff.models import Role
from vanzelf.city.verdicts.models import Outcome

NOON = datetime(2026, 1, 15, 11, 0, tzinfo=UTC)
MIDNIGHT = timedelta(hours=12)  # in Ghent the next day begins at 23.00 UTC
MISTAKE = "Het verkeerde gezin aangeklikt aan het loket."


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.fixed(NOON):
        yield


def awarded(desk: Desk) -> tuple[str, Advice, Decision]:
    insz, advice = desk.someone(Outcome.YES)
    return insz, advice, domain.decide(advice=advice, by=desk.town.clerk, decision="award")


def test_undo_ends_the_award_with_who_and_why(desk: Desk) -> None:
    insz, _, decision = awarded(desk)
    undo(decision=decision, by=desk.town.clerk, reason=f" {MISTAKE} ")
    award = Award.objects.get()
    assert (award.known_until, award.ended_by) == (NOON, desk.town.clerk)
    assert award.ended_reason == MISTAKE
    assert not AwardCover.objects.filter(known_until=None).exists()
    person = find_person(insz)
    look = looks_of(person)[0]
    assert (look.purpose, look.right, look.reason) == ("intrekking", BAGS, MISTAKE)
    assert queries.overview(person, viewer=person).awards == []


def test_undone_award_can_be_decided_again(desk: Desk) -> None:
    _, advice, decision = awarded(desk)
    undo(decision=decision, by=desk.town.clerk, reason=MISTAKE)
    assert held(advice) is None
    again = domain.decide(advice=advice, by=desk.town.clerk, decision="award")
    assert Award.objects.get(known_until=None).decision == again
    with pytest.raises(ValueError, match="al beslist"):
        domain.decide(advice=advice, by=desk.town.clerk, decision="award")


def test_undo_twice_is_refused(desk: Desk) -> None:
    _, _, decision = awarded(desk)
    undo(decision=decision, by=desk.town.clerk, reason=MISTAKE)
    with pytest.raises(ValueError, match="al beëindigd"):
        undo(decision=decision, by=desk.town.clerk, reason=MISTAKE)


def test_undo_without_a_reason_in_words_changes_nothing(desk: Desk) -> None:
    _, _, decision = awarded(desk)
    with pytest.raises(ValueError, match="20 tekens"):
        undo(decision=decision, by=desk.town.clerk, reason="    oei, oei    ")
    assert Award.objects.get().known_until is None


def test_undo_after_midnight_in_ghent_is_too_late(desk: Desk) -> None:
    _, _, decision = awarded(desk)
    with clock.fixed(NOON + MIDNIGHT - timedelta(seconds=1)):
        assert obstacle(decision, by=desk.town.clerk) is None
    with clock.fixed(NOON + MIDNIGHT):
        assert obstacle(decision, by=desk.town.clerk) is Obstacle.LATER
        with pytest.raises(ValueError, match="op de dag"):
            undo(decision=decision, by=desk.town.clerk, reason=MISTAKE)
    assert Award.objects.get().known_until is None


def test_undo_by_another_clerk_is_refused(desk: Desk) -> None:
    _, _, decision = awarded(desk)
    nora = create_staff_member(
        username="nora", name="Nora Baert", service="Balie", roles=[Role.CLERK], human="nora"
    )
    with pytest.raises(PermissionDenied, match="Alleen wie"):
        undo(decision=decision, by=nora, reason=MISTAKE)
    assert Award.objects.get().known_until is None


def test_undo_of_a_refusal_has_nothing_to_take_back(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.NO)
    refused = domain.decide(
        advice=advice, by=desk.town.clerk, decision="refuse", motivation=MISTAKE
    )
    with pytest.raises(ValueError, match="niets toegekend"):
        undo(decision=refused, by=desk.town.clerk, reason=MISTAKE)


def test_held_tells_what_a_run_gave_and_whom(desk: Desk) -> None:
    run = desk.town.awarded()
    _, advice = desk.someone(Outcome.YES)
    found = held(advice)
    assert found is not None
    assert (found.award.run, found.everyone) == (run, True)
    assert set(found.by) == set(advice.check_ref.household.members)


def test_held_by_some_of_a_household_says_so(desk: Desk) -> None:
    desk.town.awarded()
    for row in desk.people():
        (advice,) = desk.check(str(row["insz"]), BAGS)
        members = advice.check_ref.household.members
        if advice.outcome == Outcome.YES and len(members) > 1:
            break
    AwardCover.objects.filter(person=members[0]).update(known_until=NOON)
    found = held(advice)
    assert found is not None
    assert not found.everyone
    assert set(found.by) == set(members[1:])
