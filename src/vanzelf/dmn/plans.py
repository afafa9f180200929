"""Plans: what to evaluate, in which order, for a decision or a decision service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from vanzelf import feel
from vanzelf.dmn.definitions import BusinessKnowledgeModel, Decision, DecisionService, InputData
from vanzelf.dmn.graph import Element, Path
from vanzelf.dmn.lowering.elements import Lowering
from vanzelf.dmn.lowering.nodes import unfit
from vanzelf.dmn.outcome import Explained, Message
from vanzelf.feel.evaluating import outward
from vanzelf.feel.extending import FeelFunction, State, UserFunction, report
from vanzelf.feel.types import ANY, Type, coerce
from vanzelf.feel.values.unknown import Unknown

SERVICE_CALL = 20
"""Steps that a call of a decision service counts for."""


@dataclass(slots=True)
class Evaluation:
    """One question that is being answered: its budget, messages and explanation."""

    state: State = field(default_factory=State)
    texts: list[str] = field(default_factory=list)
    """What was reported so far; the first of them are told of by `elements`."""
    elements: list[str] = field(default_factory=list)
    explanation: list[Explained] = field(default_factory=list)

    def told(self, element: str) -> None:
        """What was reported since the last time is about this element."""
        if len(self.texts) == len(self.elements):
            return
        self.elements += [element] * (len(self.texts) - len(self.elements))

    def messages(self) -> tuple[Message, ...]:
        if not self.texts:
            return ()
        self.told("")
        return tuple(map(Message, self.texts, self.elements))


class Programs:
    """The elements of a graph compiled in one way: with what is absent null or unknown, traced
    or not. Each is compiled once, when it is needed."""

    def __init__(self, lowering: Lowering, absent: Unknown | None, traced: bool) -> None:
        self.lowering = lowering
        self.traced = traced
        self.absent = absent
        self._compiled: dict[Element, Any] = {}
        self._plans: dict[Element, Plan] = {}

    def compiled(self, element: Element) -> Any:
        if element not in self._compiled:
            tree = self.lowering.tree(element)
            types = self.lowering.graph.types(element.home)
            self._compiled[element] = (
                feel.compile(tree, absent=self.absent, types=types, traced=True)
                if self.traced
                else feel.compile(tree, absent=self.absent, types=types)
            )
        return self._compiled[element]

    def plan(self, element: Element) -> Plan:
        """How to evaluate a decision, a knowledge model (to a function) or a service (to what
        it gives for its inputs)."""
        found = self._plans.get(element)
        if found is None:
            with self.lowering.lock:
                found = self._plans[element] = self._planned(element)
        return found

    def _planned(self, element: Element) -> Plan:
        part, graph = element.part, self.lowering.graph
        if not isinstance(part, DecisionService):
            return Plan(self, (element,))
        return Plan(self, graph.outputs(part, element.home), graph.given(part, element.home))


class Step:
    """The evaluation of one element, with the values of what it requires."""

    __slots__ = ("compiled", "element", "index", "label", "later", "nested", "plain", "traced")

    def __init__(self, programs: Programs, element: Element, index: dict[Element, int]) -> None:
        self.element = element
        self.label = str(element)
        self.index = index[element]
        self.traced = programs.traced and isinstance(element.part, Decision)
        self.compiled = programs.compiled(element)
        graph = programs.lowering.graph
        found: list[tuple[Path, int]] = [
            (path, index[one])
            for one in graph.required(element)
            if one in index
            for path in graph.names(one, element.home)
        ]
        self.plain = [(path[0], at) for path, at in found if len(path) == 1]
        self.nested = [(path, at) for path, at in found if len(path) > 1]
        self.later = [(path, at) for path, at in found if at > self.index]
        """What is made after it: only functions require one another in a circle."""

    def run(self, evaluation: Evaluation, values: list[object]) -> dict[str, object]:
        """Evaluates the element; gives the context that it was evaluated in."""
        context: dict[str, object] = {}
        for path, at in self.nested:
            _place(context, path, values[at])
        for name, at in self.plain:  # after those: an own element comes before an import
            context[name] = values[at]
        value = self.compiled(context, evaluation.state)
        if value.__class__ is tuple:  # a traced program gives the value with its trace
            value, trace = value
            if self.traced:
                evaluation.explanation.append(Explained(self.label, outward(value), trace))
        if isinstance(self.element.part, BusinessKnowledgeModel):
            _named(value, self.element.name)
        values[self.index] = value
        evaluation.told(self.label)
        return context


def _named(function: object, name: str) -> None:
    if isinstance(function, UserFunction) and function.name == "function":
        function.name = name


def _place(context: dict[str, object], path: Path, value: object) -> None:
    for name in path[:-1]:
        inner = context.setdefault(name, {})
        context = inner if isinstance(inner, dict) else {}
    context[path[-1]] = value


class Plan:
    """The elements that some outputs need, in order. `given` are not evaluated but put in."""

    def __init__(
        self,
        programs: Programs,
        outputs: tuple[Element, ...],
        given: tuple[Element, ...] = (),
    ) -> None:
        graph = programs.lowering.graph
        order = graph.in_order(outputs, frozenset(given))
        self.index = {element: at for at, element in enumerate(dict.fromkeys((*given, *order)))}
        self.absent = programs.absent
        self.outputs = [(element.name, self.index[element]) for element in outputs]
        self.given = given
        self.inputs = tuple(
            (element, at)
            for element, at in self.index.items()
            if element in given or isinstance(element.part, InputData)
        )
        self._services = [
            (self.index[element], element, programs)
            for element in order
            if isinstance(element.part, DecisionService) and element not in given
        ]
        inputs = {element for element, _ in self.inputs}
        steps = [
            Step(programs, element, self.index)
            for element in order
            if element not in inputs and not isinstance(element.part, DecisionService)
        ]
        self._functions = [s for s in steps if isinstance(s.element.part, BusinessKnowledgeModel)]
        self._decisions = [s for s in steps if isinstance(s.element.part, Decision)]

    def empty(self) -> list[object]:
        """A place for the value of every element."""
        return [self.absent] * len(self.index)

    def run(self, evaluation: Evaluation, values: list[object]) -> object:
        """The value of the output; of several, a context.

        `values` are the plan's `empty` places, those of the inputs filled in.
        """
        for at, element, programs in self._services:
            values[at] = ServiceFunction(element, programs, evaluation)
        if self._functions:
            self._make_functions(evaluation, values)
        for step in self._decisions:
            step.run(evaluation, values)
        if len(self.outputs) == 1:
            return values[self.outputs[0][1]]
        return {name: values[at] for name, at in self.outputs}

    def _make_functions(self, evaluation: Evaluation, values: list[object]) -> None:
        """A function sees itself, and those that are made after it, for they may be a circle."""
        contexts = [step.run(evaluation, values) for step in self._functions]
        for step, context in zip(self._functions, contexts, strict=True):
            context[step.element.name] = values[step.index]
            for path, at in step.later:
                _place(context, path, values[at])


class ServiceFunction(FeelFunction):
    """A decision service as a function (DMN 1.5, 10.4): input data first, then input decisions.

    Inside, only what it is given is known; its input decisions are the arguments.
    """

    __slots__ = ("_element", "_evaluation", "_programs")

    def __init__(self, element: Element, programs: Programs, evaluation: Evaluation) -> None:
        graph, part = programs.lowering.graph, element.part
        assert isinstance(part, DecisionService)
        given = graph.given(part, element.home)
        super().__init__(element.name, tuple(one.name for one in given))
        self._element = element
        self._programs = programs
        self._evaluation = evaluation

    def call(self, arguments: Sequence[object]) -> object:
        plan, lowering = self._programs.plan(self._element), self._programs.lowering
        if len(arguments) != len(plan.given):
            return report(f"{self.name} takes {len(plan.given)} arguments, not {len(arguments)}")
        self._evaluation.state.charge(SERVICE_CALL)
        values = plan.empty()
        for element, argument in zip(plan.given, arguments, strict=True):
            expected = lowering.type_of(element)
            value, fits = coerce(argument, expected)
            if not fits:
                return report(unfit(element.name, argument, str(expected)))
            values[plan.index[element]] = value
        return conforming(
            plan.run(self._evaluation, values), lowering.result_type(self._element), self.name
        )


def conforming(value: object, expected: Type, what: str) -> object:
    """The value as of the type; null with a message if it does not conform."""
    if expected == ANY:
        return value
    taken, fits = coerce(value, expected)
    return taken if fits else report(unfit(f"the result of {what}", value, str(expected)))
