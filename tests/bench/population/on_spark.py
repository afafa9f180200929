"""The same check by one machine and by a Spark cluster in small; what Spark adds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.bench.measure import Figure, spell
from vanzelf import population, rights, synthetic
from vanzelf.population import spark

ON = synthetic.REFERENCE_DAY
ROUNDS = 3


def on_spark(
    regulations: rights.Regulations, residents: int | None = None
) -> Iterator[str | Figure]:
    """From Parquet to the counts of every right, in turns; equal counts are asserted."""
    missing = spark.why_not()
    if missing is not None:
        yield f"  Spark: not measured ({missing})"
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        city = synthetic.build(**({"residents": residents} if residents else {}))
        city.write(folder)
        begun = perf_counter()
        with spark.session() as session:
            start = perf_counter() - begun
            plan = population.lower(regulations, ON, regulations.facts)

            def one_machine() -> dict[tuple[int, int], int]:
                people = population.read(folder, catalogue=regulations.facts)
                results = population.check(people, regulations, ON)
                return counts_of(results)

            def cluster() -> dict[tuple[int, int], int]:
                rows = spark.evaluated(session, folder, regulations, plan)
                found = rows.groupBy("right", "outcome").count().toArrow().to_pylist()
                return {(row["right"], row["outcome"]): row["count"] for row in found}

            begun = perf_counter()
            if cluster() != one_machine():
                raise AssertionError("Spark counts otherwise than one machine")
            first = perf_counter() - begun
            local, spread = [], []
            for _ in range(ROUNDS):
                local.append(_timed(one_machine))
                spread.append(_timed(cluster))
        persons = city.persons.num_rows
        what = f"{len(regulations)} rights, {persons:,} persons, from Parquet to counts"
        yield Figure(f"{what}, one machine", tuple(local))
        yield Figure(f"{what}, Spark {spark.MASTER}", tuple(spread))
        ratios = sorted(theirs / ours for ours, theirs in zip(local, spread, strict=True))
        yield (
            f"    Spark takes {ratios[len(ratios) // 2]:.3g} times as long ({ratios[0]:.2g} to"
            f" {ratios[-1]:.2g}); besides, its session starts in {spell(start)}, and its first run"
            f" takes {spell(first)}; equal counts"
        )


def counts_of(results: population.Results) -> dict[tuple[int, int], int]:
    """Units by the place of the right and outcome; those that there are."""
    found = {}
    for place, right in enumerate(results.rights):
        counts = results.counts(right)
        for outcome, count in ((0, counts.no), (1, counts.yes), (2, counts.unknown)):
            if count:
                found[place, outcome] = count
    return found


def _timed(call: object) -> float:
    begun = perf_counter()
    call()  # type: ignore[operator]
    return perf_counter() - begun
