"""Names of types: as a qualified name in DMN 1.1, as a FEEL name since (DMN 1.5, 7.3.3)."""

from __future__ import annotations

from typing import Final

from vanzelf.dmn.reading.node import Node
from vanzelf.dmn.reading.versions import FEEL, XML_SCHEMA

_OF_XML_SCHEMA: Final = {
    **dict.fromkeys(("byte", "short", "int", "integer", "long", "decimal"), "number"),
    **dict.fromkeys(("float", "double"), "number"),
    **dict.fromkeys(("nonNegativeInteger", "positiveInteger"), "number"),
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}

_OF_DMN_11: Final = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}
"""In DMN 1.1 a type is a QName, which holds no space."""


def type_ref(node: Node) -> str | None:
    """The type that this element names, in its attribute."""
    return type_name(node, node.get("typeRef"))


def type_name(node: Node, text: str | None) -> str | None:
    """`feel:string` → `string`; a prefix of an imported model → its name here."""
    name = (text or "").strip()
    prefix, colon, local = name.partition(":")
    if not colon:
        return name or None
    namespace = node.tag.prefixes.get(prefix)
    if namespace in FEEL or (namespace is None and prefix == "feel"):
        return _OF_DMN_11.get(local, local)
    if namespace == XML_SCHEMA:
        return _OF_XML_SCHEMA.get(local, local)
    if namespace == node.source.model:
        return local
    imported = node.source.import_names.get(namespace or "")
    return f"{imported}.{local}" if imported else name
