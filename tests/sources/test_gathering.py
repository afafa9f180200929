"""Facts of a person and a household, over real HTTP; each fault ends in a reasoned unknown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from tests.sources.invented import (
    ALL_FACTS,
    ANNA,
    BERT,
    CARO,
    DIRK,
    HASTE,
    NOW,
    ON,
    address,
    ask,
    authorisation,
    head_of,
    member,
    number,
    ordinary,
    person,
    write_answer,
)
from vanzelf.rights import load
from vanzelf.sources import Endpoints, Household, Reading, Reason, gather
from vanzelf.sources.lawfulness import Group
from vanzelf.sources.magda import (
    geef_gezinssamenstelling,
    geef_persoon,
    registreer_inschrijving,
    xml,
)
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.standin import AnswerFiles, Fault, Standin, Switches
from vanzelf.sources.magda.standin.request import Request
from vanzelf.sources.magda.standin.switches import KINDS
from vanzelf.sources.magda.xml import Element

VT = "verhoogde tegemoetkoming"


@contextmanager
def failing(folder: Path, *faults: str, delay: float = 0, first: int = 0) -> Iterator[Standin]:
    switches = Switches.parse(faults, delay, first)
    with Standin(AnswerFiles(folder), switches) as standin:
        yield standin


def readings(household: Household) -> dict[str, Reading]:
    return {**household.person.readings, "gezinsleden": household.readings["leden"]}


def reasons(household: Household) -> set[Reason | None]:
    return {reading.reason for reading in readings(household).values()}


def asked(standin: Standin) -> list[str]:
    return [received.request.service for received in standin.received]


# Without faults


def test_gather_person_with_household(standin: Standin) -> None:
    household = ask(standin.url, ANNA, everyone=True)
    assert household.readings["leden"].value == (ANNA, BERT, CARO)
    assert household.readings["personen ten laste"].value == 2
    assert household.readings["gemeente"].value == "44021"
    assert [each.insz for each in household.members] == [ANNA, BERT, CARO]
    assert [each.position for each in household.members] == ["01", "02", "03"]
    assert [each.readings[VT].value for each in household.members] == [True, False, True]
    assert household.members[2].readings["geboortedatum"].value == date(2015, 3, 30)
    assert household.members[2].readings["overleden"].reason is Reason.NOT_ASKED
    vt = household.person.readings[VT]
    assert (vt.valid_from, vt.valid_until) == (date(2024, 1, 1), date(2026, 12, 31))
    assert vt.source == "magda/GeefSociaalStatuut"


def test_gather_one_asks_nothing_about_the_others(standin: Standin) -> None:
    ask(standin.url, ANNA)
    assert {received.request.insz for received in standin.received} == {ANNA}
    assert sorted(asked(standin)) == [
        "GeefGezinssamenstelling",
        "GeefPersoon",
        "GeefSociaalStatuut",
    ]


def test_gather_asks_only_the_facts_that_are_wanted(standin: Standin) -> None:
    household = ask(standin.url, DIRK, facts=["leefloon"])
    assert set(household.person.readings) == {"leefloon"}
    statutes = {name for received in standin.received for name in received.request.statutes}
    assert statutes == {"LIVING_WAGES_PCSA_HELP"}


def test_gather_lists_every_question_with_its_ground(standin: Standin) -> None:
    household = ask(standin.url, DIRK)
    sent = {dict(received.request.sender)["Referte"] for received in standin.received}
    assert {question.reference for question in household.questions} == sent
    assert {question.authorisation for question in household.questions} == {"TEST 1/2020"}
    assert {question.outcome for question in household.questions} == {"answered", "no-data"}


def test_request_headers_are_those_of_the_connector(standin: Standin) -> None:
    ask(standin.url, DIRK)
    headers = {key.lower(): value for key, value in standin.received[0].headers.items()}
    assert headers["content-type"] == "text/xml;charset=UTF-8"
    assert headers["soapaction"] == '""'


def test_gather_someone_who_is_not_the_head_asks_the_head(folder: Path) -> None:
    for path in folder.rglob("GeefGezinssamenstelling/*/*.xml"):
        path.unlink()
    with failing(folder) as standin:
        household = ask(standin.url, CARO)
        assert household.readings["leden"].value == (ANNA, BERT, CARO)
        assert household.readings["leden"].source == "magda/GeefPersoon"
        looked = [
            received.request.insz
            for received in standin.received
            if received.request.service == "GeefPersoon"
        ]
        assert looked == [CARO, ANNA]


def test_gather_head_who_does_not_list_the_person_is_a_contradiction(folder: Path) -> None:
    for path in folder.rglob("GeefGezinssamenstelling/*/*.xml"):
        path.unlink()
    write_answer(folder, geef_persoon.SERVICE, ANNA, person(ANNA, head_of(member(BERT, "02"))))
    with failing(folder) as standin:
        household = ask(standin.url, CARO)
    assert household.readings["leden"].reason is Reason.CONTRADICTION
    assert household.readings["personen ten laste"].reason is Reason.CONTRADICTION
    assert [each.insz for each in household.members] == [CARO]


def test_gather_head_of_a_head_is_not_followed(folder: Path) -> None:
    for path in folder.rglob("GeefGezinssamenstelling/*/*.xml"):
        path.unlink()
    head = person(ANNA, member(DIRK, "03", tag="Referentiepersoon"))
    write_answer(folder, geef_persoon.SERVICE, ANNA, head)
    with failing(folder) as standin:
        assert ask(standin.url, CARO).readings["leden"].reason is Reason.NO_DATA
        assert DIRK not in {received.request.insz for received in standin.received}


def test_gather_household_without_the_person_is_someone_elses(folder: Path) -> None:
    other = Node("Gezinsleden", [member(ANNA, "01"), member(BERT, "02")])
    write_answer(folder, geef_gezinssamenstelling.SERVICE, DIRK, other)
    with failing(folder) as standin:
        assert ask(standin.url, DIRK).readings["leden"].reason is Reason.IDENTITY


def test_gather_two_addresses_contradict(folder: Path) -> None:
    elsewhere = Node("Gezinsleden", [member(DIRK, "01", home=address("24055", "3070"))])
    write_answer(folder, geef_gezinssamenstelling.SERVICE, DIRK, elsewhere)
    with failing(folder) as standin:
        household = ask(standin.url, DIRK)
    for fact in ("gemeente", "postcode"):
        assert household.person.readings[fact].reason is Reason.CONTRADICTION
        assert household.readings[fact].reason is Reason.CONTRADICTION
    assert "magda/GeefGezinssamenstelling:24055" in household.person.readings["gemeente"].flags


@pytest.mark.parametrize(
    ("home", "reason"),
    [
        (address(None), Reason.MISSING_CODE),
        (address(since="2026-01-16"), Reason.NO_DATA),
        (Node("Adressen"), Reason.NO_DATA),
    ],
)
def test_gather_municipality_is_never_guessed(folder: Path, home: Node, reason: Reason) -> None:
    write_answer(folder, geef_persoon.SERVICE, DIRK, person(DIRK, home=home))
    with failing(folder) as standin:
        assert ask(standin.url, DIRK).person.readings["gemeente"].reason is reason


@pytest.mark.parametrize(
    ("death", "value"),
    [
        (Node("Overlijden", [Node("Datum", "2026-01-15")]), True),
        (Node("Overlijden", [Node("Datum", "2026-01-16")]), False),
        (Node("Overlijden"), True),
        (Node("Overlijden", [Node("Datum", "2023-11-31")]), True),
    ],
)
def test_gather_deceased_on_the_day(folder: Path, death: Node, value: bool) -> None:
    write_answer(folder, geef_persoon.SERVICE, DIRK, person(DIRK, death))
    with failing(folder) as standin:
        assert ask(standin.url, DIRK).person.readings["overleden"].value is value


def test_gather_birth_date_that_does_not_exist_is_flagged(folder: Path) -> None:
    write_answer(folder, geef_persoon.SERVICE, DIRK, person(DIRK, born="2023-11-31"))
    with failing(folder) as standin:
        born = ask(standin.url, DIRK).person.readings["geboortedatum"]
    assert born.reason is Reason.UNREADABLE
    assert "bad-date:2023-11-31" in born.flags


def test_gather_strange_civil_state_and_number_are_flagged(folder: Path) -> None:
    state = Node("BurgerlijkeStaten", [Node("BurgerlijkeStaat", [Node("Code", "A3")])])
    strange = "01691214397"
    write_answer(folder, geef_persoon.SERVICE, strange, person(strange, state))
    with failing(folder) as standin:
        born = ask(standin.url, strange).person.readings["geboortedatum"]
    assert born.known
    assert set(born.flags) == {"civil-state:A3", f"insz-check-digits:{strange}"}


def test_gather_two_authorisations_ask_each_for_its_own(standin: Standin) -> None:
    grounds = [
        authorisation(facts=("gemeente", "gezinsleden"), reference="A"),
        authorisation(facts=("postcode",), reference="B"),
    ]
    household = ask(standin.url, DIRK, authorisations=grounds)
    assert household.person.readings["postcode"].value == "9000"
    assert household.person.readings["gemeente"].value == "44021"
    persons = [each for each in household.questions if each.service == "GeefPersoon"]
    assert {(each.authorisation, each.facts) for each in persons} == {
        ("A", ("gemeente", "gezinsleden")),
        ("B", ("postcode",)),
    }


# With faults


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("busy", Reason.BUSY),
        ("unavailable", Reason.UNAVAILABLE),
        ("never-registered", Reason.NOT_REGISTERED),
        ("fault", Reason.FAULT),
        ("http500", Reason.UNAVAILABLE),
        ("cut", Reason.UNAVAILABLE),
        ("reset", Reason.UNAVAILABLE),
        ("garbage", Reason.UNREADABLE),
        ("wrong-person", Reason.IDENTITY),
    ],
)
@pytest.mark.parametrize("insz", [ANNA, DIRK])
def test_gather_fault_is_a_reasoned_unknown(
    folder: Path, fault: str, reason: Reason, insz: str
) -> None:
    with failing(folder, fault) as standin:
        household = ask(standin.url, insz, everyone=True)
    assert reasons(household) - {Reason.NO_DATA} == {reason}
    assert household.person.readings[VT].reason is reason
    assert household.person.readings["gemeente"].reason is reason
    assert not any(reading.known for reading in readings(household).values())


@pytest.mark.parametrize("fault", KINDS)
@pytest.mark.parametrize("insz", [ANNA, BERT, CARO, DIRK])
def test_gather_fault_never_makes_a_no(folder: Path, fault: str, insz: str) -> None:
    """Whatever goes wrong: a fact is what it is without the fault, or it is unknown."""
    with failing(folder) as standin:
        truth = readings(ask(standin.url, insz))
    with failing(folder, fault) as standin:
        found = readings(ask(standin.url, insz))
    for name, reading in found.items():
        if name != "gezinsleden":  # numbers in it may have been replaced by the fault
            assert not reading.known or reading.value == truth[name].value, name


def test_gather_fault_of_one_person_leaves_the_others(folder: Path) -> None:
    with failing(folder, f"busy:{BERT}") as standin:
        household = ask(standin.url, ANNA, everyone=True)
    assert household.members[0].readings[VT].value is True
    assert household.members[1].readings[VT].reason is Reason.BUSY


def test_gather_busy_is_asked_again_until_it_answers(folder: Path) -> None:
    with failing(folder, first=2) as standin:
        household = ask(standin.url, DIRK)
        assert asked(standin).count("GeefPersoon") == 3
    assert household.person.readings["gemeente"].value == "44021"
    with failing(folder, first=3) as standin:
        assert ask(standin.url, DIRK).person.readings["gemeente"].reason is Reason.BUSY


def test_gather_not_registered_registers_and_asks_once_more(folder: Path) -> None:
    with failing(folder, "not-registered") as standin:
        household = ask(standin.url, DIRK, facts=["gemeente"])
        assert asked(standin)[:3] == ["GeefPersoon", "RegistreerInschrijving", "GeefPersoon"]
        assert asked(standin).count("RegistreerInschrijving") == 1
    assert household.person.readings["gemeente"].value == "44021"


def test_gather_never_registered_gives_up_after_once(folder: Path) -> None:
    with failing(folder, "never-registered") as standin:
        household = ask(standin.url, DIRK, facts=["leefloon"])
        assert asked(standin).count("GeefSociaalStatuut") == 2
    assert household.person.readings["leefloon"].reason is Reason.NOT_REGISTERED


def test_gather_does_not_register_without_an_authorisation_for_it(folder: Path) -> None:
    ground = authorisation(services=("GeefPersoon",))
    with failing(folder, "not-registered") as standin:
        household = ask(standin.url, DIRK, authorisations=[ground], facts=["gemeente"])
        assert "RegistreerInschrijving" not in asked(standin)
    assert household.person.readings["gemeente"].reason is Reason.NOT_REGISTERED


def test_gather_refused_registration_is_not_registered(folder: Path) -> None:
    write_answer(folder, registreer_inschrijving.SERVICE, DIRK, Node("Resultaat", "0"))
    (made,) = folder.rglob(f"RegistreerInschrijving/*/{DIRK}.xml")
    (made.parent / "PERS").mkdir()
    made.rename(made.parent / "PERS" / made.name)
    with failing(folder, "never-registered") as standin:
        household = ask(standin.url, DIRK, facts=["gemeente"])
        assert asked(standin).count("GeefPersoon") == 1
    assert household.person.readings["gemeente"].reason is Reason.NOT_REGISTERED


NEW = number("706404011")


@pytest.mark.parametrize("kind", ["new-number", "new-number-only"])
def test_gather_new_number_is_followed_and_linked(folder: Path, kind: str) -> None:
    with failing(folder, f"{kind}:{DIRK}={NEW}") as standin:
        household = ask(standin.url, DIRK)
    assert household.aliases == {DIRK: NEW}
    assert household.person.insz == NEW
    assert household.person.readings["gemeente"].value == "44021"
    assert household.person.readings[VT].value is False
    assert household.readings["leden"].value == (NEW,)
    assert f"new-number:{DIRK}→{NEW}" in household.person.readings["gemeente"].flags


def test_gather_new_number_is_followed_once(folder: Path) -> None:
    newer = number("706404013")
    with failing(
        folder, f"new-number-only:{DIRK}={NEW}", f"new-number-only:{NEW}={newer}"
    ) as standin:
        household = ask(standin.url, DIRK, facts=["gemeente"])
        looked = [received.request.insz for received in standin.received]
    assert newer not in looked
    assert household.person.readings["gemeente"].reason in {Reason.NEW_NUMBER, None}


def test_gather_dead_source_is_asked_once(folder: Path) -> None:
    with failing(folder) as standin:
        url = standin.url
    household = ask(url, ANNA, everyone=True)
    assert reasons(household) == {Reason.UNAVAILABLE}
    assert {question.outcome for question in household.questions} == {"unavailable"}


def test_gather_slow_source_is_a_timeout_and_not_waited_for_twice(folder: Path) -> None:
    with failing(folder, delay=0.6) as standin:
        household = ask(standin.url, ANNA, everyone=True, read_timeout=0.2)
        assert len(standin.received) == 3  # once per service
    assert reasons(household) == {Reason.TIMEOUT}


def test_gather_register_down_household_from_the_other_source(folder: Path) -> None:
    with failing(folder, "busy") as down, failing(folder) as standin:
        household = _two_endpoints(down.url, standin.url)
    assert household.person.readings["gemeente"].reason is Reason.BUSY
    assert household.readings["leden"].value == (ANNA, BERT, CARO)


def _two_endpoints(persons: str, others: str) -> Household:
    return gather(
        ANNA,
        ON,
        purpose="controle",
        authorisations=[authorisation()],
        endpoints=Endpoints(others, {"geefpersoon": persons}),
        now=NOW,
        everyone=False,
        patience=HASTE,
        facts=ALL_FACTS,
    )


class Careless(Standin):
    """Answers with the reference of another question."""

    def respond(self, request: Request, fault: Fault | None) -> Element:
        return super().respond(replace(request, sender=(("Referte", "stray"),)), fault)


def test_gather_answer_with_a_stray_reference_is_not_believed(folder: Path) -> None:
    with Careless(AnswerFiles(folder)) as standin:
        municipality = ask(standin.url, DIRK).person.readings["gemeente"]
    assert municipality.reason is Reason.UNTRUSTED


@dataclass
class Reticent(Standin):
    """Leaves one thing out of the Context of its answers."""

    left_out: str = ""

    def respond(self, request: Request, fault: Fault | None) -> Element:
        answer = super().respond(request, fault)
        context = next(each for each in answer.iter() if xml.local(each) == "Context")
        for each in [each for each in context.iter() if xml.local(each) == self.left_out]:
            parent = each.getparent()
            assert parent is not None
            parent.remove(each)
        return answer


@pytest.mark.parametrize("left_out", ["", "Ontvanger", "Referte", "Tijdstip", "Naam"])
def test_gather_answer_that_does_not_say_whose_it_is_is_not_believed(
    folder: Path, left_out: str
) -> None:
    """Without signatures too: every answer of the reference material says it."""
    with Reticent(AnswerFiles(folder), left_out=left_out) as standin:
        municipality = ask(standin.url, DIRK).person.readings["gemeente"]
    assert municipality.reason is (Reason.UNTRUSTED if left_out else None)


@pytest.mark.parametrize(("for_one", "asked_about"), [(True, set()), (False, {BERT})])
def test_gather_age_known_for_one_right_picks_no_group_for_another(
    standin: Standin, for_one: bool, asked_about: set[str]
) -> None:
    """Their birth dates may be known for the one, statuses of adults asked for the other."""
    one, other = "vlaanderen/startbedrag", "vlaanderen/sociaal-watertarief"
    members, adults = frozenset({Group.MEMBERS}), frozenset({Group.ADULTS})
    home = authorisation(facts=["gezinsleden", "gemeente"], reference="home")
    born = replace(
        authorisation(facts=["geboortedatum"], reference="born"),
        units=members | {Group.ADULTS, Group.CHILDREN},
        regulations=frozenset({one} if for_one else {one, other}),
    )
    status_ = replace(
        authorisation(facts=["leefloon"], reference="status"),
        units=adults,
        regulations=frozenset({other}),
    )
    rights = load(cases=False)
    household = gather(
        ANNA,
        ON,
        purpose="controle",
        authorisations=[home, born, status_],
        endpoints=Endpoints(default=standin.url, read_timeout=5),
        now=NOW,
        patience=HASTE,
        rights=[rights[one], rights[other]],
    )
    assert household.members[1].readings["geboortedatum"].known
    social = [each.request for each in standin.received]
    assert {each.insz for each in social if each.service == "GeefSociaalStatuut"} == asked_about


def test_ordinary_answers_are_whole(tmp_path: Path) -> None:
    assert len(list(ordinary(tmp_path).rglob("*.xml"))) == 11
