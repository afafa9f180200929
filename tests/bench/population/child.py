"""One population checked in processes of their own, so that its peak of memory is its own.

`python -m tests.bench.population.child FOLDER` prints a line of JSON: see `Checked`.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from vanzelf import population, rights, synthetic
from vanzelf.population.checking import run

ON = synthetic.REFERENCE_DAY
PROCESSES = 3
WARM_ROUNDS = 7
COPIED = 64 << 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking all rights for everyone took. Seconds and bytes."""

    persons: int
    rights: int
    cold: tuple[float, ...]
    """From the Parquet files (in the page cache) to the results, lowering included."""
    warm: tuple[float, ...]
    """Again, with the columns in memory; without finding out what is missing in `bare`."""
    bare: tuple[float, ...]
    peak: int
    """The most memory that the process had, Python and its libraries included."""
    touched: int
    """The columns that the rights look at, as they stand in memory."""
    bandwidth: float
    """Bytes per second that one core copies from memory to memory."""

    @property
    def floor(self) -> float:
        """Reading the touched columns once cannot take less."""
        return self.touched / self.bandwidth


def check(folder: Path) -> Checked:
    """Measures in this process."""
    regulations = rights.load(cases=False)
    begun = perf_counter()
    people = population.read(folder, catalogue=regulations.facts)
    results = population.check(people, regulations, ON)
    cold = perf_counter() - begun
    persons = len(results.outcomes("gent/uitpas"))
    del results
    plan = population.lower(regulations, ON, regulations.facts)

    def again(why: bool) -> float:
        begun = perf_counter()
        run(people, plan, why=why)
        return perf_counter() - begun

    warm = tuple(again(True) for _ in range(WARM_ROUNDS))
    bare = tuple(again(False) for _ in range(WARM_ROUNDS))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    touched = sum(_buffers(people.people.block(plan.wanted)).values())
    return Checked(persons, len(regulations), (cold,), warm, bare, peak, touched, bandwidth())


def apart(folder: Path) -> Checked:
    """The same in processes of their own, one after another: all times, and the highest peak."""
    command = [sys.executable, "-m", "tests.bench.population.child", str(folder)]
    rounds = [
        Checked(**json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        for _ in range(PROCESSES)
    ]
    return replace(
        rounds[0],
        cold=tuple(time for one in rounds for time in one.cold),
        warm=tuple(time for one in rounds for time in one.warm),
        bare=tuple(time for one in rounds for time in one.bare),
        peak=max(one.peak for one in rounds),
        bandwidth=max(one.bandwidth for one in rounds),
    )


def bandwidth() -> float:
    """The best of some copies of an array that no cache holds."""
    source, target = np.ones(COPIED, np.uint8), np.zeros(COPIED, np.uint8)
    best = float("inf")
    for _ in range(8):
        begun = perf_counter()
        np.copyto(target, source)
        best = min(best, perf_counter() - begun)
    return COPIED / best


def _buffers(value: object) -> dict[int, int]:
    """The arrays within a block of people, each once: address and size."""
    if isinstance(value, np.ndarray):
        return {value.__array_interface__["data"][0]: value.nbytes}
    parts: list[object] = []
    if isinstance(value, dict):
        parts = list(value.values())
    elif is_dataclass(value):
        parts = [getattr(value, field.name) for field in fields(value)]
    return {place: size for part in parts for place, size in _buffers(part).items()}


if __name__ == "__main__":
    print(json.dumps(asdict(check(Path(sys.argv[1])))))
