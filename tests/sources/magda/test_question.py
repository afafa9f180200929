"""Questions have the form of the reference templates: names, namespaces and order."""

from __future__ import annotations

import re
import sys
import uuid
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from tests.reference import REFERENCE, needs
from tests.sources.invented import ANNA, DIRK, authorisation
from vanzelf.sources.lawfulness import Sender
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
from vanzelf.sources.magda.question import Header, Question, envelope

SUMMER = datetime(2026, 7, 1, 22, 30, 12, 345678, tzinfo=UTC)
HEADER = Header(Sender("gent.be/ipdc2858", "ipdc2858"), str(uuid.uuid4()), "vraag-1", SUMMER, ANNA)
DAY = date(2026, 1, 15)
QUESTIONS = {
    "GeefSociaalStatuut/03.00.0000": geef_sociaal_statuut.question(
        ANNA, ["BIM_BVT"], date(2026, 1, 15)
    ),
    "GeefPersoon/02.02.0000": geef_persoon.question(ANNA),
    "RegistreerInschrijving/02.00.0000": registreer_inschrijving.question(
        ANNA, authorisation(valid_until=date(2027, 1, 1)), DAY, version="02.00.0000"
    ),
    "RegistreerInschrijving/02.01.0000": registreer_inschrijving.question(
        ANNA, authorisation(valid_until=date(2027, 1, 1)), DAY
    ),
    "RegistreerUitschrijving/02.00.0000": registreer_uitschrijving.question(ANNA, authorisation()),
    "GeefHistoriekGezinssamenstelling/02.02.0000": geef_historiek_gezinssamenstelling.question(
        ANNA, DAY
    ),
    "GeefLeefloonbedragen/02.00.0000": geef_leefloonbedragen.question(ANNA, 2026),
    "GeefAanslagbiljetPersonenbelasting/02.00.0000": geef_aanslagbiljet_personenbelasting.question(
        ANNA, 2024, ["7555", "7557"]
    ),
    "GeefDossierHandicap/03.00.0000": geef_dossier_handicap.question(ANNA, DAY),
}
INFERRED = (
    geef_betalingen_handicap.question(ANNA, DAY, DAY),
    geef_kind_voordelen.question(ANNA, DAY),
    geef_status_recht_ondersteuningen.question(ANNA),
)
OPTIONAL = {"Locatie", "Gebruiker"}


def shape(element: etree._Element) -> object:
    """Qualified names in order; what is optional and not asked is left out."""
    kept = [child for child in element if etree.QName(child).localname not in OPTIONAL]
    return (element.tag, sorted(element.attrib), [shape(child) for child in kept])


@needs("magda/requests")
@pytest.mark.parametrize("name", QUESTIONS)
def test_envelope_has_the_form_of_the_template(name: str) -> None:
    template = etree.parse(REFERENCE / "magda" / "requests" / name / "template.xml").getroot()
    made = etree.fromstring(envelope(QUESTIONS[name], HEADER))
    assert shape(made) == shape(template)


@needs("magda/requests")
def test_every_template_has_its_question() -> None:
    folder = REFERENCE / "magda" / "requests"
    templates = {str(path.parent.relative_to(folder)) for path in folder.rglob("template.xml")} - {
        "GeefPersoon/02.00.0000"
    }  # the version before the one that is asked
    assert templates == QUESTIONS.keys()


@pytest.mark.parametrize("question", INFERRED, ids=lambda question: question.service.name)
def test_inferred_question_says_so(question: Question) -> None:
    """No template is public: the docstring tells it, and the envelope is the usual one."""
    module = sys.modules[f"vanzelf.sources.magda.{_snake(question.service.name)}.client"]
    assert "INFERRED" in (module.question.__doc__ or "")
    root = written(question)
    assert [child.tag for child in root.iter("Verzoek")] == ["Verzoek"]
    assert root.findtext(".//Context/Naam") == question.service.name


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("name", QUESTIONS)
def test_lengths_and_times_are_what_services_take(name: str) -> None:
    """Referte 1 to 36 characters, Identificatie at most 120, Hoedanigheid at most 24, and a time
    with zero milliseconds."""
    root = written(QUESTIONS[name])
    for path, most in (("Referte", 36), ("Identificatie", 120), ("Hoedanigheid", 24)):
        text = root.findtext(f".//Afzender/{path}") or ""
        assert 1 <= len(text) <= most
    assert re.fullmatch(r"\d\d:\d\d:\d\d\.000", root.findtext(".//Tijdstip/Tijd") or "")


@pytest.mark.parametrize("question", [*QUESTIONS.values(), *INFERRED])
def test_question_about_a_new_number_differs_in_that_only(question: Question) -> None:
    old, new = written(question), written(question.about(DIRK))
    for before, after in zip(old.iter(), new.iter(), strict=True):
        changed = {element.text for element in (before, after) if before.text != after.text}
        assert changed in (set(), {ANNA, DIRK})
        assert (before.tag, before.attrib.items()) == (after.tag, after.attrib.items())


def written(question: Question, header: Header = HEADER) -> etree._Element:
    return etree.fromstring(envelope(question, header))


def test_household_question_has_language_and_no_source() -> None:
    root = written(geef_gezinssamenstelling.question(ANNA))
    namespace = "{http://magda.vlaanderen.be/persoon/soap/geefgezinssamenstelling/v02_02}"
    assert root.find(f".//{namespace}GeefGezinssamenstelling/Verzoek") is not None
    content = root.find(".//Inhoud")
    assert content is not None
    assert [child.tag for child in content] == ["Criteria", "Taal"]
    assert content.findtext("Criteria/INSZ") == ANNA
    assert content.findtext("Taal") == "nl"


def test_context_time_is_belgian_with_zero_milliseconds() -> None:
    root = written(geef_persoon.question(ANNA))
    assert root.findtext(".//Tijdstip/Datum") == "2026-07-02"
    assert root.findtext(".//Tijdstip/Tijd") == "00:30:12.000"
    assert root.findtext(".//Context/Bericht/Type") == "VRAAG"
    assert re.fullmatch(r"\d\d\.\d\d\.\d{4}", root.findtext(".//Versie") or "")


def test_context_leaves_out_capacity_and_user_when_absent() -> None:
    header = Header(Sender("gent.be/ipdc2858"), str(uuid.uuid4()), "v", SUMMER)
    sender = written(geef_persoon.question(ANNA), header).find(".//Afzender")
    assert sender is not None
    assert [child.tag for child in sender] == ["Identificatie", "Referte"]


def test_context_refuses_a_moment_without_zone() -> None:
    header = Header(Sender("a"), "r", "v", datetime(2026, 1, 1))  # noqa: DTZ001 - the point of it
    with pytest.raises(ValueError, match="time zone"):
        envelope(geef_persoon.question(ANNA), header)


@pytest.mark.parametrize("count", [0, 9])
def test_statuses_question_takes_one_to_eight(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 8"):
        geef_sociaal_statuut.question(ANNA, ["S"] * count, date(2026, 1, 15))


def test_registration_repeats_the_sender_and_is_open_without_an_end() -> None:
    question = registreer_inschrijving.question(ANNA, authorisation(), date(2026, 1, 15))
    inscription = written(question).find(".//Inschrijving")
    assert inscription is not None
    assert inscription.findtext("Identificatie") == "test.vanzelf.be"
    assert inscription.findtext("Hoedanigheid") == "test"
    assert [child.tag for child in inscription.iterfind("Periode/*")] == ["Begin"]


def test_about_asks_the_same_under_another_number() -> None:
    for question in QUESTIONS.values():
        moved = envelope(question.about(DIRK), HEADER).decode()
        assert ANNA not in moved.replace(f"<Gebruiker>{ANNA}</Gebruiker>", "")
        assert envelope(question.about(DIRK).about(ANNA), HEADER) == envelope(question, HEADER)
