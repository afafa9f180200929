"""What a check gives: on the small example by hand, on the shipped rights as laws."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rights.example import write
from tests.rights.households import DAYS, households, shipped_rights, thinned
from vanzelf.feel import Unknown
from vanzelf.rights import Outcome, Regulation, load

DAY = date(2026, 1, 15)
ENTITLED = {
    "gemeente": "44021",
    "zone": "Z",
    "personen ten laste": 2,
    "leden": [{"leefloon": False, "schuldhulp": False}, {"leefloon": True}],
}


@pytest.fixture(scope="module")
def proef(tmp_path_factory: pytest.TempPathFactory) -> Regulation:
    return load(write(tmp_path_factory.mktemp("regulations")))["gent/proef"]


def test_check_gives_outcome_amount_delivery_and_reasons(proef: Regulation) -> None:
    verdict = proef.check({"gezin": ENTITLED}, DAY)
    assert verdict.outcome is Outcome.YES
    assert verdict.amount is not None
    assert (verdict.amount.kind, verdict.amount.value) == ("money", Decimal(84))
    assert (verdict.amount.per, verdict.amount.unit) == ("jaar", "EUR")
    assert verdict.delivery == "bon"
    assert verdict.reasons == ("in Gent", "leefloon")
    assert verdict.missing == ()


def test_explanation_has_the_outcome_of_every_criterion(proef: Regulation) -> None:
    explanation = proef.check({"gezin": ENTITLED}, DAY).explanation
    assert explanation is not None
    outcomes = {step.id: str(step.outcome) for step in explanation.criteria.walk()}
    assert outcomes == {
        "all": "YES", "in Gent": "YES", "any": "YES", "leefloon": "YES",
        "schuldhulp": "YES", "laag inkomen": "UNKNOWN",
    }  # fmt: skip


def test_explanation_names_the_facts_used_with_their_values(proef: Regulation) -> None:
    explanation = proef.check({"gezin": ENTITLED}, DAY).explanation
    assert explanation is not None
    used = {item.path: item.value for item in explanation.facts}
    assert used["gezin.leden[1].leefloon"] is False
    assert used["gezin.leden[2].leefloon"] is True
    assert used["gezin.leden"] == 2
    assert used["gezin.personen ten laste"] == Decimal(2)
    assert isinstance(used["gezin.jaarinkomen"], Unknown)


def test_yes_with_unknown_amount_names_what_it_needs(proef: Regulation) -> None:
    facts = {name: value for name, value in ENTITLED.items() if name != "personen ten laste"}
    verdict = proef.check({"gezin": facts}, DAY)
    assert verdict.outcome is Outcome.YES
    assert verdict.amount is not None
    assert isinstance(verdict.amount.value, Unknown)
    assert verdict.missing == ("gezin.personen ten laste",)
    assert verdict.next_question == "gezin.personen ten laste"


def test_yes_with_unknown_delivery_has_none(proef: Regulation) -> None:
    facts = {name: value for name, value in ENTITLED.items() if name != "zone"}
    verdict = proef.check({"gezin": facts}, DAY)
    assert (verdict.outcome, verdict.delivery) == (Outcome.YES, None)
    assert verdict.missing == ("gezin.zone",)


def test_parameter_is_worth_what_it_is_on_the_reference_date(proef: Regulation) -> None:
    facts = {"gemeente": "44021", "jaarinkomen": 20500, "leden": [{"leefloon": False,
             "schuldhulp": False}]}  # fmt: skip
    assert proef.check({"gezin": facts}, date(2024, 12, 31)).outcome is Outcome.NO
    assert proef.check({"gezin": facts}, date(2025, 1, 1)).outcome is Outcome.YES


def test_parameter_before_its_first_date_leaves_it_unknown(proef: Regulation) -> None:
    facts = {"gemeente": "44021", "jaarinkomen": 1, "leden": [{"leefloon": False,
             "schuldhulp": False}]}  # fmt: skip
    verdict = proef.check({"gezin": facts}, date(2023, 12, 31))
    assert verdict.outcome is Outcome.UNKNOWN
    assert (verdict.missing, verdict.settled_by) == ((), ())
    assert verdict.explanation is not None
    steps = {step.id: step for step in verdict.explanation.walk()}
    assert steps["laag inkomen"].reason == "parameter: inkomensgrens"


def test_content_hash_changes_with_the_content_alone(tmp_path: Path) -> None:
    from tests.rights.example import REGULATION

    name = "gent/proef/regulation.yaml"
    same = load(write(tmp_path / "a"))["gent/proef"].content_hash
    layout = REGULATION.replace("unit: gezin", "# a remark\nunit:    gezin")
    other = REGULATION.replace("21000.50", "21000.51")
    assert load(write(tmp_path / "b", {name: layout}))["gent/proef"].content_hash == same
    assert load(write(tmp_path / "c", {name: other}))["gent/proef"].content_hash != same


def test_needed_lists_the_facts_once(proef: Regulation) -> None:
    assert set(proef.needed) == {
        "gezin.gemeente", "gezin.leden", "gezin.leden[].leefloon", "gezin.leden[].schuldhulp",
        "gezin.jaarinkomen", "gezin.personen ten laste", "gezin.zone",
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(households(), DAYS)
def test_fast_path_gives_the_same_as_the_explained_one(facts: dict[str, Any], on: date) -> None:
    for regulation in shipped_rights().values():
        fast = regulation.check(facts, on, explain=False)
        full = regulation.check(facts, on)
        assert (fast.outcome, fast.reasons) == (full.outcome, full.reasons)
        assert (fast.amounts, fast.delivery) == (full.amounts, full.delivery)


@settings(max_examples=60, deadline=None)
@given(st.data(), households(), DAYS)
def test_what_is_not_known_never_turns_an_outcome_round(
    data: st.DataObject, facts: dict[str, Any], on: date
) -> None:
    fewer = data.draw(thinned(facts))
    for regulation in shipped_rights().values():
        with_less = regulation.check(fewer, on, explain=False).outcome
        with_all = regulation.check(facts, on, explain=False).outcome
        assert with_less in (with_all, Outcome.UNKNOWN)


@settings(max_examples=40, deadline=None)
@given(households(), DAYS)
def test_unknown_always_says_why(facts: dict[str, Any], on: date) -> None:
    for regulation in shipped_rights().values():
        verdict = regulation.check(facts, on)
        if verdict.outcome is Outcome.UNKNOWN:
            assert verdict.explanation is not None
            reasons = [step.reason for step in verdict.explanation.criteria.walk() if step.reason]
            assert verdict.missing or reasons
            assert (verdict.next_question is None) == (verdict.missing == ())
