"""Reading case files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.dmn.conformance.folders import NIL, case, group, number, result
from vanzelf.dmn.conformance.cases import CasesError, Kind, read_cases


def _file(folder: Path) -> Path:
    return folder / "fees-test-01.xml"


def test_case_is_read_whole(tmp_path: Path) -> None:
    folder = group(
        tmp_path,
        case(
            result("Fee", number("5"), 'type="decision"'),
            result("Wrong", NIL, 'errorResult="true"'),
            attributes='type="decisionService" invocableName="Both"',
        ),
    )
    file = read_cases(_file(folder))
    assert file is not None
    assert file.model == folder / "fees.dmn"
    (one,) = file.cases
    assert (one.id, one.kind, one.invocable, one.line) == ("c1", Kind.SERVICE, "Both", 6)
    assert [(each.name, each.value) for each in one.inputs] == [("Age", Decimal(12))]
    assert [(each.name, each.value, each.error) for each in one.expectations] == [
        ("Fee", Decimal(5), False),
        ("Wrong", None, True),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (case(), "the case expects nothing"),
        (case(result("Fee", number("five"))), "line 6: value is no decimal: 'five'"),
        (case(result("Fee", NIL), attributes='type="guess"'), "type 'guess' is none of"),
        (case(result("", NIL)), "line 6: resultNode has no name"),
    ],
)
def test_case_that_cannot_be_read_says_why(tmp_path: Path, written: str, said: str) -> None:
    file = read_cases(_file(group(tmp_path, written)))
    assert file is not None
    assert said in (file.cases[0].problem or "")


def test_xml_of_something_else_is_no_case_file(tmp_path: Path) -> None:
    path = tmp_path / "pom.xml"
    path.write_text("<project/>", encoding="utf-8")
    assert read_cases(path) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<testCases>\n<a>", ":2: not XML"),
        ("", "not XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a document type is not allowed"),
    ],
)
def test_case_file_that_is_broken_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "broken.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CasesError, match=said):
        read_cases(path)
