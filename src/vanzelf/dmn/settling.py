"""Which inputs would settle an outcome that is not known.

A set of inputs settles when every legal way of filling it gives a known value. Inputs of which
the legal values can be counted out (yes or no, a list of allowed values) are really filled in,
in every way; of others it is known that, once filled in, what depends on them alone is known.
All inputs that an outcome depends on settle it together; the search is for smaller sets, up to
a bound, and says when it stopped.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from vanzelf.dmn.tables.domains import Missing
from vanzelf.feel.extending import LimitExceeded
from vanzelf.feel.values.unknown import Unknown, unknown_within

MOST_EXTRA: Final = 4
"""How many inputs a set may have beyond those that every settling set needs."""
MOST_FILLINGS: Final = 2000
"""How many fillings are tried for one outcome before the search stops."""
MOST_VALUES: Final = 20
"""An input with more legal values than this is not filled in."""

Paths = tuple[str, ...]


class Question(Protocol):
    """What was asked: `value` came out, with unknowns in it, for `inputs` as they were taken.

    What is missing stands in the inputs as `Missing`. `again` gives the value for other inputs;
    it raises LimitExceeded when it was stopped.
    """

    @property
    def value(self) -> object: ...

    @property
    def inputs(self) -> Mapping[str, object]: ...

    def again(self, inputs: Mapping[str, object], /) -> object: ...


@dataclass(frozen=True, slots=True)
class Settling:
    """`missing`: the inputs that could still change the value, in the order of the inputs.
    `sets`: the smallest sets of them that settle; none if nothing that is missing does.
    `complete` is false when the search stopped before it had seen all sets."""

    missing: Paths = ()
    sets: tuple[Paths, ...] = ()
    complete: bool = True


def settle(question: Question) -> Settling:
    """What would settle the value of a question."""
    unknown = unknown_within(question.value)
    if unknown is None:
        return Settling()
    standing = {path: one for one in _missing(question.inputs) for path in one.causes}
    missing = (
        *(path for path in standing if path in unknown.causes),
        *sorted(unknown.causes - standing.keys()),
    )
    if not missing:
        return Settling()
    search = _Search(question, standing, unknown)
    sets, complete = smallest(missing, search.settles)
    return Settling(missing, sets, complete)


def _missing(value: object) -> Iterator[Unknown]:
    """What is missing in the inputs, from first to last."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _missing(member)
    elif isinstance(value, list):
        for member in value:
            yield from _missing(member)


class Exhausted(Exception):
    """The search tried as much as it may."""


class _Search:
    """Fillings of the inputs of one question, each evaluated once."""

    def __init__(
        self, question: Question, standing: Mapping[str, Unknown], unknown: Unknown
    ) -> None:
        self.question = question
        self.legal = {path: values for path, one in standing.items() if (values := _values(one))}
        self.known: dict[frozenset[tuple[str, object]], Unknown | None] = {frozenset(): unknown}

    def settles(self, paths: Collection[str]) -> bool:
        """Whether every legal filling of these inputs gives a known value."""
        return self._settles(frozenset(paths), {})

    def _settles(self, paths: frozenset[str], filled: dict[str, object]) -> bool:
        """An input on which nothing depends any more need not be filled in."""
        unknown = self._unknown(filled)
        if unknown is None:
            return True
        if not unknown.causes & paths:
            return False
        path = next((one for one in self.legal if one in unknown.causes & paths), None)
        if path is None or path in filled:
            return unknown.causes <= paths
        return all(self._settles(paths, {**filled, path: one}) for one in self.legal[path])

    def _unknown(self, filled: dict[str, object]) -> Unknown | None:
        key = frozenset(filled.items())
        if key not in self.known:
            if len(self.known) > MOST_FILLINGS:
                raise Exhausted
            inputs = {name: _filled(one, filled) for name, one in self.question.inputs.items()}
            try:
                self.known[key] = unknown_within(self.question.again(inputs))
            except LimitExceeded:
                raise Exhausted from None
        return self.known[key]


def _values(one: Unknown) -> tuple[object, ...] | None:
    legal = one.legal if isinstance(one, Missing) else None
    return legal if legal is not None and len(legal) <= MOST_VALUES else None


def _filled(value: object, filling: Mapping[str, object]) -> object:
    """The inputs with what is missing filled in."""
    if isinstance(value, Missing):
        (path,) = value.causes
        return filling.get(path, value)
    if isinstance(value, Mapping):
        return {name: _filled(member, filling) for name, member in value.items()}
    if isinstance(value, list):
        return [_filled(member, filling) for member in value]
    return value


# --- the search, whatever is searched ---------------------------------------------------------


def smallest(
    everything: Sequence[str],
    settles: Callable[[Collection[str]], bool],
    most_extra: int = MOST_EXTRA,
) -> tuple[tuple[Paths, ...], bool]:
    """The smallest sets that settle, in the order of `everything`, and whether these are all.

    `settles` holds for a set if it holds for a part of it; it raises Exhausted when it has done
    enough. Then, and when no smaller set is found within the bound, everything is the set.
    """
    found: list[Paths] = []
    try:
        if not settles(everything):
            return (), True
        needed = [one for one in everything if not settles(_without(everything, one))]
        if settles(needed):
            return (tuple(needed),), True
        others = [one for one in everything if one not in needed]
        for extra in _combinations(others, most_extra):
            candidate = {*needed, *extra}
            if not any(candidate.issuperset(one) for one in found) and settles(candidate):
                found.append(tuple(one for one in everything if one in candidate))
    except Exhausted:
        return tuple(found) or (tuple(everything),), False
    return tuple(found) or (tuple(everything),), len(others) <= most_extra


def _combinations(others: list[str], most: int) -> Iterator[tuple[str, ...]]:
    for size in range(1, min(most, len(others)) + 1):
        yield from itertools.combinations(others, size)


def _without(everything: Iterable[str], left_out: str) -> list[str]:
    return [one for one in everything if one != left_out]
