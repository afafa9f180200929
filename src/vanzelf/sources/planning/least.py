"""The least that any planner could ask: the answers that every proof needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from vanzelf.population import UNKNOWN
from vanzelf.population.kernel.column import Column, Truth
from vanzelf.population.kernel.graph import Frame
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import spread
from vanzelf.population.loading import unknown_in
from vanzelf.sources.planning.hidden import Hidden, asked_about, homes_of, looked_at, units_of
from vanzelf.sources.planning.people import Marks, Rows
from vanzelf.sources.planning.questions import MEMBER


def least(city: Hidden, all_asked: Rows, before: Rows) -> int:
    """Answers that every proof needs: without it, or with another, the verdict would differ; and
    one question at least about every unit that any answer could decide."""
    planner = city.planner
    homes = homes_of(city, before == UNKNOWN)
    part = city.take(homes)
    final = all_asked[units_of(city, homes)]
    nothing = part.nothing()
    deciding = planner.worth_asking(part.shown(nothing), nothing, part.who)
    known = planner.with_families(part.shown(part.everything()), part.who)
    needed = {path: _needed(part, known, path, final) for path in asked_about(part)}
    counted = {planner.fact_at(path): rows for path, rows in needed.items()}
    total = sum(_fewest(part, path, rows, counted) for path, rows in needed.items())
    return total + _none_needed(part, needed, deciding)


def _none_needed(part: Hidden, needed: Mapping[str, Marks], deciding: Marks) -> int:
    """One for each unit of which no single answer is needed, but some are; one for the whole
    household where an answer may serve several of its members."""
    truth = part.truth
    personal = part.planner.regulation.unit == "persoon"
    if personal and not part.planner.families and all(p.startswith("persoon.") for p in needed):
        own = np.zeros(truth.persons, dtype=bool)
        for rows in needed.values():
            own |= rows
        return int(np.count_nonzero(deciding & ~own))
    homes, proven = (np.zeros(truth.households, dtype=bool) for _ in range(2))
    homes[truth.home[deciding] if personal else np.flatnonzero(deciding)] = True
    for path, rows in needed.items():
        proven[truth.home[rows] if part.is_personal(path) else rows] = True
    return int(np.count_nonzero(homes & ~proven))


def _needed(part: Hidden, known: Block, path: str, final: Rows) -> Marks:
    """The rows of this fact without which the verdict of some unit would not be what it is."""
    looked = looked_at(part, path)
    found = np.zeros(len(looked), dtype=bool)
    fact = part.planner.fact_at(path)
    for rows in _one_by_one(part, path, looked):
        for column_of in _otherwise(known, fact, part):
            block = _with(known, fact, column_of, rows, part)
            outcomes = _outcomes(part, block)
            differ = outcomes != final
            if column_of is None:
                differ &= final != UNKNOWN
            else:
                differ &= (final == UNKNOWN) & (outcomes != UNKNOWN)
            found |= rows & _rows_of(part, path, differ)
    return found


def _otherwise(known: Block, fact: str, part: Hidden) -> list[bool | None]:
    columns = [column for key, column in known.facts.items() if part.fact_at(key.path) == fact]
    yes_no = all(isinstance(column, Truth) for column in columns)
    return [None, True, False] if yes_no else [None]


def _one_by_one(part: Hidden, path: str, looked: Marks) -> list[Marks]:
    """Marks in which every household (every unit, for its own fact) has one row at most."""
    if not path.startswith(MEMBER):
        return [looked]
    place = np.arange(part.truth.persons) - np.repeat(part.truth.edges[:-1], part.truth.sizes)
    most = int(place.max(initial=-1)) + 1
    return [looked & (place == one) for one in range(most) if (looked & (place == one)).any()]


def _with(known: Block, fact: str, value: bool | None, rows: Marks, part: Hidden) -> Block:
    facts: dict[FactKey, Column] = dict(known.facts)
    for key, column in known.facts.items():
        if part.fact_at(key.path) != fact:
            continue
        if value is None or not isinstance(column, Truth):
            facts[key] = unknown_in(column, rows)
            continue
        true, false = spread(column.true, len(rows)), spread(column.false, len(rows))
        facts[key] = Truth(
            np.where(rows, value, true), np.where(rows, not value, false), column.null
        )
    return replace(known, facts=facts)


def _outcomes(part: Hidden, block: Block) -> Rows:
    found = part.planner.plan.rights[0].check(Frame(block), why=False, worth=False)
    return found.outcomes.astype(np.int64)


def _rows_of(part: Hidden, path: str, units: Marks) -> Marks:
    """From units to the rows of a fact that they look at."""
    truth = part.truth
    personal = part.planner.regulation.unit == "persoon"
    if path.startswith("persoon."):
        return units
    homes = np.zeros(truth.households, dtype=bool)
    if personal:
        homes[truth.home[units]] = True
    else:
        homes[: len(units)] = units
    return homes[truth.home] if path.startswith(MEMBER) else homes


def _fewest(part: Hidden, path: str, rows: Marks, counted: Mapping[str, Marks]) -> int:
    """So many questions at least give these answers: one for a family that answers for all."""
    planner = part.planner
    family = planner.families.get(planner.fact_at(path))
    if family is None or not part.is_personal(path):
        return part.persons(path, np.flatnonzero(rows))
    heads = part.who.heads(part.truth, family.family, planner.purpose)
    answer = part.truth.facts[FactKey(family.key, planner.reference)]
    no = spread(answer.false, len(rows)) if isinstance(answer, Truth) else np.zeros(len(rows), bool)
    told = no & counted.get(family.path, np.zeros(len(rows), dtype=bool))
    rows = rows & ~told & ~told[heads]
    waiting = np.bincount(heads[rows], minlength=len(rows))
    return int(np.where(no, np.minimum(waiting, 1), waiting).sum())
