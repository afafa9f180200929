"""The requirements graph over a model and those it imports (DMN 1.5, chapter 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    InputData,
    Reference,
)
from vanzelf.dmn.errors import Problem
from vanzelf.dmn.types import Report, Types

Part = InputData | Decision | BusinessKnowledgeModel | DecisionService
Path = tuple[str, ...]
"""How an element is called from a model: its name, behind the names of the imports it is in."""

MOST_PATHS = 200

KINDS = {
    InputData: "input",
    Decision: "decision",
    BusinessKnowledgeModel: "knowledge model",
    DecisionService: "decision service",
}


@dataclass(frozen=True, eq=False)
class Element:
    """An element of the graph, with the model that it stands in. Compared by identity."""

    part: Part
    home: Definitions

    @property
    def name(self) -> str:
        """The name under which its value is known."""
        return self.part.variable.name or self.part.name

    def __str__(self) -> str:
        return f"{KINDS[type(self.part)]} '{self.part.name}'"


class Graph:
    """All elements that a model can reach, and which of them require which."""

    def __init__(
        self, main: Definitions, imported: Mapping[str, Definitions], report: Report
    ) -> None:
        self.main = main
        self._models = {one.namespace: one for one in (*imported.values(), main)}
        self._report = report
        self.elements: dict[str, list[Element]] = {
            namespace: [Element(part, model) for part in parts(model)]
            for namespace, model in self._models.items()
        }
        self._own_names = {
            namespace: frozenset(element.name for element in elements)
            for namespace, elements in self.elements.items()
        }
        self._by_id = {
            (namespace, element.part.id): element
            for namespace, elements in self.elements.items()
            for element in elements
            if element.part.id is not None
        }
        self._types = self._all_types()
        self._found: dict[tuple[int, tuple[Reference, ...]], tuple[Element, ...]] = {}

    def types(self, home: Definitions) -> Types:
        """The types that a model can name."""
        return self._types[home.namespace]

    def _all_types(self) -> dict[str, Types]:
        found = {name: Types(model, self._report) for name, model in self._models.items()}
        for namespace, types in found.items():
            for other, paths in self.paths[namespace].items():
                prefixes = ("".join(f"{name}." for name in path) for path in paths)
                if other != namespace:
                    types.imported += [(prefix, found[other]) for prefix in prefixes]
        for types in found.values():
            types.resolve()
        return found

    # --- names --------------------------------------------------------------------------------

    @cached_property
    def paths(self) -> Mapping[str, Mapping[str, tuple[Path, ...]]]:
        """Per model, per model that it can reach: the import names that lead there, nearest first.

        Itself is reached by the empty path.
        """
        return {namespace: self._paths_from(namespace) for namespace in self._models}

    def _paths_from(self, start: str) -> Mapping[str, tuple[Path, ...]]:
        found: dict[str, tuple[Path, ...]] = {}
        pending: list[tuple[str, Path, frozenset[str]]] = [(start, (), frozenset({start}))]
        for namespace, path, seen in pending:  # it grows while it is walked: nearest first
            found[namespace] = (*found.get(namespace, ()), path)
            for one in self._models[namespace].imports:
                if one.namespace in self._models and one.namespace not in seen:
                    further = (*path, one.name) if one.name else path
                    if len(pending) < MOST_PATHS:
                        pending.append((one.namespace, further, seen | {one.namespace}))
        return found

    def names(self, element: Element, home: Definitions) -> tuple[Path, ...]:
        """What an element is called in a model; its bare name if no import leads to it."""
        paths = self.paths[home.namespace].get(element.home.namespace, ((),))
        return tuple((*path, element.name) for path in paths)

    def names_in(self, home: Definitions) -> frozenset[str]:
        """The names of a model's own elements."""
        return self._own_names[home.namespace]

    # --- requirements -------------------------------------------------------------------------

    def find(self, reference: Reference, home: Definitions) -> Element | None:
        return self._by_id.get((reference.namespace or home.namespace, reference.id))

    def found(self, references: tuple[Reference, ...], home: Definitions) -> Iterator[Element]:
        """The elements that are there; of the others, a problem."""
        for reference in references:
            element = self.find(reference, home)
            if element is None:
                self._report(Problem(reference.place, f"there is no element {reference.id!r}"))
            else:
                yield element

    def required(self, element: Element) -> tuple[Element, ...]:
        """What an element requires, directly; a decision service requires nothing."""
        part, references = element.part, tuple[Reference, ...]()
        if isinstance(part, Decision):
            references = part.required_inputs + part.required_decisions
        if isinstance(part, Decision | BusinessKnowledgeModel):
            references += part.required_knowledge
        return self._once(part, references, element.home)

    def given(self, service: DecisionService, home: Definitions) -> tuple[Element, ...]:
        """The parameters of a decision service, in order (DMN 1.5, 10.4)."""
        return self._once(service, service.input_data + service.input_decisions, home)

    def outputs(self, service: DecisionService, home: Definitions) -> tuple[Element, ...]:
        return self._once(service, service.output_decisions, home)

    def _once(
        self, part: Part, references: tuple[Reference, ...], home: Definitions
    ) -> tuple[Element, ...]:
        """What references lead to; problems are told the first time only."""
        key = id(part), references
        if key not in self._found:
            self._found[key] = tuple(dict.fromkeys(self.found(references, home)))
        return self._found[key]

    def in_order(
        self, targets: tuple[Element, ...], given: frozenset[Element] = frozenset()
    ) -> list[Element]:
        """All that the targets need, each after what it requires; nothing beyond what is given.

        Knowledge models may require one another in a circle, for their functions may recur;
        a decision may not: a problem names the circle, and the requirement that closes it is
        left out.
        """
        done: dict[Element, bool] = {}  # False while what it requires is being looked at
        order: list[Element] = []
        for target in targets:
            trail = [target]
            pending = [self._needed(target, given)]
            done.setdefault(target, False)
            while pending:
                one = next(pending[-1], None)
                if one is None:
                    pending.pop()
                    self._finish(trail.pop(), done, order)
                elif one not in done:
                    done[one] = False
                    trail.append(one)
                    pending.append(self._needed(one, given))
                elif not done[one] and isinstance(one.part, Decision) and one in trail:
                    self._circle([*trail[trail.index(one) :], one])
        return order

    def _needed(self, element: Element, given: frozenset[Element]) -> Iterator[Element]:
        return iter(() if element in given else self.required(element))

    @staticmethod
    def _finish(element: Element, done: dict[Element, bool], order: list[Element]) -> None:
        if not done[element]:
            done[element] = True
            order.append(element)

    def _circle(self, circle: list[Element]) -> None:
        names = " → ".join(element.name for element in circle)
        hint = "take out one of these requirements; it is null where it closes the circle"
        self._report(Problem(circle[0].part.place, f"decisions require themselves: {names}", hint))


def parts(model: Definitions) -> Iterator[Part]:
    yield from model.input_data
    yield from model.decisions
    yield from model.knowledge_models
    yield from model.services
