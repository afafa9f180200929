"""Where regulations are found: the shipped ones, and a city's own beside them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.rights.example import CASES, FACTS, REGULATION, write
from vanzelf.rights import RegulationError, beside_shipped, load, shipped
from vanzelf.rights.loader import read_facts_file

OWN = REGULATION.replace("gent/proef", "stad/eigen").replace(
    "authority: stad", "authority: stad-gent"
)


def own_folder(folder: Path) -> Path:
    """A city's own right without facts of its own, so with the shipped ones."""
    rule = OWN.replace("gezin.jaarinkomen", "gezin.belastbaar inkomen")
    rule = rule.replace("gezin.zone", "gezin.postcode").replace(
        "lid.schuldhulp", "lid.budgetbeheer"
    )
    cases = CASES.replace("jaarinkomen", "belastbaar inkomen").replace("zone: Z, ", "")
    cases = cases.replace("schuldhulp: false", "budgetbeheer: false").replace(" delivery: bon,", "")
    target = folder / "stad" / "eigen"
    target.mkdir(parents=True)
    (target / "regulation.yaml").write_text(rule, encoding="utf-8")
    (target / "cases.yaml").write_text(cases, encoding="utf-8")
    return folder


def test_shipped_regulations_load_by_default() -> None:
    regulations = load()
    assert len(regulations) == 13
    assert "gent/huisvuilzakken" in regulations


def test_own_folder_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    regulations = load(*beside_shipped(str(own_folder(tmp_path))))
    assert len(regulations) == 14
    assert regulations["stad/eigen"].authority.id == "stad-gent"


def test_setting_lists_folders_as_path_does(tmp_path: Path) -> None:
    setting = os.pathsep.join(["/a", "", "/b"])
    assert beside_shipped(setting) == (shipped(), Path("/a"), Path("/b"))
    assert beside_shipped("") == (shipped(),)


def test_folder_with_facts_of_its_own_stands_alone(tmp_path: Path) -> None:
    facts = load(write(tmp_path)).facts
    assert "gezin.jaarinkomen" in facts
    assert "gezin.afvalzone" not in facts


def test_facts_beside_the_shipped_ones_are_added(tmp_path: Path) -> None:
    folder = write(tmp_path, {"facts.yaml": "beside: shipped\n" + FACTS})
    facts = load(folder).facts
    assert {"gezin.jaarinkomen", "gezin.afvalzone"} <= set(facts)


def test_one_right_below_a_folder_uses_the_facts_above_it(tmp_path: Path) -> None:
    assert list(load(write(tmp_path) / "gent" / "proef")) == ["gent/proef"]


def test_regulation_that_is_not_there_has_a_suggestion() -> None:
    with pytest.raises(KeyError, match="did you mean"):
        load()["gent/huisvuilzak"]


def test_facts_from_a_json_file_take_their_types(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text('{"gezin": {"jaarinkomen": 1.10, "leden": [{"geboortedatum": "1990-01-31"}]}}')
    facts = read_facts_file(file, load(write(tmp_path / "r")).facts)
    assert str(facts) == (
        "{'gezin': {'jaarinkomen': Decimal('1.10'), "
        "'leden': [{'geboortedatum': datetime.date(1990, 1, 31)}]}}"
    )


def test_facts_file_that_names_an_unlisted_fact_is_refused_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("gezin:\n  gemeente: '44021'\n  inkomen: 3\n")
    with pytest.raises(RegulationError) as caught:
        read_facts_file(file, load(write(tmp_path / "r")).facts)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, 3)
    assert "gezin.inkomen is not a listed fact" in problem.message


def test_own_folder_may_hold_only_lists(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    assert len(load(shipped(), tmp_path)) == len(load(shipped()))
