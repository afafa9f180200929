"""Order and equality of temporal values: one of less, equal and greater, and what follows."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.feel.values.temporal_values import (
    date_times,
    dates,
    durations,
    times,
    years_months,
)
from vanzelf.feel.values.comparison import equal, greater, greater_or_equal, less, less_or_equal

KINDS: tuple[st.SearchStrategy[object], ...] = (dates, times, date_times, durations, years_months)
pairs = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(kind, kind))
triples = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(kind, kind, kind))


@given(pairs)
def test_exactly_one_of_less_equal_and_greater(pair: tuple[object, object]) -> None:
    left, right = pair
    found = [less(left, right), equal(left, right), greater(left, right)]
    assume(None not in found)  # one local, the other with a zone
    assert found.count(True) == 1
    assert less_or_equal(left, right) is (found[0] or found[1])
    assert greater_or_equal(left, right) is (found[2] or found[1])


@given(triples)
def test_order_is_transitive(triple: tuple[object, object, object]) -> None:
    first, second, third = triple
    if less_or_equal(first, second) is True and less_or_equal(second, third) is True:
        assert less_or_equal(first, third) is True
    if equal(first, second) is True and equal(second, third) is True:
        assert equal(first, third) is True


@given(st.one_of(*KINDS))
def test_value_equals_itself(value: object) -> None:
    assert equal(value, value) is True
    assert less(value, value) is False
