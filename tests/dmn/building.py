"""Small models, made from a few words: every element's id is its name."""

from __future__ import annotations

from collections.abc import Iterable

from vanzelf.dmn import Model
from vanzelf.dmn.definitions import (
    Binding,
    BusinessKnowledgeModel,
    Context,
    ContextEntry,
    Decision,
    DecisionService,
    Definitions,
    Expression,
    FunctionDefinition,
    FunctionItem,
    Import,
    InputData,
    Invocation,
    ItemDefinition,
    Literal,
    Reference,
    Variable,
)

Logic = Expression | str | None


def feel(text: str, type_ref: str | None = None) -> Literal:
    return Literal(text, type_ref=type_ref)


def logic(given: Logic) -> Expression | None:
    return feel(given) if isinstance(given, str) else given


def variable(declared: str) -> Variable:
    """`name` or `name: type`."""
    name, _, type_ref = declared.partition(": ")
    return Variable(name=name, type_ref=type_ref or None)


def reference(name: str) -> Reference:
    """`name`, or `namespace#name` of an imported model."""
    namespace, _, id = name.rpartition("#")
    return Reference(id, namespace or None)


def references(names: Iterable[str]) -> tuple[Reference, ...]:
    return tuple(map(reference, names))


def put_in(declared: str) -> InputData:
    one = variable(declared)
    return InputData(id=one.name, name=one.name, variable=one)


def decision(
    declared: str,
    how: Logic,
    *,
    inputs: Iterable[str] = (),
    decisions: Iterable[str] = (),
    knowledge: Iterable[str] = (),
) -> Decision:
    one = variable(declared)
    return Decision(
        id=one.name,
        name=one.name,
        variable=one,
        logic=logic(how),
        required_inputs=references(inputs),
        required_decisions=references(decisions),
        required_knowledge=references(knowledge),
    )


def function(parameters: Iterable[str], body: Logic) -> FunctionDefinition:
    return FunctionDefinition(parameters=tuple(map(variable, parameters)), body=logic(body))


def knowledge(
    declared: str, parameters: Iterable[str], body: Logic, *, knowledge: Iterable[str] = ()
) -> BusinessKnowledgeModel:
    one = variable(declared)
    return BusinessKnowledgeModel(
        id=one.name,
        name=one.name,
        variable=one,
        logic=function(parameters, body),
        required_knowledge=references(knowledge),
    )


def service(
    declared: str,
    *,
    outputs: Iterable[str],
    encapsulated: Iterable[str] = (),
    decisions: Iterable[str] = (),
    inputs: Iterable[str] = (),
) -> DecisionService:
    one = variable(declared)
    return DecisionService(
        id=one.name,
        name=one.name,
        variable=one,
        output_decisions=references(outputs),
        encapsulated_decisions=references(encapsulated),
        input_decisions=references(decisions),
        input_data=references(inputs),
    )


def context(*entries: tuple[str, Logic]) -> Context:
    """Entries of `name: type` (an empty name: the result) and what it is."""
    made = []
    for declared, how in entries:
        value = logic(how)
        assert value is not None
        made.append(ContextEntry(variable(declared) if declared else None, value))
    return Context(entries=tuple(made))


def call(function: str, **arguments: Logic) -> Invocation:
    return Invocation(
        function=feel(function),
        bindings=tuple(
            Binding(parameter=Variable(name=name), value=logic(how))
            for name, how in arguments.items()
        ),
    )


Part = InputData | Decision | BusinessKnowledgeModel | DecisionService | ItemDefinition | Import


def definitions(*parts: Part, namespace: str = "urn:test") -> Definitions:
    def of(kind: type[Part]) -> tuple[Part, ...]:
        return tuple(part for part in parts if isinstance(part, kind))

    return Definitions(
        name=namespace.rpartition(":")[2],
        namespace=namespace,
        imports=of(Import),
        item_definitions=of(ItemDefinition),
        input_data=of(InputData),
        decisions=of(Decision),
        knowledge_models=of(BusinessKnowledgeModel),
        services=of(DecisionService),
    )


def model(*parts: Part, imported: Iterable[Definitions] = ()) -> Model:
    return Model(definitions(*parts), {one.namespace: one for one in imported})


def item(
    name: str,
    type_ref: str | None = None,
    *parts: ItemDefinition,
    allowed: str | None = None,
    constraint: str | None = None,
    many: bool = False,
) -> ItemDefinition:
    return ItemDefinition(
        name=name,
        type_ref=type_ref,
        components=parts,
        allowed_values=allowed,
        type_constraint=constraint,
        is_collection=many,
    )


def function_item(name: str, parameters: Iterable[str], result: str | None) -> ItemDefinition:
    taken = tuple(map(variable, parameters))
    return ItemDefinition(name=name, function=FunctionItem(taken, result))
