"""A check keeps what it left out, and why."""

from __future__ import annotations

from tests.city.conftest import BAGS, Desk
from vanzelf.city.awards.models import Advice
from vanzelf.city.people.models import Fact
from vanzelf.city.people.queries import find_person
from vanzelf.city.unasked.models import LeftOut
from vanzelf.city.unasked.queries import left_out
from vanzelf.city.verdicts.models import Outcome
from vanzelf.sources.types import Why

VT = "verhoogde tegemoetkoming"
UITPAS = "gent/uitpas"


def with_others(desk: Desk) -> tuple[str, Advice]:
    """Someone with others in the household and increased reimbursement."""
    for row in desk.people():
        (advice,) = desk.check(str(row["insz"]), UITPAS)
        home = advice.check_ref.household
        if advice.outcome == Outcome.YES and home is not None and len(home.members) > 1:
            return str(row["insz"]), advice
    raise AssertionError("nobody like that in the town")


def test_check_keeps_what_was_not_asked_once_the_verdict_stood(desk: Desk) -> None:
    insz, advice = with_others(desk)
    (left,) = left_out(advice.check_ref)
    assert (left.why, left.facts) == (Why.SETTLED, (("leefloon", 1),))
    (row,) = LeftOut.objects.filter(check_ref=advice.check_ref)
    assert (row.person, row.rights) == (find_person(insz), [UITPAS])


def test_check_of_one_person_asks_nothing_about_the_others(desk: Desk) -> None:
    _, advice = with_others(desk)
    about = {fact.person_id for fact in advice.check_ref.facts.filter(fact=f"persoon.{VT}")}
    assert about == {advice.check_ref.person_id}


def test_what_is_not_asked_ends_nothing_that_was_known(desk: Desk) -> None:
    insz, _ = desk.someone(Outcome.YES)
    desk.check(insz)  # every right: more is asked
    person = find_person(insz)
    known = Fact.objects.filter(person=person, known_until=None, reason="")
    before = set(known.values_list("fact", flat=True))
    desk.check(insz, UITPAS)
    assert set(known.values_list("fact", flat=True)) == before


def test_left_out_is_told_per_right(desk: Desk) -> None:
    insz, _ = desk.someone(Outcome.YES)
    advices = desk.check(insz)
    check = advices[0].check_ref
    of_bags = {fact for left in left_out(check, BAGS) for fact, _ in left.facts}
    of_all = {fact for left in left_out(check) for fact, _ in left.facts}
    assert of_bags <= {VT}
    assert of_bags <= of_all
