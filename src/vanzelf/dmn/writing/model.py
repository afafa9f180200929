"""A whole model → XML (DMN 1.5, chapter 12)."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from vanzelf.dmn.checking import doubles, elements, links
from vanzelf.dmn.definitions import NOWHERE, Definitions
from vanzelf.dmn.errors import DmnError, Problem
from vanzelf.dmn.writing import graph
from vanzelf.dmn.writing.diagram import NAMESPACES, diagram
from vanzelf.dmn.writing.element import MODEL, Out, Sheet
from vanzelf.dmn.writing.identity import Ids, identified, unfit
from vanzelf.dmn.writing.requirements import parts, requirements

LATEST: Final = "1.5"


def write(model: Definitions, *, version: str = LATEST) -> bytes:
    """The model as XML of this DMN version, with a diagram of its requirements.

    `reading.parse` of it gives `identified(model)` back, of that version. DMN 1.3 is what
    modellers built on dmn-js open; the boxed conditional, filter and iterators came after it.
    Raises DmnError for what XML or the version cannot hold, and for references to nothing.
    """
    if version not in MODEL:
        known = ", ".join(MODEL)
        raise DmnError([Problem(NOWHERE, f"DMN {version} is not written", f"{known} are")])
    sheet = Sheet(version, [*unfit(model), *links(model), *doubles(model)])
    root = _definitions(identified(model), sheet)
    if sheet.problems:
        raise DmnError(sheet.problems)
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _definitions(model: Definitions, sheet: Sheet) -> etree._Element:
    ids = Ids(each.id for each in elements(model))
    requires = requirements(model, ids)
    prefixes: dict[Any, str] = {None: sheet.namespace, **NAMESPACES[sheet.version]}
    out = Out(etree.Element(f"{{{sheet.namespace}}}definitions", nsmap=prefixes), sheet)
    out.identify(model)
    out.set(name=model.name, namespace=model.namespace)
    out.text("description", model.description)
    for each in model.imports:
        graph.imported(out, each)
    for item in model.item_definitions:
        graph.item_definition(out, item)
    for part in parts(model):
        graph.WRITERS[type(part)](out, part, requires.get(part.id or "", ()))
    if not sheet.problems:
        diagram(out, parts(model), requires, ids)
    return out.tag
