"""The requirements graph as a drawing: DMN diagram interchange (DMN 1.5, chapter 13)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    InputData,
    KnowledgeSource,
)
from vanzelf.dmn.writing.element import Out
from vanzelf.dmn.writing.identity import Ids
from vanzelf.dmn.writing.layout import Box, boxes
from vanzelf.dmn.writing.requirements import Part, Requirement

_DRAWING: Final = {
    "dc": "http://www.omg.org/spec/DMN/20180521/DC/",
    "di": "http://www.omg.org/spec/DMN/20180521/DI/",
}
_DMNDI_13: Final = "https://www.omg.org/spec/DMN/20191111/DMNDI/"

NAMESPACES: Final = {
    "1.3": {"dmndi": _DMNDI_13, **_DRAWING},
    "1.4": {"dmndi": _DMNDI_13, **_DRAWING},
    "1.5": {"dmndi": "https://www.omg.org/spec/DMN/20230324/DMNDI/", **_DRAWING},
}
"""DMN version → prefix → namespace of what is drawn."""

_HEIGHTS: Final[dict[type[Part], int]] = {
    InputData: 50,
    Decision: 80,
    BusinessKnowledgeModel: 60,
    DecisionService: 80,
    KnowledgeSource: 60,
}
_NARROWEST, _WIDEST = 150, 300
_LETTER, _LINE = 8, 16
"""About the size of a letter in the text of a shape."""


def diagram(
    out: Out, parts: Sequence[Part], requires: Mapping[str, tuple[Requirement, ...]], ids: Ids
) -> None:
    """Draw all that stands in the graph, with an arrow per requirement in this model."""
    if not parts:
        return
    names = NAMESPACES[out.sheet.version]
    inner = _add(_add(out.tag, names, "dmndi:DMNDI"), names, "dmndi:DMNDiagram")
    inner.set("id", ids.free("diagram"))
    arrows = [
        (each.required.id, owner, each)
        for owner, all in requires.items()
        for each in all
        if each.required.namespace is None
    ]
    sizes = {part.id: size(part) for part in parts if part.id is not None}
    ground = {part.id or "" for part in parts if isinstance(part, InputData)}
    places = boxes(sizes, [(below, above) for below, above, _ in arrows], ground)
    for part in parts:
        if part.id is not None:
            _shape(inner, names, part, places[part.id], ids.free(f"shape-{part.id}"))
    for below, above, each in arrows:
        _arrow(inner, names, each.id, places[below], places[above], ids.free(f"edge-{each.id}"))


def size(part: Part) -> tuple[int, int]:
    """Width and height in which the name can be read, on more than one line if it is long."""
    text = len(part.name) * _LETTER + 20
    width = min(max(_NARROWEST, text), _WIDEST)
    lines = min(math.ceil(text / width), 20)
    return width, _HEIGHTS[type(part)] + (lines - 1) * _LINE


def _shape(
    diagram: etree._Element, names: Mapping[str, str], part: Part, box: Box, id: str
) -> None:
    """A service is drawn closed: its decisions stand in the graph themselves."""
    shape = _add(diagram, names, "dmndi:DMNShape", id=id, dmnElementRef=part.id or "")
    if isinstance(part, DecisionService):
        shape.set("isCollapsed", "true")
    at = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    _add(shape, names, "dc:Bounds", **{key: str(value) for key, value in at.items()})


def _arrow(
    diagram: etree._Element, names: Mapping[str, str], ref: str, below: Box, above: Box, id: str
) -> None:
    """From the middle of the top of what is required to that of the bottom of what requires it."""
    edge = _add(diagram, names, "dmndi:DMNEdge", id=id, dmnElementRef=ref)
    for x, y in (
        (below.x + below.width // 2, below.y),
        (above.x + above.width // 2, above.y + above.height),
    ):
        _add(edge, names, "di:waypoint", x=str(x), y=str(y))


def _add(
    parent: etree._Element, names: Mapping[str, str], name: str, /, **attributes: str
) -> etree._Element:
    prefix, _, local = name.partition(":")
    return etree.SubElement(parent, f"{{{names[prefix]}}}{local}", attributes)
