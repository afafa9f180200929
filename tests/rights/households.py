"""Random households for the shipped rights: every fact of its own type, some absent, some null."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from vanzelf.rights import Fact, Regulations, load

DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))
TEXTS = ("44021", "44043", "21004", "9000", "Z", "container", "samenwonend", "alleenstaand")


@cache
def shipped_rights() -> Regulations:
    return load()


def value(fact: Fact) -> st.SearchStrategy[Any]:
    match fact.type:
        case "boolean":
            return st.booleans()
        case "number":
            return st.integers(0, 6)
        case "date":
            return st.dates(date(1930, 1, 1), date(2027, 12, 31))
        case "money":
            return st.decimals(0, 60000, places=2)
        case _:
            return st.sampled_from(fact.values or TEXTS)


@cache
def section(name: str) -> st.SearchStrategy[dict[str, Any]]:
    facts = [fact for fact in shipped_rights().facts.section(name).values() if not fact.members]
    known = {fact.name: value(fact) for fact in facts}
    some = {fact.name: st.one_of(value(fact), value(fact), st.none()) for fact in facts}
    return st.one_of(st.fixed_dictionaries(known), st.fixed_dictionaries({}, optional=some))


@st.composite
def households(draw: st.DrawFn) -> dict[str, Any]:
    """Facts of a household and of one person of it."""
    gezin = draw(section("gezin"))
    leden = draw(st.lists(section("persoon"), min_size=1, max_size=3))
    if draw(st.integers(0, 9)):
        gezin = {**gezin, "leden": leden}
    return {"gezin": gezin, "persoon": leden[0]}


@st.composite
def thinned(draw: st.DrawFn, facts: dict[str, Any]) -> dict[str, Any]:
    """The same facts, of which some are not known."""

    def thin(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: thin(inner) for key, inner in value.items() if draw(st.booleans())}
        return [thin(inner) for inner in value] if isinstance(value, list) else value

    return {name: thin(value) for name, value in facts.items()}
