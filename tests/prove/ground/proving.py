"""`ground`: 10,000 cases at the socket, and the search for what was planted; the record of both."""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import psycopg

from tests.apart import set_up
from tests.prove.ground.asking import Found, judged, room
from tests.prove.ground.ordering import Files, by_file
from tests.prove.reporting import where, write

CASES, FAMILIES, CONTROL = 10_000, 40, 500
BY_FILE = 5  # one order by file for so many cases
PROCESSES = 2


def prove() -> bool:
    """VANZELF_PROVE_CASES makes the cases fewer."""
    cases = int(os.environ.get("VANZELF_PROVE_CASES", str(CASES)))
    begun = time.monotonic()
    found = _asked(cases, honest=True)
    control = _asked(min(CONTROL, cases), honest=False)
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as folder:
        leaks = _leaks(Path(folder))
        files = by_file(Path(folder) / "files", cases // BY_FILE)
    clean = not found.problems and min(found.messages, found.silent, found.sighted) > 0
    proven = clean and bool(control.problems) and leaks.held and files.held
    write("ground", _record(found, control, leaks, files, proven, time.monotonic() - begun))
    return proven


def _asked(cases: int, *, honest: bool) -> Found:
    """All cases, over processes of their own: each has its stand-in and socket."""
    found = Found()
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        parts = [range(first, cases, PROCESSES) for first in range(PROCESSES)]
        for part in pool.map(_part, parts, [honest] * PROCESSES):
            found.add(part)
    return found


def _part(numbers: range, honest: bool) -> Found:
    with tempfile.TemporaryDirectory(prefix="vz-") as folder, room(Path(folder)) as place:
        return judged(place, numbers, honest=honest)


class Leaks:
    """What the searches found: without ground, and in the control with ground for two facts."""

    def __init__(self, without: dict[str, set[str]], control: dict[str, set[str]], size: int):
        self.without, self.control, self.size = without, control, size

    @property
    def held(self) -> bool:
        """Nothing without ground; the control sees database, pages and files."""
        kinds = {place.partition(":")[0] for place in self.control}
        return not self.without and {"database", "page", "file"} <= kinds


def _leaks(folder: Path) -> Leaks:
    """Each search in a process and an installation of its own."""
    hits: list[dict[str, set[str]]] = []
    sizes: list[int] = []
    for wide in (False, True):
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            found, size = pool.submit(_searched, folder / f"wide-{wide}", wide).result()
            hits.append(found)
            sizes.append(size)
    return Leaks(hits[0], hits[1], sizes[0])


def _searched(folder: Path, wide: bool) -> tuple[dict[str, set[str]], int]:
    data = folder / "data"
    data.mkdir(parents=True)
    set_up(data)
    from tests.prove.ground.leaks import SECRET, families, in_files, search
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.database.server import administrator

    migrate()
    homes = families(FAMILIES)
    canaries = [SECRET.encode(), *(one for home in homes for one in home.canaries)]
    with psycopg.connect(**{**administrator(), "dbname": "vanzelf"}, autocommit=True) as admin:
        found = search(folder / "answers", homes, wide=wide, admin=admin)
        admin.execute("CHECKPOINT")
    files = in_files(data, canaries)
    hits = {**found.hits, **{f"file: {name}": one for name, one in files.hits.items()}}
    return hits, sum(found.size.values()) + sum(files.size.values())


def _record(
    found: Found, control: Found, leaks: Leaks, files: Files, proven: bool, seconds: float
) -> str:
    services = "\n".join(f"| {name} | {count:,} |" for name, count in found.grounds.most_common())
    problems = "".join(f"- {line}\n" for line in found.problems[:20])
    leaked = "".join(f"- {place}: {len(one)} values\n" for place, one in leaks.without.items())
    kinds = sorted({place.partition(":")[0] for place in leaks.control})
    return f"""# Nothing is asked without ground, and what comes along is kept nowhere

{where()}. {found.cases:,} generated cases of purpose, authorisations (dates, services, facts, \
statuses, groups of persons, rights), facts or a right, and a household; each asked through the \
whole of `gather`, of a stand-in that writes down what arrives at its socket and answers with more \
than it was asked. Every message and every fact that became known is judged by a second reading of \
the rule, written apart from the first; and every message must stand in what the city writes down \
of its questions, under the same reference.

| | |
|---|---|
| cases | {found.cases:,} |
| cases in which nothing may be asked, and nothing arrived | {found.silent:,} |
| messages that arrived | {found.messages:,} |
| facts that became known | {found.known:,} |
| planted values that came out, all with ground (must be some) | {found.sighted:,} |
| **without ground** | **{len(found.problems):,}** |
| the same judge over {control.cases:,} cases asked as if all were authorised (must find) | \
{len(control.problems):,} |

| messages by service | |
|---|---|
{services}

{problems}{files.told()}
Then {FAMILIES} families were checked for every right in a city of their own, with \
ground for who lives together, the municipality and one status. Every answer also held dates of \
birth, a postcode, a nationality, an income and statuses that nobody asked. All tables of the \
database, all files of the installation (those of the database itself too), the log at its most \
talkative and every page that shows these people were searched: {leaks.size / 1e6:,.0f} MB.

| | places with planted values |
|---|---|
| **without ground** | **{len(leaks.without):,}** |
| control, with ground for birth and postcode | {len(leaks.control):,} ({", ".join(kinds)}) |

{leaked}
**{"Proven" if proven else "NOT PROVEN"}** in {seconds:.0f} seconds; run it again with `make prove`.
"""
