"""Item definitions: the types of a model (DMN 1.5, 7.3.3 and 7.3.4)."""

from __future__ import annotations

from vanzelf.dmn.definitions import FunctionItem, ItemDefinition
from vanzelf.dmn.reading.expressions import variable
from vanzelf.dmn.reading.node import Node
from vanzelf.dmn.reading.tables import unary_tests
from vanzelf.dmn.reading.type_names import type_name


def item_definition(node: Node) -> ItemDefinition:
    """A type, or a component of one."""
    function = node.child("functionItem")
    return ItemDefinition(
        node.required("name"),
        type_name(node, node.child_text("typeRef") or node.get("typeRef")),
        tuple(map(item_definition, node.children("itemComponent"))),
        function and function_item(function),
        unary_tests(node, "allowedValues"),
        unary_tests(node, "typeConstraint"),
        (node.get("isCollection") or "").strip() in ("true", "1"),
        **node.common(),
    )


def function_item(node: Node) -> FunctionItem:
    return FunctionItem(
        tuple(map(variable, node.children("parameters"))),
        type_name(node, node.get("outputTypeRef")),
        **node.common(),
    )
