"""A verdict on record: read back as it was, and checked again from itself alone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings

from tests.rights.households import DAYS, households, shipped_rights
from vanzelf.rights import Origin, Verdict, check_again

DAY = date(2026, 1, 15)
WASTE_BAGS = "gent/huisvuilzakken"


@settings(max_examples=60, deadline=None)
@given(households(), DAYS)
def test_record_reads_back_as_it_was(facts: dict[str, Any], on: date) -> None:
    for regulation in shipped_rights().values():
        verdict = regulation.check(facts, on)
        data = json.loads(json.dumps(verdict.as_data()))
        assert Verdict.from_data(data) == verdict


@settings(max_examples=60, deadline=None)
@given(households(), DAYS)
def test_record_gives_the_same_verdict_again(facts: dict[str, Any], on: date) -> None:
    for regulation in shipped_rights().values():
        verdict = regulation.check(facts, on)
        again = check_again(regulation, json.loads(json.dumps(verdict.as_data())))
        assert again == verdict


def test_record_keeps_where_facts_came_from() -> None:
    asked = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
    path = "gezin.leden[1].verhoogde tegemoetkoming"
    origin = Origin("magda/GeefSociaalStatuut", asked, date(2025, 1, 1), None)
    facts = {"gezin": {"gemeente": "44021", "leden": [{"verhoogde tegemoetkoming": True}]}}
    verdict = shipped_rights()[WASTE_BAGS].check(facts, DAY, origins={path: origin})
    read = Verdict.from_data(json.loads(json.dumps(verdict.as_data())))
    assert read.explanation is not None
    assert {used.path: used.origin for used in read.explanation.facts}[path] == origin


def test_record_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="form 99 cannot be read"):
        Verdict.from_data({"form": 99})


def test_record_without_explanation_cannot_be_checked_again() -> None:
    regulation = shipped_rights()[WASTE_BAGS]
    verdict = regulation.check({"gezin": {"gemeente": "44043"}}, DAY, explain=False)
    with pytest.raises(ValueError, match="without its explanation"):
        check_again(regulation, verdict.as_data())
