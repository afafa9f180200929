"""Values as case files write them: XML Schema types, lists and components, to FEEL values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from vanzelf.feel.values import durations, numbers, temporal

NAMESPACE: Final = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_INSTANCE: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_DEEPEST: Final = 50


class ValueProblem(ValueError):
    """An element of a case that cannot be read: its line, and what is wrong with it."""

    def __init__(self, node: etree._Element, message: str) -> None:
        super().__init__(f"line {line_of(node)}: {etree.QName(node).localname} {message}")


def line_of(node: etree._Element) -> int:
    line: Any = node.sourceline
    return int(line or 0)


def children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return node.iterchildren(f"{NAMESPACE}{name}")


def child(node: etree._Element, name: str) -> etree._Element | None:
    return next(children(node, name), None)


def read_value(node: etree._Element, depth: int = 0) -> object:
    """The FEEL value in a node of `valueType`: a value, a list, or components (a context).

    Null if it says `xsi:nil`, or nothing at all. Raises ValueProblem.
    """
    if depth > _DEEPEST:
        raise ValueProblem(node, f"holds more than {_DEEPEST} levels")
    if _is_nil(node):
        return None
    components = list(children(node, "component"))
    if components:
        if len(components) == 1 and components[0].get("name") is None and _is_nil(components[0]):
            return None
        return {_component_name(one): read_value(one, depth + 1) for one in components}
    listed = child(node, "list")
    if listed is not None:
        items = children(listed, "item")
        return None if _is_nil(listed) else [read_value(item, depth + 1) for item in items]
    value = child(node, "value")
    return None if value is None or _is_nil(value) else _simple(value)


def _is_nil(node: etree._Element) -> bool:
    return node.get(f"{_INSTANCE}nil", "false").strip() in ("true", "1")


def _component_name(node: etree._Element) -> str:
    name = node.get("name")
    if name is None:
        raise ValueProblem(node, "has no name")
    return name


def _simple(node: etree._Element) -> object:
    """The value of a text with an XML Schema type; without a type it is a string."""
    kind = node.get(f"{_INSTANCE}type", "xsd:string").rpartition(":")[2]
    text = "".join(map(str, node.itertext()))
    read = _READERS.get(kind)
    if read is None:
        raise ValueProblem(node, f"has a type that is not known: {kind}")
    value = read(text if kind == "string" else text.strip())
    if value is None:
        raise ValueProblem(node, f"is no {kind}: {text!r}")
    return value


def _boolean(text: str) -> bool | None:
    return {"true": True, "1": True, "false": False, "0": False}.get(text)


_Reader = Callable[[str], object]
_READERS: Final[dict[str, _Reader]] = {
    "string": str,
    "anySimpleType": str,
    "boolean": _boolean,
    "date": temporal.parse_date,
    "time": temporal.parse_time,
    "dateTime": temporal.parse_date_time,
    "duration": durations.parse_duration,
    "dayTimeDuration": durations.parse_duration,
    "yearMonthDuration": durations.parse_duration,
    **dict.fromkeys(
        ("decimal", "double", "float", "integer", "int", "long", "short", "byte",
         "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        numbers.parse_number,
    ),
}  # fmt: skip
