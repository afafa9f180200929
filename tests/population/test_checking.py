"""A whole village through the columns, beside everyone checked one by one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.population.people import told_by_one
from vanzelf import rights
from vanzelf.population import Population, check
from vanzelf.population.results import Results
from vanzelf.rights import Regulations

ON = date(2026, 4, 15)


@pytest.fixture(scope="module")
def shipped() -> Regulations:
    return rights.load(cases=False)


@pytest.fixture(scope="module")
def results(population: Population, shipped: Regulations) -> Results:
    return check(population, shipped, ON, worth=True)


@pytest.mark.parametrize("right", sorted(rights.load(cases=False)))
def test_check_of_a_village_equals_everyone_one_by_one(
    right: str, population: Population, shipped: Regulations, results: Results
) -> None:
    regulation = shipped[right]
    of_units = population.households if regulation.unit == "gezin" else population.persons
    units = list(of_units(regulation.needed, on=regulation.reference_date(ON)))[::3]
    told = [told_by_one(regulation, facts, ON) for _, facts in units]
    rows = range(0, len(results.outcomes(right)), 3)
    amounts = results.amounts(right)
    found = [
        (
            int(results.outcomes(right)[row]),
            {
                line: int(cents[row]) if known[row] else None
                for line, (cents, known) in amounts.items()
            },
            frozenset(results.missing(right, row)),
        )
        for row in rows
    ]
    assert found == told
    assert results.units(right)[::3].tolist() == [number for number, _ in units]
