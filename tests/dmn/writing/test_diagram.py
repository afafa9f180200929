"""The drawing of the requirements graph, and where its shapes stand."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.dmn.writing.strategies import graphs
from vanzelf.dmn import reading
from vanzelf.dmn.definitions import Decision, Definitions, Reference, Variable
from vanzelf.dmn.errors import DmnError
from vanzelf.dmn.writing import write
from vanzelf.dmn.writing.diagram import NAMESPACES
from vanzelf.dmn.writing.layout import Box, boxes

IDS = [f"n{number}" for number in range(24)]
sizes = st.dictionaries(
    st.sampled_from(IDS), st.tuples(st.integers(150, 300), st.integers(50, 120)), max_size=20
)
GRAPH = {"inputData", "decision", "businessKnowledgeModel", "decisionService", "knowledgeSource"}
arrows = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=30)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@given(sizes, arrows)
def test_no_shape_stands_on_another(
    sizes: dict[str, tuple[int, int]], arrows: list[tuple[str, str]]
) -> None:
    placed = list(boxes(sizes, arrows).values())
    assert len(placed) == len(sizes)
    assert all(box.x > 0 and box.y > 0 for box in placed)
    assert not any(
        overlap(one, other) for at, one in enumerate(placed) for other in placed[at + 1 :]
    )


@given(sizes, arrows)
def test_what_is_required_stands_below(
    sizes: dict[str, tuple[int, int]], arrows: list[tuple[str, str]]
) -> None:
    forward = [(low, high) for low, high in arrows if IDS.index(low) < IDS.index(high)]
    placed = boxes(sizes, forward)
    for low, high in forward:
        if low in placed and high in placed:
            assert placed[low].y >= placed[high].y + placed[high].height


def test_ground_stands_at_the_bottom_and_all_else_near_what_requires_it() -> None:
    chain = [("input", "a"), ("a", "b"), ("b", "c"), ("law", "c"), ("other", "c")]
    placed = boxes(
        dict.fromkeys(["input", "a", "b", "c", "law", "other"], (150, 50)), chain, {"other"}
    )
    ys = [placed[each].y for each in ("c", "b", "a", "input")]
    assert all(high < low for high, low in pairwise(ys))
    assert placed["law"].y == placed["b"].y
    assert placed["other"].y == placed["input"].y


def test_every_part_has_a_shape_and_every_requirement_an_arrow() -> None:
    root = etree.fromstring(write(reading.read("tests/dmn/models/fietsvergoeding-1.5.dmn")))
    name = {"d": "https://www.omg.org/spec/DMN/20230324/DMNDI/"}
    shapes = [each.get("dmnElementRef") for each in root.iterfind(".//d:DMNShape", name)]
    assert sorted(shapes) == [
        *("begrensd", "dienst", "fiets", "gereden", "opmerking"),
        *("reglement", "tarief", "vergoeding"),
    ]
    edges = [each.get("dmnElementRef") for each in root.iterfind(".//d:DMNEdge", name)]
    ids = {each.get("id") for each in root.iter() if str(each.tag).endswith("Requirement")}
    assert set(edges) == ids
    assert len(edges) == 5
    assert all(len(each) == 2 for each in root.iterfind(".//d:DMNEdge", name))


@settings(derandomize=True, max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(graphs(), st.sampled_from(["1.4", "1.5"]))
def test_any_model_is_drawn_whole(model: Definitions, version: str) -> None:
    try:
        root = etree.fromstring(write(model, version=version))
    except DmnError:  # what the version cannot say
        assert version == "1.4"
        return
    drawn = {"d": NAMESPACES[version]["dmndi"], "c": NAMESPACES[version]["dc"]}
    shapes = root.findall(".//d:DMNShape", drawn)
    parts = [each.get("id") for each in root if etree.QName(each).localname in GRAPH]
    assert sorted(each.get("dmnElementRef", "") for each in shapes) == sorted(map(str, parts))
    edges = [each.get("dmnElementRef") for each in root.iterfind(".//d:DMNEdge", drawn)]
    assert sorted(map(str, edges)) == sorted(map(str, local_requirements(root)))
    placed = [bounds(shape, drawn) for shape in shapes]
    assert not any(overlap(*two) for two in combinations(placed, 2))


def local_requirements(root: etree._Element) -> list[str | None]:
    """The ids of the requirements that lead to something in this model."""
    return [
        each.get("id")
        for each in root.iter()
        if etree.QName(each).localname.endswith("Requirement")
        and each[0].get("href", "").startswith("#")
    ]


def bounds(shape: etree._Element, names: dict[str, str]) -> Box:
    found = shape.find("c:Bounds", names)
    assert found is not None
    x, y, width, height = (int(found.get(key, "")) for key in ("x", "y", "width", "height"))
    return Box(x, y, width, height)


def test_two_requirements_of_one_element_are_two_arrows() -> None:
    law = Decision("a", Variable("a"), id="a")
    both = (Reference("a"),)
    other = Decision("b", Variable("b"), id="b", required_decisions=both, authorities=both)
    root = etree.fromstring(write(Definitions("m", "urn:m", decisions=(law, other))))
    edges = [each.get("dmnElementRef") for each in root.iter("{*}DMNEdge")]
    assert edges == ["b-requires-a", "b-requires-a-2"]
