"""A contradiction is closed by a person, with a reason, and takes nothing away."""

from __future__ import annotations

import pytest

from tests.city.conftest import BAGS, Desk
from vanzelf.city import clock
from vanzelf.city.access.models import Look
from vanzelf.city.awards.declared import Contradiction, contradictions, value_of
from vanzelf.city.awards.declaring import SOURCE
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.bulk.models import Feedback
from vanzelf.city.disputes.domain import ClosedError, report, set_aside
from vanzelf.city.disputes.queries import closed
from vanzelf.city.people.sourced import keep
from vanzelf.city.reasons import ReasonError
from vanzelf.city.verdicts.models import Outcome
from vanzelf.sources import Reading

VT = "verhoogde tegemoetkoming"
REASON = "Het ziekenfonds bevestigt aan de telefoon dat het al maanden stopgezet is."


def contradicted(desk: Desk) -> tuple[str, PointCheck, Contradiction]:
    """Someone whose health fund says yes, and who says no."""
    insz, advice = desk.someone(Outcome.YES)
    person = next(
        fact.person
        for fact in advice.check_ref.facts.filter(fact=f"persoon.{VT}", reason="")
        if value_of(fact) is True
    )
    keep({VT: Reading(False, SOURCE, clock.now())}, person=person)
    (again,) = desk.check(insz, BAGS)
    (one,) = contradictions(again.check_ref, viewer=desk.town.clerk)
    return insz, again.check_ref, one


def test_report_tells_the_source_and_the_log(desk: Desk) -> None:
    _, check, one = contradicted(desk)
    found = report(check=check, about=one, by=desk.town.clerk, reason=REASON)
    (told,) = Feedback.objects.all()
    assert (told.person, told.reason) == (one.about, REASON)
    assert closed(check, one) == found
    assert Look.objects.latest("pk").reason == REASON


def test_set_aside_ends_the_answer_and_leaves_the_advice(desk: Desk) -> None:
    insz, check, one = contradicted(desk)
    before = [advice.outcome for advice in check.advices.order_by("pk")]
    set_aside(check=check, about=one, by=desk.town.clerk, reason=REASON)
    (again,) = desk.check(insz, BAGS)
    assert contradictions(again.check_ref, viewer=desk.town.clerk) == []
    assert [advice.outcome for advice in check.advices.order_by("pk")] == before
    assert again.outcome == Outcome.YES
    assert not Feedback.objects.exists()


def test_close_twice(desk: Desk) -> None:
    _, check, one = contradicted(desk)
    set_aside(check=check, about=one, by=desk.town.clerk, reason=REASON)
    with pytest.raises(ClosedError, match="al afgesloten"):
        report(check=check, about=one, by=desk.town.clerk, reason=REASON)
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("reason", ["", "te kort", "84640618997 is het nummer van deze persoon"])
def test_close_without_a_reason_that_can_stay(desk: Desk, reason: str) -> None:
    _, check, one = contradicted(desk)
    with pytest.raises(ReasonError):
        report(check=check, about=one, by=desk.town.clerk, reason=reason)
    assert closed(check, one) is None
