"""Who must be registered in a whole city, and taking them all back by file.

The awards of the waste bags are made by a run; MAGDA's own time is not ours. Messages are counted
over a part: they go one by one, and how long they take is mostly MAGDA's.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from tests.apart import set_up
from tests.bench.measure import Figure

RESIDENTS = int(os.environ.get("VANZELF_BENCH_RESIDENTS", "269191"))
MORNING = datetime(2026, 1, 20, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
Result = TypeVar("Result")
SECONDS = 10.0  # of messages


def registrations() -> Iterator[Figure]:
    """Comparing, telling by message, and taking back by file."""
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        set_up(folder)
        _awarded(folder / "city")
        yield from _figures(folder)


def _awarded(city: Path) -> None:
    from tests.prove.kill import Harness
    from vanzelf import population, synthetic
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.domain import import_population

    synthetic.build(residents=RESIDENTS).write(city)
    migrate()
    import_population(population=population.read(city))
    Harness(city).reference()


def _figures(folder: Path) -> Iterator[Figure]:
    from tests.mailbox import Server
    from tests.mailbox.repertory import Repertory
    from tests.mailbox.server import PASSWORD
    from vanzelf.city import clock
    from vanzelf.city.awards.models import AwardCover
    from vanzelf.city.bulk import work as bulk
    from vanzelf.city.registrations import domain, filing, sending, work
    from vanzelf.city.registrations.models import Registration
    from vanzelf.sources import Endpoints
    from vanzelf.sources.magda.bulk import BulkSettings
    from vanzelf.sources.magda.standin import City, Standin

    with (
        Server(folder / "ftps") as server,
        Standin(City(folder / "city"), now=lambda: MORNING) as magda,
    ):
        os.environ["VANZELF_BULK"] = str(server.settings_file())
        os.environ["VANZELF_BULK_PASSWORD"] = PASSWORD
        endpoints, settings = Endpoints(magda.url), BulkSettings.from_env()
        with clock.fixed(MORNING):
            planned, seconds = _timed(lambda: domain.plan(endpoints=endpoints))
            of = f"{planned.new:,} persons of {RESIDENTS:,}"
            yield Figure(f"Registrations: finding out that {of} must be registered", (seconds,))
            _, seconds = _timed(lambda: domain.plan(endpoints=endpoints))
            yield Figure("Registrations: the same again, nothing to do", (seconds,))
            told, seconds = _timed(lambda: work.work(seconds=SECONDS, endpoints=endpoints))
            each = seconds / told.registered
            yield Figure("Registrations: telling of one person by message", (each,))
            Registration.objects.filter(registered_at=None).update(registered_at=MORNING, tries=1)
        repertory = Repertory(server.box, magda.state.enrolment.periods)
        AwardCover.objects.update(known_until=MORNING)
        with clock.fixed(MORNING + HOUR):
            ended, seconds = _timed(lambda: domain.plan(endpoints=endpoints))
            what = f"Registrations: finding out that {ended.ending:,} must be taken back"
            yield Figure(what, (seconds,))
            _, filing_ = _timed(
                lambda: filing.file_what_waits(endpoints=endpoints, settings=settings)
            )
            files, sent = _timed(lambda: sending.send(settings=settings))
            _, source = _timed(repertory.answer)
            _, taken = _timed(bulk.collect)
        left = Registration.objects.filter(ended_at=None).count()
        if left or set(repertory.told.values()) != {1}:
            raise RuntimeError(f"{left} are left, or some were told of twice")
        what = f"Registrations by file: {ended.ending:,} taken back in {files} files (put in files"
        what += f" {filing_:.1f} s, sent {sent:.1f} s, answers taken in {taken:.1f} s; the source"
        yield Figure(f"{what} {source:.1f} s)", (filing_ + sent + taken,))


def _timed(call: Callable[[], Result]) -> tuple[Result, float]:
    begun = perf_counter()
    result = call()
    return result, perf_counter() - begun


if __name__ == "__main__":
    for figure in registrations():
        print(figure, flush=True)
