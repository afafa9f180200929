"""A right for everyone at once: what the population's columns give, in the form of findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vanzelf import population
from vanzelf.population import NO, UNKNOWN, Population, Results
from vanzelf.population.tables import PERSONS
from vanzelf.rights import Regulation

DECEASED = "deceased"
"""The reason of a NO where nobody is left who could get it."""
OPEN = np.iinfo(np.int64).min  # stands for an amount that is not known
MONEY = "money"
Texts = tuple[str, ...]


class Columns(NamedTuple):
    """One row per unit, in the population's order, private households first.

    `table` has unit (from 0), home (position of the household), register_number (of the
    household), place (in it, from 0; empty for a right of households), outcome, cents, worth, and
    reasons and missing as places in the two lists of texts.
    """

    table: pa.Table
    reasons: Sequence[Texts]
    missing: Sequence[Texts]

    def unknown(self) -> list[int]:
        """The units with an UNKNOWN."""
        found: list[int] = np.flatnonzero(self.table["outcome"].to_numpy() == UNKNOWN).tolist()
        return found


def columns_of(people: Population, regulation: Regulation, on: date) -> Columns:
    """Checks everyone. Raises NotColumnar, PopulationError."""
    right = regulation.id
    results = population.check(people, [regulation], on, worth=True, reasons=True)
    personal = regulation.unit == "persoon"
    died = _died(people, personal)
    outcomes = np.where(died, np.int8(NO), results.outcomes(right))
    reasons, reason_texts = _with(died, (DECEASED,), *results.reasons(right))
    missing, missing_texts = _with(died, (), *_missing(results, right))
    homes, places = _units(people, personal)
    cents, worth = _worth(results, right, outcomes)
    table = pa.table(
        {
            "unit": pa.array(np.arange(len(outcomes)), pa.int32()),
            "home": pa.array(homes, pa.int32()),
            "register_number": pa.array(people.people.households[homes]),
            "place": places,
            "outcome": pa.array(outcomes),
            "cents": cents,
            "worth": worth,
            "reasons": pa.array(reasons),
            "missing": pa.array(missing, pa.int32()),
        }
    )
    return Columns(table, reason_texts, missing_texts)


def _died(people: Population, personal: bool) -> NDArray[np.bool_]:
    """The units of which the register says that everyone died. It may list them for a while: an
    award to nobody is then a mistake."""
    starts, tables = people.people.starts, people.people.tables
    if not tables.has(PERSONS, DECEASED):
        return np.zeros(starts[-1] if personal else len(people), bool)
    flags = tables.columns(PERSONS, [DECEASED])[DECEASED]
    dead: NDArray[np.bool_] = flags.fill_null(False).to_numpy().astype(bool)
    if personal:
        return dead
    before = np.concatenate([[0], np.cumsum(dead)])
    sizes = np.diff(starts)[: len(people)]
    gone: NDArray[np.bool_] = (np.diff(before[starts])[: len(people)] == sizes) & (sizes > 0)
    return gone


def _with(
    where: NDArray[np.bool_], text: Texts, places: NDArray[Any], texts: Sequence[Texts]
) -> tuple[NDArray[Any], Sequence[Texts]]:
    """Per unit the place of its text, with another text for some units."""
    if not where.any():
        return places, texts
    return np.where(where, len(texts), places), [*texts, text]


def _units(people: Population, personal: bool) -> tuple[NDArray[np.int64], pa.Array]:
    """Per unit the position of its household, and which of its members it is."""
    if not personal:
        return np.arange(len(people)), pa.nulls(len(people), pa.int16())
    starts = people.people.starts
    sizes = np.diff(starts)
    homes = np.repeat(np.arange(len(sizes)), sizes)
    return homes, pa.array(np.arange(len(homes)) - starts[homes], pa.int16())


def _missing(results: Results, right: str) -> tuple[NDArray[np.int64], list[Texts]]:
    """Per unit which facts are missing, by place in the list of sets that occur, sorted."""
    facts = results.facts_of(right)
    words, places = np.unique(results.why(right), return_inverse=True)
    texts = [
        tuple(sorted({fact for bit, fact in enumerate(facts) if int(word) >> bit & 1}))
        for word in words
    ]
    return places, texts


def _worth(results: Results, right: str, outcomes: NDArray[np.int8]) -> tuple[pa.Array, pa.Array]:
    """Per unit the lines of money together, where each is known and for the same period; and all
    lines as a text that is the same for the same amounts. Neither for a NO."""
    nobody = outcomes == NO
    amounts, lines = results.amounts(right), results.lines(right)
    money = [line.id for line in lines if line.kind == MONEY]
    total = np.zeros(len(outcomes), np.int64)
    known = ~nobody & (len({line.per for line in lines if line.kind == MONEY}) == 1)
    for line in money:
        total += amounts[line][0]
        known &= amounts[line][1]
    texts = _texts([amounts[line.id] for line in lines], len(outcomes))
    return pa.array(total, mask=~known), pa.array(texts, mask=nobody)


def _texts(
    lines: Sequence[tuple[NDArray[np.int64], NDArray[np.bool_]]], units: int
) -> NDArray[np.object_]:
    """Per unit its lines as one text; each combination of amounts is put in words once."""
    if not lines:
        return np.full(units, "", dtype=object)
    table = np.stack([np.where(known, cents, OPEN) for cents, known in lines], axis=1)
    rows, places = np.unique(table, axis=0, return_inverse=True)
    texts = [",".join("?" if one == OPEN else str(one) for one in row) for row in rows.tolist()]
    return np.array(texts, dtype=object)[places.reshape(-1)]
