"""The full path of a check: every criterion gets its outcome, and every step what it used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.rights.compiled import Context, Run, run_of
from vanzelf.rights.fired import tables_of
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

    id: str
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
        return Atom(node.id, node, run_of(node.when))
    return Branch(node.id, node.kind, tuple(tree_of(child) for child in node.nodes))


@dataclass(frozen=True, slots=True)
class State:
    """What a criterion gives: True, False or None, and the facts that could still change it."""

    outcome: bool | None
    causes: frozenset[str] = frozenset()
    reason: str | None = None


TRUE, FALSE, OPEN = State(True), State(False), State(None)


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


def evaluate(tree: Tree, context: Context, states: States) -> bool | None:
    """The outcome of a tree; the state of every criterion and group goes into `states` by id.

    Every criterion is evaluated, also one on which nothing depends any more.
    """
    if isinstance(tree, Atom):
        state = states[tree.id] = state_of(tree.run(context))
        return state.outcome
    outcome = combined(tree.kind, [evaluate(child, context, states) for child in tree.nodes])
    states[tree.id] = OPEN if outcome is None else TRUE if outcome else FALSE
    return outcome


def outcome_of(tree: Tree, states: States) -> bool | None:
    """The outcome of a tree from the states of its criteria alone."""
    if isinstance(tree, Atom):
        return states[tree.id].outcome
    return combined(tree.kind, [outcome_of(child, states) for child in tree.nodes])


def combined(kind: str, outcomes: list[bool | None]) -> bool | None:
    """Kleene's `all`, `any` and `not`."""
    if kind == "not":
        return None if outcomes[0] is None else not outcomes[0]
    decides = kind == "any"
    if decides in outcomes:
        return decides
    return None if None in outcomes else not decides


def reasons_of(tree: Tree, states: States) -> tuple[str, ...]:
    """The criteria that decided a tree: the first decisive one, else all that agree or are open."""
    if isinstance(tree, Atom):
        return (tree.id,)
    if tree.kind == "not":
        return reasons_of(tree.nodes[0], states)
    outcome = states[tree.id].outcome
    same = [child for child in tree.nodes if states[child.id].outcome is outcome]
    if outcome is (tree.kind == "any"):
        same = same[:1]
    return tuple(reason for child in same for reason in reasons_of(child, states))


def open_atoms(tree: Tree, states: States) -> Iterator[Atom]:
    """The unknown criteria on which an unknown tree still depends."""
    if states[tree.id].outcome is not None:
        return
    if isinstance(tree, Atom):
        yield tree
        return
    for child in tree.nodes:
        yield from open_atoms(child, states)


def steps_of(
    tree: Tree, states: States, facts: Context, origins: Origins, context: Context
) -> Step:
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
            tables=tables_of(criterion.when, context),
        )
    steps = tuple(steps_of(child, states, facts, origins, context) for child in tree.nodes)
    outcome = Outcome.of(states[tree.id].outcome)
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
