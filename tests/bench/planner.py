"""How many questions leave the city when everyone is checked: planned, all, and the least."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from vanzelf import population, rights, synthetic
from vanzelf.sources import load_authorisations
from vanzelf.sources.planning.report import HEADS, lines, table

PURPOSE = "toekenning"
WIDTHS = (34, 16)


def planner(regulations: rights.Regulations) -> Iterator[str]:
    """A line per right and kind of answers, over the whole invented city."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        synthetic.build().write(folder)
        city = population.read(folder)
        yield "Questions about everyone: one is one fact of one person that leaves the city"
        yield _row((*HEADS, "seconds"))
        grounds = load_authorisations().all
        for right in regulations.values():
            begun = perf_counter()
            for line in lines(right, city, synthetic.REFERENCE_DAY, grounds, purpose=PURPOSE):
                (cells,) = table([(right.id, line)])
                yield _row((*cells, f"{perf_counter() - begun:.1f}"))
                begun = perf_counter()


def _row(cells: tuple[str, ...]) -> str:
    right, answers, *numbers = cells
    return f"{right:<{WIDTHS[0]}}{answers:<{WIDTHS[1]}}" + "".join(f"{one:>12}" for one in numbers)
