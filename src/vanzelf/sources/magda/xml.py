"""Reading XML of strangers: no DTD, no entities, no network, bounded in size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

MAX_BYTES = 1_000_000
MAX_DEPTH = 64
MAX_PARTS = 40_000  # tags, or attributes; the largest known answer has some hundreds

Element = etree._Element

# An element one level below the limit: found level by level, in C.
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")


class UnreadableXml(Exception):
    """The text is not XML that we take; says why."""


def parse(text: bytes) -> Element:
    """The root element. Raises `UnreadableXml`; never resolves, expands or fetches anything."""
    if len(text) > MAX_BYTES:
        raise UnreadableXml(f"the answer is larger than {MAX_BYTES} bytes")
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableXml("the answer is not UTF-8") from None
    if max(decoded.count("<"), decoded.count("=")) > MAX_PARTS:
        raise UnreadableXml(f"the answer has more than {MAX_PARTS} tags or attributes")
    # Once it is UTF-8, a DTD can be written in one way only, so it can be refused before parsing:
    # no parser setting to forget, and nothing that a new libxml2 could expand.
    if re.search(r"<!(DOCTYPE|ENTITY)", decoded):
        raise UnreadableXml("the answer has a DTD or entities")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(decoded.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableXml(f"the answer is not XML: {error.msg}") from None
    if _TOO_DEEP(root):
        raise UnreadableXml(f"the answer is nested more than {MAX_DEPTH} deep")
    return root


def empty(name: str) -> Element:
    """An element without anything in it."""
    return etree.Element(name)


def local(element: Element) -> str:
    """The name without its namespace: services differ in how they qualify."""
    return str(element.tag).rpartition("}")[2]  # a third of the time that QName takes


def children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if local(child) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down this path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def text(element: Element | None, *path: str) -> str | None:
    """The trimmed text at this path; None when it is absent or empty."""
    found = child(element, *path)
    content = (found.text or "").strip() if found is not None else ""
    return content or None


def attribute(element: Element | None, name: str) -> str | None:
    value = (element.get(name) or "").strip() if element is not None else ""
    return value or None
