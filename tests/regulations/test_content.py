"""The shipped regulations: complete, sourced, and honest about what is not certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from vanzelf.rights import Regulations, load
from vanzelf.rights.loader import shipped
from vanzelf.rights.model import Dated, Parameter, criteria_of

THIRTEEN = (
    "federaal/leefloon",
    "federaal/sociaal-energietarief",
    "federaal/verhoogde-tegemoetkoming",
    "gent/huisvuilzakken",
    "gent/kinderen-eerst",
    "gent/lez-registratie",
    "gent/lez-verlaagd-tarief",
    "gent/schoolkorting",
    "gent/uitpas",
    "vlaanderen/huursubsidie",
    "vlaanderen/sociaal-watertarief",
    "vlaanderen/sociale-toeslag",
    "vlaanderen/startbedrag",
)
LANGUAGES = {"nl", "en"}


@pytest.fixture(scope="module")
def regulations() -> Regulations:
    return load()


def dated_values(regulations: Regulations) -> Iterator[tuple[str, Parameter, Dated]]:
    for regulation in regulations.values():
        for parameter in regulation.content.parameters.values():
            for dated in parameter.values:
                yield f"{regulation.id}: {parameter.name}, {dated.start}", parameter, dated


def life_events() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = (shipped() / "life-events.yaml").read_text(encoding="utf-8")
    events: Mapping[str, Mapping[str, Mapping[str, str]]] = YAML(typ="safe").load(text)
    return events


def test_shipped_folder_has_the_thirteen(regulations: Regulations) -> None:
    assert tuple(regulations) == THIRTEEN


@pytest.mark.parametrize("right", THIRTEEN)
def test_every_right_has_cases_of_each_outcome(regulations: Regulations, right: str) -> None:
    cases = regulations.cases[right]
    assert {case.expect.outcome for case in cases} == {"YES", "NO", "UNKNOWN"}
    assert len(cases) >= 8


@pytest.mark.parametrize("right", THIRTEEN)
def test_every_right_has_an_unknown_that_says_what_would_settle_it(
    regulations: Regulations, right: str
) -> None:
    unknowns = [
        case.expect for case in regulations.cases[right] if case.expect.outcome == "UNKNOWN"
    ]
    assert any("settled_by" in expect.stated for expect in unknowns)


def test_every_unverified_value_says_what_is_not_certain(regulations: Regulations) -> None:
    silent = [
        where
        for where, _, dated in dated_values(regulations)
        if not dated.verified and set(dated.note) != LANGUAGES
    ]
    assert silent == []


def test_every_value_that_was_not_found_is_unverified(regulations: Regulations) -> None:
    claimed = [
        where
        for where, _, dated in dated_values(regulations)
        if dated.value is None and dated.verified
    ]
    assert claimed == []


def test_every_criterion_has_a_sentence_and_a_source(regulations: Regulations) -> None:
    bare = [
        f"{regulation.id}: {criterion.id}"
        for regulation in regulations.values()
        for criterion in criteria_of(regulation.content.criteria)
        if set(criterion.says) != LANGUAGES or not criterion.law
    ]
    assert bare == []


def test_every_sentence_ends_as_a_sentence(regulations: Regulations) -> None:
    loose = [
        f"{regulation.id}: {criterion.id}: {text}"
        for regulation in regulations.values()
        for criterion in criteria_of(regulation.content.criteria)
        for texts in (criterion.says, criterion.note, criterion.evidence)
        for text in texts.values()
        if not text.endswith((".", ":"))
    ]
    assert loose == []


def test_what_a_resident_alone_can_tell_is_asked_in_a_sentence(regulations: Regulations) -> None:
    silent = [
        path
        for path, fact in regulations.facts.items()
        if fact.ask == "resident"
        and not (
            set(fact.question) == LANGUAGES and all(q.endswith("?") for q in fact.question.values())
        )
    ]
    assert silent == []


def test_every_fact_is_used_or_belongs_to_a_person_or_address(regulations: Regulations) -> None:
    used = {path for regulation in regulations.values() for path in regulation.needed}
    used |= {path.replace("gezin.leden[].", "persoon.") for path in used}
    identity = {"persoon.overleden", "persoon.postcode", "gezin.postcode"}
    assert set(regulations.facts) - used - identity <= {"gezin.leden"}


def test_life_events_are_those_of_the_regulations(regulations: Regulations) -> None:
    named = {event for right in regulations.values() for event in right.content.life_events}
    assert set(life_events()) == named
    assert all(set(event["names"]) == LANGUAGES for event in life_events().values())


def test_level_of_the_authority_is_the_folder(regulations: Regulations) -> None:
    levels = {right: regulation.authority.level for right, regulation in regulations.items()}
    assert levels == {right: right.split("/")[0] for right in THIRTEEN}


def test_city_awards_only_its_own_rights(regulations: Regulations) -> None:
    awarded = {right for right, regulation in regulations.items() if not regulation.advice_only}
    assert awarded == {
        "gent/huisvuilzakken",
        "gent/lez-registratie",
        "gent/lez-verlaagd-tarief",
        "gent/schoolkorting",
        "gent/uitpas",
    }


def test_water_looks_at_the_first_of_january(regulations: Regulations) -> None:
    water = regulations["vlaanderen/sociaal-watertarief"]
    assert water.reference_date(date(2026, 12, 31)) == date(2026, 1, 1)


def test_readers_page_names_every_right() -> None:
    page = Path(__file__).parents[2] / "docs" / "rights.md"
    text = page.read_text(encoding="utf-8")
    assert [right for right in THIRTEEN if f"`{right}`" not in text] == []
