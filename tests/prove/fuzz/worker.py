"""Feeds one target for so many seconds, in a process of its own, and writes what came of it.

    python -m tests.prove.fuzz.worker TARGET SECONDS FOLDER

With atheris where it is installed: it instruments our code and keeps the inputs that reach new
parts of it; that makes the code some ten times slower, so the budget of an evaluation is smaller
then. Without, and for the target `bounds`, which measures evaluations with their whole budget,
the inputs are our own seeds, changed at random.
"""

from __future__ import annotations

import importlib.util
import json
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Final

ATHERIS: Final = importlib.util.find_spec("atheris") is not None
STEPS_GUIDED: Final = 20_000
"""Steps that an evaluation may take under atheris."""
HANGS: Final = 60
"""Seconds after which one input is taken to hang."""
MOST_MEMORY: Final = 3_000_000_000
"""Bytes that the process may take; beyond, Python raises MemoryError."""
MOST_SHOWN: Final = 20


@dataclass
class Fed:
    """What came of the inputs of one target."""

    target: str
    guided: bool
    seconds: float = 0.0
    executions: int = 0
    slowest: float = 0.0
    slowest_input: str = ""
    peak_megabytes: int = 0
    findings: dict[str, str] = field(default_factory=dict)
    """Where it went wrong → the first input that did it."""


class Feeder:
    """Runs a target on inputs and keeps count; what goes wrong is noted, and it goes on."""

    def __init__(
        self, target: str, check: Callable[[bytes], None], folder: Path, guided: bool
    ) -> None:
        self.fed = Fed(target, guided)
        self.check = check
        self.record = folder / f"{target}.json"
        self.now = folder / f"{target}.now"
        self.begun = self.written = time.monotonic()

    def feed(self, data: bytes) -> None:
        self.now.write_bytes(data)
        begun = time.process_time()
        try:
            self.check(data)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            self._note(error, data)
        took = time.process_time() - begun
        self.fed.executions += 1
        if took > self.fed.slowest:
            self.fed.slowest, self.fed.slowest_input = took, shown(data)
        if time.monotonic() - self.written > 1:
            self.save()

    def _note(self, error: BaseException, data: bytes) -> None:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "/vanzelf/" in f.filename]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else "law"
        law = traceback.extract_tb(error.__traceback__)[-1].name
        key = f"{type(error).__name__} in {place} ({law})"
        if key not in self.fed.findings and len(self.fed.findings) < MOST_SHOWN:
            self.fed.findings[key] = f"{shown(data)}\n{error!s:.1500}"

    def save(self) -> None:
        self.written = time.monotonic()
        self.fed.seconds = round(self.written - self.begun, 1)
        self.fed.slowest = round(self.fed.slowest, 3)
        self.fed.peak_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.record.write_text(json.dumps(asdict(self.fed), indent=1, ensure_ascii=True))


def shown(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")[:3000]


def main(target: str, seconds: int, folder: Path) -> None:
    """Feeds the target; the record stands in the folder even when the process is ended."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    guided = ATHERIS and target != "bounds"
    if guided:
        import atheris

        with atheris.instrument_imports(include=["vanzelf.feel", "vanzelf.dmn"]):
            from tests.prove.fuzz.targets import TARGETS
    else:
        from tests.prove.fuzz.targets import TARGETS
    check, seeds = TARGETS[target]
    feeder = Feeder(target, check, folder, guided)
    if guided:
        _with_a_small_budget()
        _guided(feeder, list(seeds()), seconds, folder)
    else:
        feed_at_random(feeder, list(seeds()), lambda: time.monotonic() - feeder.begun < seconds)


def _with_a_small_budget() -> None:
    from vanzelf.feel import limits  # not before atheris has instrumented it

    limits.Budget.left = STEPS_GUIDED


def feed_at_random(feeder: Feeder, seeds: list[bytes], going: Callable[[], bool]) -> None:
    """All seeds, and then seeds changed again and again."""
    from tests.prove.fuzz.mutation import MUTATORS

    random, mutate, pool = Random(1), MUTATORS[feeder.fed.target], list(seeds)
    for data in seeds:
        if not going():
            break
        feeder.feed(data)
    while going():
        data = mutate(random.choice(pool), random)
        feeder.feed(data)
        if random.random() < 0.2:
            pool.append(data)
    feeder.save()


def _guided(feeder: Feeder, seeds: list[bytes], seconds: int, folder: Path) -> None:
    import atheris

    from tests.prove.fuzz.mutation import MOST, MUTATORS

    mutate = MUTATORS[feeder.fed.target]

    def change(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.15:
            return bytes(atheris.Mutate(data, most))
        return mutate(bytes(data), random)[:most]

    corpus = folder / feeder.fed.target
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(seeds):
        (corpus / f"{number:04}").write_bytes(data)
    options = [f"-max_total_time={seconds}", f"-max_len={MOST}", f"-timeout={HANGS}",
               "-rss_limit_mb=0", "-seed=1", "-print_final_stats=1", "-len_control=0",
               f"-artifact_prefix={folder}/"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, f"{corpus}"], feeder.feed, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
