"""Invented households with gaps, and what one check says of them, beside the columns."""

from __future__ import annotations

import string
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import strategies as st

from vanzelf.feel import Unknown
from vanzelf.population.given import people_of
from vanzelf.population.plan import Plan
from vanzelf.rights import Catalogue, Outcome, Regulation
from vanzelf.rights.evaluation import PARAMETER
from vanzelf.rights.facts import Fact
from vanzelf.rights.household import pattern
from vanzelf.rights.model import Dated

DAYS = (date(2026, 1, 15), date(2024, 2, 29), date(2025, 12, 31), date(2023, 10, 1))
CODES = {Outcome.NO: 0, Outcome.YES: 1, Outcome.UNKNOWN: 2}
ABSENT = object()
TEXTS = ("44021", "44043", "23002", "21004", "11002", "Z", "container", "9000", "")


def near(values: Sequence[Decimal]) -> st.SearchStrategy[Decimal]:
    """Amounts at thresholds, a cent beside them, and anything."""
    cents = [value + step for value in values for step in (Decimal("-0.01"), 0, Decimal("0.01"))]
    anything = st.decimals(min_value=-500, max_value=90_000, places=2)
    return st.one_of(st.sampled_from(cents or [Decimal(0)]), anything)


def births(on: date) -> st.SearchStrategy[date]:
    """Round ages to the day, the ends of February and of the year, and any day."""
    around = [
        date(on.year - years, on.month, min(on.day, 28)) + timedelta(days)
        for years in (0, 1, 5, 10, 17, 18, 19, 24, 25, 65)
        for days in (-1, 0, 1)
    ]
    corners = [date(year, 2, 29) for year in (1948, 2000, 2004, 2008, 2020)]
    corners += [date(year, 12, 31) for year in (1999, 2007, 2008, 2018, 2025)]
    corners += [date(2019, 1, 1), date(2018, 12, 31), date(2007, 1, 1)]
    anything = st.dates(date(1900, 1, 1), date(2030, 1, 1))
    return st.one_of(st.sampled_from(around + corners), anything)


def values_of(fact: Fact, on: date, amounts: Sequence[Decimal]) -> st.SearchStrategy[object]:
    """Values of a fact, unknown (left out) and null among them."""
    plain: dict[str, st.SearchStrategy[Any]] = {
        "boolean": st.booleans(),
        "number": st.one_of(
            st.integers(0, 12).map(Decimal), st.sampled_from([Decimal("1.5"), Decimal(-1)])
        ),
        "money": near(amounts),
        "date": births(on),
        "text": st.sampled_from(fact.values or TEXTS),
    }
    return st.one_of(plain[fact.type], plain[fact.type], st.just(ABSENT), st.none())


def amounts_in(regulation: Regulation) -> list[Decimal]:
    """The amounts that its parameters speak of, on any day."""
    found: list[Decimal] = []
    for parameter in regulation.content.parameters.values():
        for dated in parameter.values:
            found += _amounts(dated)
    return found


def _amounts(dated: Dated) -> list[Decimal]:
    if isinstance(dated.value, tuple):
        return [row.value for row in dated.value if isinstance(row.value, Decimal)]
    return [dated.value] if isinstance(dated.value, Decimal) else []


@st.composite
def units(draw: st.DrawFn, regulation: Regulation, on: date) -> dict[str, Any]:
    """What is known of one unit, as `Regulation.check` takes it."""
    catalogue, amounts = regulation.catalogue, amounts_in(regulation)
    mood = draw(st.sampled_from(["any", "any", "any", "full", "nothing"]))

    def section(paths: Sequence[str]) -> dict[str, object]:
        found: dict[str, object] = {}
        for path in paths:
            fact = catalogue.at(path)
            value = draw(values_of(fact, on, amounts))
            if mood == "full" and value in (ABSENT, None):
                value = {"boolean": False, "text": "44021", "date": on}.get(fact.type, Decimal(1))
            if value is not ABSENT and mood != "nothing":
                found[fact.name] = value
        return found

    needed = regulation.needed
    home = section([p for p in needed if p.startswith("gezin.") and "leden" not in p])
    of_member = [path for path in needed if "[]" in path]
    least = 0 if regulation.unit == "gezin" else 1
    listed = draw(st.sampled_from(["some", "some", "some", "some", "none", "unknown"]))
    if listed == "some" and mood != "nothing":
        count = draw(st.integers(least, 4))
        home["leden"] = [section(of_member) for _ in range(count)]
    elif listed == "none" and mood != "nothing":
        home["leden"] = None
    facts: dict[str, Any] = {"gezin": home}
    if regulation.unit == "persoon":
        facts["persoon"] = section([p for p in needed if p.startswith("persoon.")])
    return facts


def told_by_columns(
    plan: Plan, regulation: Regulation, facts: Sequence[dict[str, Any]], catalogue: Catalogue
) -> list[tuple[int, dict[str, int | None], frozenset[str], tuple[str, ...]]]:
    """Outcome, hundredths per line (None: not known), missing facts and reasons, per unit."""
    block = people_of(facts, plan.wanted, catalogue)
    results = plan.run(block, worth=True, reasons=True)
    rows = list(range(len(facts)))
    if regulation.unit == "persoon":
        rows = block.starts[:-1].tolist()
    outcomes, amounts = results.outcomes(regulation.id), results.amounts(regulation.id)
    codes, texts = results.reasons(regulation.id)
    return [
        (
            int(outcomes[row]),
            {
                line: int(cents[row]) if known[row] else None
                for line, (cents, known) in amounts.items()
            },
            frozenset(results.missing(regulation.id, row)),
            texts[codes[row]],
        )
        for row in rows
    ]


def told_by_one(
    regulation: Regulation, facts: dict[str, Any], on: date
) -> tuple[int, dict[str, int | None], frozenset[str], tuple[str, ...]]:
    """The same by `Regulation.check`, for one unit."""
    verdict = regulation.check(facts, on)
    missing: frozenset[str] = frozenset()
    amounts: dict[str, int | None] = {line.id: 0 for line in regulation.content.amounts}
    if verdict.outcome is Outcome.UNKNOWN:
        missing = frozenset(pattern(path) for path in verdict.missing)
    if verdict.outcome is not Outcome.NO:
        for amount in regulation.worth(facts, on):
            amounts[amount.id] = hundredths(amount.value)
    reasons = regulation.check(facts, on, explain=False).reasons
    return CODES[verdict.outcome], amounts, missing, reasons


def hundredths(value: object) -> int | None:
    if isinstance(value, Unknown):
        return None
    if not isinstance(value, Decimal):
        return 0
    return int((value * 100).to_integral_value(ROUND_HALF_UP))


assert PARAMETER
assert string
