"""The part of `ground` about files: a town of its own, many orders, a real server."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.apart import set_up

RESIDENTS, CONTROL = 600, 100


@dataclass
class Found:
    """What came of many orders."""

    cases: int = 0
    refused: int = 0  # ordered, or sent, without ground: and nothing reached the server
    ended: int = 0  # of these, those that were refused only when they were sent
    files: int = 0
    persons: int = 0  # in the files
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Files:
    """What came of the orders, and of the control."""

    found: Found
    control: Found

    @property
    def held(self) -> bool:
        """Nothing without ground, of some files, some refusals, and some when it was sent."""
        one = self.found
        some = min(one.files, one.refused, one.ended) > 0
        return not one.problems and some and bool(self.control.problems)

    def told(self) -> str:
        """As Markdown."""
        one, control = self.found, self.control
        problems = "".join(f"- {line}\n" for line in one.problems[:20])
        return f"""By file: {one.cases:,} generated orders, sent to a real FTPS server; in half of \
them the grounds were others when it was sent than when it was ordered. What stood in the files \
that reached the server was judged.

| by file | |
|---|---|
| orders | {one.cases:,} |
| orders of which no file reached the server | {one.refused:,} |
| of these, refused only when they were sent | {one.ended:,} |
| files that reached the server | {one.files:,} |
| persons in them | {one.persons:,} |
| **without ground** | **{len(one.problems):,}** |
| the same judge over {control.cases:,} orders sent as if all were authorised (must find) | \
{len(control.problems):,} |

{problems}"""


def by_file(folder: Path, cases: int) -> Files:
    """In a process and an installation of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return Files(*pool.submit(_judged, folder, cases).result())


def _judged(folder: Path, cases: int) -> tuple[Found, Found]:
    data, city = folder / "data", folder / "city"
    data.mkdir(parents=True)
    set_up(data)
    from tests.mailbox import Server
    from tests.mailbox.server import PASSWORD
    from tests.prove.ground.by_file import PERSONS, Desk, by_file
    from tests.prove.ground.cases import Names
    from vanzelf import population, synthetic
    from vanzelf.city import regulations
    from vanzelf.city.bulk import ordering
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.domain import import_population
    from vanzelf.city.staff.domain import create_demo_staff
    from vanzelf.sources.catalogue import shipped

    synthetic.build(seed=1, residents=RESIDENTS).write(city)
    migrate()
    lies = create_demo_staff()[1]
    import_population(population=population.read(city))
    rights = [regulations.regulation(name) for name in by_file()]
    persons = ordering.everyone(rights)[:PERSONS]
    names = Names.of(shipped(), regulations.regulations())
    with Server(folder / "ftps") as server:
        os.environ["VANZELF_BULK"] = str(server.settings_file())
        os.environ["VANZELF_BULK_PASSWORD"] = PASSWORD
        desk = Desk(lies, persons, server.box, folder / "grounds.json", names)
        return desk.judged(range(cases)), desk.judged(range(CONTROL), honest=False)
