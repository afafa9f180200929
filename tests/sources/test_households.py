"""Who lives together, and how many are dependants."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest

from tests.sources.invented import ANNA, BERT, CARO, DIRK, NOW
from vanzelf.sources import households
from vanzelf.sources.catalogue import Dependants, shipped
from vanzelf.sources.households import Composition
from vanzelf.sources.magda.geef_persoon import Person, Relative
from vanzelf.sources.types import Reason

ON = date(2026, 1, 15)
SOURCE = "magda/GeefPersoon"
NARROW = Dependants(
    18, frozenset({"03", "05", "13"}), frozenset({"01", "02", "21", "22"}), MappingProxyType({})
)


def person(*members: Relative, head: Relative | None = None) -> Person:
    return Person(ANNA, date(1980, 1, 10), False, None, None, members, head)


def of_head(*members: Relative) -> tuple[object, Reason | None]:
    reading = households.of_head(person(*members), SOURCE, NOW, ON).reading
    return reading.value, reading.reason


@pytest.mark.parametrize(
    ("members", "value", "reason"),
    [
        ((Relative(BERT, "02"), Relative(CARO, "03")), (ANNA, BERT, CARO), None),
        ((Relative(None, "01"),), (ANNA,), None),
        ((Relative(ANNA, "01"), Relative(BERT, "02")), (ANNA, BERT), None),
        ((Relative(BERT, "02", end=date(2026, 1, 14)), Relative(CARO, "03")), (ANNA, CARO), None),
        ((Relative(BERT, "02", end=date(2026, 1, 15)),), (ANNA, BERT), None),
        ((), None, Reason.NO_DATA),
        ((Relative(None, "03"),), None, Reason.NO_DATA),
        ((Relative(None, "20"),), None, Reason.NO_DATA),
        ((Relative(BERT, "02"), Relative(None, "03")), None, Reason.NO_DATA),
        ((Relative(BERT, "02", begin=date(2026, 1, 16)),), None, Reason.NO_DATA),
        ((Relative(None, "01"), Relative(BERT, "02")), None, Reason.CONTRADICTION),
        ((Relative(ANNA, "03"),), None, Reason.CONTRADICTION),
        ((Relative(BERT, "02"), Relative(BERT, "03")), None, Reason.CONTRADICTION),
    ],
)
def test_of_head(members: tuple[Relative, ...], value: object, reason: Reason | None) -> None:
    assert of_head(*members) == (value, reason)


def test_composition_puts_the_reference_person_first() -> None:
    listed = [Relative(CARO, "03"), Relative(ANNA, "01"), Relative(BERT, "02")]
    found = households.composition(CARO, listed, SOURCE, NOW, ON)
    assert found.reading.value == (ANNA, CARO, BERT)


def test_composition_without_the_person_asked_is_a_contradiction() -> None:
    found = households.composition(DIRK, [Relative(ANNA, "01")], SOURCE, NOW, ON)
    assert found.reading.reason is Reason.CONTRADICTION


def test_composition_flags_odd_numbers() -> None:
    odd = Relative("01691214397", "03", flags=("insz-check-digits:01691214397",))
    found = households.composition(ANNA, [Relative(ANNA, "01"), odd], SOURCE, NOW, ON)
    assert found.reading.value == (ANNA, "01691214397")
    assert found.reading.flags == odd.flags


def test_reference_person_of_the_past_is_none() -> None:
    head = Relative(BERT, "03", end=date(2020, 1, 1))
    assert households.reference_person(person(head=head), ON) is None
    assert households.reference_person(person(head=Relative(BERT, "03")), ON) is not None


def count(rule: Dependants, *members: Relative) -> tuple[object, Reason | None]:
    listed = [Relative(ANNA, "01", date(1980, 1, 10)), *members]
    found = households.composition(ANNA, listed, SOURCE, NOW, ON)
    reading = households.dependants(found, rule, ON)
    return reading.value, reading.reason


def test_dependants_by_the_shipped_rule_is_everyone_but_the_reference_person() -> None:
    rule = shipped().dependants
    assert count(rule) == (0, None)
    assert count(rule, Relative(BERT, "02"), Relative(CARO, "12")) == (2, None)


@pytest.mark.parametrize(
    ("member", "value", "reason"),
    [
        (Relative(CARO, "03", date(2008, 1, 16)), 1, None),
        (Relative(CARO, "03", date(2008, 1, 15)), 0, None),
        (Relative(CARO, "02", date(2010, 1, 1)), 0, None),
        (Relative(CARO, "12", date(1990, 1, 1)), 0, None),
        (Relative(CARO, "12", date(2015, 1, 1)), None, Reason.MISSING_CODE),
        (Relative(CARO, None, date(2015, 1, 1)), None, Reason.MISSING_CODE),
        (Relative(CARO, "03"), None, Reason.MISSING_CODE),
    ],
)
def test_dependants_by_a_narrow_rule(
    member: Relative, value: int | None, reason: Reason | None
) -> None:
    assert count(NARROW, member) == (value, reason)


def test_dependants_of_an_unknown_household_are_unknown() -> None:
    unknown = households.of_head(person(), SOURCE, NOW, ON)
    assert households.dependants(unknown, NARROW, ON).reason is Reason.NO_DATA
    assert isinstance(unknown, Composition)


@pytest.mark.parametrize(
    ("since", "begin", "later"),
    [
        (date(2005, 2, 9), date(2011, 11, 4), True),
        (date(2011, 11, 4), date(2011, 11, 4), False),
        (date(2012, 1, 1), date(2011, 11, 4), False),
        (None, date(2011, 11, 4), False),
        (date(2005, 2, 9), None, False),
    ],
)
def test_household_of_ones_own_that_began_later(
    since: date | None, begin: date | None, later: bool
) -> None:
    members = (Relative(BERT, "02", begin=begin),)
    assert households.later_than(Relative(DIRK, "03", begin=since), members, ON) is later
    assert not households.later_than(Relative(DIRK, "03", begin=since), (), ON)
