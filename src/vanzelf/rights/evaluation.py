"""The full path of a check: every criterion gets its outcome, and every step what it used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.rights.compiled import Context, Run, run_of
from vanzelf.rights.household import values_at
from vanzelf.rights.model import CriteriaNode, Criterion, Expression
from vanzelf.rights.verdict import FactValue, Origin, Outcome, Step, Used

PARAMETER = "parameter: "
"""How a cause begins that is no fact but a parameter whose value is not known."""
NO_VALUE = "no-value"
Origins: TypeAlias = Mapping[str, Origin]


@dataclass(frozen=True, slots=True)
class Atom:
    """A criterion ready to run."""

    criterion: Criterion
    run: Run


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of atoms and branches."""

    id: str
    kind: str
    nodes: tuple[Tree, ...]


Tree: TypeAlias = "Atom | Branch"


def tree_of(node: CriteriaNode) -> Tree:
    if isinstance(node, Criterion):
        return Atom(node, run_of(node.when))
    return Branch(node.id, node.kind, tuple(tree_of(child) for child in node.nodes))


@dataclass(frozen=True, slots=True)
class State:
    """What a criterion gives: True, False or None, and the facts that could still change it."""

    outcome: bool | None
    causes: frozenset[str] = frozenset()
    reason: str | None = None


TRUE, FALSE = State(True), State(False)


def state_of(value: object) -> State:
    """Null and errors are unknown with that reason; unknowns have facts or parameters as cause."""
    if value is True:
        return TRUE
    if value is False:
        return FALSE
    if not isinstance(value, Unknown):
        return State(None, frozenset(), NO_VALUE)
    facts = frozenset(cause for cause in value.causes if not cause.startswith(PARAMETER))
    others = sorted(value.causes - facts)
    return State(None, facts, others[0] if others else None if facts else NO_VALUE)


States: TypeAlias = dict[str, State]


def evaluate(tree: Tree, context: Context, states: States) -> None:
    """The state of every criterion, by its id; also of those that nothing depends on any more."""
    if isinstance(tree, Atom):
        states[tree.criterion.id] = state_of(tree.run(context))
        return
    for child in tree.nodes:
        evaluate(child, context, states)


def outcome_of(tree: Tree, states: States) -> bool | None:
    """The Kleene outcome of a tree whose criteria have their states."""
    if isinstance(tree, Atom):
        return states[tree.criterion.id].outcome
    inner = [outcome_of(child, states) for child in tree.nodes]
    if tree.kind == "not":
        return None if inner[0] is None else not inner[0]
    decides = tree.kind == "any"
    if decides in inner:
        return decides
    return None if None in inner else not decides


def open_atoms(tree: Tree, states: States) -> Iterator[Atom]:
    """The unknown criteria on which an unknown tree still depends."""
    if outcome_of(tree, states) is not None:
        return
    if isinstance(tree, Atom):
        yield tree
        return
    for child in tree.nodes:
        yield from open_atoms(child, states)


def steps_of(tree: Tree, states: States, facts: Context, origins: Origins) -> Step:
    """The explanation of a tree."""
    if isinstance(tree, Atom):
        criterion = tree.criterion
        state = states[criterion.id]
        used = used_by(criterion.when, facts, origins)
        return Step(
            criterion.id,
            "criterion",
            Outcome.of(state.outcome),
            facts=used,
            missing=in_order(state.causes, (item.path for item in used)),
            reason=state.reason,
        )
    steps = tuple(steps_of(child, states, facts, origins) for child in tree.nodes)
    outcome = Outcome.of(outcome_of(tree, states))
    missing = (
        dict.fromkeys(path for step in steps for path in step.missing)
        if outcome is Outcome.UNKNOWN
        else ()
    )
    return Step(tree.id, tree.kind, outcome, steps, missing=tuple(missing))


def used_by(expression: Expression, facts: Context, origins: Origins) -> tuple[Used, ...]:
    """The facts that an expression looks at, for these people."""
    found: dict[str, Used] = {}
    for path in expression.facts:
        for at, value in values_at(facts, path):
            if at not in found:
                found[at] = Used(at, _as_fact(value), origins.get(at))
    return tuple(found.values())


def _as_fact(value: object) -> FactValue:
    if isinstance(value, Unknown):
        return UNKNOWN
    return value  # type: ignore[return-value]  # facts hold nothing else


def in_order(chosen: Iterable[str], order: Iterable[str]) -> tuple[str, ...]:
    """The chosen paths in the order in which they come; others after them, by name."""
    wanted = set(chosen)
    first = [path for path in dict.fromkeys(order) if path in wanted]
    return (*first, *sorted(wanted.difference(first)))
