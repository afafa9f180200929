"""Planning asks less, and never decides otherwise than asking everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.population.people import ABSENT, DAYS, values_of
from vanzelf import population, rights, synthetic
from vanzelf.population.given import people_of
from vanzelf.rights import Regulation, Regulations
from vanzelf.sources import (
    Authorisation,
    Endpoints,
    Household,
    Sender,
    assemble,
    gather,
    load_authorisations,
)
from vanzelf.sources.catalogue import shipped as catalogue
from vanzelf.sources.data import DataError
from vanzelf.sources.lawfulness import EVERYONE, Group
from vanzelf.sources.lists import load_folder
from vanzelf.sources.magda.standin import City, Standin
from vanzelf.sources.planning import Kind, Planner, Who, planner_for, play, stages
from vanzelf.sources.planning.data import Knowledge, load_knowledge, shipped
from vanzelf.sources.planning.one_household import needed_by
from vanzelf.sources.planning.report import FAMILY as FAMILIES
from vanzelf.sources.planning.report import SINGLE, lines
from vanzelf.sources.planning.stages import REGISTER
from vanzelf.sources.planning.worth_asking import WorthAsking

ON = date(2026, 1, 15)
BAGS = "gent/huisvuilzakken"
UITPAS = "gent/uitpas"
VT, FAMILY = "verhoogde tegemoetkoming", "gezin met verhoogde tegemoetkoming"
POSITIONS = ("02", "03", "12", "13", "21")


@cache
def regulations() -> Regulations:
    return rights.load(cases=False)


@cache
def everything() -> Authorisation:
    """Leave to ask every service every fact about everyone."""
    facts = regulations().facts.values()
    services = {source.partition("/")[2] for fact in facts for source in fact.sources}
    return Authorisation(
        reference="TEST 2/2020",
        kind="decree",
        title="invented",
        purposes=frozenset({"toekenning", "controle"}),
        services=frozenset(services),
        facts=frozenset(fact.name for fact in facts),
        statutes=frozenset(name for names in catalogue().statutes.values() for name in names),
        sender=Sender("test.vanzelf.be", "test"),
        valid_from=date(2020, 1, 1),
        units=EVERYONE,
        invented=True,
    )


def planner(
    right: str, *, on: date = ON, knowledge: Knowledge | None = None, purpose: str = "toekenning"
) -> Planner:
    return planner_for(
        regulations()[right],
        on,
        purpose=purpose,
        authorisations=[everything()],
        today=on,
        knowledge=knowledge,
    )


# --- households ---------------------------------------------------------------------------------


@st.composite
def households(draw: st.DrawFn, regulation: Regulation, on: date) -> dict[str, Any]:
    """A household with all answers that there are, of a family of which the answers agree."""
    facts = regulations().facts

    def section(name: str, paths: Sequence[str]) -> dict[str, object]:
        found = {}
        for path in dict.fromkeys(paths):
            fact = facts.at(path)
            value = draw(values_of(fact, on, []))
            if fact.section == name and value is not ABSENT and not fact.members:
                found[fact.name] = value
        return found

    needed = [path for path in regulation.needed if path != "gezin.leden"]
    of_home = [path for path in needed if facts.at(path).section == "gezin"]
    of_person = [path for path in needed if facts.at(path).section == "persoon"]
    size = draw(st.integers(1, 4))
    members = [section("persoon", [*of_person, f"persoon.{FAMILY}"]) for _ in range(size)]
    positions = ["01", *draw(st.lists(st.sampled_from(POSITIONS), min_size=size, max_size=size))]
    born = [draw(st.dates(date(1940, 1, 1), on)) for _ in range(size)]
    home = section("gezin", of_home)
    if draw(st.integers(0, 5)):
        home["leden"] = members
    return {"gezin": home, "persoon": members[0], "positions": positions[:size], "born": born}


def agree(planner: Planner, unit: Mapping[str, Any]) -> None:
    """Makes what is said of a family fit what is said of its members: law of the sources."""
    members = unit["gezin"].get("leden", [unit["persoon"]])
    block = people_of([unit], planner.wanted, regulations().facts)
    who = Who.of(unit["positions"][: block.persons], unit["born"], planner.reference)
    heads = who.heads(block, shipped().families[VT], planner.purpose)[: len(members)]
    for row, member in enumerate(members):
        for speaker in {row, int(heads[row])}:
            if members[speaker].get(FAMILY) is False and member.get(VT) is not ABSENT:
                member[VT] = False
    for row, member in enumerate(members):
        covered = [members[other] for other in np.flatnonzero(heads == row)]
        if member.get(FAMILY) is True and not any(one.get(VT) for one in covered):
            member[VT] = True


@pytest.mark.parametrize("right", sorted(rights.load(cases=False)))
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_planned_verdict_is_that_of_asking_everything(right: str, data: st.DataObject) -> None:
    on = data.draw(st.sampled_from(DAYS))
    knowledge = data.draw(st.sampled_from([shipped(), shipped().without_families()]))
    purpose = data.draw(st.sampled_from(["toekenning", "controle"]))
    plan = planner(right, on=on, knowledge=knowledge, purpose=purpose)
    unit = data.draw(households(regulations()[right], on))
    agree(plan, unit)
    block = people_of([unit], plan.wanted, regulations().facts)
    rows = block.persons
    who = Who.of(unit["positions"][:rows], unit["born"], plan.reference)
    found = play(plan, block, who, at_once=data.draw(st.booleans()))
    assert found.outcomes.tolist() == found.all_asked.tolist()


def played(unit: Mapping[str, Any], right: str, **options: Any) -> dict[str, int]:
    plan = planner(right, **options)
    block = people_of([unit], plan.wanted, regulations().facts)
    who = Who.of(unit["positions"], unit["born"], plan.reference)
    found = play(plan, block, who)
    assert found.outcomes.tolist() == found.all_asked.tolist()
    return dict(found.asked)


def family(*members: Mapping[str, object], **home: object) -> dict[str, Any]:
    """A reference person, a partner and children, in Ghent."""
    listed = [{"budgetbeheer": False, "budgetbegeleiding": False, **one} for one in members]
    for one in listed:
        one["collectieve schuldenregeling"] = False
    positions = ["01", "02", *["03"] * 8][: len(listed)]
    born = [date(1985, 1, 1), date(1986, 1, 1), *[date(2015, 1, 1)] * 8][: len(listed)]
    gezin = {"gemeente": "44021", "leden": listed, **home}
    return {"gezin": gezin, "persoon": listed[0], "positions": positions, "born": born}


YES, NO = {VT: True, FAMILY: True}, {VT: False, FAMILY: False}
PERSONAL = f"persoon.{VT}"


def test_first_proof_ends_the_questions() -> None:
    singles = shipped().without_families()
    assert played(family(YES, YES, YES), BAGS, knowledge=singles) == {PERSONAL: 1}


def test_no_needs_every_member_when_only_persons_may_be_asked() -> None:
    singles = shipped().without_families()
    assert played(family(NO, NO, NO), BAGS, knowledge=singles) == {PERSONAL: 3}


def test_no_needs_one_answer_when_families_may_be_asked() -> None:
    assert played(family(NO, NO, NO), BAGS) == {f"persoon.{FAMILY}": 1}


def test_yes_about_a_family_proves_someone_in_the_household() -> None:
    assert played(family(YES, YES, YES), BAGS) == {f"persoon.{FAMILY}": 1}


def test_family_that_says_nothing_leads_to_its_members() -> None:
    unit = family({VT: False}, {VT: False})
    assert played(unit, BAGS) == {f"persoon.{FAMILY}": 1, PERSONAL: 2}


def test_own_list_that_proves_it_asks_nothing() -> None:
    unit = family(NO, {**NO, "budgetbeheer": True})
    assert played(unit, BAGS) == {}


def test_other_municipality_asks_nothing() -> None:
    assert played(family(YES, YES, gemeente="44043"), BAGS) == {}


def test_one_person_is_asked_about_directly() -> None:
    own = {"gemeente": "44021", "schuldbemiddeling": False, "leefloon": False}
    assert played(family(YES | own, YES), UITPAS) == {PERSONAL: 1}
    assert played(family(NO | own, NO), UITPAS) == {PERSONAL: 1, "persoon.leefloon": 1}


def test_someone_else_in_the_household_is_no_family_at_the_counter() -> None:
    unit = family(NO, NO)
    unit["positions"] = ["01", "12"]
    assert played(unit, BAGS, purpose="controle") == {PERSONAL: 2}
    assert played(unit, BAGS, purpose="toekenning") == {f"persoon.{FAMILY}": 1}


def test_child_of_25_is_a_family_of_its_own_at_the_counter() -> None:
    unit = family(NO, NO, NO)
    unit["born"][2] = date(2001, 1, 15)
    found = played(unit, BAGS, purpose="controle")
    assert found == {f"persoon.{FAMILY}": 1, PERSONAL: 1}


def test_usual_ages_are_asked_first() -> None:
    unit = family({"leefloon": True}, {"leefloon": False}, {"leefloon": False})
    unit["born"] = [date(1940, 1, 1), date(1939, 1, 1), date(1990, 1, 1)]
    plan = planner("vlaanderen/sociaal-watertarief")
    block = people_of([unit], plan.wanted, regulations().facts)
    asked = {
        fact: np.zeros(3 if fact.startswith("persoon.") else 1, dtype=bool) for fact in plan.facts
    }
    hidden = people_of([family({}, {}, {})], plan.wanted, regulations().facts)
    who = Who.of(unit["positions"], unit["born"], plan.reference)
    assert block.persons == 3
    assert plan.next(hidden, asked, who)["persoon.leefloon"].tolist() == [2]


# --- a city ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    synthetic.build(seed=7, residents=2_000).write(folder)
    return folder


@pytest.fixture(scope="module")
def city(folder: Path) -> population.Population:
    return population.read(folder)


@pytest.mark.parametrize("right", [BAGS, UITPAS, "gent/schoolkorting", "gent/lez-registratie"])
def test_questions_about_a_city_lie_between_the_least_and_all(
    right: str, city: population.Population
) -> None:
    found = lines(regulations()[right], city, ON, [everything()], purpose="toekenning")
    for line in found:
        one = line.measured
        assert one.differ == 0
        assert 0 < one.least <= one.questions <= one.everything


def test_waste_bags_stay_within_what_was_promised(city: population.Population) -> None:
    single, families = lines(regulations()[BAGS], city, ON, [everything()], purpose="toekenning")
    assert (single.answers, families.answers) == (SINGLE, FAMILIES)
    assert single.measured.share <= 0.90
    assert families.measured.share <= 0.50


# --- over real messages ---------------------------------------------------------------------------


def outside(household: Household) -> set[tuple[str, str]]:
    """The facts that were asked outside the city, of whom."""
    return {
        (question.insz, fact)
        for question in household.questions
        if question.service not in REGISTER
        for fact in question.facts
    }


@pytest.mark.parametrize("right", [BAGS, UITPAS, "gent/schoolkorting"])
def test_planned_gathering_decides_as_asking_everything_and_asks_less(
    right: str, folder: Path, city: population.Population
) -> None:
    regulation = regulations()[right]
    lists = load_folder(folder / "lists", allow_test=True)
    with Standin(City(folder)) as magda:
        for household in city.members(40, 44):
            answers = [
                gather(
                    household.members[-1].insz,
                    ON,
                    purpose="controle",
                    authorisations=[everything()],
                    endpoints=Endpoints(magda.url),
                    now=datetime(2026, 1, 15, 9, tzinfo=UTC),
                    lists=lists,
                    facts=needed_by([regulation]),
                    rights=chosen,
                )
                for chosen in (None, [regulation])
            ]
            whole, planned = (
                regulation.check(facts, ON, origins=origins)
                for facts, origins in map(assemble, answers)
            )
            assert (planned.outcome, planned.amounts) == (whole.outcome, whole.amounts)
            assert outside(answers[1]) <= outside(answers[0]) | {
                (one.insz, FAMILY) for one in answers[1].members
            }
            looked_at = {(one.insz, one.fact) for one in answers[1].not_asked}
            assert looked_at.isdisjoint(outside(answers[1]))


# --- what is worth asking -----------------------------------------------------------------------


def worth(right: str, can: Sequence[str], stuck: Sequence[str], **states: bool | None) -> set[str]:
    regulation = regulations()[right]
    analysed = WorthAsking(regulation, regulation.reference_date(ON))
    all_states = {atom.id: None for atom in analysed.atoms} | {
        name.replace("_", " "): state for name, state in states.items()
    }
    return set(analysed.facts(all_states, frozenset(can), frozenset(stuck)))


def test_nothing_is_worth_asking_where_only_the_resident_can_settle() -> None:
    needed = regulations()["vlaanderen/huursubsidie"].needed
    income = "gezin.belastbaar inkomen"
    stuck = [path for path in needed if path != income]
    assert worth("vlaanderen/huursubsidie", [income], stuck) == set()


def test_half_of_a_criterion_is_worth_asking_only_for_what_it_can_give() -> None:
    right, since = "federaal/verhoogde-tegemoetkoming", "persoon.leefloon sinds"
    others = [path for path in regulations()[right].needed if path != "persoon.leefloon"]
    assert worth(right, ["persoon.leefloon"], others) == set()
    free = [path for path in others if path != since]
    assert worth(right, ["persoon.leefloon", since], free) == {"persoon.leefloon", since}


def test_family_proves_only_where_anyone_will_do() -> None:
    of_members = f"gezin.leden[].{VT}"
    bags = WorthAsking(regulations()[BAGS], ON)
    assert bags.proves_for_someone(of_members)
    assert not WorthAsking(regulations()[UITPAS], ON).proves_for_someone(PERSONAL)


# --- stages and data ----------------------------------------------------------------------------


def test_stages_go_from_families_to_yes_or_no_to_values() -> None:
    found = stages(
        regulations()["gent/schoolkorting"], [everything()], purpose="toekenning", today=ON
    )
    assert [(one.kind, one.facts) for one in found] == [
        (Kind.YES_NO, ("persoon.leefloon",)),
        (Kind.VALUE, ("gezin.belastbaar inkomen",)),
    ]


def test_stages_hold_nothing_without_an_authorisation() -> None:
    assert stages(regulations()[BAGS], [], purpose="toekenning", today=ON) == ()
    assert stages(regulations()[BAGS], [everything()], purpose="fraude", today=ON) == ()


def test_planner_asks_only_about_whom_it_may() -> None:
    plan = planner(BAGS, knowledge=shipped().without_families())
    plan.about = {PERSONAL: frozenset({Group.RESIDENTS, Group.ADULTS})}
    unit = family(NO, NO, NO)
    block = people_of([unit], plan.wanted, regulations().facts)
    who = Who.of(unit["positions"], unit["born"], plan.reference)
    assert play(plan, block, who).asked == {PERSONAL: 2}  # a yes may still come, a no cannot


@pytest.mark.parametrize("right", sorted(rights.load(cases=False)))
def test_shipped_authorisations_give_stages_that_name_listed_facts(right: str) -> None:
    found = stages(regulations()[right], load_authorisations().all, purpose="toekenning", today=ON)
    assert all(fact in regulations().facts for stage in found for fact in stage.facts)


def test_every_family_rule_has_a_ground() -> None:
    rules = [rule for one in shipped().families.values() for rule in one.speaks_for]
    assert rules
    assert all(rule.ground for rule in rules)


def test_data_in_another_form_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text("families: {x: {of: y}}\n")
    with pytest.raises(DataError, match="speaks for"):
        load_knowledge(file)


def test_sources_without_families_have_none(tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text("statutes: {}\n")
    assert load_knowledge(file).families == {}
