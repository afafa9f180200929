"""Elements to write, without namespace, as everything inside an operation is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from vanzelf.sources.magda.xml import Element


@dataclass(frozen=True, slots=True)
class Node:
    """An element to write: text, or children in order."""

    name: str
    content: str | Sequence[Node] = ()
    attributes: tuple[tuple[str, str], ...] = ()


def optional(name: str, text: str | None) -> list[Node]:
    """An element that is left out when there is nothing to say."""
    return [Node(name, text)] if text else []


def write(parent: Element, node: Node) -> Element:
    """Add the element to a parent, children in order; returns it."""
    element = etree.SubElement(parent, node.name, dict(node.attributes))
    if isinstance(node.content, str):
        element.text = node.content
    else:
        for each in node.content:
            write(element, each)
    return element
