"""Writing a model, and reading it back."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.dmn.building import decision, definitions
from tests.dmn.writing.strategies import graphs
from tests.reference import REFERENCE, needs
from vanzelf.dmn import reading
from vanzelf.dmn.definitions import (
    Conditional,
    Decision,
    Definitions,
    InputData,
    ItemDefinition,
    Literal,
    Reference,
    Variable,
)
from vanzelf.dmn.errors import DmnError
from vanzelf.dmn.writing import identified, write

MODELS = sorted(REFERENCE.glob("tck/**/*.dmn"))
bounded = settings(
    derandomize=True, max_examples=20, suppress_health_check=list(HealthCheck), deadline=None
)


@bounded
@given(graphs())
def test_model_is_read_as_it_was_written(model: Definitions) -> None:
    again = reading.parse(write(model))
    assert again == identified(model)
    assert reading.parse(write(again)) == again
    assert write(again) == write(model)


@bounded
@given(graphs(), st.sampled_from(["1.3", "1.4"]))
def test_model_is_written_in_an_earlier_version_or_refused(
    model: Definitions, version: str
) -> None:
    lacking: list[str] = []
    try:
        again = reading.parse(write(model, version=version))
    except DmnError as refused:
        lacking = [each.message for each in refused.problems]
    else:
        assert again == dataclasses.replace(identified(model), version=version)
    assert all(each.startswith(f"DMN {version} has no <") for each in lacking)


@bounded
@given(graphs())
def test_identified_leaves_the_ids_that_are_there(model: Definitions) -> None:
    with_ids = identified(model)
    assert identified(with_ids) == with_ids
    assert [each.id for each in with_ids.decisions] == [each.id for each in model.decisions]


@pytest.mark.reference
@needs("tck")
@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_published_model_is_read_as_it_was_written(path: object) -> None:
    model, _ = reading.read_all(str(path))
    as_written = dataclasses.replace(identified(model), version="1.5")
    assert reading.parse(write(model)) == as_written


@pytest.mark.parametrize("text", ["  1 +\n\t2 ", "a\r\nb", "]]>", "<&\">'", "é\u2028", "", " "])
def test_text_is_kept_exactly(text: str) -> None:
    model = definitions(decision("d", Literal(text)))
    logic = reading.parse(write(model)).decisions[0].logic
    assert isinstance(logic, Literal)
    assert logic.text == text


@pytest.mark.parametrize("bad", ["\0", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_character_that_xml_forbids_is_refused(bad: str) -> None:
    with pytest.raises(DmnError, match=f"U\\+{ord(bad):04X}, which XML cannot hold"):
        write(definitions(decision("d", bad)))
    with pytest.raises(DmnError, match=r"^name has the character"):
        write(definitions(InputData(id="i", name=bad, variable=Variable(name="i"))))


def test_what_a_version_lacks_is_refused() -> None:
    branches = Conditional(Literal("true"), Literal("1"), Literal("2"))
    typed = ItemDefinition(name="t", type_ref="number", type_constraint="? > 0")
    model = Definitions(
        name="m",
        namespace="urn:m",
        item_definitions=(typed,),
        decisions=(Decision(id="d", name="d", variable=Variable(name="d"), logic=branches),),
    )
    assert reading.parse(write(model)).version == "1.5"
    with pytest.raises(DmnError) as refused:
        write(model, version="1.3")
    assert [each.message for each in refused.value.problems] == [
        "DMN 1.3 has no <typeConstraint>",
        "DMN 1.3 has no <conditional>",
    ]
    with pytest.raises(DmnError, match=r"DMN 1\.1 is not written"):
        write(model, version="1.1")


def test_model_is_the_same_in_each_version() -> None:
    model = reading.read("tests/dmn/models/fietsvergoeding-1.5.dmn")
    for version in ("1.3", "1.4", "1.5"):
        again = reading.parse(write(model, version=version))
        assert again == dataclasses.replace(identified(model), version=version)


def test_problems_are_told_all_at_once() -> None:
    nothing = Decision(
        id="d 1", name="d", variable=Variable(name="d"), required_inputs=(Reference("x"),)
    )
    double = InputData(id="d 1", name="d", variable=Variable(name="d"))
    with pytest.raises(DmnError) as refused:
        write(Definitions(name="m", namespace="urn:m", decisions=(nothing,), input_data=(double,)))
    assert {each.message for each in refused.value.problems} == {
        "nothing has the id 'x'; input data should",
        "the id 'd 1' is in use",
        "the name 'd' is in use",
        "'d 1' cannot be an id in XML",
    }


def test_elements_stand_in_the_order_of_the_schema() -> None:
    root = etree.fromstring(write(reading.read("tests/dmn/models/fietsvergoeding-1.5.dmn")))
    assert [etree.QName(each).localname for each in root] == [
        "description",
        *["itemDefinition"] * 3,
        *["inputData"] * 3,
        *["decision"] * 2,
        "businessKnowledgeModel",
        "decisionService",
        "knowledgeSource",
        "DMNDI",
    ]
    tariff = next(each for each in root if each.get("id") == "tarief")
    assert [etree.QName(each).localname for each in tariff] == [
        "question",
        "allowedAnswers",
        "variable",
        "informationRequirement",
        "authorityRequirement",
        "decisionTable",
    ]
