"""A decision model that can be asked: decisions, decision services, knowledge models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from vanzelf.dmn.definitions import (
    BusinessKnowledgeModel,
    Decision,
    DecisionService,
    Definitions,
    InputData,
)
from vanzelf.dmn.errors import DmnError, Problem
from vanzelf.dmn.graph import Element, Graph, Part
from vanzelf.dmn.lowering.elements import Lowering
from vanzelf.dmn.outcome import Outcome
from vanzelf.dmn.plans import Programs
from vanzelf.dmn.questions import Question
from vanzelf.feel import ast
from vanzelf.feel.values.unknown import Unknown

if TYPE_CHECKING:
    from vanzelf.dmn.warnings import Warning

Nothing: Mapping[str, object] = MappingProxyType({})


class Model:
    """A model with all it imports. Nothing is evaluated or compiled before it is asked for.

    Elements of imported models are called `import.name`. What is put in are Python values
    (`feel.values.kinds.adopt`) by the names of the inputs; what is not put in is null, or
    unknown in rights mode (`absent` an Unknown), and what is not of its declared type is that
    too, with a message. A member that a structure declares and the value does not have counts
    as not put in. A name that no input has is not used, and a message says so.

    Several threads may ask one model at once. It can be pickled, for other processes.
    """

    def __init__(
        self,
        definitions: Definitions,
        imported: Mapping[str, Definitions] = MappingProxyType({}),
    ) -> None:
        self.definitions = definitions
        self._imported = dict(imported)
        self._problems: dict[Problem, None] = {}
        self._graph = Graph(definitions, imported, self._report)
        self._lowering = Lowering(self._graph, self._report)
        self._elements: dict[type[Part], dict[str, Element]] = {}
        self._programs: dict[tuple[Unknown | None, bool], Programs] = {}
        self._questions: dict[tuple[type[Part], str, Unknown | None, bool], Question] = {}

    def __repr__(self) -> str:
        return f"<Model {self.definitions.name}>"

    def __reduce__(self) -> tuple[type[Model], tuple[Definitions, dict[str, Definitions]]]:
        return Model, (self.definitions, self._imported)  # compiled anew where it is unpickled

    # --- what is in it ------------------------------------------------------------------------

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        return tuple(self._named(InputData))

    @cached_property
    def decisions(self) -> tuple[str, ...]:
        return tuple(self._named(Decision))

    @cached_property
    def services(self) -> tuple[str, ...]:
        return tuple(self._named(DecisionService))

    @cached_property
    def knowledge_models(self) -> tuple[str, ...]:
        return tuple(self._named(BusinessKnowledgeModel))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in it: texts that are no FEEL, types and elements that are not there,
        circles, and names that are used but not required. What it is about is null."""
        with self._lowering.lock:
            self._look_at_all()
            return tuple(sorted(self._problems, key=lambda one: (one.place.file, one.place.line)))

    @cached_property
    def warnings(self) -> tuple[Warning, ...]:
        """Where missing data would become an answer in standard mode."""
        from vanzelf.dmn.warnings import warnings  # it asks a model

        return warnings(self)

    def _look_at_all(self) -> None:
        for elements in self._graph.elements.values():
            for element in elements:
                self._lowering.type_of(element)
                if not isinstance(element.part, InputData | DecisionService):
                    self._lowering.tree(element)
            self._graph.in_order(tuple(elements))

    def _report(self, problem: Problem) -> None:
        self._problems[problem] = None

    def _named(self, kind: type[Part]) -> Mapping[str, Element]:
        """The elements of a kind that can be reached, by what they are called from here."""
        found = self._elements.get(kind)
        if found is not None:
            return found
        found = {}
        for namespace in self._graph.paths[self.definitions.namespace]:
            for element in self._graph.elements[namespace]:
                if isinstance(element.part, kind):
                    path = self._graph.names(element, self.definitions)[0]
                    name = ".".join([*path[:-1], element.part.name])
                    found.setdefault(name, element)
        self._elements[kind] = found
        return found

    # --- asking -------------------------------------------------------------------------------

    def decide(
        self,
        name: str,
        inputs: Mapping[str, object] = Nothing,
        *,
        absent: Unknown | None = None,
        now: datetime | None = None,
        explain: bool = False,
    ) -> Outcome:
        """The outcome of a decision.

        `now` is what `now()` and `today()` read. `explain`: with the trace of each decision.
        Raises DmnError if there is no such decision, and nothing else.
        """
        return self._question(Decision, name, absent, explain).ask(inputs, now)

    def call(
        self,
        service: str,
        inputs: Mapping[str, object] = Nothing,
        *,
        absent: Unknown | None = None,
        now: datetime | None = None,
        explain: bool = False,
    ) -> Outcome:
        """The outcome of a decision service, given its input data and input decisions by name.

        Of several output decisions it is a context. As `decide` otherwise.
        """
        return self._question(DecisionService, service, absent, explain).ask(inputs, now)

    def invoke(
        self,
        knowledge_model: str,
        arguments: Mapping[str, object] | Sequence[object] = (),
        *,
        absent: Unknown | None = None,
        now: datetime | None = None,
        explain: bool = False,
    ) -> Outcome:
        """What a business knowledge model gives for arguments, by name or in order."""
        question = self._question(BusinessKnowledgeModel, knowledge_model, absent, explain)
        return question.apply(arguments, now)

    def trees(self, decision: str) -> tuple[tuple[str, Part, ast.Node | None], ...]:
        """A decision and all it requires, in order of evaluation, the decision last.

        Each with the name of its variable, what it is, and the tree that evaluates it (None for
        input data and services). Raises DmnError if there is no such decision.
        """
        target = self._find(Decision, decision)
        return tuple(
            (element.name, element.part, self._tree(element))
            for element in self._graph.in_order((target,))
        )

    def _tree(self, element: Element) -> ast.Node | None:
        if isinstance(element.part, InputData | DecisionService):
            return None
        return self._lowering.tree(element)

    def _question(
        self, kind: type[Part], name: str, absent: Unknown | None, traced: bool
    ) -> Question:
        key = kind, name, absent, traced
        found = self._questions.get(key)
        if found is None:
            element = self._find(kind, name)
            with self._lowering.lock:
                programs = self._programs.setdefault(
                    (absent, traced), Programs(self._lowering, absent, traced)
                )
                found = self._questions[key] = Question(element, programs)
        return found

    def _find(self, kind: type[Part], name: str) -> Element:
        named = self._named(kind)
        if name in named:
            return named[name]
        raise DmnError([Problem(self.definitions.place, *self._no_such(kind, name, named))])

    def _no_such(self, kind: type[Part], name: str, named: Iterable[str]) -> tuple[str, str]:
        message = f"there is no {_WORDS[kind]} {name!r} in {self.definitions.name}"
        for other, method in _METHODS.items():
            if other is not kind and name in self._named(other):
                return message, f"it is a {_WORDS[other]}: use `{method}`"
        close = get_close_matches(str(name), list(named), 1)
        if close:
            return message, f"did you mean {close[0]!r}?"
        return message, f"there are: {', '.join(named) or 'none'}"


_WORDS: Mapping[type[Part], str] = {
    Decision: "decision",
    DecisionService: "decision service",
    BusinessKnowledgeModel: "business knowledge model",
}
_METHODS: Mapping[type[Part], str] = {
    Decision: "decide",
    DecisionService: "call",
    BusinessKnowledgeModel: "invoke",
}
