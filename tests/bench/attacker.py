"""What an attacker finds within the steps and the budget: `python -m tests.bench.attacker [CITY]`.

It wants to know how many people are between two settings that differ in one step or one criterion:
fewer than 10 of a cell. It asks both settings, again and again, each time with something else
changed as well that leaves the difference as it is, and takes the mean over every number that
tells it. It is helped: it is told which other changes leave the difference as it is; and then,
of every other change, how many others it lets in or out.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

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
Mask = NDArray[np.bool_]
Told = tuple[Effect, Mask]
PAIRS = 60


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
        self._known: dict[str, Told] = {}

    def ask(self, asked: Asked) -> Told:
        change: Change = change_of(self.right, self.on, *asked)
        told = str(change.as_data())
        if told not in self._known:
            after = self.simulator._after(change)
            self._known[told] = self.simulator.effect(change), after.outcomes == YES
        return self._known[told]

    def cells(self, one: Mask, other: Mask) -> dict[Cell, int]:
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


@dataclass
class Target:
    """A small difference, and what pairs of settings tell of it."""

    truth: int
    pairs: list[tuple[int, list[int]]] = field(default_factory=list)
    """By how much the difference is another one with what else was changed; what is published."""

    def found(self, trials: int, knowing: bool) -> bool:
        """Whether the mean over so many trials is the truth.

        Knowing: of every other change it knows exactly how many others it lets in or out. Else it
        uses only what leaves the difference as it is.
        """
        usable = [pair for pair in self.pairs if knowing or not pair[0]][: trials // 2]
        told = [look - shift for shift, looks in usable for look in looks]
        return bool(told) and round(np.mean(told)) == self.truth


def attack(simulator: Simulator, random: Random) -> Iterator[Target]:
    """Every small difference of a right."""
    own = Attack(simulator)
    for first, second in targets(own.right, own.on):
        small: dict[Cell, Target] = {}
        for one, other in pairs(own, first, second, random):
            now = own.cells(one[1], other[1])
            if not small:  # the first pair: nothing else is changed
                small = {cell: Target(count) for cell, count in now.items() if 1 <= abs(count) < 10}
            for cell, target in small.items():
                if found := list(looks(one[0], other[0], cell)):
                    target.pairs.append((now[cell] - target.truth, found))
            if not small:
                break
        yield from small.values()


def pairs(own: Attack, first: Asked, second: Asked, random: Random) -> Iterator[tuple[Told, Told]]:
    """Both settings as they are, then with something else changed as well: each pair once."""
    seen = set()
    for values, without in islice(besides(own.right, own.on, random), PAIRS):
        asked = [({**values, **mine}, (*without, *left)) for mine, left in (first, second)]
        if str(asked) not in seen:
            seen.add(str(asked))
            try:
                yield own.ask(asked[0]), own.ask(asked[1])
            except (ChangeError, NotColumnar, ValueError):
                continue


def main(folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        if folder is None:
            folder = Path(name)
            synthetic.build().write(folder)
        city = population.read(folder, catalogue=regulations().facts)
        on, random = city.on or date(2026, 1, 15), Random(7)
        secret = Secret(b"an invented secret of 32 bytes..")
        found: list[Target] = []
        for right in regulations().values():
            found += attack(Simulator(city, right, on, secret), random)
            print(right.id, len(found))
    told = [target for target in found if target.pairs]
    print(f"{len(found)} differences under 10; of {len(told)} something is published")
    for trials in BUDGETS:
        exact = sum(target.found(trials, knowing=False) for target in told)
        knowing = sum(target.found(trials, knowing=True) for target in told)
        print(f"{trials:4} trials: exactly {exact}; knowing what others do {knowing}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
