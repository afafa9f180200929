"""Values as case files write them."""

from __future__ import annotations

import pytest
from lxml import etree

from vanzelf import feel
from vanzelf.dmn.conformance.values import NAMESPACE, ValueProblem, read_value

_DECLARED = (
    f'xmlns="{NAMESPACE[1:-1]}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
)


def _read(xml: str) -> object:
    return read_value(etree.fromstring(f"<expected {_DECLARED}>{xml}</expected>"))


def _text(xml: str) -> str:
    return feel.text([_read(xml)])[1:-1]


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("xsd:string", " a b ", '" a b "'),
        ("xsd:string", "", '""'),
        ("xs:string", "a", '"a"'),
        ("xsd:boolean", "true", "true"),
        ("xsd:boolean", "0", "false"),
        ("xsd:decimal", " 1.50 ", "1.5"),
        ("xsd:double", "1E3", "1000"),
        ("xsd:integer", "-7", "-7"),
        ("xsd:date", "2026-01-15", "2026-01-15"),
        ("xsd:date", "-2017-12-31", "-2017-12-31"),
        ("xsd:date", "99999-12-31", "99999-12-31"),
        ("xsd:time", "10:00:00Z", "10:00:00Z"),
        ("xsd:dateTime", "2026-01-15T10:00:00.5+01:00", "2026-01-15T10:00:00.5+01:00"),
        ("xsd:dateTime", "-2017-12-31T11:22:33", "-2017-12-31T11:22:33"),
        ("xsd:duration", "P1Y", "P1Y"),
        ("xsd:duration", "-PT36H", "-P1DT12H"),
    ],
)
def test_value_of_a_type_is_read(kind: str, written: str, value: str) -> None:
    assert _text(f'<value xsi:type="{kind}">{written}</value>') == value


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<value xsi:nil="true"/>', "null"),
        ('<value xsi:type="xsd:string" xsi:nil="true"/>', "null"),
        ("<value>plain</value>", '"plain"'),
        ("", "null"),
        ("<list/>", "[]"),
        ('<list xsi:nil="true"/>', "null"),
        ('<list><item><value xsi:nil="true"/></item><item/></list>', "[null, null]"),
        ("<list><item><list><item><value>a</value></item></list></item></list>", '[["a"]]'),
        ('<component name="a"><value>x</value></component>', '{a: "x"}'),
        ('<component name="a" xsi:nil="true"/>', "{a: null}"),
        ('<component name="a"><component name="b"><list/></component></component>', "{a: {b: []}}"),
        ("<!-- none --><value>a<!-- c -->b</value>", '"ab"'),
    ],
)
def test_value_that_is_nested_or_nil_is_read(xml: str, value: str) -> None:
    assert _text(xml) == value


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<value xsi:type="xsd:date">soon</value>', "line 1: value is no date: 'soon'"),
        ('<value xsi:type="xsd:decimal">INF</value>', "line 1: value is no decimal: 'INF'"),
        (
            '<value xsi:type="xsd:hexBinary">00</value>',
            "line 1: value has a type that is not known: hexBinary",
        ),
        ("<component><value>a</value></component>", "line 1: component has no name"),
    ],
)
def test_value_that_cannot_be_read_says_where(xml: str, said: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        _read(xml)
    assert str(caught.value) == said


def test_value_nested_without_end_is_refused() -> None:
    deep = "<list><item>" * 60 + "</item></list>" * 60
    with pytest.raises(ValueProblem, match="more than 50 levels"):
        _read(deep)
