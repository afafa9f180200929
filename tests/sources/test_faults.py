"""Faults between asking and the source, in small: every kind once (`make prove` has 10,000)."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.prove.faults import bombs
from tests.prove.faults.proving import NEVER, Bench, Tally, bench, control, fault_kinds
from vanzelf.sources import endurance


@pytest.fixture(scope="module")
def made() -> Iterator[Bench]:
    endurance.forget()
    with bench(True, NEVER, seed=3, patience=0.1, homes=12) as running:
        yield running


def test_gather_with_every_fault_says_nothing_untrue(made: Bench) -> None:
    tally, rng = Tally(), random.Random(3)
    for kind in fault_kinds(signed=True):
        made.strike(kind, rng, tally)
    assert tally.problems == []
    assert tally.faults > 100
    assert set(tally.struck) == set(fault_kinds(signed=True))


def test_faults_would_be_seen_by_whoever_does_not_verify() -> None:
    tally = control(10, homes=12)
    assert any("False" in problem for problem in tally.problems)


@pytest.mark.parametrize("name", bombs.BOMBS)
def test_bomb_is_refused(name: str) -> None:
    assert bombs.refusal(name)
