"""Taking registrations back by file: its form, and what an answer says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.reference import REFERENCE, needs
from tests.sources.invented import ANNA, DIRK, authorisation
from vanzelf.sources.magda.bulk import Problem
from vanzelf.sources.magda.bulk.deregistrations import (
    BLOCK,
    ROOT,
    Outcome,
    read_deregistrations,
    written_deregistrations,
)
from vanzelf.sources.magda.xml import UnreadableXml
from vanzelf.sources.types import Reason

LIMIT = 10_000_000
GROUND = authorisation()
TEMPLATE = REFERENCE / "magda/requests/RegistreerUitschrijving/02.00.0000/template.xml"
ANSWERS = REFERENCE / "magda/answers/Repertorium/RegistreerUitschrijving/02.00.0000"


def written(*lines: tuple[str, str]) -> etree._Element:
    return etree.fromstring(b"".join(written_deregistrations(lines, GROUND)))


def shape(element: etree._Element) -> object:
    return element.tag, [shape(each) for each in element]


def error(code: str, origin: str = "MAGDA") -> str:
    inside = f"<Identificatie>{code}</Identificatie><Oorsprong>{origin}</Oorsprong>"
    return f"<Uitzonderingen><Uitzondering>{inside}</Uitzondering></Uitzonderingen>"


def said(reference: str, result: str = "", errors: str = "") -> str:
    inside = f"<Inhoud><Resultaat>{result}</Resultaat></Inhoud>" if result else ""
    return f"<Antwoord><Referte>{reference}</Referte>{inside}{errors}</Antwoord>"


def answer(*answers: str, errors: str = "") -> str:
    context = "<Context><Bericht><Ontvanger><Referte>x</Referte></Ontvanger></Bericht></Context>"
    inside = f"{context}<Antwoorden>{''.join(answers)}</Antwoorden>{errors}"
    return f'<p:{ROOT} xmlns:p="urn:p"><Repliek>{inside}</Repliek></p:{ROOT}>'


def cut(text: str, size: int = 7) -> Iterator[bytes]:
    data = text.encode()
    return (data[start : start + size] for start in range(0, len(data), size))


def read(text: str) -> list[Outcome | Problem]:
    return list(read_deregistrations(cut(text), LIMIT))


@needs("magda/requests/RegistreerUitschrijving")
def test_question_in_a_file_is_that_of_the_message_without_context() -> None:
    operation = next(etree.parse(TEMPLATE).getroot().iter("{*}RegistreerUitschrijving"))
    context = next(operation.iter("Context"))
    next(operation.iter("Verzoek")).remove(context)
    assert shape(written(("one", ANNA))) == shape(operation)


def test_every_line_has_its_reference_its_number_and_our_identity() -> None:
    root = written(("a-000000", ANNA), ("a-000001", DIRK))
    assert [each.findtext("Referte") for each in root.iter("Vraag")] == ["a-000000", "a-000001"]
    assert [each.findtext("INSZ") for each in root.iter("Uitschrijving")] == [ANNA, DIRK]
    sender = GROUND.sender
    for each in root.iter("Uitschrijving"):
        assert each.findtext("Identificatie") == sender.identification
        assert each.findtext("Hoedanigheid") == sender.capacity


def test_long_file_comes_in_pieces() -> None:
    lines = [(f"a-{number:06d}", ANNA) for number in range(2 * BLOCK + 1)]
    pieces = list(written_deregistrations(lines, GROUND))
    assert len(pieces) == 4  # what is before, two blocks, the rest
    assert len(list(etree.fromstring(b"".join(pieces)).iter("Vraag"))) == len(lines)


@pytest.mark.parametrize("line", [("", ANNA), ("a" * 37, ANNA), ("a", "123"), ("a", "1234567890a")])
def test_line_of_another_form_is_refused(line: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"characters|digits"):
        written(line)


def test_answers_are_told_each_with_its_own_errors() -> None:
    text = answer(said("a", "1"), said("b", errors=error("40003")), said("c", "0"))
    one, two, three = read(text)
    assert one == Outcome("a", "1")
    assert isinstance(two, Outcome)
    assert (two.reference, two.result, two.errors[0].name) == ("b", None, "MAGDA/40003")
    assert three == Outcome("c", "0")


@pytest.mark.parametrize(
    ("result", "code", "reason"),
    [
        ("1", "", None),
        ("", "40003", None),  # who is not registered need not be taken back
        ("0", "", Reason.FAULT),
        ("", "", Reason.FAULT),
        ("", "99996", Reason.BUSY),
        ("1", "13001", Reason.NO_AUTHORISATION),
        ("", "30004", Reason.NEW_NUMBER),
        ("", "98765", Reason.FAULT),
    ],
)
def test_someone_is_taken_back_only_when_it_says_so(
    result: str, code: str, reason: Reason | None
) -> None:
    (outcome,) = read(answer(said("a", result, error(code) if code else "")))
    assert isinstance(outcome, Outcome)
    assert outcome.reason is reason


def test_error_about_the_whole_file_is_a_problem() -> None:
    first, second = read(answer(said("a", "1"), errors=error("99996")))
    assert first == Outcome("a", "1")
    assert isinstance(second, Problem)
    assert (second.reference, second.error.name) == (None, "MAGDA/99996")


@needs("magda/answers/Repertorium/RegistreerUitschrijving")
def test_real_answer_of_the_service_is_read() -> None:
    (file,) = ANSWERS.iterdir()
    (problem,) = read_deregistrations([file.read_bytes()], LIMIT)
    assert isinstance(problem, Problem)
    assert problem.error.name == "MAGDA/99996"


@given(st.integers(1, 400))
def test_file_that_is_cut_is_never_whole(missing: int) -> None:
    text = answer(said("a", "1"), said("b", "1"))
    with pytest.raises(UnreadableXml):
        read(text[: -min(missing, len(text) - 1)])


@pytest.mark.parametrize("text", ["<Other/>", "<!DOCTYPE a><a/>", "", "<RegistreerUitschrijving/>"])
def test_other_files_are_refused(text: str) -> None:
    with pytest.raises(UnreadableXml):
        read(text)
