"""The versions of DMN read to the same, and the parts of a model to what they say."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.dmn.reading.writing_xml import problems, read
from tests.reference import REFERENCE, needs
from vanzelf.dmn import Model, reading
from vanzelf.dmn.definitions import (
    FunctionItem,
    Import,
    ItemDefinition,
    KnowledgeSource,
    Reference,
    Variable,
)
from vanzelf.dmn.reading.versions import VERSIONS

MODELS = Path(__file__).parent.parent / "models"
OLD = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
OTHER = '<import name="ander" namespace="urn:o" importType="" locationURI="o.dmn"/>'


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4"])
def test_versions_say_the_same(version: str) -> None:
    older = reading.read(MODELS / f"fietsvergoeding-{version}.dmn")
    latest = reading.read(MODELS / "fietsvergoeding-1.5.dmn")
    assert older.version == version
    assert dataclasses.replace(older, version="1.5") == latest


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4", "1.5"])
def test_versions_decide_the_same(version: str) -> None:
    model = Model(reading.read(MODELS / f"fietsvergoeding-{version}.dmn"))
    ridden = [{"datum": None, "kilometers": 12}, {"datum": None, "kilometers": 13}]
    outcome = model.decide("vergoeding", {"fiets": "elektrisch", "gereden ritten": ridden})
    assert float(str(outcome.value)) == 6.75


@pytest.mark.reference
@needs("tck")
def test_published_models_are_read() -> None:
    files = sorted(REFERENCE.glob("tck/**/*.dmn"))
    assert len(files) > 100
    for file in files:
        reading.read_all(file)


@pytest.mark.parametrize(("namespace", "version"), VERSIONS.items())
def test_version_is_that_of_the_namespace(namespace: str, version: str) -> None:
    assert read("", namespace=namespace).version == version


def test_places_are_file_and_line() -> None:
    model = reading.read(MODELS / "fietsvergoeding-1.5.dmn")
    tariff = model.decisions[0]
    assert str(tariff.place.file).endswith("fietsvergoeding-1.5.dmn")
    assert tariff.place.line == 29
    assert tariff.required_inputs[0].place.line == 34


def test_variable_that_does_not_say_its_name_has_that_of_its_part() -> None:
    model = read(
        '<inputData id="a" name="a b"/><inputData id="c" name="c d"><variable/></inputData>'
    )
    assert [each.variable.name for each in model.input_data] == ["a b", "c d"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("feel:string", "string"),
        ("feel:dateTime", "date and time"),
        ("f:days and time duration", "days and time duration"),
        ("xs:int", "number"),
        ("xs:boolean", "boolean"),
        ("own:fiets", "fiets"),
        ("ander:fiets", "ander.fiets"),
        ("unbound:fiets", "unbound:fiets"),
        ("context<a: string>", "context<a: string>"),
        ("  number ", "number"),
        ("", None),
    ],
)
def test_prefix_of_a_type_is_what_it_is_bound_to(written: str, read_as: str | None) -> None:
    bound = (
        'xmlns:f="http://www.omg.org/spec/FEEL/20140401" xmlns:own="urn:m" xmlns:ander="urn:o" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    )
    written = written.replace("<", "&lt;")
    imported = '<import namespace="urn:o" importType=""/>'
    types = f'<itemDefinition name="t"><typeRef>{written}</typeRef></itemDefinition>'
    parts = f'<inputData id="i" name="i"><variable name="i" typeRef="{written}"/></inputData>'
    model = read(imported + types + parts, namespace=OLD, attributes=bound)
    assert model.item_definitions[0].type_ref == read_as
    assert model.input_data[0].variable.type_ref == read_as


def test_import_without_a_name_is_known_by_its_prefix() -> None:
    imported = f'<import namespace="urn:o" importType="{OLD}" locationURI="o.dmn"/>'
    model = read(imported, namespace=OLD, attributes='xmlns:ander="urn:o"')
    assert model.imports == (Import("ander", "urn:o", "o.dmn"),)


def test_import_of_another_kind_keeps_its_kind() -> None:
    kind = "http://www.dmg.org/PMML-4_2"
    model = read(f'<import name="" namespace="urn:o" importType="{kind}"/>')
    assert model.imports == (Import("", "urn:o", None, kind),)


@pytest.mark.parametrize(
    ("href", "reference"),
    [
        ("#a", Reference("a")),
        ("urn:m#a", Reference("a")),
        ("a", Reference("a")),
        ("urn:o#b", Reference("b", "urn:o")),
        ("o.dmn#b", Reference("b", "urn:o")),
    ],
)
def test_reference_leads_to_this_model_or_an_imported_one(href: str, reference: Reference) -> None:
    requires = f'<informationRequirement><requiredInput href="{href}"/></informationRequirement>'
    model = read(f'{OTHER}<inputData id="a" name="a"/><decision name="d">{requires}</decision>')
    assert model.decisions[0].required_inputs == (reference,)


def test_item_definition_says_what_the_standard_lets_it() -> None:
    model = read(
        """<itemDefinition name="t" isCollection="true" label="l">
             <description> een lijst </description>
             <typeRef>number</typeRef>
             <allowedValues><text>&gt; 0</text></allowedValues>
             <typeConstraint><text>count(?) &lt; 3</text></typeConstraint>
           </itemDefinition>
           <itemDefinition name="s">
             <itemComponent name="deel"><itemComponent name="dieper"/></itemComponent>
           </itemDefinition>
           <itemDefinition name="f">
             <functionItem outputTypeRef="t"><parameters name="x" typeRef="number"/></functionItem>
           </itemDefinition>"""
    )
    deeper = ItemDefinition("deel", components=(ItemDefinition("dieper"),))
    assert model.item_definitions == (
        ItemDefinition(
            "t",
            "number",
            allowed_values="> 0",
            type_constraint="count(?) < 3",
            is_collection=True,
            label="l",
            description=" een lijst ",
        ),
        ItemDefinition("s", components=(deeper,)),
        ItemDefinition("f", function=FunctionItem((Variable("x", "number"),), "t")),
    )


def test_authorities_are_laws_decisions_and_inputs() -> None:
    requires = "<authorityRequirement><required{} href='#{}'/></authorityRequirement>"
    model = read(
        '<inputData id="i" name="i"/><decision id="d" name="d"/><knowledgeSource id="l" name="l"/>'
        '<knowledgeSource id="k" name="k" locationURI="urn:wet">'
        + requires.format("Authority", "l")
        + requires.format("Decision", "d")
        + requires.format("Input", "i")
        + "<type>wet</type></knowledgeSource>"
    )
    assert model.knowledge_sources[1] == KnowledgeSource(
        "k", "urn:wet", (Reference("l"), Reference("d"), Reference("i")), id="k"
    )


def test_elements_of_other_tools_are_left_alone() -> None:
    model = read(
        """<extensionElements><decision id="d"/></extensionElements>
           <x:decision xmlns:x="urn:x" id="d" name="van een ander"/>
           <decision id="d" name="d" x:colour="green" xmlns:x="urn:x"/>
           <textAnnotation id="t"><text>noot</text></textAnnotation>
           <association id="u"><sourceRef href="#d"/><targetRef href="#t"/></association>"""
    )
    assert [each.name for each in model.decisions] == ["d"]


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    assert problems(
        """<decision id="a" name="a">
             <informationRequirement><requiredInput href="#b"/></informationRequirement>
             <informationRequirement><requiredDecision href="#cc"/></informationRequirement>
             <informationRequirement><requiredDecision href="urn:x#y"/></informationRequirement>
             <literalExpresion><text>1</text></literalExpresion>
           </decision>
           <decision id="b" name="a"/>
           <decision id="b"/>
           <inputData id="c" name=" "><question>?</question></inputData>
           <decisionn/>"""
    ) == [
        "3: 'b' is a decision, and not input data",
        "4: nothing has the id 'cc'; a decision should",
        "5: 'urn:x' is not imported",
        "6: <literalExpresion> does not belong in <decision>",
        "8: the name 'a' is in use",
        "9: <decision> has no name",
        "9: the id 'b' is in use",
        "10: <inputData> has no name",
        "10: <question> does not belong in <inputData>",
        "11: <decisionn> does not belong in <definitions>",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"<html/>",
        b"<definitions/>",
        b'<decision xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
    ],
)
def test_what_is_no_model_says_what_a_model_is(data: bytes) -> None:
    with pytest.raises(reading.model.DmnError, match=r"x.dmn:1: not a DMN model[\s\S]*20230324"):
        reading.parse(data, "x.dmn")
