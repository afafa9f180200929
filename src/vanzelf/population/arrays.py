"""From Arrow's arrays to NumPy's: what is null becomes a plane of its own.

Straight from the buffers: Arrow's own way unpacks truths fifteen times as slowly, and where pandas
is installed it loads that first, for a quarter of a second.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vanzelf.population.kernel.planes import Plane


def bools(values: pa.ChunkedArray) -> NDArray[np.bool_]:
    """The truths; null is false."""
    return _joined([_true(one) for one in values.chunks if len(one)], bool)


def nulls(values: pa.ChunkedArray) -> Plane:
    """Where it is null."""
    if values.null_count == 0:
        return False
    if values.null_count == len(values):
        return True
    return ~_joined([_valid(one) for one in values.chunks if len(one)], bool)


def days(values: pa.ChunkedArray, *, fill: int = 0) -> NDArray[np.int32]:
    """Days counted from 1970."""
    dates = values if pa.types.is_date32(values.type) else values.cast(pa.date32())
    return _filled(dates.cast(pa.int32()), fill, np.int32)


def ints(values: pa.ChunkedArray) -> NDArray[np.int64]:
    """Whole numbers; null is 0."""
    return _filled(values.cast(pa.int64()), 0, np.int64)


def codes(values: pa.ChunkedArray) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Per row the place of its text, and the texts; null is the place after the last."""
    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    values = values.unify_dictionaries()
    texts = tuple(values.chunk(0).dictionary.to_pylist()) if values.num_chunks else ()
    places = pa.chunked_array([one.indices for one in values.chunks], pa.int32())
    return _filled(places, len(texts), np.int32), texts


def _filled(values: pa.ChunkedArray, fill: int, kind: Any) -> NDArray[Any]:
    return _joined([_numbers(one, fill, kind) for one in values.chunks if len(one)], kind)


def _numbers(values: pa.Array, fill: int, kind: Any) -> NDArray[Any]:
    found: NDArray[Any] = np.frombuffer(values.buffers()[1], kind)
    found = found[values.offset : values.offset + len(values)]
    return np.where(_valid(values), found, kind(fill)) if values.null_count else found


def _valid(values: pa.Array) -> NDArray[np.bool_]:
    buffer = values.buffers()[0]
    return np.ones(len(values), dtype=bool) if buffer is None else _unpacked(buffer, values)


def _true(values: pa.Array) -> NDArray[np.bool_]:
    found = _unpacked(values.buffers()[1], values)
    return found & _valid(values) if values.null_count else found


def _unpacked(buffer: pa.Buffer, values: pa.Array) -> NDArray[np.bool_]:
    packed = np.frombuffer(buffer, np.uint8)
    bits = np.unpackbits(packed, count=values.offset + len(values), bitorder="little")
    return bits[values.offset :].view(bool)


def _joined(parts: list[NDArray[Any]], kind: Any) -> NDArray[Any]:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, kind)
