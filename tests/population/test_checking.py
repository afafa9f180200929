"""A whole village through the columns, beside everyone checked one by one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from tests.population.people import told_by_one
from vanzelf import rights
from vanzelf.population import YES, Bounds, NotColumnar, Population, check, lower
from vanzelf.population.checking import run
from vanzelf.population.plan import Kept
from vanzelf.population.results import Results
from vanzelf.rights import Regulations

ON = date(2026, 4, 15)


@pytest.fixture(scope="module")
def shipped() -> Regulations:
    return rights.load(cases=False)


@pytest.fixture(scope="module")
def results(population: Population, shipped: Regulations) -> Results:
    return check(population, shipped, ON, worth=True, reasons=True)


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
    codes, texts = results.reasons(right)
    found = [
        (
            int(results.outcomes(right)[row]),
            {
                line: int(cents[row]) if known[row] else None
                for line, (cents, known) in amounts.items()
            },
            frozenset(results.missing(right, row)),
            texts[codes[row]],
        )
        for row in rows
    ]
    assert found == told
    assert results.units(right)[::3].tolist() == [number for number, _ in units]


def test_new_parameter_values_change_that_right_alone_and_share_the_rest(
    population: Population, shipped: Regulations
) -> None:
    plan = lower([shipped["gent/uitpas"], shipped["gent/kinderen-eerst"]], ON, shipped.facts)
    people = population.people.block(plan.wanted)
    kept = Kept()
    before = plan.run(people, keep=kept)
    before_that = len(kept.blocks[0])
    name = "leefgeld voor de eerste persoon"
    changed = plan.with_parameters({"gent/kinderen-eerst": {name: Decimal(100_000)}})
    after = changed.run(people, keep=kept)
    added = len(kept.blocks[0]) - before_that
    assert after.counts("gent/kinderen-eerst").yes > before.counts("gent/kinderen-eerst").yes
    assert np.array_equal(after.outcomes("gent/uitpas"), before.outcomes("gent/uitpas"))
    assert added <= 4  # the value, two sums and the comparison: nothing else was calculated
    assert after.counts("gent/kinderen-eerst") == changed.run(people).counts("gent/kinderen-eerst")


def test_a_parameter_that_is_not_there_is_refused(shipped: Regulations) -> None:
    plan = lower([shipped["gent/uitpas"]], ON, shipped.facts)
    with pytest.raises(KeyError, match="has no parameter 'grens'"):
        plan.with_parameters({"gent/uitpas": {"grens": Decimal(1)}})


def test_blocks_of_any_size_give_the_same(
    population: Population, shipped: Regulations, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = lower(shipped, ON, shipped.facts)
    whole = run(population, plan, reasons=True)
    monkeypatch.setattr("vanzelf.population.plan.PERSONS_AT_A_TIME", 37)
    monkeypatch.setattr("vanzelf.population.kernel.criteria.MANY", 1)
    cut = run(population, plan, reasons=True)
    for right in whole.rights:
        assert np.array_equal(whole.outcomes(right), cut.outcomes(right))
        assert np.array_equal(whole.why(right), cut.why(right))
        assert reasons_by_name(whole, right) == reasons_by_name(cut, right)


def reasons_by_name(results: Results, right: str) -> list[tuple[str, ...]]:
    codes, names = results.reasons(right)
    assert sorted(set(codes.tolist())) == list(range(len(names)))
    return [names[code] for code in codes]


def test_reasons_that_were_not_asked_for_are_refused(
    population: Population, shipped: Regulations
) -> None:
    found = check(population, [shipped["gent/uitpas"]], ON)
    with pytest.raises(ValueError, match="reasons=True"):
        found.reasons("gent/uitpas")


def test_an_expression_that_no_column_can_hold_is_refused_with_its_place(
    tmp_path: Path, shipped: Regulations
) -> None:
    source = rights.shipped() / "gent" / "uitpas"
    folder = tmp_path / "gent" / "uitpas"
    folder.mkdir(parents=True)
    text = (source / "regulation.yaml").read_text()
    wrong = "gezin.huurprijs / gezin.huurprijs > 1"
    text = text.replace("when: persoon.leefloon\n", f"when: {wrong}\n")
    (folder / "regulation.yaml").write_text(text)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if wrong in one)
    loaded = rights.load(tmp_path, cases=False)
    with pytest.raises(NotColumnar, match=rf"regulation\.yaml:{line}: criterion .* divides by"):
        lower(loaded, ON, loaded.facts)


def test_amounts_and_costs_add_up(results: Results) -> None:
    right = "gent/huisvuilzakken"
    outcomes, amounts = results.outcomes(right), results.amounts(right)
    sure = sum(int(cents[outcomes == YES].sum()) for cents, _ in amounts.values())
    most = sum(int(cents.sum()) for cents, _ in amounts.values())
    open_ = max(int((~known).sum()) for _, known in amounts.values())
    assert results.cost(right) == Bounds(sure, most, open_)
    table = results.table(right)
    assert table.column_names == ["unit", "outcome", *amounts, "why"]
    assert table.num_rows == len(outcomes)
