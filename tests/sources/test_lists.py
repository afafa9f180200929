"""A list is taken wholly or not at all, and says what is wrong by row and column."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.invented import (
    ANNA,
    BERT,
    DIRK,
    HASTE,
    NOW,
    ON,
    SERVICES,
    ask,
    authorisation,
)
from vanzelf.rights import load
from vanzelf.sources import Endpoints, gather
from vanzelf.sources.data import DataError
from vanzelf.sources.lists import ListError, OwnList, load_folder, load_layout, read_list
from vanzelf.sources.magda.standin import Standin
from vanzelf.sources.types import Reason

AS_OF = date(2026, 1, 5)
HEADER = "insz;hulp;van;tot"
GOOD = (
    f"{HEADER}\n{ANNA};budgetbegeleiding;01/01/2025;\n{BERT};budgetbeheer;01/02/2025;31/12/2025\n"
)
BUDGET = load_layout("ocmw-budget")


def read(tmp_path: Path, data: str | bytes, *, complete: bool = True) -> OwnList:
    path = tmp_path / "budget.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_list(path, BUDGET, as_of=AS_OF, complete=complete, allow_test=True)


def problems(tmp_path: Path, data: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(ListError) as error:
        read(tmp_path, data)
    assert "budget.csv" in str(error.value)
    return [(problem.row, problem.column) for problem in error.value.problems]


def row(
    insz: str = ANNA, kind: str = "budgetbeheer", begin: str = "01/01/2025", end: str = ""
) -> str:
    return f"{insz};{kind};{begin};{end}"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(f"{HEADER}\n{row('80610100138')}\n", [(2, "insz")], id="check digits"),
        pytest.param(f"{HEADER}\n{row('8061')}\n", [(2, "insz")], id="short number"),
        pytest.param(f"{HEADER}\n{row('')}\n", [(2, "insz")], id="no number"),
        pytest.param(f"{HEADER}\n{row()}\n{row()}\n", [(3, "insz")], id="duplicate"),
        pytest.param(
            f"{HEADER}\n{row(end='01/06/2025')}\n{row(begin='01/06/2025')}\n",
            [(3, "insz")],
            id="overlapping periods",
        ),
        pytest.param(f"{HEADER}\n{row(begin='31/11/2025')}\n", [(2, "van")], id="no such date"),
        pytest.param(f"{HEADER}\n{row(begin='2025-01-01')}\n", [(2, "van")], id="other date form"),
        pytest.param(f"{HEADER}\n{row(begin='')}\n", [(2, "van")], id="empty required field"),
        pytest.param("insz;hulp;van\n", [(1, "tot")], id="missing column"),
        pytest.param(f"{HEADER};naam\n", [(1, "naam")], id="extra column"),
        pytest.param(f"{HEADER};van\n", [(1, "van")], id="column twice"),
        pytest.param("", [(1, "")], id="empty file"),
        pytest.param(" \n\n", [(1, "")], id="blank file"),
        pytest.param(f"{HEADER}\nRené\n".encode("latin-1"), [(2, "")], id="wrong encoding"),
        pytest.param(f"{HEADER}\n{ANNA};budgetbeheer\n", [(2, "")], id="ragged row, short"),
        pytest.param(f"{HEADER}\n{row()};x\n", [(2, "")], id="ragged row, long"),
        pytest.param(f"{HEADER}\n{row(kind='hulp')}\n", [(2, "hulp")], id="unknown code"),
        pytest.param(f"{HEADER}\n{row(end='31/12/2024')}\n", [(2, "van")], id="from after until"),
        pytest.param(
            f'{HEADER}\n"{ANNA}"x;budgetbeheer;01/01/2025;\n', [(2, "")], id="stray quote"
        ),
        pytest.param(f'{HEADER}\n"{row()}\n', [(2, "")], id="quote never closed"),
        pytest.param(f"{HEADER}\n{row()}\n\0\n", [(3, "")], id="NUL byte"),
        pytest.param(GOOD.replace(";", ","), [(1, "")], id="other delimiter"),
    ],
)
def test_read_list_bad_in_one_way(
    tmp_path: Path, data: str | bytes, expected: list[tuple[int, str]]
) -> None:
    found = problems(tmp_path, data)
    if expected == [(1, "")] and len(found) > 1:  # a header that is no header at all
        assert {number for number, _ in found} == {1}
    else:
        assert found == expected


def test_read_list_tells_every_bad_row_at_once(tmp_path: Path) -> None:
    data = f"{HEADER}\n{row(kind='x', begin='gisteren')}\n{row(BERT)}\n{row('1')}\n"
    assert problems(tmp_path, data) == [(2, "hulp"), (2, "van"), (4, "insz")]


def test_read_list_takes_no_test_numbers_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "budget.csv"
    path.write_text(GOOD)
    with pytest.raises(ListError, match="invented person"):
        read_list(path, BUDGET, as_of=AS_OF, complete=True)


def test_read_list_forgives_bom_blank_lines_crlf_and_order(tmp_path: Path) -> None:
    text = f"van;insz;tot;hulp\r\n\r\n01/01/2025; {ANNA} ;;budgetbeheer\r\n\r\n"
    taken = read(tmp_path, b"\xef\xbb\xbf" + text.encode())
    assert [(each.about, each.code) for each in taken.rows] == [((ANNA,), "budgetbeheer")]


def test_read_list_header_alone_is_a_list_of_nobody(tmp_path: Path) -> None:
    taken = read(tmp_path, f"{HEADER}\n")
    assert taken.readings([ANNA], AS_OF)["budgetbeheer"].value is False


def test_readings_of_a_complete_list(tmp_path: Path) -> None:
    taken = read(tmp_path, GOOD)
    on = date(2026, 1, 15)
    anna, bert = taken.readings([ANNA], on), taken.readings([BERT], on)
    assert anna["budgetbegeleiding"].value is True
    assert anna["budgetbegeleiding"].valid_from == date(2025, 1, 1)
    assert anna["budgetbeheer"].value is False
    assert bert["budgetbeheer"].value is False  # it ended
    assert taken.readings([BERT], date(2025, 12, 31))["budgetbeheer"].value is True  # last day
    assert {each.value for each in taken.readings([DIRK], on).values()} == {False}
    assert anna["budgetbeheer"].source == "lists/ocmw-budget"
    assert anna["budgetbeheer"].as_of.date() == AS_OF


def test_readings_of_a_list_that_is_not_complete(tmp_path: Path) -> None:
    taken = read(tmp_path, GOOD, complete=False)
    on = date(2026, 1, 15)
    assert taken.readings([ANNA], on)["budgetbegeleiding"].value is True
    assert taken.readings([DIRK], on)["budgetbegeleiding"].reason is Reason.NO_DATA


def test_readings_of_a_list_past_its_date(tmp_path: Path) -> None:
    taken = read(tmp_path, GOOD)
    assert taken.readings([DIRK], taken.last_day)["budgetbeheer"].value is False
    late = taken.readings([ANNA, DIRK], date(2026, 6, 1))
    assert {each.reason for each in late.values()} == {Reason.STALE}


def test_readings_under_any_number_of_the_person(tmp_path: Path) -> None:
    taken = read(tmp_path, GOOD)
    assert taken.readings([DIRK, ANNA], AS_OF)["budgetbegeleiding"].value is True


def zones(tmp_path: Path, text: str) -> OwnList:
    path = tmp_path / "zones.csv"
    path.write_text(f"postcode;straat;zone\n{text}")
    return read_list(path, load_layout("waste-zones"), as_of=AS_OF, complete=True)


def test_zone_of_an_address(tmp_path: Path) -> None:
    taken = zones(tmp_path, "9000;Bloemstraat;Z\n9000;Kerkdreef;container\n")
    on = date(2026, 1, 15)
    assert taken.value(("9000", "BLOEMSTRAAT"), on).value == "Z"
    assert taken.value(("9000", " bloemstraat"), on).value == "Z"
    assert taken.value(("9040", "Bloemstraat"), on).reason is Reason.NO_DATA
    assert taken.value(("9000", "Bloemstraat"), date(2028, 1, 1)).reason is Reason.STALE


def test_zone_list_with_one_street_twice(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="row 3"):
        zones(tmp_path, "9000;Bloemstraat;Z\n9000;bloemstraat;container\n")
    with pytest.raises(ListError, match="postcode"):
        zones(tmp_path, "Gent;Bloemstraat;Z\n")


def test_gather_with_lists(tmp_path: Path, standin: Standin) -> None:
    lists = [read(tmp_path, GOOD), zones(tmp_path, "9000;Bloemstraat;Z\n")]
    household = ask(standin.url, ANNA, everyone=True, lists=lists)
    assert household.readings["afvalzone"].value == "Z"
    budget = [member.readings["budgetbegeleiding"].value for member in household.members]
    assert budget == [True, False, False]
    assert "straat" not in household.person.readings


def test_gather_with_lists_needs_an_authorisation_too(tmp_path: Path, standin: Standin) -> None:
    lists = [read(tmp_path, GOOD), zones(tmp_path, "9000;Bloemstraat;Z\n")]
    ground = authorisation(services=("GeefPersoon", "GeefGezinssamenstelling"))
    household = ask(standin.url, ANNA, lists=lists, authorisations=[ground])
    assert household.readings["afvalzone"].reason is Reason.NO_AUTHORISATION
    assert household.person.readings["budgetbeheer"].reason is Reason.NO_AUTHORISATION


@pytest.mark.parametrize("right", ["gent/huisvuilzakken", "gent/uitpas"])
def test_gather_for_a_right_asks_the_address_only_for_the_list_that_it_needs(
    tmp_path: Path, standin: Standin, right: str
) -> None:
    facts = ("gezinsleden", "gemeente", "postcode", "straat", "afvalzone")
    ground = replace(
        authorisation(services=[*SERVICES, "lists/waste-zones"], facts=facts),
        regulations=frozenset({right}),
    )
    household = gather(
        ANNA,
        ON,
        purpose="controle",
        authorisations=[ground],
        endpoints=Endpoints(default=standin.url, read_timeout=5),
        now=NOW,
        patience=HASTE,
        lists=[zones(tmp_path, "9000;Bloemstraat;Z\n")],
        rights=[load(cases=False)[right]],
    )
    needed = right == "gent/huisvuilzakken"
    assert household.readings["afvalzone"].value == ("Z" if needed else None)
    asked = {fact for question in household.questions for fact in question.facts}
    assert ({"postcode", "straat"} <= asked) == needed
    assert "postcode" not in household.readings
    assert "postcode" not in household.person.readings


def test_gather_zone_without_an_address_is_unknown(tmp_path: Path, standin: Standin) -> None:
    facts = ("gezinsleden", "gemeente", "afvalzone", "postcode")
    ground = authorisation(facts=facts)  # the street may not be known
    household = ask(
        standin.url, ANNA, lists=[zones(tmp_path, "9000;Bloemstraat;Z\n")], authorisations=[ground]
    )
    assert household.readings["afvalzone"].reason is Reason.NO_AUTHORISATION


def test_load_folder_by_its_manifest(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(GOOD)
    manifest = tmp_path / "lists.yaml"
    manifest.write_text("ocmw-budget: {file: b.csv, as_of: 2026-01-05, complete: true}\n")
    (taken,) = load_folder(tmp_path, allow_test=True)
    assert (taken.as_of, taken.complete, len(taken.rows)) == (AS_OF, True, 2)


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("ocmw-budget: {file: gone.csv, as_of: 2026-01-05, complete: true}", "gone.csv"),
        ("ocmw-budget: {file: b.csv, complete: true}", "as_of"),
        ("nonsense: {file: b.csv, as_of: 2026-01-05, complete: true}", "nonsense"),
        ("ocmw-budget: b.csv", "give file"),
    ],
)
def test_load_folder_broken_manifest(tmp_path: Path, manifest: str, says: str) -> None:
    (tmp_path / "b.csv").write_text(GOOD)
    (tmp_path / "lists.yaml").write_text(manifest)
    with pytest.raises(DataError, match=says):
        load_folder(tmp_path, allow_test=True)


LAYOUT = """
list: x
encoding: utf-8
delimiter: ";"
date format: "%d/%m/%Y"
columns:
  insz: {type: insz}
  soort: {type: code, codes: [a]}
person: insz
fact from: soort
facts: [a]
fresh days: 10
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("type: insz", "type: number", "number"),
        (", codes: [a]", "", "codes"),
        ("fact from: soort", "fact from: kind", "kind"),
        ("person: insz", "address: [insz]\nperson: insz", "say which"),
        ("fresh days: 10", "", "fresh days"),
        ("encoding: utf-8", "encoding: utf-9", "utf-9"),
    ],
)
def test_load_layout_broken(tmp_path: Path, old: str, new: str, says: str) -> None:
    (tmp_path / "x.yaml").write_text(LAYOUT)
    load_layout("x", tmp_path)
    (tmp_path / "x.yaml").write_text(LAYOUT.replace(old, new))
    with pytest.raises(DataError, match=says):
        load_layout("x", tmp_path)


@given(st.one_of(st.binary(max_size=120), st.text(alphabet=f'{HEADER}\n"\0 019/é', max_size=120)))
def test_read_list_never_takes_half(data: bytes | str) -> None:
    """Any bytes: a whole list, or an error that says why not."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        with contextlib.suppress(ListError):
            taken = read_list(path, BUDGET, as_of=AS_OF, complete=True)
            assert len(taken.rows) <= path.read_bytes().count(b"\n") + 1
