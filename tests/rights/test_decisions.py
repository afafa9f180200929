"""`decision: table.dmn#Name`: a regulation that leaves a table to a DMN file beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rights.example import REGULATION, write
from vanzelf.rights import (
    Outcome,
    Problem,
    Regulation,
    RegulationError,
    Verdict,
    as_text,
    describe,
    explain,
    load,
)

DAY = date(2026, 1, 15)
TABLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="Tabellen"
             namespace="urn:proef">
  <itemDefinition id="t" name="tGezin">
    <itemComponent id="t1" name="personen ten laste"><typeRef>number</typeRef></itemComponent>
    <itemComponent id="t2" name="zone"><typeRef>string</typeRef></itemComponent>
  </itemDefinition>
  <inputData id="i1" name="gezin"><variable id="v1" name="gezin" typeRef="tGezin"/></inputData>
  <inputData id="i2" name="jaarinkomen">
    <variable id="v2" name="jaarinkomen" typeRef="number"/>
  </inputData>
  <inputData id="i3" name="inkomensgrens">
    <variable id="v3" name="inkomensgrens" typeRef="number"/>
  </inputData>
  <decision id="d1" name="Laag">
    <variable id="v4" name="Laag" typeRef="boolean"/>
    <informationRequirement id="r1"><requiredInput href="#i2"/></informationRequirement>
    <informationRequirement id="r2"><requiredInput href="#i3"/></informationRequirement>
    <informationRequirement id="r3"><requiredInput href="#i1"/></informationRequirement>
    <decisionTable id="dt1" hitPolicy="UNIQUE">
      <input id="c1" label="Zone">
        <inputExpression id="e1"><text>gezin.zone</text></inputExpression>
      </input>
      <input id="c2" label="Inkomen">
        <inputExpression id="e2"><text>jaarinkomen</text></inputExpression>
      </input>
      <output id="o1" label="Laag" typeRef="boolean"/>
      <rule id="w1">
        <inputEntry id="n1"><text>"Z"</text></inputEntry>
        <inputEntry id="n2"><text>&lt;= inkomensgrens</text></inputEntry>
        <outputEntry id="u1"><text>true</text></outputEntry>
      </rule>
      <rule id="w2">
        <inputEntry id="n3"><text>"Z"</text></inputEntry>
        <inputEntry id="n4"><text>&gt; inkomensgrens</text></inputEntry>
        <outputEntry id="u2"><text>false</text></outputEntry>
      </rule>
      <rule id="w3">
        <inputEntry id="n5"><text>not("Z")</text></inputEntry>
        <inputEntry id="n6"><text>-</text></inputEntry>
        <outputEntry id="u3"><text>false</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""
RIGHT = "gent/proef/regulation.yaml"
WITH_DECISION = REGULATION.replace(
    "when: gezin.jaarinkomen < inkomensgrens", "decision: tabel.dmn#Laag"
)
FILES = {RIGHT: WITH_DECISION, "gent/proef/tabel.dmn": TABLE}


def right(folder: Path, files: dict[str, str] | None = None) -> Regulation:
    return load(write(folder, {**FILES, **(files or {})}), cases=False)["gent/proef"]


def check(regulation: Regulation, **gezin: Any) -> Verdict:
    known = {"gemeente": "44021", "leden": [{"leefloon": False, "schuldhulp": False}]}
    return regulation.check({"gezin": {**known, **gezin}}, DAY)


@pytest.mark.parametrize(
    ("gezin", "outcome"),
    [
        ({"zone": "Z", "jaarinkomen": 21000}, Outcome.YES),
        ({"zone": "Z", "jaarinkomen": 21001}, Outcome.NO),
        ({"zone": "C", "jaarinkomen": 0}, Outcome.NO),
        ({"zone": "C"}, Outcome.NO),
        ({"zone": "Z"}, Outcome.UNKNOWN),
        ({"jaarinkomen": 0}, Outcome.UNKNOWN),
    ],
)
def test_table_decides(tmp_path: Path, gezin: dict[str, Any], outcome: Outcome) -> None:
    regulation = right(tmp_path)
    verdict = check(regulation, **gezin)
    assert verdict.outcome == outcome
    fast = regulation.check(
        {"gezin": {"gemeente": "44021", "leden": [], **gezin}}, DAY, explain=False
    )
    assert fast.outcome == outcome


def test_what_is_missing_is_named_through_the_table(tmp_path: Path) -> None:
    verdict = check(right(tmp_path), zone="Z")
    assert verdict.missing == ("gezin.jaarinkomen",)
    assert verdict.settled_by == (("gezin.jaarinkomen",),)
    assert verdict.next_question == "gezin.jaarinkomen"


def test_least_intrusive_question_comes_first_through_the_table(tmp_path: Path) -> None:
    verdict = check(right(tmp_path))
    assert set(verdict.missing) == {"gezin.zone", "gezin.jaarinkomen"}
    assert verdict.next_question == "gezin.zone"


def test_explanation_shows_the_row_that_held(tmp_path: Path) -> None:
    regulation = right(tmp_path)
    verdict = check(regulation, zone="Z", jaarinkomen=20000)
    (table,) = [t for line in explain(regulation, verdict) for t in line.tables]
    assert table.columns == ("Zone", "Inkomen", "Laag")
    assert [row.cells for row in table.fired] == [("Z", "hoogstens 21.000,50 euro per jaar", "ja")]
    assert [row.cells[0] for row in table.rows] == ["Z", "Z", "niet Z"]
    assert "1. Z | hoogstens 21.000,50 euro per jaar → ja  ← deze rij geldt" in as_text(
        explain(regulation, verdict)
    )


def test_explanation_says_that_the_row_is_not_known(tmp_path: Path) -> None:
    regulation = right(tmp_path)
    lines = explain(regulation, check(regulation, zone="Z"), "en")
    assert not any(table.fired for line in lines for table in line.tables)
    assert "It is not known yet which row holds." in as_text(lines, "en")


def test_explanation_says_that_rows_contradict_each_other(tmp_path: Path) -> None:
    overlapping = TABLE.replace("&gt; inkomensgrens", "-")
    regulation = right(tmp_path, {"gent/proef/tabel.dmn": overlapping})
    verdict = check(regulation, zone="Z", jaarinkomen=20000)
    assert verdict.outcome is Outcome.UNKNOWN
    lines = explain(regulation, verdict, "en")
    assert "More than one row holds, and only one may" in as_text(lines, "en")


def test_row_that_another_may_overtake_is_not_marked(tmp_path: Path) -> None:
    first = TABLE.replace('"UNIQUE"', '"FIRST"').replace("&gt; inkomensgrens", "-")
    regulation = right(tmp_path, {"gent/proef/tabel.dmn": first})

    def fired(**gezin: Any) -> list[int]:
        lines = explain(regulation, check(regulation, zone="Z", **gezin))
        return [row.number for line in lines for table in line.tables for row in table.fired]

    assert (fired(), fired(jaarinkomen=0), fired(jaarinkomen=90000)) == ([], [1], [2])


def test_record_keeps_the_row_in_the_words_of_then(tmp_path: Path) -> None:
    verdict = check(right(tmp_path), zone="Z", jaarinkomen=20000)
    assert Verdict.from_data(verdict.as_data()) == verdict
    turned = TABLE.replace("&lt;= inkomensgrens", "&lt; inkomensgrens")
    later = right(tmp_path, {"gent/proef/tabel.dmn": turned})
    assert later.content_hash != verdict.content_hash
    (table,) = [t for line in explain(later, verdict.as_data()) for t in line.tables]
    assert [row.cells for row in table.rows] == [('"Z"', "<= inkomensgrens", "true")]


def test_rule_itself_shows_its_table(tmp_path: Path) -> None:
    lines = describe(right(tmp_path), on=DAY)
    (table,) = [table for line in lines for table in line.tables]
    assert {row.holds for row in table.rows} == {None}


# what is changed (in the table, else in the regulation), and what is said of it
BROKEN = {
    "no such file": (
        "tabel.dmn#", "tabl.dmn#",
        'there is no file "tabl.dmn" beside the regulation', 'did you mean "tabel.dmn"?',
    ),
    "a file elsewhere": (
        "tabel.dmn#", "../tabel.dmn#", 'is not in the folder of the regulation', "beside",
    ),
    "no such decision": (
        "#Laag", "#Lag", 'has no decision "Lag"', 'did you mean "Laag"?',
    ),
    "no decision at all": (
        "tabel.dmn#Laag", "tabel.dmn", "a decision of a DMN file is expected", "table.dmn#Name",
    ),
    "an input that is no fact": (
        "jaarinkomen", "jaarinkomn",
        'input "jaarinkomn" is not a fact, a parameter', 'did you mean "jaarinkomen"',
    ),
    "a member that is no fact": (
        'name="zone"', 'name="zones"', '"zones" is not a listed fact of gezin', '"zone"',
    ),
    "a member of another type": (
        'name="zone"><typeRef>string', 'name="zone"><typeRef>boolean',
        'input "gezin.zone" is a boolean, and text in the regulation', "",
    ),
    "an input of another type": (
        'name="jaarinkomen" typeRef="number"', 'name="jaarinkomen" typeRef="string"',
        'input "jaarinkomen" is a string, and money per jaar in the regulation', "",
    ),
    "an amount in a cell": (
        "&gt; inkomensgrens", "&gt; 21000",
        "money per jaar against the bare number 21000", "make it a parameter",
    ),
    "a value that is never there": ('not("Z")', 'not("X")', '"X" is never its value', "Z, C"),
    "a result of another type": (
        "<text>true</text>", '<text>"ja"</text>', "against", "",
    ),
    "a text that is no FEEL": ("&gt; inkomensgrens", "&gt; &gt;", "this is no FEEL", ""),
    "no XML": ("</definitions>", "", "", ""),
}  # fmt: skip


def problems(folder: Path, files: dict[str, str]) -> list[Problem]:
    with pytest.raises(RegulationError) as caught:
        load(write(folder, {**FILES, **files}), cases=False)
    return caught.value.problems


@pytest.mark.parametrize(("old", "new", "message", "hint"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, message: str, hint: str
) -> None:
    in_table = old in TABLE
    file, text = ("gent/proef/tabel.dmn", TABLE) if in_table else (RIGHT, WITH_DECISION)
    assert old in text
    found = problems(tmp_path, {file: text.replace(old, new)})
    told = [one for one in found if message in one.message and hint in one.hint]
    assert told, found
    assert told[0].file.endswith(file)
    assert told[0].line > 1 or old == "</definitions>"


def test_decision_of_the_wrong_type_is_refused(tmp_path: Path) -> None:
    amount = WITH_DECISION.replace(
        "is: bedrag(gezin.personen ten laste)", "decision: tabel.dmn#Laag"
    ).replace("kind: money", "kind: money", 1)
    found = problems(tmp_path, {RIGHT: amount})
    assert any("a number is expected, not boolean" in one.message for one in found)


def test_criterion_has_one_of_when_and_decision(tmp_path: Path) -> None:
    both = WITH_DECISION.replace(
        "decision: tabel.dmn#Laag", "decision: tabel.dmn#Laag\n              when: met leefloon"
    )
    found = problems(tmp_path, {RIGHT: both})
    assert any("either when: or decision: is expected" in one.message for one in found)


def test_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    table = tmp_path / "gent/proef/tabel.dmn"
    outside = tmp_path / "tabel.dmn"
    table.rename(outside)
    table.symlink_to(outside)
    with pytest.raises(RegulationError, match="is not in the folder of the regulation"):
        load(tmp_path, cases=False)


def test_warnings_of_a_model_refuse_nothing(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, FILES), cases=False)
    assert all(warning.file.endswith("gent/proef/tabel.dmn") for warning in loaded.warnings)
    assert any("does not fire" in warning.message for warning in loaded.warnings)
