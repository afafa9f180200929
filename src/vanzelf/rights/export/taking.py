"""Taking along the decisions of the DMN files that a regulation refers to."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    Definitions,
    Element,
    FunctionDefinition,
    InputData,
    Reference,
)
from vanzelf.feel import ast, unparse
from vanzelf.rights.decided import Decided
from vanzelf.rights.export.building import Building
from vanzelf.rights.export.naming import ExportError


@dataclass(slots=True)
class Taking:
    """Puts decisions of other models into the model that is made, each once."""

    building: Building
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    """The name of what was taken, by the namespace of its model and its name there."""

    def reserve(self, node: Decided) -> None:
        """Keeps the names free that the model's texts refer to, and puts its types in."""
        model = node.steps.model
        parts = [part for _, part, _ in model.trees(node.steps.decision)]
        others = [part for part in parts if not isinstance(part, InputData)]
        self.building.names.reserve(part.variable.name for part in others)
        wanted = {name for part in others for name in _type_refs(part)}
        self._types(model.definitions, wanted)

    def along(self, node: Decided) -> str:
        """The name of the decision, with all that it requires put in before it."""
        model = node.steps.model
        arguments = {argument.name: argument.value for argument in node.arguments}
        parts = model.trees(node.steps.decision)
        names = {part.id: name for name, part, _ in parts}
        name = ""
        for name, part, _ in parts:
            key = (model.definitions.namespace, name)
            if isinstance(part, InputData):
                self._input(name, arguments[name])
            elif key not in self.taken:
                self.taken[key] = name
                self._part(name, part, model.definitions, names)
        return name

    def _input(self, name: str, tree: ast.Node) -> None:
        """What the regulation puts in has that name already, but for a fact by itself."""
        if isinstance(tree, ast.Path) and name not in self.building.decisions:
            section = tree.source
            assert isinstance(section, ast.Name), "a fact of gezin or persoon"
            self.building.decision(name, unparse(tree), None, [section.name], exact=True)

    def _part(
        self, name: str, part: object, home: Definitions, names: dict[str | None, str]
    ) -> None:
        building = self.building
        if isinstance(part, BusinessKnowledgeModel) and part.logic is not None:
            logic: FunctionDefinition = _anonymous(part.logic)
            assert logic.body is not None
            building.function(
                name, logic.parameters, logic.body, part.variable.type_ref,
                description=part.description, sources=self._sources(part.authorities, home),
                uses=[names[one.id] for one in part.required_knowledge],
            )  # fmt: skip
        elif isinstance(part, Decision) and part.logic is not None:
            required = (*part.required_inputs, *part.required_decisions, *part.required_knowledge)
            building.decision(
                name, _anonymous(part.logic), part.variable.type_ref,
                [names[one.id] for one in required],
                question=part.question, description=part.description, label=part.label,
                sources=self._sources(part.authorities, home), exact=True,
            )  # fmt: skip
        else:
            raise ExportError(f'"{name}" of {home.name} has no logic to take along')

    def _sources(
        self, references: tuple[Reference, ...], home: Definitions
    ) -> tuple[Reference, ...]:
        known = {source.id: source for source in home.knowledge_sources}
        return tuple(self.building.source(known[one.id]) for one in references if one.id in known)

    def _types(self, home: Definitions, wanted: set[str]) -> None:
        """The types of these names, and those they are made of."""
        for item in home.item_definitions:
            if item.name in wanted and self.building.types.get(item.name) != _anonymous(item):
                if item.name in self.building.types:
                    raise ExportError(f'two models have a type "{item.name}": rename one')
                self.building.types[item.name] = _anonymous(item)
                self._types(home, set(_type_refs(item)))


def _type_refs(value: object) -> Iterator[str]:
    """Every type that is named anywhere in it."""
    if isinstance(value, tuple):
        for item in value:
            yield from _type_refs(item)
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            inner = getattr(value, part.name)
            if part.name.endswith("type_ref"):
                yield from (inner,) if inner else ()
            else:
                yield from _type_refs(inner)


def _anonymous(value: Any) -> Any:
    """The same without ids: they may be taken here, and the writer gives new ones."""
    if isinstance(value, tuple):
        return tuple(map(_anonymous, value))
    if not isinstance(value, Element):
        return value
    changed = {
        part.name: _anonymous(getattr(value, part.name)) for part in dataclasses.fields(value)
    }
    return dataclasses.replace(value, **{**changed, "id": None})
