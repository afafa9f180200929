"""`make bench`: what Vanzelf takes, measured on this machine in this minute."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.bench.measure import Figure, measure
from vanzelf import feel, population, rights, synthetic

RESIDENTS = 20_000
SENTENCE = "some lid in gezin.leden satisfies lid.verhoogde tegemoetkoming"


def language() -> Iterator[Figure]:
    scope = {"gezin": {"leden": [{"verhoogde tegemoetkoming": False}] * 3}}
    tree = feel.parse(SENTENCE, scope)
    run = feel.compile(tree)
    yield measure("FEEL: parse a criterion", lambda: feel.parse(SENTENCE, scope))
    yield measure("FEEL: evaluate it for a household of three", lambda: run(scope))


def one_person(regulations: rights.Regulations, folder: Path) -> Iterator[Figure]:
    people = population.read(folder)
    needed = sorted({path for right in regulations.values() for path in right.needed})
    everyone = [facts for _, facts in people.persons(needed, 0, 400)]
    on = synthetic.REFERENCE_DAY

    def each(explain: bool) -> None:
        for facts in everyone:
            for right in regulations.values():
                right.check(facts, on=on, explain=explain)

    count = len(everyone)
    for explain, goal in ((True, 5e-3), (False, None)):
        how = "with explanations" if explain else "without explanations"
        name = f"Point check of all {len(regulations)} rights for one person, {how}"
        figure = measure(name, lambda explain=explain: each(explain), rounds=7)
        yield Figure(name, tuple(time / count for time in figure.times), goal)


def everyone(regulations: rights.Regulations, folder: Path) -> Iterator[Figure]:
    right = regulations["gent/huisvuilzakken"]
    people = population.read(folder)
    size = len(people)

    def run() -> None:
        for _, facts in people.households(right.needed, 0, size):
            right.check(facts, on=synthetic.REFERENCE_DAY, explain=False)

    figure = measure("one household", run, rounds=7)
    name = "Waste bags, one household out of Parquet, one process"
    yield Figure(name, tuple(time / size for time in figure.times))


def city() -> Iterator[Figure]:
    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            begun = perf_counter()
            synthetic.build().write(Path(folder))
            times.append(perf_counter() - begun)
    yield Figure("The invented city, 269,191 residents, written as Parquet", tuple(times), 10)


def main() -> None:
    print(f"Python {platform.python_version()}; median (fastest to slowest round)\n")
    regulations = rights.load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        synthetic.build(residents=RESIDENTS).write(folder)
        for figures in (language(), one_person(regulations, folder), everyone(regulations, folder)):
            for figure in figures:
                print(figure, flush=True)
    for figure in city():
        print(figure, flush=True)


if __name__ == "__main__":
    main()
