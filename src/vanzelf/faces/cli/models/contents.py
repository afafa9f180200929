"""What is in a model, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from vanzelf import dmn
from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    DecisionTable,
    Definitions,
    Expression,
    InputData,
    ItemDefinition,
    Reference,
)
from vanzelf.faces.cli.models.checking import counted
from vanzelf.faces.cli.models.columns import columns

_ANY = "any"
_BOXED = {"ListExpression": "list", "FunctionDefinition": "function"}
"""What the standard calls a boxed expression, where the class has a longer name."""


def print_contents(model: dmn.Model) -> None:
    """Print the parts of a model under each other, each with its type, and what is wrong."""
    said = model.definitions
    click.secho(f"{said.name}", bold=True, nl=False)
    click.echo(f"  (DMN {said.version}, {said.namespace})")
    names = names_by_id(said)
    _part("Imports", [(one.name or "·", one.namespace) for one in said.imports])
    _part("Inputs", [(one.name, one.variable.type_ref or _ANY) for one in said.input_data])
    _part("Decisions", [_decision(one, names) for one in said.decisions])
    _part("Services", [_service(one, names) for one in said.services])
    _part("Knowledge models", [_knowledge(one) for one in said.knowledge_models])
    _part("Types", [(one.name, type_text(one)) for one in said.item_definitions])
    if model.problems:
        click.secho("\nProblems", bold=True)
        for problem in model.problems:
            click.echo(f"  ✗ {problem}")
    if model.warnings:
        click.echo(f"\n! {counted(len(model.warnings), 'warning')}: see vanzelf dmn check")


def _part(title: str, rows: Sequence[Sequence[str]]) -> None:
    if rows:
        click.secho(f"\n{title}", bold=True)
        for line in columns(rows):
            click.echo(line)


def names_by_id(said: Definitions) -> dict[str, str]:
    """The names of a model's elements by their id."""
    elements: Iterable[Decision | InputData | BusinessKnowledgeModel | DecisionService] = (
        *said.decisions, *said.input_data, *said.knowledge_models, *said.services,
    )  # fmt: skip
    return {one.id: one.name for one in elements if one.id}


def _named(references: Iterable[Reference], names: dict[str, str]) -> str:
    return ", ".join(names.get(one.id, one.id) for one in references)


def _decision(one: Decision, names: dict[str, str]) -> tuple[str, str, str, str]:
    needed = (*one.required_inputs, *one.required_decisions)
    needs = f"from {_named(needed, names)}" if needed else ""
    return one.name, one.variable.type_ref or _ANY, _kind(one.logic), needs


def _service(one: DecisionService, names: dict[str, str]) -> tuple[str, str]:
    takes = _named((*one.input_data, *one.input_decisions), names)
    return f"{one.name}({takes})", f"gives {_named(one.output_decisions, names)}"


def _knowledge(one: BusinessKnowledgeModel) -> tuple[str, str]:
    parameters = one.logic.parameters if one.logic else ()
    takes = ", ".join(f"{each.name}: {each.type_ref or _ANY}" for each in parameters)
    return f"{one.name}({takes})", _kind(one.logic.body if one.logic else None)


def _kind(logic: Expression | None) -> str:
    """What a decision is made by, in the standard's word."""
    if logic is None:
        return "not said"
    if isinstance(logic, DecisionTable):
        return f"table, {len(logic.rules)} rules, {logic.hit_policy.lower()}"
    return _BOXED.get(type(logic).__name__, type(logic).__name__.lower())


def type_text(item: ItemDefinition) -> str:
    """A type in one line: its members, or what it is based on, and the values allowed."""
    if item.components:
        members = (f"{part.name}: {type_text(part)}" for part in item.components)
        text = f"{{{', '.join(members)}}}"
    elif item.function:
        takes = ", ".join(each.type_ref or _ANY for each in item.function.parameters)
        text = f"function<{takes}> -> {item.function.output_type_ref or _ANY}"
    else:
        text = item.type_ref or _ANY
    if item.is_collection:
        text = f"list of {text}"
    allowed = item.type_constraint or item.allowed_values
    return f"{text} in ({allowed})" if allowed else text
