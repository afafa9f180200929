"""A question to a model: one element, compiled in one way, asked again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from vanzelf.dmn.definitions import DecisionService, InputData
from vanzelf.dmn.graph import Element, Graph
from vanzelf.dmn.inputs import Input, input_of
from vanzelf.dmn.outcome import Outcome
from vanzelf.dmn.plans import Evaluation, Plan, Programs, conforming
from vanzelf.dmn.settling import settle
from vanzelf.feel import clock
from vanzelf.feel.evaluating import outward
from vanzelf.feel.extending import FeelFunction, LimitExceeded, State, report
from vanzelf.feel.limits import MAX_STEPS
from vanzelf.feel.messages import collected
from vanzelf.feel.types import ANY
from vanzelf.feel.values.kinds import adopt_deep
from vanzelf.feel.values.unknown import unknown_within


def _first(one: Input) -> Iterable[str]:
    return (path[0] for path in one.nested)


class Question:
    """One element, compiled in one way, ready to be asked again and again."""

    def __init__(self, element: Element, programs: Programs) -> None:
        graph, lowering = programs.lowering.graph, programs.lowering
        self._element = element
        self._label = str(element)
        self._rights = programs.absent is not None
        self._plan: Plan = programs.plan(element)
        self._inputs: tuple[Input, ...] = tuple(
            input_of(one, at, graph, lowering.type_of(one)) for one, at in self._plan.inputs
        )
        self._result = (
            lowering.result_type(element) if isinstance(element.part, DecisionService) else None
        )
        self._known = self._all_names(graph)

    def _all_names(self, graph: Graph) -> frozenset[str]:
        """Under which names something may be put in: every input's, used here or not."""
        names = {name for one in self._inputs for name in (*one.flat, *_first(one))}
        for elements in graph.elements.values():
            for element in elements:
                if isinstance(element.part, InputData):
                    other = input_of(element, 0, graph, ANY)
                    names.update((*other.flat, *_first(other), element.part.name))
        return frozenset(names)

    def ask(self, inputs: Mapping[str, object], now: datetime | None) -> Outcome:
        evaluation = Evaluation()
        taken: dict[str, object] = {}

        def run() -> object:
            if not inputs.keys() <= self._known:
                self._tell_unused(inputs)
            for one in self._inputs:
                taken[one.name] = one.taken(inputs, rights=self._rights)
            evaluation.told("inputs")
            return self._value(taken, evaluation)

        value = self._within(evaluation, now, run)
        unknown = unknown_within(value)
        if unknown is None:
            return Outcome(value, evaluation.messages(), tuple(evaluation.explanation))
        return Outcome(
            outward(value),
            evaluation.messages(),
            tuple(evaluation.explanation),
            tuple(sorted(unknown.causes)),
            lambda: settle(Asked(self, value, taken, now)),
        )

    def again(self, inputs: Mapping[str, object], now: datetime | None, state: State) -> object:
        """The value for inputs that were taken; raises LimitExceeded when it was stopped."""
        evaluation = Evaluation(state)
        value = self._within(evaluation, now, lambda: self._value(inputs, evaluation))
        if state.left < 0:
            raise LimitExceeded
        return value

    def _value(self, taken: Mapping[str, object], evaluation: Evaluation) -> object:
        values = self._plan.empty()
        for one in self._inputs:
            values[one.at] = taken[one.name]
        value = self._plan.run(evaluation, values)
        if self._result is None:
            return value
        return conforming(value, self._result, self._element.name)

    def _tell_unused(self, inputs: Mapping[str, object]) -> None:
        for name in inputs:
            if name not in self._known:
                close = get_close_matches(str(name), self._known, 1)
                also = f"; did you mean {close[0]!r}?" if close else ""
                report(f"no input is called {name!r}, so it is not used{also}")

    def _within(
        self, evaluation: Evaluation, now: datetime | None, run: Callable[[], object]
    ) -> object:
        moment = _AS_IT_IS if now is None else clock.at(now)
        with collected(evaluation.texts), moment:
            try:
                value = run()
            except (LimitExceeded, RecursionError, MemoryError) as error:
                value = report(f"the evaluation was stopped: {error}")
        evaluation.told(self._label)
        return value

    def apply(
        self, arguments: Mapping[str, object] | Sequence[object], now: datetime | None
    ) -> Outcome:
        """The outcome of calling the function that the element gives."""
        evaluation = Evaluation()

        def run() -> object:
            function = self._plan.run(evaluation, self._plan.empty())
            if not isinstance(function, FeelFunction):
                return report(f"{self._element} is no function")
            if isinstance(arguments, Mapping):
                return function.call_named(
                    {name: adopt_deep(value) for name, value in arguments.items()}
                )
            return function.call([adopt_deep(value) for value in arguments])

        value = outward(self._within(evaluation, now, run))
        unknown = unknown_within(value)
        missing = () if unknown is None else tuple(sorted(unknown.causes))
        return Outcome(value, evaluation.messages(), tuple(evaluation.explanation), missing)


_AS_IT_IS: AbstractContextManager[None] = nullcontext()
"""Without a moment of its own, a question reads the one that may be in force."""


SEARCH: Final = 5_000_000
"""Steps that the search for what settles one outcome may take, over all its evaluations."""


@dataclass(slots=True)
class Asked:
    """A question with its value, for the search of what would settle it."""

    question: Question
    value: object
    inputs: Mapping[str, object]
    now: datetime | None
    left: int = SEARCH

    def again(self, inputs: Mapping[str, object], /) -> object:
        steps = min(MAX_STEPS, self.left)
        state = State.of(steps)
        try:
            return self.question.again(inputs, self.now, state)
        finally:
            self.left -= steps - state.left
