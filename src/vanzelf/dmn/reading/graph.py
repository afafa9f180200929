"""The elements of the requirements graph (DMN 1.5, 6.3)."""

from __future__ import annotations

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    FunctionDefinition,
    InputData,
    KnowledgeSource,
    Reference,
    Variable,
)
from vanzelf.dmn.reading.expressions import (
    function_definition,
    optional_expression,
    variable,
)
from vanzelf.dmn.reading.node import Node


def own_variable(node: Node) -> Variable:
    """What this element is called in expressions; where it does not say so, its own name."""
    found = node.child("variable")
    if found is None or not found.get("name"):
        return Variable(node.get("name") or "", None, place=node.place)
    return variable(found)


def input_data(node: Node) -> InputData:
    return InputData(node.required("name"), own_variable(node), **node.common())


def decision(node: Node) -> Decision:
    return Decision(
        node.required("name"),
        own_variable(node),
        optional_expression(node),
        node.child_text("question"),
        node.child_text("allowedAnswers"),
        required(node, "informationRequirement", "requiredInput"),
        required(node, "informationRequirement", "requiredDecision"),
        required(node, "knowledgeRequirement", "requiredKnowledge"),
        authorities(node),
        **node.common(),
    )


def knowledge_model(node: Node) -> BusinessKnowledgeModel:
    return BusinessKnowledgeModel(
        node.required("name"),
        own_variable(node),
        encapsulated_logic(node),
        required(node, "knowledgeRequirement", "requiredKnowledge"),
        authorities(node),
        **node.common(),
    )


def encapsulated_logic(node: Node) -> FunctionDefinition | None:
    found = node.child("encapsulatedLogic")
    return found and function_definition(found)


def service(node: Node) -> DecisionService:
    return DecisionService(
        node.required("name"),
        own_variable(node),
        references(node, "outputDecision"),
        references(node, "encapsulatedDecision"),
        references(node, "inputDecision"),
        references(node, "inputData"),
        **node.common(),
    )


def knowledge_source(node: Node) -> KnowledgeSource:
    return KnowledgeSource(
        node.required("name"), node.get("locationURI"), authorities(node), **node.common()
    )


def authorities(node: Node) -> tuple[Reference, ...]:
    kinds = ("requiredAuthority", "requiredDecision", "requiredInput")
    return required(node, "authorityRequirement", *kinds)


def required(node: Node, requirement: str, *kinds: str) -> tuple[Reference, ...]:
    return tuple(found for each in node.children(requirement) for found in references(each, *kinds))


def references(node: Node, *names: str) -> tuple[Reference, ...]:
    return tuple(map(reference, node.children(*names)))


def reference(node: Node) -> Reference:
    """What `href` points to: `#id`, `namespace#id`, `file.dmn#id`."""
    where, hash_, id = node.required("href").strip().rpartition("#")
    source = node.source
    namespace = source.locations.get(where, where)
    if not hash_ or namespace in ("", source.model):
        return Reference(id, place=node.place)
    return Reference(id, namespace, place=node.place)
