"""Taking back by file, killed while sending and while taking in; then compared with MAGDA.

The other side takes a file as soon as it bears its own name, and counts whom it was told of. The
control marks files as sent afterwards, in one go: killed in between, it tells of them again.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.mailbox import Server
from tests.mailbox.repertory import Key, Repertory

MORNING = datetime(2026, 1, 20, 8, tzinfo=UTC)
FILES = 60
CHILD = """
import sys
from datetime import datetime
from vanzelf.faces.cli.django_setup import setup_django
setup_django()
from tests.prove.registrations import by_file
from vanzelf.city import clock
with clock.fixed(datetime.fromisoformat(sys.argv[2])):
    getattr(by_file, sys.argv[1])()
"""


@dataclass
class Result:
    """What killing left."""

    persons: int
    files: int = 0
    kills: int = 0
    twice: int = 0  # persons of whom MAGDA was told more than once
    kept: int = 0  # whom MAGDA still has
    waiting: int = 0  # of whom we do not know that MAGDA has them no more

    @property
    def clean(self) -> bool:
        return not (self.twice or self.kept or self.waiting)


def send() -> None:
    """As the command does."""
    from vanzelf.city.registrations import sending
    from vanzelf.sources.magda.bulk import BulkSettings

    sending.send(settings=BulkSettings.from_env())


def send_and_mark_afterwards() -> None:
    """The control."""
    from vanzelf.city.registrations import sending
    from vanzelf.city.registrations.models import DeregistrationFile

    marks: list[DeregistrationFile] = []

    def mark(file: DeregistrationFile, state: DeregistrationFile.State) -> None:
        file.state = state
        marks.append(file)

    sending._mark = mark
    send()
    for file in marks:
        file.save()


def collect() -> None:
    from vanzelf.city.bulk import work

    work.collect()


def killed(folder: Path, city: Path, kills: int, *, control: bool = False) -> Result:
    """Files of everyone whose registration must be taken back, sent and answered under kills."""
    from vanzelf.city import clock
    from vanzelf.city.registrations import filing
    from vanzelf.city.registrations.models import DeregistrationFile, Registration
    from vanzelf.sources import Endpoints
    from vanzelf.sources.magda.bulk import BulkSettings
    from vanzelf.sources.magda.standin import City, Standin

    ours = Registration.objects.filter(ended_at=None)
    held: dict[Key, tuple[str, str | None]] = {
        (*row.identity, row.person.insz or ""): ("2026-01-20", None)
        for row in ours.select_related("person")
    }
    result = Result(len(held))
    draw = random.Random(kills)
    with Server(folder) as server, Standin(City(city)) as magda:
        settings = server.settings_file(persons_per_file=max(len(held) // FILES, 1))
        settings.write_text(f"{settings.read_text()}by message: 1\n")
        _environment(settings)
        with clock.fixed(MORNING):
            filing.file_what_waits(endpoints=Endpoints(magda.url), settings=BulkSettings.from_env())
        result.files = DeregistrationFile.objects.count()
        repertory = Repertory(server.box, dict(held))
        name = "send_and_mark_afterwards" if control else "send"
        with _Taking(repertory):
            result.kills += _kills(name, kills, lambda: len(repertory.taken), draw)
        if not control:
            result.kills += _kills("collect", kills, _taken_in, draw)
    result.twice = sum(times - 1 for times in repertory.told.values())
    result.kept = len(repertory.held)
    result.waiting = ours.count()
    return result


def _environment(settings: Path) -> None:
    import os

    from tests.mailbox.server import PASSWORD

    os.environ["VANZELF_BULK"] = str(settings)
    os.environ["VANZELF_BULK_PASSWORD"] = PASSWORD


class _Taking:
    """The other side in a thread: it takes and answers what is there, all the time."""

    def __init__(self, repertory: Repertory) -> None:
        self._repertory, self._ended = repertory, threading.Event()
        self._thread = threading.Thread(target=self._take, daemon=True)

    def _take(self) -> None:
        while not self._ended.wait(0.002):
            self._repertory.answer()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()
        self._repertory.answer()


def _kills(name: str, times: int, watch: Callable[[], int], draw: random.Random) -> int:
    """Kills so many times when something more happened, then lets it end; returns how often."""
    for done in range(times):
        with _process(name) as child:
            until = watch() + draw.randint(1, 2)
            while watch() < until and child.poll() is None:
                time.sleep(0.002)
            time.sleep(draw.choice((0.0, draw.uniform(0, 0.02))))
            ended = child.poll() is not None
            child.send_signal(signal.SIGKILL)
        if ended:
            times = done
            break
    for _ in range(3):  # the lock of the one that was killed may have been held still
        with _process(name) as child:
            child.wait()
        time.sleep(0.5)
    return times


def _process(name: str) -> subprocess.Popen[bytes]:
    moment = (MORNING + timedelta(hours=1)).isoformat()
    return subprocess.Popen([sys.executable, "-c", CHILD, name, moment])


def _taken_in() -> int:
    """Files that came in, and lines that were taken in."""
    from vanzelf.city.bulk.models import Received

    rows = Received.objects.filter(name__startswith="rgud_")
    return rows.count() + rows.exclude(state=Received.State.RECEIVED).count()
