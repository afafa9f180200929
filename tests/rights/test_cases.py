"""Worked examples: the shipped ones hold, and one that does not is told."""

from __future__ import annotations

from pathlib import Path

from tests.rights.example import CASES, write
from tests.rights.households import shipped_rights
from vanzelf.rights import incomplete, load, run_cases

NAME = "gent/proef/cases.yaml"


def test_every_shipped_case_holds() -> None:
    failing = [result for result in run_cases(shipped_rights()) if not result.passed]
    assert [(str(one.case.place), one.differences) for one in failing] == []


def test_every_shipped_right_has_a_case_of_each_outcome() -> None:
    assert incomplete(shipped_rights()) == []


def differences(folder: Path, old: str, new: str) -> list[str]:
    assert old in CASES
    regulations = load(write(folder, {NAME: CASES.replace(old, new, 1)}))
    return [text for result in run_cases(regulations) for text in result.differences]


def test_example_holds(tmp_path: Path) -> None:
    assert differences(tmp_path, "Leefloon", "Leefloon") == []


def test_other_outcome_is_told_with_its_reasons(tmp_path: Path) -> None:
    assert differences(tmp_path, "outcome: NO, reasons: [in Gent]", "outcome: YES") == [
        "outcome: expected YES, got NO (in Gent)"
    ]


def test_other_amount_delivery_and_reasons_are_told(tmp_path: Path) -> None:
    old = "amount: 42, delivery: bon, reasons: [in Gent, leefloon]"
    new = "amount: 43, delivery: krediet, reasons: [in Gent]"
    assert differences(tmp_path, old, new) == [
        "delivery: expected krediet, got bon",
        "reasons: expected {in Gent}, got {in Gent, leefloon}",
        "amount: expected 43, got 42",
    ]


def test_other_settling_facts_and_question_are_told(tmp_path: Path) -> None:
    old = "settled_by: [[gezin.jaarinkomen]], next_question: gezin.jaarinkomen"
    new = "settled_by: [[gezin.zone]], next_question: gezin.zone, missing: [gezin.zone]"
    assert differences(tmp_path, old, new) == [
        "missing: expected {gezin.zone}, got {gezin.jaarinkomen}",
        "settled_by: expected {{gezin.zone}}, got {{gezin.jaarinkomen}}",
        "next_question: expected gezin.zone, got gezin.jaarinkomen",
    ]


def test_right_without_a_case_of_no_is_incomplete(tmp_path: Path) -> None:
    text = CASES.replace("outcome: NO, reasons: [in Gent]", "outcome: YES")
    (problem,) = incomplete(load(write(tmp_path, {NAME: text})))
    assert problem.message == "gent/proef has no case of NO"
    assert problem.file.endswith(NAME)
