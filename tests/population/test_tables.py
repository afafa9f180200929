"""Columns from files, of which not all need be read, beside the same tables in memory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vanzelf import rights
from vanzelf.population import lower
from vanzelf.population.arrays import bools, codes, days, ints, nulls
from vanzelf.population.loading import People
from vanzelf.population.tables import ALL_DAYS, HOUSEHOLDS, PERSONS, Files, InMemory
from vanzelf.rights.facts import Catalogue

DAYS = (date(2019, 1, 1), date(2025, 12, 31), date(2026, 1, 15), date(2027, 6, 1))


@pytest.mark.parametrize("on", DAYS)
def test_files_give_what_the_same_tables_in_memory_give(
    on: date, folder: Path, catalogue: Catalogue
) -> None:
    shipped = rights.load(cases=False)
    plan = lower(shipped, on, shipped.facts)
    memory = InMemory(*(pq.read_table(folder / one) for one in (HOUSEHOLDS, PERSONS)))
    found, expected = (
        plan.run(People(tables, catalogue).block(plan.wanted)) for tables in (Files(folder), memory)
    )
    for right in found.rights:
        assert np.array_equal(found.outcomes(right), expected.outcomes(right))
        assert np.array_equal(found.why(right), expected.why(right))


def test_span_is_that_of_the_days_in_the_file(folder: Path) -> None:
    begun = pq.read_table(folder / PERSONS)["living_wage_from"].drop_null().to_pylist()
    assert Files(folder).span(PERSONS, "living_wage_from") == (min(begun), max(begun))
    assert Files(folder).span(PERSONS, "insz") == ALL_DAYS


def test_arrays_in_pieces_and_slices_are_joined_with_their_nulls() -> None:
    truths = [True, None, False, True, None, True, False, True, None, True, True]
    numbers = [None if one is None else place for place, one in enumerate(truths)]
    texts = [None if one is None else str(one) for one in truths]

    def pieces(values: list[object], kind: pa.DataType) -> pa.ChunkedArray:
        whole = pa.array(values, kind)
        return pa.chunked_array([whole[3:7], whole[:0], whole[7:]])

    expected = truths[3:]
    known = [one is not None for one in expected]
    truth, number = pieces(truths, pa.bool_()), pieces(numbers, pa.int64())
    assert bools(truth).tolist() == [one is True for one in expected]
    assert np.logical_not(nulls(truth)).tolist() == known
    assert ints(number).tolist() == [one or 0 for one in numbers[3:]]
    day = number.cast(pa.int32()).cast(pa.date32())
    assert days(day, fill=-1).tolist() == [-1 if one is None else one for one in numbers[3:]]
    places, named = codes(pieces(texts, pa.string()))
    assert [(*named, None)[place] for place in places] == texts[3:]
    assert nulls(pa.chunked_array([pa.array([True, False])])) is False
    assert nulls(pa.chunked_array([pa.nulls(2, pa.int64())])) is True
