"""What an attacker finds within the steps and the budget: `python -m tests.bench.attacker [CITY]`.

It wants to know how many people are between two settings that differ in one step or one criterion:
fewer than 10 of a cell. It asks both settings, again and again, each time with something else
changed as well that leaves the difference as it is, and takes the mean over every number that
tells it. It is helped: it is told which other changes leave the difference as it is.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np

from tests.installation import *  # noqa: F403 - sets up an installation of its own
from vanzelf import population, synthetic
from vanzelf.city.regulations import regulations
from vanzelf.city.simulations.knobs import change_of, knobs, switches
from vanzelf.population import YES, NotColumnar
from vanzelf.population.simulation import Change, ChangeError, Effect, Simulator
from vanzelf.population.statistics import Secret
from vanzelf.rights import Regulation

BUDGETS = (2, 10, 20, 40, 80)
TOLD_BY = {"after yes": 1, "gain": 1, "after no": -1, "stay no": -1}
"""Measures that tell the difference, each with its own noise, and its sign in them."""
Asked = tuple[dict[str, str], tuple[str, ...]]
Cell = tuple[str, int]


def targets(right: Regulation, on: date) -> Iterator[tuple[Asked, Asked]]:
    """Every two settings that differ in one step, or in one criterion."""
    for knob in knobs(right, on):
        for place in range(knob.place - 1, knob.place + 1):
            if 0 <= place < len(knob.points) - 1:
                one, other = knob.points[place : place + 2]
                yield ({knob.key: str(one)}, ()), ({knob.key: str(other)}, ())
    for criterion, _ in switches(right):
        yield ({}, ()), ({}, (criterion,))


def besides(right: Regulation, on: date, random: Random) -> Iterator[Asked]:
    """What else may be changed: nothing, then one thing or two, drawn at random."""
    yield {}, ()
    turned = [({knob.key: str(point)}, ()) for knob in knobs(right, on) for point in knob.points]
    left: list[Asked] = [({}, (criterion,)) for criterion, _ in switches(right)]
    while True:
        chosen = random.sample([*turned, *left * 5], random.choice((1, 2)))
        yield (
            {key: value for values, _ in chosen for key, value in values.items()},
            tuple(sorted({name for _, names in chosen for name in names})),
        )


class Attack:
    """Of one right: settings, what is published of them, and the truth behind it."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator, self.right, self.on = simulator, simulator.regulation, simulator.on
        self._known: dict[str, tuple[Effect, np.ndarray]] = {}

    def ask(self, asked: Asked) -> tuple[Effect, np.ndarray]:
        change: Change = change_of(self.right, self.on, *asked)
        told = str(change.as_data())
        if told not in self._known:
            after = self.simulator._after(change)
            self._known[told] = self.simulator.effect(change), after.outcomes == YES
        return self._known[told]

    def cells(self, one: np.ndarray, other: np.ndarray) -> dict[Cell, int]:
        """By how many each cell differs, where only one of both has more."""
        return {
            (group.dimension, place): int(count)
            for group in self.simulator._publisher.groupings
            for place, count in enumerate(
                np.bincount(group.codes[other & ~one], minlength=len(group))
                - np.bincount(group.codes[one & ~other], minlength=len(group))
            )
        }


def looks(one: Effect, other: Effect, cell: Cell) -> Iterator[int]:
    """The difference in a cell, as the published numbers tell it."""
    dimension, place = cell
    for measure, sign in TOLD_BY.items():
        before, after = one.by(measure, dimension)[place], other.by(measure, dimension)[place]
        if before is not None and after is not None:
            yield sign * (after - before)


def attack(
    simulator: Simulator, random: Random, tries: int = 60
) -> Iterator[tuple[int, bool, bool]]:
    """(budget, had so many pairs, found it exactly) of every small difference."""
    own = Attack(simulator)
    for first, second in targets(own.right, own.on):
        try:
            truth = own.cells(own.ask(first)[1], own.ask(second)[1])
        except (ChangeError, NotColumnar, ValueError):
            continue
        small = {cell: count for cell, count in truth.items() if 1 <= abs(count) < 10}
        told: dict[Cell, list[list[int]]] = {cell: [] for cell in small}
        for values, without in islice(besides(own.right, own.on, random), tries if small else 0):
            try:
                one, other = (
                    own.ask(({**values, **asked}, (*without, *left)))
                    for asked, left in (first, second)
                )
            except (ChangeError, NotColumnar, ValueError):
                continue
            now = own.cells(one[1], other[1])
            for cell in small:
                if now[cell] == small[cell] and (found := list(looks(one[0], other[0], cell))):
                    told[cell].append(found)
        for cell, pairs in told.items():
            for budget in BUDGETS:
                used = [look for pair in pairs[: budget // 2] for look in pair]
                mean = np.mean(used) if used else None
                yield (
                    budget,
                    len(pairs) >= budget // 2,
                    mean is not None and round(mean) == small[cell],
                )


def main(folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        if folder is None:
            folder = Path(name)
            synthetic.build().write(folder)
        city = population.read(folder, catalogue=regulations().facts)
        on, random = city.on or date(2026, 1, 15), Random(7)
        targets_, enough, exact = Counter(), Counter(), Counter()
        for right in regulations().values():
            secret = Secret(b"an invented secret of 32 bytes..")
            for budget, had, found in attack(Simulator(city, right, on, secret), random):
                targets_[budget] += 1
                enough[budget] += had
                exact[budget] += found
            print(right.id, {budget: (targets_[budget], exact[budget]) for budget in BUDGETS})
    print("trials  small differences  with enough pairs  found exactly")
    for budget in BUDGETS:
        print(f"{budget:6}  {targets_[budget]:17}  {enough[budget]:17}  {exact[budget]:13}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
