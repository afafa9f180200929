"""A regulation as a decision model says what the regulation says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rights.export.reading_back import (
    in_rights_mode,
    read_back,
    told_by_model,
    told_by_verdict,
)
from tests.rights.households import households, shipped_rights, thinned, value
from vanzelf.rights.case_file import Case
from vanzelf.rights.export import export

RIGHTS = tuple(shipped_rights())
DAYS = tuple(date(year, 3, 15) for year in (2022, 2024, 2026))
CASES = [
    pytest.param(right, case, id=f"{right}: {case.name}")
    for right, cases in shipped_rights().cases.items()
    for case in cases
]


@pytest.mark.parametrize(("right", "case"), CASES)
def test_every_case_comes_out_the_same(right: str, case: Case) -> None:
    exported, shipped = in_rights_mode(right, case.facts, case.on)
    assert exported == shipped


@pytest.mark.parametrize("right", RIGHTS)
@settings(max_examples=25)
@given(facts=households().flatmap(thinned), on=st.sampled_from(DAYS))
def test_households_with_gaps_come_out_the_same(
    right: str, facts: dict[str, Any], on: date
) -> None:
    exported, shipped = in_rights_mode(right, facts, on)
    assert exported == shipped


@st.composite
def known_households(draw: st.DrawFn) -> dict[str, Any]:
    """Every fact known, and none of them null."""
    facts = shipped_rights().facts
    known = {
        name: st.fixed_dictionaries(
            {fact.name: value(fact) for fact in facts.section(name).values() if not fact.members}
        )
        for name in ("gezin", "persoon")
    }
    leden = draw(st.lists(known["persoon"], min_size=1, max_size=3))
    return {"gezin": {**draw(known["gezin"]), "leden": leden}, "persoon": leden[0]}


@pytest.mark.parametrize("right", RIGHTS)
@settings(max_examples=25)
@given(facts=known_households(), on=st.sampled_from(DAYS))
def test_what_is_known_comes_out_the_same_in_standard_mode(
    right: str, facts: dict[str, Any], on: date
) -> None:
    verdict = shipped_rights()[right].check(facts, on)
    assert told_by_model(*read_back(right, on), facts, None) == told_by_verdict(verdict)


@pytest.mark.parametrize("right", RIGHTS)
def test_nothing_is_wrong_in_an_exported_model(right: str) -> None:
    for on in DAYS:
        assert read_back(right, on)[1].problems == ()


def test_names_are_read_by_every_parser() -> None:
    model = export(shipped_rights()["gent/huisvuilzakken"], DAYS[2]).definitions
    decision = next(one for one in model.decisions if one.label == "in Gent")
    assert decision.name == "binnen Gent"
    assert decision.question == "Je gezin woont in Gent."
    sources = {source.id: source for source in model.knowledge_sources}
    assert sources[decision.authorities[0].id].location is not None


def test_what_is_not_known_is_input_and_told() -> None:
    exported = export(shipped_rights()["vlaanderen/sociale-toeslag"], date(2023, 6, 1))
    asked = {item.name for item in exported.definitions.input_data}
    assert "tweede inkomensgrens niet gekend" in asked
    assert any(one.startswith("tweede inkomensgrens: not known") for one in exported.remarks)


def test_tables_of_other_files_are_taken_along() -> None:
    model = export(shipped_rights()["federaal/leefloon"], DAYS[2]).definitions
    assert {"categorie", "Categorie"} <= {decision.name for decision in model.decisions}
    assert "tCategorie" in {item.name for item in model.item_definitions}


def test_allowed_values_go_along_with_null() -> None:
    model = export(shipped_rights()["gent/huisvuilzakken"], DAYS[2]).definitions
    gezin = next(item for item in model.item_definitions if item.name == "tGezin")
    zone = next(part for part in gezin.components if part.name == "afvalzone")
    assert zone.allowed_values == '"Z", "container", null'


def test_warnings_say_where_null_becomes_an_answer() -> None:
    _, model = read_back("gent/huisvuilzakken", DAYS[2])
    told = [warning for warning in model.warnings if "'binnen Gent'" in warning.element]
    assert "a missing gezin.gemeente counts as not" in told[0].why
