"""`vanzelf dmn` and `vanzelf tck`, as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.dmn.conformance.folders import NIL, case, group, number, result
from vanzelf.faces.cli.main import main

MODEL = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="_m" name="Discount"
    namespace="https://example.org/discount">
  <itemDefinition id="_t" name="tHousehold">
    <itemComponent id="_t1" name="income"><typeRef>number</typeRef></itemComponent>
    <itemComponent id="_t2" name="since"><typeRef>date</typeRef></itemComponent>
  </itemDefinition>
  <inputData id="_h" name="Household"><variable name="Household" typeRef="tHousehold"/></inputData>
  <inputData id="_c" name="Children"><variable name="Children" typeRef="number"/></inputData>
  <inputData id="_x" name="Extra"><variable name="Extra" typeRef="number"/></inputData>
  <decision id="_d" name="Class">
    <variable name="Class" typeRef="string"/>
    <informationRequirement id="_r1"><requiredInput href="#_h"/></informationRequirement>
    <informationRequirement id="_r2"><requiredInput href="#_c"/></informationRequirement>
    <decisionTable id="_dt" hitPolicy="UNIQUE">
      <input id="_i1"><inputExpression typeRef="number"><text>Household.income</text></inputExpression></input>
      <input id="_i2"><inputExpression typeRef="number"><text>Children</text></inputExpression></input>
      <output id="_o"/>
      <rule id="_1"><inputEntry><text>&lt; 20000</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"A"</text></outputEntry></rule>
      <rule id="_2"><inputEntry><text>&gt;= 20000</text></inputEntry><inputEntry><text>&gt;= 2</text></inputEntry>
        <outputEntry><text>"B"</text></outputEntry></rule>
      <rule id="_3"><inputEntry><text>&gt;= 20000</text></inputEntry><inputEntry><text>&lt; 2</text></inputEntry>
        <outputEntry><text>"C"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="_p" name="Price">
    <variable name="Price"/>
    <informationRequirement id="_r3"><requiredDecision href="#_d"/></informationRequirement>
    <informationRequirement id="_r4"><requiredInput href="#_h"/></informationRequirement>
    <context>
      <contextEntry><variable name="base"/>
        <literalExpression><text>if Class = "A" then 10 else 25</text></literalExpression></contextEntry>
      <contextEntry><variable name="since"/>
        <literalExpression><text>Household.since</text></literalExpression></contextEntry>
    </context>
  </decision>
  <decisionService id="_s" name="Pricing">
    <variable name="Pricing"/><outputDecision href="#_p"/><encapsulatedDecision href="#_d"/>
    <inputData href="#_h"/><inputData href="#_c"/>
  </decisionService>
</definitions>
"""  # noqa: E501


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "discount.dmn"
    path.write_text(MODEL, encoding="utf-8")
    return path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def _decide(model: Path, name: str, *arguments: str) -> Result:
    return _run("dmn", "decide", model, name, *arguments)


def test_decide_prints_the_value(model: Path) -> None:
    done = _decide(model, "Class", "-i", "Household={income: 25000}", "-i", "Children=2")
    assert (done.exit_code, done.output) == (0, 'Class: "B"\n')


def test_decide_tells_what_was_not_given_and_needed(model: Path) -> None:
    done = _decide(model, "Class", "-i", "Household={income: 25000}")
    assert done.exit_code == 0
    assert done.output.startswith("Class: null\n  ! decision 'Class': ")
    assert done.output.endswith("\nNot given, so null: Children\n")


def test_decide_with_unknowns_tells_what_would_settle(model: Path) -> None:
    given = ("-i", "Household={income: 25000}", "--unknown")
    assert _decide(model, "Class", *given).output == (
        "Class: UNKNOWN\n\nMissing: Children\nThis would settle it:\n  Children\n"
    )
    settled = ("-i", "Household={income: 100}", "--unknown")
    assert _decide(model, "Class", *settled).output.startswith('Class: "A"\n')


def test_decide_explains_with_the_row_that_fired(model: Path) -> None:
    done = _decide(
        model, "Price", "-i", "Household={income: 25000}", "-i", "Children=2", "--explain"
    )
    assert done.output == (
        "Price: \n"
        "  base   25\n"
        "  since  null\n"
        "\n"
        "decision 'Class' = \"B\"\n"
        "  decision table (UNIQUE)\n"
        "        Household.income = 25000  Children = 2  ‖\n"
        '     1  < 20000 ✗                 -             ‖ "A"\n'
        '  →  2  >= 20000 ✓                >= 2 ✓        ‖ "B"\n'
        '     3  >= 20000 ✓                < 2 ✗         ‖ "C"\n'
        "\n"
        "decision 'Price' = {base: 25, since: null}\n"
        '  if Class = "A" then 10 else 25 → 25\n'
        '    Class = "A" → false\n'
        '      Class → "B"\n'
        "  Household.since → null\n"
        "    Household → {income: 25000, since: null}\n"
    )


def test_decide_explains_a_table_of_several_outputs_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "fine.dmn"
    path.write_text(
        """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
        <inputData id="k" name="Kind"/>
        <decision name="Fine">
          <informationRequirement><requiredInput href="#k"/></informationRequirement>
          <decisionTable><input><inputExpression><text>Kind</text></inputExpression></input>
            <output name="Amount"/><output name="Points"/>
            <rule><inputEntry><text>"speed"</text></inputEntry>
              <outputEntry><text>500</text></outputEntry><outputEntry><text>3</text></outputEntry>
            </rule>
          </decisionTable>
        </decision>
        <decision name="All"><list><literalExpression><text>1</text></literalExpression></list>
        </decision></definitions>""",
        encoding="utf-8",
    )
    done = _decide(path, "Fine", "-i", 'Kind="speed"', "--explain")
    assert '  →  1  "speed" ✓       ‖ 500     ‖ 3' in done.output
    assert "  All   any  list" in _run("dmn", "show", path).output


def test_decide_calls_a_service(model: Path) -> None:
    done = _decide(model, "Pricing", "-i", "Household={income: 1}", "-i", "Children=0")
    assert "base   10" in done.output


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("inputs.json", '{"Household": {"income": 25000, "since": "2026-01-15"}, "Children": 2}'),
        ("inputs.yaml", "Household:\n  income: 25000\n  since: 2026-01-15\nChildren: 2\n"),
    ],
)
def test_decide_reads_inputs_of_a_file_in_their_types(
    model: Path, tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = _decide(model, "Price", "--inputs", str(path), "-i", "Children=0", "--json")
    assert done.exit_code == 0
    said = json.loads(done.output)
    assert said["value"] == {"base": 25, "since": "2026-01-15"}
    assert said["messages"] == []


def test_decide_prints_unknowns_as_json(model: Path) -> None:
    said = json.loads(
        _decide(model, "Class", "-i", "Household={income: 25000}", "--unknown", "--json").output
    )
    assert said["value"] == {"unknown": ["Children"]}
    assert (said["missing"], said["settled_by"]) == (["Children"], [["Children"]])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Clas"], "there is no decision 'Clas'. Did you mean 'Class'?"),
        (["Class", "-i", "Childs=2"], "there is no input 'Childs'. Did you mean 'Children'?"),
        (["Class", "-i", "Children"], "write an input as name=value"),
        (["Class", "-i", "Children=two"], "A text stands in quotes: --input 'Children=\"two\"'"),
        (["Class", "-i", "Children=[1"], "line 1, column 3"),
        (["Class", "-i", "Children=1/0"], "Children: "),
        (["Class", "--inputs", "none.json"], "No such file"),
    ],
)
def test_decide_refuses_with_what_to_do(model: Path, arguments: list[str], said: str) -> None:
    done = _run("dmn", "decide", model, *arguments)
    assert done.exit_code != 0
    assert said in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("i.json", "{", "i.json:1: not JSON"),
        ("i.json", "[1]", "inputs are expected here"),
        ("i.yaml", "a: [", "not YAML"),
        ("i.yaml", "- 1", "inputs are expected here"),
        ("i.json", '{"Household": {"since": "soon"}}', "Household.since: 'soon' is no date"),
        ("i.json", '{"Childs": 1}', "Did you mean 'Children'?"),
    ],
)
def test_decide_refuses_a_broken_file_of_inputs(
    model: Path, tmp_path: Path, name: str, text: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = _decide(model, "Class", "--inputs", str(path))
    assert done.exit_code != 0
    assert said in done.output


def test_show_prints_what_is_in_a_model(model: Path) -> None:
    assert _run("dmn", "show", model).output == (
        "Discount  (DMN 1.5, https://example.org/discount)\n"
        "\nInputs\n"
        "  Household  tHousehold\n"
        "  Children   number\n"
        "  Extra      number\n"
        "\nDecisions\n"
        "  Class  string  table, 3 rules, unique  from Household, Children\n"
        "  Price  any     context                 from Household, Class\n"
        "\nServices\n"
        "  Pricing(Household, Children)  gives Price\n"
        "\nTypes\n"
        "  tHousehold  {income: number, since: date}\n"
        "\n! 1 warning: see vanzelf dmn check\n"
    )


def test_check_warns_where_missing_data_would_give_an_answer(model: Path) -> None:
    done = _run("dmn", "check", model)
    assert done.exit_code == 0
    assert done.output.startswith(f"! {model}:27: decision 'Price': ")
    assert done.output.endswith("no problems, 1 warning\n")


def test_check_tells_each_problem_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "wrong.dmn"
    before, rest = MODEL.split("if Class =")
    path.write_text(f"{before}if Class = ={rest}", encoding="utf-8")
    done = _run("dmn", "check", path)
    assert done.exit_code == 1
    assert f"✗ {path}:{before.count(chr(10)) + 1}: " in done.output
    assert "1 problem, no warnings" in done.output


@pytest.mark.parametrize("text", ["", "<a>", "<a/>"])
def test_check_and_decide_refuse_what_is_no_model(tmp_path: Path, text: str) -> None:
    path = tmp_path / "no.dmn"
    path.write_text(text, encoding="utf-8")
    for command in (["check"], ["show"], ["decide"]):
        done = _run("dmn", *command, path, *(["X"] if command == ["decide"] else []))
        assert done.exit_code == 1
        assert str(path) in done.output
        assert "Traceback" not in done.output


def test_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = _run("dmn", "show", tmp_path / "none.dmn")
    assert done.exit_code == 1
    assert "none.dmn: cannot be read" in done.output


def test_doctype_is_told_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "entity.dmn"
    path.write_text('<!DOCTYPE a [<!ENTITY b "c">]><a/>', encoding="utf-8")
    told = f"Error: {path}:1: a DOCTYPE stands here\n    a decision model has none: take it out\n"
    assert _run("dmn", "show", path).output == told


# --- tck --------------------------------------------------------------------------------------

FEE = result("Fee", number("5"), 'type="decision"')


def test_tck_counts_per_group_and_in_all(tmp_path: Path) -> None:
    group(tmp_path, case(FEE, result("Wrong", NIL, 'errorResult="true"')))
    done = _run("tck", tmp_path)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0].split() == ["✓", "0001-fees", "2/2", "not", "null", "1/1"]
    assert [" ".join(line.split()) for line in lines[2:5]] == [
        "cases 1 of 1 100.00 %",
        "results 2 of 2 100.00 %",
        "results that are not null 1 of 1 100.00 %",
    ]


def test_tck_ends_with_one_and_shows_failures(tmp_path: Path) -> None:
    group(tmp_path, case(result("Fee", number("6"))))
    assert "expected 6" not in _run("tck", tmp_path).output
    done = _run("tck", tmp_path, "--failures")
    assert done.exit_code == 1
    assert "fees-test-01.xml:6, case c1, 'Fee'\n      expected 6, got 5\n" in done.output


def test_tck_writes_the_page(tmp_path: Path) -> None:
    group(tmp_path / "cases", case(FEE))
    page = tmp_path / "conformance.md"
    assert _run("tck", tmp_path / "cases", "--write", page).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("# Conformance to the DMN standard\n")


@pytest.mark.parametrize("arguments", [["none"], ["."], [".", "--group", "0099"]])
def test_tck_refuses_a_folder_without_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = _run("tck", *arguments)
    assert done.exit_code == 2
    assert "there " in done.output
