"""Every answer of the reference material, through the stand-in and the client of its service."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from tests.reference import REFERENCE, needs
from tests.sources.invented import HASTE, authorisation, number
from vanzelf.sources import Endpoints, Reason, endurance
from vanzelf.sources.asking import Asker, Readings
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.lawfulness import Permit, permits
from vanzelf.sources.magda import (
    geef_aanslagbiljet_personenbelasting,
    geef_betalingen_handicap,
    geef_dossier_handicap,
    geef_gezinssamenstelling,
    geef_historiek_gezinssamenstelling,
    geef_kind_voordelen,
    geef_leefloonbedragen,
    geef_persoon,
    geef_sociaal_statuut,
    geef_status_recht_ondersteuningen,
    registreer_inschrijving,
    registreer_uitschrijving,
)
from vanzelf.sources.magda.client import Answer, Magda, Unanswered
from vanzelf.sources.magda.question import Question
from vanzelf.sources.magda.reply import SoapFault, read_reply
from vanzelf.sources.magda.standin import AnswerFiles, Standin, Switches
from vanzelf.sources.magda.standin.switches import another_number

pytestmark = needs("magda/answers")
ANSWERS = REFERENCE / "magda" / "answers"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ON = date(2026, 3, 1)
NOBODY = number("999999001")
TROUBLED = {"91610100176", "94683186177"}  # errors in every service
SERVICE_NAMES = (
    "GeefPersoon",
    "GeefGezinssamenstelling",
    "GeefHistoriekGezinssamenstelling",
    "GeefSociaalStatuut",
    "GeefLeefloonbedragen",
    "GeefAanslagbiljetPersonenbelasting",
    "GeefDossierHandicap",
    "GeefBetalingenHandicap",
    "GeefKindVoordelen",
    "GeefStatusRechtOndersteuningen",
    "RegistreerInschrijving",
    "RegistreerUitschrijving",
)
GROUND = authorisation(
    services=SERVICE_NAMES,
    facts=["straat"],
)
EXPECTED: dict[tuple[str, object], int] = {  # fact and value; True for an income that is known
    ("belastbaar inkomen", True): 8,
    ("belastbaar inkomen", None): 11,
    ("leefloon", None): 3,
    ("leefloon sinds", None): 3,
    ("inkomensvervangende tegemoetkoming", True): 15,
    ("inkomensvervangende tegemoetkoming", None): 5,
    ("integratietegemoetkoming", True): 15,
    ("integratietegemoetkoming", None): 5,
    ("erkende handicap", True): 11,
    ("erkende handicap", None): 9,
    ("parkeerkaart", True): 5,
    ("parkeerkaart", None): 15,
    ("kind met handicap", None): 20,
    ("handicap 65 procent", None): 20,
    ("groeipakket", True): 2,
    ("groeipakket", None): 8,
    ("zorgtoeslag", False): 2,
    ("zorgtoeslag", None): 8,
}
Ask = tuple[Callable[[str], Question], Callable[[Answer], object]]


def registered(answer: Answer) -> bool:
    if not registreer_inschrijving.succeeded(answer.content, answer.flags):
        raise Unanswered(Reason.NOT_REGISTERED, "refused", answer.at)
    return True


SERVICES: dict[str, Ask] = {
    "GeefPersoon/02.02.0000": (geef_persoon.question, geef_persoon.read),
    "GeefGezinssamenstelling/02.02.0000": (
        geef_gezinssamenstelling.question,
        geef_gezinssamenstelling.read,
    ),
    "GeefHistoriekGezinssamenstelling/02.02.0000": (
        lambda insz: geef_historiek_gezinssamenstelling.question(insz, date(2010, 1, 1)),
        geef_historiek_gezinssamenstelling.read,
    ),
    "GeefSociaalStatuut/03.00.0000": (
        lambda insz: geef_sociaal_statuut.question(insz, ["BIM_BVT"], ON),
        geef_sociaal_statuut.read,
    ),
    "GeefLeefloonbedragen/02.00.0000": (
        lambda insz: geef_leefloonbedragen.question(insz, 2023),
        geef_leefloonbedragen.read,
    ),
    "GeefAanslagbiljetPersonenbelasting/02.00.0000": (
        lambda insz: geef_aanslagbiljet_personenbelasting.question(insz, 2022, ["7555"]),
        geef_aanslagbiljet_personenbelasting.read,
    ),
    "GeefDossierHandicap/03.00.0000": (
        lambda insz: geef_dossier_handicap.question(insz, ON),
        geef_dossier_handicap.read,
    ),
    "GeefBetalingenHandicap/03.00.0000": (
        lambda insz: geef_betalingen_handicap.question(insz, ON, ON),
        geef_betalingen_handicap.read,
    ),
    "GeefKindVoordelen/02.00.0000": (
        lambda insz: geef_kind_voordelen.question(insz, ON),
        geef_kind_voordelen.read,
    ),
    "GeefStatusRechtOndersteuningen/02.00.0000": (
        geef_status_recht_ondersteuningen.question,
        geef_status_recht_ondersteuningen.read,
    ),
    "RegistreerInschrijving/02.00.0000": (
        lambda insz: registreer_inschrijving.question(insz, GROUND, ON, version="02.00.0000"),
        registered,
    ),
    "RegistreerInschrijving/02.01.0000/PERS": (
        lambda insz: registreer_inschrijving.question(insz, GROUND, ON),
        registered,
    ),
    "RegistreerUitschrijving/02.00.0000": (
        lambda insz: registreer_uitschrijving.question(insz, GROUND),
        registered,
    ),
}


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with Standin(AnswerFiles(ANSWERS), now=lambda: NOW) as running:
        yield running


def permit_for(service: str) -> Permit:
    (permit,), _ = permits("controle", service, ["straat"], [GROUND], ON)
    return permit


def outcome(standin: Standin, name: str, insz: str) -> str:
    """What comes of one question: what was read, or the reason why nothing was."""
    question, read = SERVICES[name]
    endurance.forget()  # a source that fails for some is not left alone for the others here
    magda = Magda(Endpoints(standin.url), lambda: NOW, ON, patience=HASTE)
    try:
        asked = question(insz)
        return "read" if read(magda.ask(permit_for(asked.service.name), asked)) else "read, empty"
    except Unanswered as error:
        return str(error.reason)


def test_every_file_is_read_or_gives_a_reason(
    standin: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(path for path in ANSWERS.rglob("*.xml") if path.parent != ANSWERS)
    counts: Counter[tuple[str, str]] = Counter()
    for path in files:
        name = str(path.parent.relative_to(ANSWERS)).partition("/")[2]
        insz = path.stem if path.stem.isdigit() else NOBODY
        counts[name, outcome(standin, name, insz)] += 1
    with capsys.disabled():
        for (name, found), count in sorted(counts.items()):
            sys.stdout.write(f"\n{count:5} {name:46} {found}")
        sys.stdout.write(f"\n{counts.total():5} answers\n")
    assert counts.total() == len(files)
    assert {name for name, _ in counts} == SERVICES.keys()
    mostly_read = sum(count for (_, found), count in counts.items() if found == "read")
    assert mostly_read > 0.85 * len(files)


METHODS: dict[str, tuple[str, date, tuple[str, ...]]] = {
    "GeefLeefloonbedragen": ("living_wage", date(2023, 6, 1), ("leefloon", "leefloon sinds")),
    "GeefAanslagbiljetPersonenbelasting": ("income", date(2024, 6, 1), ("belastbaar inkomen",)),
    "GeefDossierHandicap": (
        "disability",
        date(2024, 6, 1),
        (
            *("erkende handicap", "kind met handicap", "handicap 65 procent", "parkeerkaart"),
            *("inkomensvervangende tegemoetkoming", "integratietegemoetkoming"),
        ),
    ),
    "GeefKindVoordelen": ("child_benefits", date(2021, 6, 1), ("groeipakket", "zorgtoeslag")),
}


def test_answers_become_facts_or_reasons(standin: Standin) -> None:
    """How many of these persons the answers say something of: counted by fact and value."""
    found: Counter[tuple[str, object]] = Counter()
    for service, (method, on, facts) in METHODS.items():
        ground = authorisation(services=[service], facts=facts)
        for path in sorted(ANSWERS.glob(f"*/{service}/*/[0-9]*.xml")):
            endurance.forget()
            magda = Magda(Endpoints(standin.url), lambda: NOW, ON, patience=HASTE)
            asker = Asker(on, NOW, ON, "controle", [ground], magda, shipped())
            readings: Readings = getattr(asker, method)(path.stem, facts)
            assert readings.keys() == set(facts)
            for fact, reading in readings.items():
                assert reading.known != (reading.reason is not None)
                value = reading.value if isinstance(reading.value, bool) else reading.known
                found[fact, value if reading.known else None] += 1
    assert found == EXPECTED


def test_fault_is_no_answer() -> None:
    with pytest.raises(SoapFault):
        read_reply((ANSWERS / "generic_fault.xml").read_bytes())


@pytest.mark.parametrize("only", [False, True], ids=["with content", "without content"])
@pytest.mark.parametrize("name", [name for name in SERVICES if name.startswith("Geef")])
def test_a_new_number_is_followed_in_every_service(standin: Standin, name: str, only: bool) -> None:
    """30004: what was said under the old number is read under the new one."""
    insz = next(
        path.stem
        for path in sorted(ANSWERS.glob(f"*/{name}/*.xml"))
        if path.stem.isdigit() and path.stem not in TROUBLED
    )
    switches = Switches.parse([f"{'new-number-only' if only else 'new-number'}:{insz}"])
    with Standin(AnswerFiles(ANSWERS), switches, now=lambda: NOW) as renumbering:
        assert outcome(renumbering, name, insz) == outcome(standin, name, insz)
        asked = [received.request.insz for received in renumbering.received]
    assert asked[0] == insz
    assert len(asked) == 1 or asked[1] == another_number(insz)
