"""The law of the columns: for everyone they say what one check says."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.population.people import DAYS, told_by_columns, told_by_one, units
from vanzelf import rights
from vanzelf.population import lower
from vanzelf.population.plan import Plan
from vanzelf.rights import Regulations


@lru_cache
def shipped() -> Regulations:
    return rights.load(cases=False)


@cache
def plan_of(right: str, on: date) -> Plan:
    return lower([shipped()[right]], on, shipped().facts)


@pytest.mark.parametrize("right", sorted(shipped()))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_columns_of_a_shipped_right_say_what_one_check_says(
    right: str, data: st.DataObject
) -> None:
    on = data.draw(st.sampled_from(DAYS))
    regulation = shipped()[right]
    drawn = data.draw(st.lists(units(regulation, on), min_size=1, max_size=6))
    found = told_by_columns(plan_of(right, on), regulation, drawn, shipped().facts)
    assert found == [told_by_one(regulation, one, on) for one in drawn]
