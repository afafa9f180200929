"""Files: their names and form, reading them as a stream, and settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from vanzelf.sources.data import DataError
from vanzelf.sources.magda.bulk import (
    LIST,
    SERVICE,
    BulkSettings,
    ListQuestion,
    Problem,
    Said,
    file_names,
    prefix_of,
    read_answers,
    written,
)
from vanzelf.sources.magda.bulk.feedback import written_feedback
from vanzelf.sources.magda.bulk.mutations import read_mutations
from vanzelf.sources.magda.bulk.streams import MAX_RECORD
from vanzelf.sources.magda.xml import UnreadableXml

DAY = date(2026, 1, 15)
NOW = datetime(2026, 10, 25, 0, 59, 59, 999_000, tzinfo=UTC)  # the clock goes back one hour later
ROOT = f"{SERVICE.name}Response"
LIMIT = 10_000_000


def answer(inside: str) -> str:
    return f"<{ROOT}><Repliek><Antwoorden>{inside}</Antwoorden></Repliek></{ROOT}>"


def person(number: str, statutes: str = "<SocialeStatuten/>") -> str:
    return f"<Persoon><INSZ>{number}</INSZ>{statutes}</Persoon>"


def list_of(*persons: str, reference: str = "one", errors: str = "") -> str:
    told = f"<Inhoud><Personen>{''.join(persons)}</Personen></Inhoud>{errors}"
    return f"<Antwoord><Referte>{reference}</Referte>{told}</Antwoord>"


def cut(text: str, size: int = 7) -> Iterator[bytes]:
    data = text.encode()
    return (data[start : start + size] for start in range(0, len(data), size))


def test_names_have_the_moment_in_belgium_to_the_millisecond() -> None:
    moment = datetime(2026, 7, 1, 12, 0, 0, 42_000, tzinfo=UTC)
    assert file_names(LIST, moment, 1) == ["gssvl_20260701140000042.xml"]


def test_names_are_apart_also_when_the_clock_goes_back() -> None:
    first = file_names(LIST, NOW, 3)
    later = datetime(2026, 10, 25, 1, 59, tzinfo=UTC)  # the same hour of the clock again
    second = file_names(LIST, later, 2, after=first[-1])
    assert [*first, *second] == sorted({*first, *second})


@pytest.mark.parametrize("name", ["gssvl_20260701140000042.xml.part", "readme.xml", ""])
def test_prefix_of_another_form_is_none(name: str) -> None:
    assert prefix_of(name) is None


def test_list_has_the_form_of_the_service() -> None:
    question = ListQuestion("ref", ("BIM_BVT", "GIB_IGO"), DAY, "OPVRAGEN")
    root = etree.fromstring(b"".join(written(question, ["84640618997", "91610100176"])))
    assert root.tag == f"{{{SERVICE.namespace}}}{SERVICE.name}"
    paths = [root.getroottree().getelementpath(one) for one in root.iter() if not len(one)]
    criteria = "Verzoek/Vragen/Vraag/Inhoud/Criteria"
    statute = f"{criteria}/SocialeStatuten/SociaalStatuut"
    assert paths == [
        "Verzoek/Vragen/Vraag/Referte",
        f"{criteria}/Operatie",
        *(f"{statute}[{n}]/{leaf}" for n in (1, 2) for leaf in ("Naam", "Datum/Datum")),
        *(f"{criteria}/Personen/Persoon[{n}]/INSZ" for n in (1, 2)),
    ]


@pytest.mark.parametrize(
    ("statutes", "reference"), [((), "r"), (("S",) * 9, "r"), (("S",), ""), (("S",), "r" * 37)]
)
def test_list_out_of_bounds_is_refused(statutes: tuple[str, ...], reference: str) -> None:
    with pytest.raises(ValueError, match=r"statutes|characters"):
        ListQuestion(reference, statutes, DAY, "OPVRAGEN")


def test_list_with_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="eleven digits"):
        list(written(ListQuestion("r", ("S",), DAY, "O"), ["</INSZ>"]))


@settings(max_examples=25)
@given(st.lists(st.integers(0, 10**11 - 1).map("{:011}".format)), st.integers(1, 5000))
def test_who_is_written_is_read(numbers: list[str], size: int) -> None:
    text = answer(list_of(*map(person, numbers)))
    found = list(read_answers(cut(text, size), LIMIT))
    assert found == [Said("one", number, ()) for number in numbers]


def test_references_and_errors_belong_to_their_list() -> None:
    error = "<Uitzondering><Identificatie>99996</Identificatie><Oorsprong>M</Oorsprong>"
    errors = f"<Uitzonderingen>{error}</Uitzondering></Uitzonderingen>"
    text = answer(list_of(person("1"), errors=errors) + list_of(person("2"), reference="two"))
    said, problem, other = read_answers(cut(text), LIMIT)
    assert isinstance(problem, Problem)
    assert (problem.reference, problem.error.name) == ("one", "M/99996")
    assert [said, other] == [Said("one", "1", ()), Said("two", "2", ())]


def test_person_without_statutes_has_a_status_in_their_place() -> None:
    text = answer(list_of(person("1", "<Status><Code>X</Code></Status>")))
    assert list(read_answers(cut(text), LIMIT)) == [Said("one", "1", None)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (answer(list_of(person("1")))[:-20], "not whole"),
        ("<Iets/>", f"no {ROOT}"),
        (f"<Iets>{answer('')}</Iets>", f"no {ROOT}"),
        ("", "not whole"),
        (f'<!DOCTYPE x [<!ENTITY a "b">]>{answer("")}', "DTD"),
        (answer(list_of(person("1", "<a>" * 300))), "not whole"),
        (answer(list_of(person("1", "<a>" + "x" * (MAX_RECORD + 100_000) + "</a>"))), "one record"),
    ],
    ids=["cut", "other", "wrapped", "empty", "DTD", "deep", "big"],
)
def test_file_that_we_do_not_take_is_refused(text: str, says: str) -> None:
    with pytest.raises(UnreadableXml, match=says):
        list(read_answers(cut(text, 30_000), LIMIT))


def test_declaration_over_two_pieces_is_seen() -> None:
    text = f'<!DOCTYPE x [<!ENTITY a "b">]>{answer("")}'
    with pytest.raises(UnreadableXml, match="DTD"):
        list(read_answers(cut(text, 3), LIMIT))


def test_file_larger_than_agreed_is_refused() -> None:
    with pytest.raises(UnreadableXml, match="larger than 100 bytes"):
        list(read_answers(cut(answer(list_of(*(person("1") for _ in range(50))))), 100))


def test_mutations_are_read_with_their_periods() -> None:
    name = "<Naam><Code>BIM_BVT</Code></Naam>"
    period = "<Periodes><Periode><Begindatum>2026-01-01</Begindatum></Periode></Periodes>"
    statutes = f"<SociaalStatuut>{name}{period}</SociaalStatuut><SociaalStatuut>{name}"
    told = f"<SocialeStatuten>{statutes}</SociaalStatuut></SocialeStatuten>"
    inside = f"<Onderwerp><INSZ>1</INSZ>{told}</Onderwerp>"
    inside += "<Onderwerp><INSZ>2</INSZ><Annulering/></Onderwerp>"
    root = "PubliceerMutatieSocialeStatuten"
    one, two = read_mutations(cut(f"<{root}>{inside}</{root}>"), LIMIT)
    assert one.statutes is not None
    assert [(each.name, each.result) for each in one.statutes] == [
        ("BIM_BVT", "1"),
        ("BIM_BVT", None),
    ]
    assert (two.insz, two.statutes) == ("2", None)


def test_feedback_tells_number_reason_and_project() -> None:
    root = etree.fromstring(b"".join(written_feedback([("1", "fout & zo")], "gent")))
    assert [(one.tag, one.text) for one in root[0]] == [
        ("INSZ", "1"),
        ("Reden", "fout & zo"),
        ("ProjectIdentificator", "gent"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("user: x", "host is missing"),
        ("host: x\nhots: y", "unknown: hots"),
        ("host: x\nport: ftp", "above 0"),
        ("host: 7", "is a text"),
        ("host: x\nauthority: nowhere.pem", "there is no file"),
    ],
)
def test_settings_that_cannot_be_used_say_what_to_write(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "bulk.yaml"
    file.write_text(text)
    with pytest.raises(DataError, match=says):
        BulkSettings.from_env({"VANZELF_BULK": str(file)})


def test_settings_without_a_file_say_which_variable() -> None:
    with pytest.raises(DataError, match="VANZELF_BULK"):
        BulkSettings.from_env({})
