"""Types and the elements of the requirements graph → XML (DMN 1.5, 6.3 and 7.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    FunctionItem,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeSource,
    Reference,
)
from vanzelf.dmn.writing.element import Out
from vanzelf.dmn.writing.expressions import expression, function_definition, variable
from vanzelf.dmn.writing.requirements import Part, Requirement
from vanzelf.dmn.writing.tables import unary_tests

Requirements = tuple[Requirement, ...]


def imported(out: Out, said: Import) -> None:
    out.child(
        "import",
        said,
        name=said.name,
        namespace=said.namespace,
        locationURI=said.location,
        importType=said.kind or out.sheet.namespace,
    )


def item_definition(out: Out, said: ItemDefinition, name: str = "itemDefinition") -> None:
    collection = "true" if said.is_collection else None
    inner = out.child(name, said, name=said.name, isCollection=collection)
    inner.text("typeRef", said.type_ref)
    unary_tests(inner, "allowedValues", said.allowed_values)
    unary_tests(inner, "typeConstraint", said.type_constraint)
    for component in said.components:
        item_definition(inner, component, "itemComponent")
    if said.function is not None:
        function_item(inner, said.function)


def function_item(out: Out, said: FunctionItem) -> None:
    inner = out.child("functionItem", said, outputTypeRef=said.output_type_ref)
    for parameter in said.parameters:
        variable(inner, "parameters", parameter)


def input_data(out: Out, said: InputData, _: Requirements) -> None:
    inner = out.child("inputData", said, name=said.name)
    variable(inner, "variable", said.variable)


def decision(out: Out, said: Decision, requires: Requirements) -> None:
    inner = out.child("decision", said, name=said.name)
    inner.text("question", said.question)
    inner.text("allowedAnswers", said.allowed_answers)
    variable(inner, "variable", said.variable)
    required(inner, requires)
    expression(inner, said.logic)


def knowledge_model(out: Out, said: BusinessKnowledgeModel, requires: Requirements) -> None:
    inner = out.child("businessKnowledgeModel", said, name=said.name)
    variable(inner, "variable", said.variable)
    if said.logic is not None:
        function_definition(inner, said.logic, "encapsulatedLogic")
    required(inner, requires)


def service(out: Out, said: DecisionService, _: Requirements) -> None:
    inner = out.child("decisionService", said, name=said.name)
    variable(inner, "variable", said.variable)
    for name, references in (
        ("outputDecision", said.output_decisions),
        ("encapsulatedDecision", said.encapsulated_decisions),
        ("inputDecision", said.input_decisions),
        ("inputData", said.input_data),
    ):
        for each in references:
            inner.child(name, href=href(each))


def knowledge_source(out: Out, said: KnowledgeSource, requires: Requirements) -> None:
    inner = out.child("knowledgeSource", said, name=said.name, locationURI=said.location)
    required(inner, requires)


def required(out: Out, requires: Requirements) -> None:
    for each in requires:
        requirement = out.child(each.kind, id=each.id)
        requirement.child(each.role, href=href(each.required))


def href(to: Reference) -> str:
    return f"{to.namespace or ''}#{to.id}"


WRITERS: Final[dict[type[Part], Callable[[Out, Any, Requirements], None]]] = {
    InputData: input_data,
    Decision: decision,
    BusinessKnowledgeModel: knowledge_model,
    DecisionService: service,
    KnowledgeSource: knowledge_source,
}
"""What stands in the graph → writer."""
