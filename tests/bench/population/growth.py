"""How time and memory grow from Ghent to a region of 6.8 million, and how near the floor it is."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tests.bench.measure import Figure, spell
from tests.bench.population.child import Checked, apart
from vanzelf import synthetic
from vanzelf.synthetic import region

COPY, TIMES = 272_000, (1, 5, 10, 17, 25)
GHENT_WARM, REGION_COLD, REGION_WARM, REGION_PEAK = 0.06, 6, 1, 2 << 30


def growth(residents: int = COPY, times: Sequence[int] = TIMES) -> Iterator[str | Figure]:
    """Writes each region, checks it in child processes, and fits a line through the times."""
    city = synthetic.build(residents=residents)
    points: list[Checked] = []
    for copies in times:
        with tempfile.TemporaryDirectory() as folder:
            region.write(city, Path(folder), copies)
            points.append(apart(Path(folder)))
        yield from _lines(points[-1], first=copies == times[0], last=copies == times[-1])
    yield _fit("cold", points, [statistics.median(one.cold) for one in points])
    yield _fit("warm", points, [statistics.median(one.warm) for one in points])


def _lines(one: Checked, *, first: bool, last: bool) -> Iterator[str | Figure]:
    what = f"{one.rights} rights, {one.persons:,} persons"
    yield Figure(f"{what}, from Parquet", one.cold, REGION_COLD if last else None)
    goal = GHENT_WARM if first else REGION_WARM if last else None
    yield Figure(f"{what}, columns at hand, with what is missing", one.warm, goal)
    yield Figure(f"{what}, columns at hand, outcomes and amounts", one.bare, goal)
    warm = statistics.median(one.warm)
    limit = f"   goal: under {REGION_PEAK >> 20:,} MiB" if last else ""
    yield (
        f"    peak {one.peak >> 20:,} MiB; touched columns {one.touched / 1e6:,.0f} MB, copied at"
        f" {one.bandwidth / 1e9:.1f} GB/s: floor {spell(one.floor)}, of which we are at"
        f" {one.floor / warm:.1%} warm, {one.floor / statistics.median(one.bare):.1%} without what"
        f" is missing, {one.floor / statistics.median(one.cold):.1%} from Parquet{limit}"
    )


def _fit(what: str, points: Sequence[Checked], times: Sequence[float]) -> str:
    sizes = np.array([one.persons for one in points]) / 1e6
    slope, start = np.polyfit(sizes, times, 1)
    left = np.array(times) - (slope * sizes + start)
    fit = 1 - float((left**2).sum()) / float(((np.array(times) - np.mean(times)) ** 2).sum())
    told = ", ".join(
        f"{size:.2f} M: {spell(time)}" for size, time in zip(sizes, times, strict=True)
    )
    grows = f"grows by {spell(float(slope))} per million, from {start:.2g} s"
    return f"    {what} {grows}; R² {fit:.4f} ({told})"
