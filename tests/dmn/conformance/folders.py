"""Folders with a model and cases of our own making."""

from __future__ import annotations

from pathlib import Path

MODEL = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="_m" name="Fees"
    namespace="https://example.org/fees">
  <inputData id="_age" name="Age"><variable name="Age" typeRef="number"/></inputData>
  <decision id="_fee" name="Fee">
    <variable name="Fee" typeRef="number"/>
    <informationRequirement id="_r1"><requiredInput href="#_age"/></informationRequirement>
    <literalExpression><text>if Age &lt; 18 then 5 else 10 / 3</text></literalExpression>
  </decision>
  <decision id="_wrong" name="Wrong">
    <variable name="Wrong"/>
    <informationRequirement id="_r2"><requiredInput href="#_age"/></informationRequirement>
    <literalExpression><text>Age + "x"</text></literalExpression>
  </decision>
  <businessKnowledgeModel id="_twice" name="Twice">
    <variable name="Twice"/>
    <encapsulatedLogic>
      <formalParameter name="n" typeRef="number"/>
      <literalExpression><text>n * 2</text></literalExpression>
    </encapsulatedLogic>
  </businessKnowledgeModel>
  <decisionService id="_both" name="Both">
    <variable name="Both"/>
    <outputDecision href="#_fee"/><outputDecision href="#_wrong"/>
    <inputData href="#_age"/>
  </decisionService>
</definitions>
"""

_CASES = """\
<?xml version="1.0" encoding="UTF-8"?>
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>fees.dmn</modelName>
{cases}
</testCases>
"""


def group(folder: Path, *cases: str, model: str | None = MODEL, name: str = "0001-fees") -> Path:
    """A folder of cases in `folder`, with the model beside them."""
    made = folder / name
    made.mkdir(parents=True)
    if model is not None:
        (made / "fees.dmn").write_text(model, encoding="utf-8")
    text = _CASES.format(cases="\n".join(cases))
    (made / "fees-test-01.xml").write_text(text, encoding="utf-8")
    return made


def case(
    *results: str, inputs: str = '<inputNode name="Age">{}</inputNode>', attributes: str = ""
) -> str:
    """A case about somebody of twelve."""
    given = inputs.format(number("12"))
    return f'<testCase id="c1" {attributes}>{given}{"".join(results)}</testCase>'


def result(name: str, value: str, attributes: str = "") -> str:
    expected = f"<expected>{value}</expected>"
    return f'<resultNode name="{name}" {attributes}>{expected}</resultNode>'


def number(text: str) -> str:
    return f'<value xsi:type="xsd:decimal">{text}</value>'


NIL = '<value xsi:nil="true"/>'
