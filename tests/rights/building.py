"""Regulations made in memory, for laws that hold of every rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from vanzelf.rights import Authority, Catalogue, Fact, Outcome, Regulation
from vanzelf.rights.document import Item
from vanzelf.rights.expressions import Expressions
from vanzelf.rights.model import Content, CriteriaNode, Criterion, Group
from vanzelf.rights.problems import Place, Problems

DAY = date(2026, 1, 15)
NAMES = ("a", "b", "c", "d", "e")
ASK = {"a": "value", "b": "city", "c": "resident", "d": "yes-no", "e": "city"}
BOTH = {"nl": "x", "en": "x"}


def fact(name: str, kind: str = "boolean", ask: str = "value") -> Fact:
    path, _, plain = name.rpartition(".")
    return Fact(
        path=f"{path or 'persoon'}.{plain}",
        id=plain.replace(" ", "_"),
        type=kind,
        per=None,
        time="period",
        sensitivity="basis",
        ask=ask,
        sources=("register",),
        names={"nl": plain, "en": plain},
        question={},
    )


FIVE = Catalogue({f"persoon.{name}": fact(name, ask=ASK[name]) for name in NAMES})


def regulation_of(tree: Any, catalogue: Catalogue = FIVE, unit: str = "persoon") -> Regulation:
    """From `"persoon.a"`, `("all", […])`, `("any", […])` and `("not", […])`."""
    problems = Problems()
    expressions = Expressions.of_unit(unit, catalogue, problems)
    numbers = itertools.count(1)

    def node(part: Any) -> CriteriaNode:
        name = f"n{next(numbers)}"
        if isinstance(part, str):
            item = Item(part, Place("rule", 1), "scalar")
            when = expressions.condition(item, name)
            assert when is not None, problems.found
            return Criterion(name, when, BOTH, (), {}, {})
        kind, parts = part
        return Group(name, kind, tuple(node(inner) for inner in parts), {}, ())

    authority = Authority("stad", BOTH, "gent", BOTH, "60 dagen", BOTH)
    content = Content(
        id="proef", names=BOTH, summary=BOTH, unit=unit, authority=authority, advice_only=False,
        reference_rule="day of the check", once_per="kalenderjaar", checked=(), life_events=(),
        ipdc=None, notes=(), law={}, parameters={}, criteria=node(tree), amounts=(),
        deliveries=(), hash="0",
    )  # fmt: skip
    return Regulation(content, catalogue)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("not({})".format, inner),
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    )


EXPRESSIONS = st.recursive(st.sampled_from([f"persoon.{name}" for name in NAMES]), _combined,
                           max_leaves=4)  # fmt: skip
TREES = st.recursive(
    EXPRESSIONS,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("not"), st.lists(inner, min_size=1, max_size=1)),
    ),
    max_leaves=6,
)
FACTS = st.dictionaries(st.sampled_from(NAMES), st.booleans(), max_size=4)


def fillings(paths: Sequence[str]) -> Iterator[dict[str, bool]]:
    for values in itertools.product((False, True), repeat=len(paths)):
        yield dict(zip((path.rpartition(".")[2] for path in paths), values, strict=True))


def outcome(regulation: Regulation, facts: Mapping[str, object]) -> Outcome:
    return regulation.check({"persoon": facts}, DAY, explain=False).outcome


def settles(regulation: Regulation, facts: Mapping[str, bool], paths: Sequence[str]) -> bool:
    """By brute force: whether every filling of these facts gives YES or NO."""
    return all(
        outcome(regulation, {**facts, **filling}) is not Outcome.UNKNOWN
        for filling in fillings(paths)
    )
