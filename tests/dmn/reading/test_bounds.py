"""How much FEEL a model may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dmn.reading.writing_xml import model, problems, read
from vanzelf import dmn
from vanzelf.dmn.errors import DmnError
from vanzelf.dmn.reading.bounds import MAX_FEEL

HALF = "1" * (MAX_FEEL // 2)
TOO_LONG = "the FEEL texts up to here have more than 400,000 characters"


def decision(name: str, text: str) -> str:
    logic = f"<literalExpression><text>{text}</text></literalExpression>"
    return f'<decision name="{name}">\n{logic}</decision>'


@pytest.mark.parametrize(
    "more",
    [
        decision("c", "\n1"),
        '<itemDefinition name="c">\n<allowedValues><text>1</text></allowedValues></itemDefinition>',
        '<inputData name="c">\n<variable name="c" typeRef="number"/></inputData>',
        '<decision name="c"><decisionTable><output/>\n<input><inputExpression/></input>'
        "<rule><inputEntry><text>1</text></inputEntry><outputEntry/></rule>"
        "</decisionTable></decision>",
    ],
)
def test_feel_of_a_model_is_bounded(more: str) -> None:
    enough = decision("a", HALF) + "\n" + decision("b", HALF)
    assert len(read(enough).decisions) == 2
    (problem,) = problems(enough + "\n" + more)
    assert problem.endswith(f": {TOO_LONG}")


def test_bound_tells_where_it_is_passed_and_what_to_do() -> None:
    many = "\n".join(decision(f"d{n}", HALF) for n in range(5))
    with pytest.raises(DmnError) as refused:
        read(many)
    (problem,) = refused.value.problems
    assert problem.place.line == 7
    assert problem.hint.startswith("put long lists in as input data")


def test_other_texts_are_not_counted() -> None:
    question = f"<question>{HALF * 3}</question>"
    assert read(f'<decision name="d">{question}</decision>').decisions[0].question


def test_imports_share_the_bound(tmp_path: Path) -> None:
    for name in "abc":
        inside = decision("d", HALF).encode()
        data = model("").replace(b"urn:m", f"urn:{name}".encode())
        (tmp_path / f"{name}.dmn").write_bytes(data.replace(b"</def", inside + b"</def"))

    def importing(*names: str) -> Path:
        kind = "https://www.omg.org/spec/DMN/20230324/MODEL/"
        lines = (f'<import name="{n}" namespace="urn:{n}" importType="{kind}"/>' for n in names)
        file = tmp_path / "all.dmn"
        file.write_bytes(model("\n".join(lines)))
        return file

    assert dmn.read(importing("a", "b")).decisions
    with pytest.raises(DmnError, match=f"c.dmn:.*{TOO_LONG}"):
        dmn.read(importing("a", "b", "c"))
