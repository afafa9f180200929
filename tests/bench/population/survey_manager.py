"""The way in for tables that the OpenFisca community publishes, in an environment of its own.

OpenFisca-Survey-Manager asks for an older OpenFisca and an older Arrow than stand beside us, so it
answers from another Python: `python -m tests.bench.population.survey_manager FOLDER DAY` reads
lines `way repeats` and answers each with a line of JSON: the seconds, and the count of every right.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

PYTHON = Path("build/survey-manager/bin/python")
MODULE = "tests.bench.population.survey_manager"
WAYS = {"one_table": "a table of everyone", "by_entity": "a table of persons, one of households"}
Answer = tuple[float, dict[str, int]]


@contextmanager
def answering(folder: Path, on: date) -> Iterator[Callable[[str, int], Answer]]:
    """Asks the other Python: the seconds that so many calls took, and the counts."""
    command = [str(PYTHON), "-W", "ignore", "-m", MODULE, str(folder), on.isoformat()]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        writer, reader = child.stdin, child.stdout

        def ask(way: str, repeats: int) -> Answer:
            writer.write(f"{way} {repeats}\n")
            writer.flush()
            seconds, counts = json.loads(reader.readline())
            return seconds, counts

        try:
            yield ask
        finally:
            writer.close()


def answer(folder: Path, day: str) -> None:
    """What the other Python does."""
    from tests.bench.population import openfisca_rights as six
    from tests.bench.population import survey_manager_ways as ways

    system = six.system()
    for line in sys.stdin:
        way, repeats = line.split()
        begun = perf_counter()
        for _ in range(int(repeats)):
            simulation: Any = getattr(ways, way)(system, folder, day)
            found = {name: simulation.calculate(name, day) for name in six.RIGHTS.values()}
        seconds = perf_counter() - begun
        counts = {name: int(values.sum()) for name, values in found.items()}
        print(json.dumps([seconds, counts]), flush=True)


if __name__ == "__main__":
    answer(Path(sys.argv[1]), sys.argv[2])
