"""Running cases against their models."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.dmn.conformance.folders import NIL, case, group, number, result
from vanzelf.dmn.conformance import CasesError, Group, run, totals
from vanzelf.dmn.conformance.report import page, reason, where

FEE = result("Fee", number("5"), 'type="decision"')
WRONG = result("Wrong", NIL, 'errorResult="true"')


def _groups(folder: Path, pattern: str = "*") -> list[Group]:
    return list(run(folder, pattern))


def test_case_passes_when_the_value_is_as_expected(tmp_path: Path) -> None:
    group(tmp_path, case(FEE, WRONG), case(FEE))
    groups = _groups(tmp_path)
    assert [one.name for one in groups] == ["0001-fees"]
    assert [one.value for one in groups[0].results] == [Decimal(5), None, Decimal(5)]
    counts = totals(groups)
    assert (str(counts.cases), str(counts.results)) == ("2 of 2", "3 of 3")
    assert (str(counts.non_null), counts.silent) == ("2 of 2", 0)


def test_case_fails_when_one_of_its_results_does(tmp_path: Path) -> None:
    group(tmp_path, case(FEE, result("Wrong", number("1"))))
    (one,) = _groups(tmp_path)
    counts = totals([one])
    assert (str(counts.cases), str(counts.results), str(counts.non_null)) == (
        "0 of 1", "1 of 2", "1 of 2",
    )  # fmt: skip
    (missed,) = one.failures
    assert where(missed) == "fees-test-01.xml:6, case c1, 'Wrong'"
    assert reason(missed).startswith("expected 1, got null; decision 'Wrong': ")


def test_service_is_called_and_each_output_compared(tmp_path: Path) -> None:
    attributes = 'type="decisionService" invocableName="Both"'
    group(tmp_path, case(FEE, WRONG, attributes=attributes))
    assert not _groups(tmp_path)[0].failures


def test_service_that_is_named_itself_gives_all_its_outputs(tmp_path: Path) -> None:
    both = (
        f'<component name="Fee">{number("5")}</component><component name="Wrong">{NIL}</component>'
    )
    group(tmp_path, case(result("Both", both, 'type="decisionService"')))
    assert not _groups(tmp_path)[0].failures


def test_knowledge_model_is_invoked_with_its_parameters(tmp_path: Path) -> None:
    given = '<inputNode name="n">{}</inputNode>'
    attributes = 'type="bkm" invocableName="Twice"'
    group(tmp_path, case(result("Twice", number("24")), inputs=given, attributes=attributes))
    assert not _groups(tmp_path)[0].failures


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (None, "fees.dmn"),
        ("<definitions>", "the model cannot be read: "),
    ],
)
def test_model_that_is_broken_fails_its_cases(tmp_path: Path, model: str | None, said: str) -> None:
    group(tmp_path, case(FEE), case(WRONG), model=model)
    (one,) = _groups(tmp_path)
    assert len(one.failures) == 2
    assert all(said in reason(missed) for missed in one.failures)


def test_case_file_that_is_broken_fails_as_one_case(tmp_path: Path) -> None:
    folder = group(tmp_path, case(FEE))
    (folder / "broken.xml").write_text("<testCases>", encoding="utf-8")
    (one,) = _groups(tmp_path)
    assert str(totals([one]).cases) == "1 of 2"
    assert "broken.xml:1: not XML" in reason(one.failures[0])


def test_decision_that_is_not_there_fails_with_its_name(tmp_path: Path) -> None:
    group(tmp_path, case(result("Fees", NIL)))
    (missed,) = _groups(tmp_path)[0].failures
    assert "Fees" in reason(missed)


def test_pattern_selects_groups(tmp_path: Path) -> None:
    group(tmp_path, case(FEE))
    group(tmp_path, case(FEE), name="level-3/0002-more")
    assert [one.name for one in _groups(tmp_path)] == ["0001-fees", "level-3/0002-more"]
    assert [one.name for one in _groups(tmp_path, "0002")] == ["level-3/0002-more"]
    assert [one.name for one in _groups(tmp_path, "level-3/*")] == ["level-3/0002-more"]


def test_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CasesError, match="there is no such folder"):
        _groups(tmp_path / "none")
    with pytest.raises(CasesError, match="there are no case files"):
        _groups(tmp_path)
    group(tmp_path, case(FEE))
    with pytest.raises(CasesError, match="of which the name is like 'other'"):
        _groups(tmp_path, "other")


def test_page_shows_groups_and_failures_beside_other_engines(tmp_path: Path) -> None:
    group(tmp_path, case(FEE), case(result("Fee", number("6"))))
    text = page(_groups(tmp_path), "1.2.3")
    assert "| cases | 1 | 2 | 50.00 % |" in text
    assert "| **Vanzelf** | 1.2.3 | 1 | 2 | 50.00 % |" in text
    assert "| Drools | 10.2.0 | 3,388 | 3,391 | 99.91 % |" in text
    assert "| 0001-fees ✗ | 1 of 2 | 1 of 2 | 1 of 2 |" in text
    assert "- **0001-fees** fees-test-01.xml:7, case c1, 'Fee': expected 6, got 5" in text
    assert page(_groups(tmp_path), "1.2.3") == text


def test_input_of_an_imported_model_is_found_by_its_namespace(tmp_path: Path) -> None:
    head = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="_m"'
    age = '<inputData id="_age" name="Age"><variable name="Age"/></inputData>'
    mine = (
        f'{head} name="Main" namespace="urn:main">'
        '<import name="other" namespace="urn:other" locationURI="other.dmn"'
        ' importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
        f'{age}<decision id="_sum" name="Sum"><variable name="Sum"/>'
        '<informationRequirement><requiredInput href="#_age"/></informationRequirement>'
        '<informationRequirement><requiredInput href="urn:other#_age"/></informationRequirement>'
        "<literalExpression><text>Age * 10 + other.Age</text></literalExpression></decision>"
        "</definitions>"
    )
    given = (
        f'<inputNode name="Age" namespace="urn:other">{number("7")}</inputNode>'
        f'<inputNode name="Age">{number("1")}</inputNode>'
    )
    folder = group(tmp_path, case(result("Sum", number("17")), inputs=given), model=mine)
    other = f'{head} name="Other" namespace="urn:other">{age}</definitions>'
    (folder / "other.dmn").write_text(other, encoding="utf-8")
    assert not _groups(tmp_path)[0].failures
