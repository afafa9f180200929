"""A model while it is made: what is in it by name, so that requirements find themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    Expression,
    FunctionDefinition,
    InputData,
    ItemDefinition,
    KnowledgeSource,
    Literal,
    Reference,
    Variable,
)
from vanzelf.rights.export.naming import Names
from vanzelf.rights.model import LawReference


@dataclass(slots=True)
class Building:
    """The parts of the model so far. A name that is required must be in it already."""

    names: Names = field(default_factory=Names)
    types: dict[str, ItemDefinition] = field(default_factory=dict)
    inputs: dict[str, InputData] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    knowledge: dict[str, BusinessKnowledgeModel] = field(default_factory=dict)
    sources: dict[str, KnowledgeSource] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def remark(self, text: str) -> None:
        if text not in self.remarks:
            self.remarks.append(text)

    def type_name(self, wanted: str) -> str:
        """A name for a structure that no other type has."""
        number, name = 1, wanted
        while name in self.types:
            number += 1
            name = f"{wanted}{number}"
        return name

    def input(self, name: str, type_ref: str, description: str | None = None) -> str:
        """Input data under its very name."""
        if name not in self.inputs:
            self.names.keep(name)
            self.inputs[name] = InputData(
                name, Variable(name, type_ref), id=self.names.id("invoer", name),
                description=description,
            )  # fmt: skip
        return name

    def decision(
        self,
        name: str,
        logic: Expression | str,
        type_ref: str | None,
        uses: Iterable[str],
        *,
        question: str | None = None,
        description: str | None = None,
        label: str | None = None,
        law: Iterable[LawReference] = (),
        sources: tuple[Reference, ...] = (),
        exact: bool = False,
    ) -> str:
        """A decision by FEEL text or boxed expression; the name that it got.

        `exact`: texts refer to it by this very name.
        """
        name = self.names.keep(name) if exact else self.names.take(name)
        used = list(dict.fromkeys(uses))
        self.decisions[name] = Decision(
            name,
            Variable(name, type_ref),
            Literal(logic, type_ref=type_ref) if isinstance(logic, str) else logic,
            question,
            required_inputs=self._references(used, self.inputs),
            required_decisions=self._references(used, self.decisions),
            required_knowledge=self._references(used, self.knowledge),
            authorities=(*self.authorities(law), *sources),
            id=self.names.id("beslissing", name),
            label=label if label != name else None,
            description=description or None,
        )
        return name

    def function(
        self,
        name: str,
        parameters: Iterable[Variable],
        body: Expression | str,
        type_ref: str | None,
        *,
        description: str | None = None,
        law: Iterable[LawReference] = (),
        sources: tuple[Reference, ...] = (),
        uses: Iterable[str] = (),
    ) -> str:
        """A business knowledge model under its very name."""
        if name not in self.knowledge:
            self.names.keep(name)
            logic = Literal(body, type_ref=type_ref) if isinstance(body, str) else body
            self.knowledge[name] = BusinessKnowledgeModel(
                name, Variable(name), FunctionDefinition(tuple(parameters), logic),
                required_knowledge=self._references(uses, self.knowledge),
                authorities=(*self.authorities(law), *sources),
                id=self.names.id("functie", name),
                description=description or None,
            )  # fmt: skip
        return name

    def authorities(self, law: Iterable[LawReference]) -> tuple[Reference, ...]:
        """References to the sources, each of which is in the model once."""
        found: list[Reference] = []
        for reference in law:
            title = str(reference)
            if title not in self.sources:
                self.sources[title] = KnowledgeSource(
                    title, reference.link, id=self.names.id("bron", reference.short),
                    description=reference.note.get("nl"),
                )  # fmt: skip
            found.append(_reference(self.sources[title].id))
        return tuple(dict.fromkeys(found))

    def source(self, known: KnowledgeSource) -> Reference:
        """A source of another model."""
        if known.name not in self.sources:
            ident = self.names.id("bron", known.name)
            self.sources[known.name] = replace(known, id=ident, authorities=())
        return _reference(self.sources[known.name].id)

    def _references(
        self,
        names: Iterable[str],
        among: dict[str, InputData] | dict[str, Decision] | dict[str, BusinessKnowledgeModel],
    ) -> tuple[Reference, ...]:
        return tuple(_reference(among[name].id) for name in names if name in among)


def _reference(element_id: str | None) -> Reference:
    assert element_id is not None, "everything that is made here has an id"
    return Reference(element_id)
