"""What must hold between the elements of a model: no id twice, each reference to its kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, Final

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    Element,
    Import,
    InputData,
    ItemDefinition,
    Reference,
)
from vanzelf.dmn.errors import MOST, Problem, meant

_WORDS: Final = {
    "InputData": "input data",
    "Decision": "a decision",
    "BusinessKnowledgeModel": "a business knowledge model",
    "DecisionService": "a decision service",
    "KnowledgeSource": "a knowledge source",
}

_INVOCABLE: Final = ("BusinessKnowledgeModel", "DecisionService")
_AUTHORITY: Final = ("KnowledgeSource", "Decision", "InputData")


def elements(part: Element) -> Iterator[Element]:
    """This element and all elements in it, at any depth, in order."""
    waiting: list[object] = [part]
    while waiting:
        each = waiting.pop()
        if isinstance(each, tuple):
            waiting.extend(reversed(each))
        elif isinstance(each, Element):
            yield each
            kind: Any = type(each)
            waiting.extend(getattr(each, name) for name in _own_fields(kind))


@cache
def _own_fields(kind: type[Any]) -> tuple[str, ...]:
    """The fields in which other elements may stand, last first."""
    common = {one.name for one in dataclasses.fields(Element)}
    names = [one.name for one in dataclasses.fields(kind)]
    return tuple(name for name in reversed(names) if name not in common)


def doubles(model: Definitions) -> Iterator[Problem]:
    """Ids that more than one element has, and names that stand for more than one thing."""
    return islice(_doubles(model), MOST)


def _doubles(model: Definitions) -> Iterator[Problem]:
    yield from _double_ids(model)
    yield from _double_names(
        [
            *model.imports,
            *model.input_data,
            *model.decisions,
            *model.knowledge_models,
            *model.services,
        ]
    )
    yield from _double_names(model.item_definitions)


def _double_names(
    parts: Iterable[
        Import | InputData | Decision | BusinessKnowledgeModel | DecisionService | ItemDefinition
    ],
) -> Iterator[Problem]:
    """DMN 1.5, 6.3.2; imports without a name have none to share."""
    seen: dict[str, Element] = {}
    for each in parts:
        first = seen.setdefault(each.name, each)
        if first is not each and each.name:
            hint = f"another{_on_line(first)} has it: rename one of them"
            yield Problem(each.place, f"the name {each.name!r} is in use", hint)


def _double_ids(model: Definitions) -> Iterator[Problem]:
    seen: dict[str, Element] = {}
    for each in elements(model):
        if each.id is None:
            continue
        first = seen.setdefault(each.id, each)
        if first is not each:
            hint = f"another element{_on_line(first)} has it: give one of them another"
            yield Problem(each.place, f"the id {each.id!r} is in use", hint)


def _on_line(part: Element) -> str:
    return f" on line {part.place.line}" if part.place.line else ""


def links(model: Definitions, others: Mapping[str, Definitions] | None = None) -> list[Problem]:
    """References that lead nowhere, or to something of another kind.

    Those to other models are looked up in `others` (namespace → model); without it only
    whether the model is imported.
    """
    return list(islice(_links(model, others or {}), MOST))


def _links(model: Definitions, others: Mapping[str, Definitions]) -> Iterator[Problem]:
    namespaces = {each.namespace for each in model.imports}
    targets: dict[str | None, dict[str, Element]] = {None: _graph(model)}
    for namespace, other in others.items():
        targets[namespace] = _graph(other)
    for reference, kinds in _references(model):
        if reference.namespace is not None and reference.namespace not in namespaces:
            message = f"{reference.namespace!r} is not imported"
            hint = meant(reference.namespace, namespaces) or "add an <import>"
            yield Problem(reference.place, message, hint)
        elif reference.namespace in targets:
            yield from _broken(reference, kinds, targets[reference.namespace])


def _broken(
    reference: Reference, kinds: tuple[str, ...], targets: Mapping[str, Element]
) -> Iterator[Problem]:
    target = targets.get(reference.id)
    wanted = " or ".join(_WORDS[kind] for kind in kinds)
    if target is None:
        message = f"nothing has the id {reference.id!r}; {wanted} should"
        yield Problem(reference.place, message, meant(reference.id, targets))
    elif type(target).__name__ not in kinds:
        found = _WORDS[type(target).__name__]
        yield Problem(reference.place, f"{reference.id!r} is {found}, and not {wanted}")


def _graph(model: Definitions) -> dict[str, Element]:
    groups = (
        model.input_data,
        model.decisions,
        model.knowledge_models,
        model.services,
        model.knowledge_sources,
    )
    return {each.id: each for group in groups for each in group if each.id is not None}


def _references(model: Definitions) -> Iterator[tuple[Reference, tuple[str, ...]]]:
    """Every reference in the model, with the kinds of element that it may lead to."""
    groups: list[tuple[tuple[Reference, ...], tuple[str, ...]]] = []
    for decision in model.decisions:
        groups += [
            (decision.required_inputs, ("InputData",)),
            (decision.required_decisions, ("Decision",)),
            (decision.required_knowledge, _INVOCABLE),
            (decision.authorities, _AUTHORITY),
        ]
    for knowledge in model.knowledge_models:
        groups += [(knowledge.required_knowledge, _INVOCABLE), (knowledge.authorities, _AUTHORITY)]
    for service in model.services:
        decisions = (
            *service.output_decisions,
            *service.encapsulated_decisions,
            *service.input_decisions,
        )
        groups += [(decisions, ("Decision",)), (service.input_data, ("InputData",))]
    groups += [(source.authorities, _AUTHORITY) for source in model.knowledge_sources]
    for references, kinds in groups:
        for reference in references:
            yield reference, kinds
