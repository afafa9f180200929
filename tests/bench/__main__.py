"""`make bench`: what Vanzelf takes, measured on this machine in this minute."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.bench.feelin import against_feelin
from tests.bench.measure import Figure, measure
from tests.bench.planner import planner
from tests.bench.population.against_openfisca import against_openfisca
from tests.bench.population.growth import growth
from tests.bench.population.on_spark import on_spark
from tests.bench.whole_city import whole_city
from tests.bench.zen import against_zen
from vanzelf import feel, population, rights, synthetic

Facts = dict[str, Any]
RESIDENTS = 20_000
SENTENCE = "some lid in gezin.leden satisfies lid.verhoogde tegemoetkoming"


def language() -> Iterator[Figure]:
    scope = {"gezin": {"leden": [{"verhoogde tegemoetkoming": False}] * 3}}
    tree = feel.parse(SENTENCE, scope)
    run = feel.compile(tree)
    yield measure("FEEL: parse a criterion", lambda: feel.parse(SENTENCE, scope))
    yield measure("FEEL: evaluate it for a household of three", lambda: run(scope))


PLAIN = {"boolean": False, "number": 0, "money": 1_000, "text": "", "date": date(1990, 5, 17)}


def filled_in(facts: Facts, needed: Sequence[str], catalogue: rights.Catalogue) -> Facts:
    """The same person with every fact at hand: what is missing gets a plain value."""
    for path in needed:
        thing, *rest = path.replace("[]", "").split(".")
        holders = [facts.setdefault(thing, {})]
        if len(rest) > 1:
            holders = holders[0].setdefault(rest[0], [])
        fact = catalogue.at(path)
        for holder in holders:
            if fact.type in PLAIN:
                holder.setdefault(rest[-1], PLAIN[fact.type])
    return facts


def one_person(regulations: rights.Regulations, folder: Path) -> Iterator[Figure]:
    people = population.read(folder)
    needed = sorted({path for right in regulations.values() for path in right.needed})
    on = synthetic.REFERENCE_DAY

    def check(everyone: Sequence[Facts], explain: bool) -> None:
        for facts in everyone:
            for right in regulations.values():
                right.check(facts, on=on, explain=explain)

    known = [facts for _, facts in people.persons(needed, 0, 100)]
    whole = [filled_in(facts, needed, regulations.facts) for facts in deepcopy(known)]
    for what, everyone, explain, goal in (
        ("facts at hand, explained", whole, True, 5e-3),
        ("facts at hand, outcome only", whole, False, None),
        ("as the city knows them, with what would settle, explained", known, True, None),
    ):
        figure = measure(
            f"All {len(regulations)} rights of one person, {what}",
            partial(check, everyone, explain),
            rounds=7,
        )
        times = tuple(time / len(everyone) for time in figure.times)
        yield Figure(figure.name, times, goal)
    for right in regulations.values():
        yield _one_right(right, whole)


def _one_right(right: rights.Regulation, people: Sequence[Facts]) -> Figure:
    def check() -> None:
        for facts in people:
            right.check(facts, on=synthetic.REFERENCE_DAY, explain=False)

    figure = measure(f"  {right.id}, facts at hand, outcome only", check, rounds=7)
    return Figure(figure.name, tuple(time / len(people) for time in figure.times), 1e-4)


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
    print("\nAgainst others, in rounds that take turns: ours, theirs, and how many times ours")
    for races in (
        against_zen(),
        against_feelin(regulations),
        against_openfisca(regulations),
    ):
        for line in races:
            print(line, flush=True)
    print()
    for figures in (city(), growth(), on_spark(regulations), whole_city()):
        for figure in figures:
            print(figure, flush=True)
    print()
    for text in planner(regulations):
        print(text, flush=True)
    # An installation of its own, and a process can be set up for one only.
    for name in ("slider", "dead_source", "bulk", "registrations"):
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False)


if __name__ == "__main__":
    main()
