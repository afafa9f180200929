"""Who requires whom: the arrows of the requirements graph (DMN 1.5, 6.2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    InputData,
    KnowledgeSource,
    Reference,
)
from vanzelf.dmn.writing.identity import Ids

Part = InputData | Decision | BusinessKnowledgeModel | DecisionService | KnowledgeSource
"""What stands in the graph."""

_AUTHORITY: Final = {InputData: "requiredInput", Decision: "requiredDecision"}


@dataclass(frozen=True, slots=True)
class Requirement:
    """An arrow to the element that requires; `kind` and `role` are the standard's elements."""

    id: str
    kind: str
    role: str
    required: Reference


def parts(model: Definitions) -> tuple[Part, ...]:
    """All that stands in the graph."""
    return (
        *model.input_data,
        *model.decisions,
        *model.knowledge_models,
        *model.services,
        *model.knowledge_sources,
    )


def requirements(model: Definitions, ids: Ids) -> dict[str, tuple[Requirement, ...]]:
    """Id of an element → what it requires, each with a new id."""
    kinds = {part.id: type(part) for part in parts(model)}
    return {
        part.id: tuple(
            Requirement(ids.free(f"{part.id}-requires-{to.id}"), kind, role, to)
            for kind, role, to in _of(part, kinds)
        )
        for part in parts(model)
        if part.id is not None
    }


def _of(part: Part, kinds: dict[str | None, type[Part]]) -> Iterator[tuple[str, str, Reference]]:
    if isinstance(part, Decision):
        for each in part.required_inputs:
            yield "informationRequirement", "requiredInput", each
        for each in part.required_decisions:
            yield "informationRequirement", "requiredDecision", each
    if isinstance(part, Decision | BusinessKnowledgeModel):
        for each in part.required_knowledge:
            yield "knowledgeRequirement", "requiredKnowledge", each
    if isinstance(part, Decision | BusinessKnowledgeModel | KnowledgeSource):
        for each in part.authorities:
            kind = None if each.namespace else kinds.get(each.id)
            yield "authorityRequirement", _role(kind), each


def _role(kind: type[Part] | None) -> str:
    return _AUTHORITY.get(kind, "requiredAuthority") if kind is not None else "requiredAuthority"
