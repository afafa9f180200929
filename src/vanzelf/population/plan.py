"""Regulations lowered to columns: made once, run over any number of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vanzelf.feel import ast
from vanzelf.population.kernel import calls, decisions
from vanzelf.population.kernel.criteria import Atom, Branch, Criteria
from vanzelf.population.kernel.graph import Frame, Graph, Memory, Step
from vanzelf.population.kernel.lowering import Lowering
from vanzelf.population.kernel.memory import keep_freed_memory
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.right import LoweredRight, Outcome
from vanzelf.population.kernel.values import Builder, Refused, Scope
from vanzelf.population.kernel.worth import Line
from vanzelf.population.places import folders_of, place_of
from vanzelf.population.results import Results
from vanzelf.population.tables import PopulationError
from vanzelf.rights import Regulation, Regulations
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.functions import FUNCTIONS, parameter_values
from vanzelf.rights.model import (
    AmountLine,
    CriteriaNode,
    Criterion,
    Dated,
    Expression,
    Parameter,
    Row,
    criteria_of,
)

__all__ = ["NotColumnar", "Plan", "lower"]
assert calls  # they add themselves to what can be lowered
assert decisions

PERSONS_AT_A_TIME = 3 << 17
"""So many that Python's share is small, so few that what is calculated with fits in the caches."""
THREADS = 2
MOST_FACTS = 64
Numbers = Callable[[], NDArray[np.int64]]
ParameterValue = Decimal | date | tuple[Row, ...]


class NotColumnar(PopulationError):
    """An expression that cannot run in columns; names its file and line, and a way out."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The columns of earlier runs over the same people, for plans that share steps.

    A slider keeps one of these: what does not depend on the parameter is not calculated again.
    """

    blocks: dict[int, Memory] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A check of these regulations on this day, as steps over columns. Never changes."""

    on: date
    """The day of the check."""
    rights: tuple[LoweredRight, ...]
    wanted: frozenset[FactKey]
    """The facts that it looks at, each as it was on the reference date of the right."""
    _regulations: Mapping[str, Regulation]
    _catalogue: Catalogue
    _graph: Graph
    _values: Mapping[str, Mapping[str, ParameterValue]] = field(default_factory=dict)

    @property
    def facts(self) -> tuple[str, ...]:
        """Every fact on which an outcome may depend."""
        return tuple(dict.fromkeys(fact for right in self.rights for fact in right.facts))

    def run(
        self,
        people: Block,
        *,
        households: Numbers | None = None,
        persons: Numbers | None = None,
        why: bool = True,
        worth: bool = False,
        reasons: bool = False,
        keep: Kept | None = None,
        threads: int = THREADS,
    ) -> Results:
        """The results for these people: a pure function, so that a cluster's tasks can run it.

        `households` and `persons` give their numbers when asked (by default they count from 0; of
        households the private ones). Without `why` it is not found out which facts are missing;
        with `worth` amounts are calculated for an UNKNOWN too, with `reasons` which criteria
        decided. The people are taken a block of households at a time, in `threads` threads.
        """
        keep_freed_memory()
        blocks = people.parts(PERSONS_AT_A_TIME)

        def one(place: int) -> dict[str, Outcome]:
            memory = keep.blocks.setdefault(place, {}) if keep is not None else None
            return self.run_block(
                blocks[place], why=why, worth=worth, reasons=reasons, memory=memory
            )

        places = range(len(blocks))
        if threads > 1 and len(blocks) > 1:
            with ThreadPoolExecutor(threads) as pool:
                found: Sequence[dict[str, Outcome]] = list(pool.map(one, places))
        else:
            found = [one(place) for place in places]
        numbers = {
            "gezin": households or (lambda: np.arange(people.private)),
            "persoon": persons or (lambda: np.arange(people.persons)),
        }
        return Results(self.on, self.rights, found, numbers)

    def run_block(
        self,
        block: Block,
        *,
        why: bool = True,
        worth: bool = False,
        reasons: bool = False,
        memory: Memory | None = None,
    ) -> dict[str, Outcome]:
        """The outcome of every right for one block of households, all at once."""
        frame, found = Frame(block, memory), dict[str, Outcome]()
        for right, done in zip(self.rights, self._done, strict=True):
            found[right.id] = right.check(frame, why=why, worth=worth, reasons=reasons)
            if memory is None:
                frame.forget(done)
        return found

    @cached_property
    def _done(self) -> Sequence[frozenset[int]]:
        """Per right the steps that none after it needs."""
        after: frozenset[int] = frozenset()
        found = []
        for right in reversed(self.rights):
            found.append(right.needed() - after)
            after |= found[-1]
        return found[::-1]

    def with_parameters(self, values: Mapping[str, Mapping[str, ParameterValue]]) -> Plan:
        """The same plan with other values for parameters, by regulation and name.

        A value is what `Dated.value` is: a Decimal in euros, a date, or the rows of a table. The
        other rights stay as they are, and steps that do not depend on these parameters are the
        same steps: `Kept` finds their columns again. Raises KeyError for what is not there.
        """
        for regulation_id, named in values.items():
            known = self._regulations[regulation_id].content.parameters
            for name in named:
                if name not in known:
                    raise KeyError(f"{regulation_id} has no parameter {name!r}")
        both = {
            one: {**self._values.get(one, {}), **values.get(one, {})}
            for one in {*self._values, *values}
        }
        rights = tuple(
            _lowered(self._regulations[one.id], self.on, self._catalogue, self._graph, both)
            if one.id in values
            else one
            for one in self.rights
        )
        return replace(self, rights=rights, _values=both)


def lower(regulations: Iterable[Regulation] | Regulations, on: date, catalogue: Catalogue) -> Plan:
    """Lowers every expression that decides. Raises NotColumnar with all that cannot run so."""
    chosen = regulations.values() if isinstance(regulations, Mapping) else regulations
    by_id = {one.id: one for one in chosen}
    folders = folders_of(regulations)
    graph = Graph()
    rights: list[LoweredRight] = []
    problems: list[str] = []
    for one in by_id.values():
        try:
            rights.append(_lowered(one, on, catalogue, graph, {}, folders))
        except NotColumnar as problem:
            problems.append(str(problem))
    if problems:
        raise NotColumnar("\n".join(problems))
    wanted = {
        FactKey(path, one.reference_date(on)) for one in by_id.values() for path in one.needed
    }
    return Plan(on, tuple(rights), frozenset(wanted), by_id, catalogue, graph)


def _lowered(
    regulation: Regulation,
    on: date,
    catalogue: Catalogue,
    graph: Graph,
    values: Mapping[str, Mapping[str, ParameterValue]],
    folders: Sequence[Path] = (),
) -> LoweredRight:
    reference = regulation.reference_date(on)
    parameters = {
        name: _with_value(one, values.get(regulation.id, {}).get(name))
        for name, one in regulation.content.parameters.items()
    }
    tables = {
        name: _rows(one.on(reference)) for name, one in parameters.items() if one.by is not None
    }
    bound = {**FUNCTIONS, **parameter_values(parameters, reference), "peildatum": reference}
    lowering = Lowering(Builder(graph), catalogue, reference, tables)
    return _Right(regulation, lowering, lowering.scope(regulation.unit, bound), folders).lowered()


def _with_value(parameter: Parameter, value: ParameterValue | None) -> Parameter:
    if value is None:
        return parameter
    given = Dated(date.min, None, value, (), False, {})
    return replace(parameter, values=(given,))


def _rows(dated: Dated | None) -> tuple[Row, ...] | None:
    return dated.value if dated is not None and isinstance(dated.value, tuple) else None


@dataclass(slots=True)
class _Right:
    """Lowers one regulation; every problem of it is told at once."""

    regulation: Regulation
    lowering: Lowering
    scope: Scope
    folders: Sequence[Path] = ()
    problems: list[str] = field(default_factory=list)

    def lowered(self) -> LoweredRight:
        content = self.regulation.content
        criteria = self._criteria(content.criteria)
        lines = tuple(self._line(line) for line in content.amounts)
        paths = (path for one in criteria_of(content.criteria) for path in one.when.facts)
        facts = tuple(dict.fromkeys(paths))
        if len(facts) > MOST_FACTS:
            self.problems.append(
                f"{self.regulation.id}: its criteria name {len(facts)} facts, more than the"
                f" {MOST_FACTS} that columns can tell apart; make two regulations of it"
            )
        if self.problems:
            raise NotColumnar("\n".join(self.problems))
        return LoweredRight(self.regulation.id, self.regulation.unit, criteria, lines, facts)

    def _criteria(self, node: CriteriaNode) -> Criteria:
        if isinstance(node, Criterion):
            return Atom(node.id, self._step(node.when, f"criterion {node.id}"))
        return Branch(node.kind, tuple(self._criteria(child) for child in node.nodes))

    def _line(self, line: AmountLine) -> Line:
        what = f"amount {line.id}"
        choices = tuple(
            (
                self._step(one.when, what) if one.when else None,
                self._step(one.value, what) if one.value else None,
            )
            for one in line.choices
        )
        return Line(line.id, line.kind, line.per, choices)

    def _step(self, expression: Expression, what: str) -> Step:
        tree = expression.tree
        try:
            value = self.lowering.value(tree, self.scope)
            level = "household" if self.regulation.unit == "gezin" else "person"
            return self.lowering.builder.at(value.step, level)
        except Refused as refused:
            self.problems.append(self._told(expression, what, refused))
            return self.lowering.value(ast.Null(), self.scope).step

    def _told(self, expression: Expression, what: str, refused: Refused) -> str:
        text = " ".join(expression.text.split())
        return (
            f"{place_of(self.regulation.id, expression.text, self.folders)}: {what}: `{text}`"
            f" cannot run in columns: {refused.what}; {refused.hint}"
        )
