"""What a slow or dead source does to the pages of residents, while a clerk asks checks.

The site runs as `vanzelf demo` starts it, over an invented city with a run behind it. Residents
open their pages at a steady pace, and every two seconds a clerk asks a check; the source is
healthy, answers after 30 seconds, or is not there, in rounds that take turns. A page's time counts
from the moment at which it was due, so that a page that waits for another is counted as such.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.apart import set_up
from vanzelf import synthetic

RESIDENTS = 20_000
SECONDS, ROUNDS = 20, 5
PACE, THREADS = 1 / 10, 8  # between two pages; who opens them
CHECK_EVERY = 2.0
DELAY = 30.0
PAGES = ("/mijn-rechten/", "/mijn-gegevens/", "/wie-keek/", "/mijn-rechten/{right}/waarom/")
RIGHT = "gent/huisvuilzakken"
GOAL = 1.10  # the most that a source may do to the slowest pages


@dataclass
class Source:
    """A stand-in for MAGDA that can be slowed and taken away."""

    folder: Path
    port: int

    def healthy(self) -> None:
        self._started(0.0)

    def slow(self) -> None:
        self._started(DELAY)

    def dead(self) -> None:
        """Nobody listens there."""

    def _started(self, delay: float) -> None:
        from vanzelf.faces.cli.processes import Children

        (self.folder / "switches.json").write_text(json.dumps({"delay": delay}))
        self.children = Children(self.folder / "log")
        command = [sys.executable, "-m", "vanzelf", "magda-standin", "--port", str(self.port)]
        command += ["--city", str(self.folder / "city")]
        command += ["--switches", str(self.folder / "switches.json")]
        self.children.start("magda", command, {})
        self.children.await_address(f"http://127.0.0.1:{self.port}")

    def stop(self) -> None:
        for _, child in self.children.children:
            child.kill()
            child.wait()
        self.children.children.clear()


@dataclass(frozen=True)
class Round:
    """The times of pages in one round (seconds), and what became of the checks."""

    times: tuple[float, ...]
    answered: int

    def at(self, share: float) -> float:
        """The time within which this share of the pages came."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def dead_source() -> Iterator[str]:
    """The lines of the report."""
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as name:
        set_up(Path(name))
        synthetic.build(residents=RESIDENTS).write(Path(name) / "city")
        yield from _report(_measured(Path(name)))


def _measured(folder: Path) -> dict[str, list[Round]]:
    from vanzelf.city import clock
    from vanzelf.faces.cli import showing
    from vanzelf.faces.cli.processes import Children, free_port
    from vanzelf.faces.cli.serving import start_site

    showing.prepare_city()
    showing.check_everyone(clock.today())
    source = Source(folder, free_port(8400))
    os.environ["VANZELF_MAGDA_URL"] = f"http://127.0.0.1:{source.port}"
    found: dict[str, list[Round]] = {"healthy": [], "slow": [], "dead": []}
    with Children(folder / "log") as children:
        address = start_site(children, "127.0.0.1", free_port(8000))
        visitors, clerk = _sessions()
        source.healthy()
        _round(address, visitors, clerk, 5)  # everything has been used once
        source.stop()
        for _ in range(ROUNDS):
            for state, rounds in found.items():
                getattr(source, state)()
                rounds.append(_round(address, visitors, clerk, SECONDS))
                source.stop()
                _calm()
    return found


def _sessions() -> tuple[list[str], str]:
    """Cookies of residents who have something to see, and of a clerk."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from vanzelf.city.awards.models import AwardCover
    from vanzelf.city.staff.queries import find_staff
    from vanzelf.faces.look.actor import PERSON

    covered = AwardCover.objects.order_by("pk").values_list("person_id", flat=True)[:40]
    user = find_staff("Sam De Wilde").user
    kept = [{PERSON: pk} for pk in covered]
    kept.append(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
    keys = []
    for data in kept:
        session = SessionStore()
        session.update(data)
        session.save()
        keys.append(str(session.session_key))
    return keys[:-1], keys[-1]


def _round(address: str, visitors: Sequence[str], clerk: str, seconds: float) -> Round:
    """Pages at a steady pace by several at once, and checks beside them."""
    begun = time.monotonic()
    visits = list(zip(range(int(seconds / PACE)), cycle(visitors), cycle(PAGES)))
    times: list[float] = []
    lock = threading.Lock()

    def visit() -> None:
        with closing(_connection(address)) as line:
            while True:
                with lock:
                    if not visits:
                        return
                    number, who, page = visits.pop(0)
                due = begun + number * PACE
                time.sleep(max(0.0, due - time.monotonic()))
                status = _get(line, page.format(right=RIGHT), who)
                times.append(time.monotonic() - due)
                if status != 200:
                    raise RuntimeError(f"{page} gave {status}")

    def ask() -> None:
        numbers = cycle(one.insz for one in synthetic.cast())
        while time.monotonic() < begun + seconds:
            _ask(address, clerk, next(numbers))
            time.sleep(CHECK_EVERY)

    _together([visit] * THREADS + [ask])
    if len(times) != int(seconds / PACE):
        raise RuntimeError(f"{len(times)} pages came; the site's log tells why not all did")
    return Round(tuple(times), _answered())


def _together(parts: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=part) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _connection(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)


def _get(line: http.client.HTTPConnection, path: str, session: str) -> int:
    line.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    response = line.getresponse()
    response.read()
    return response.status


def _ask(address: str, session: str, insz: str) -> None:
    """A check of one right, asked as the counter's form does."""
    token = "a" * 32
    body = urlencode({"insz": insz, "reason": "Kwam langs (meting).", "rights": RIGHT})
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(_connection(address)) as line:
        line.request("POST", "/loket/", body, headers)
        status = line.getresponse().status
    if status != 302:
        raise RuntimeError(f"a check gave {status}")


def _answered() -> int:
    from vanzelf.city.checks.models import CheckRequest, State

    return CheckRequest.objects.filter(state=State.DONE).count()


def _calm() -> None:
    """Until nobody waits for the source any more, and what was learned of it is forgotten."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from vanzelf.city.checks.ending import end
    from vanzelf.city.checks.models import OPEN, CheckRequest, State
    from vanzelf.city.endurance.models import SourceCondition

    for request in CheckRequest.objects.filter(state__in=OPEN):
        end(request.pk, State.CANCELLED)
    until = time.monotonic() + 2 * DELAY
    waits = ProcrastinateJob.objects.filter(queue_name="checks", status__in=("todo", "doing"))
    while waits.exists() and time.monotonic() < until:
        time.sleep(0.5)
    SourceCondition.objects.all().delete()


def _report(found: dict[str, list[Round]]) -> Iterator[str]:
    count = sum(len(one.times) for one in found["healthy"])
    yield (
        f"Pages of residents beside a check every {CHECK_EVERY:.0f} s, {count} pages per source, "
        f"{ROUNDS} rounds in turn: median over the rounds (lowest to highest)"
    )
    for state, rounds in found.items():
        shown = [_spread([one.at(share) for one in rounds]) for share in (0.5, 0.99)]
        yield f"  source {state:<8}  p50 {shown[0]}   p99 {shown[1]}"
    for state in ("slow", "dead"):
        pairs = zip(found[state], found["healthy"], strict=True)
        ratios = [one.at(0.99) / other.at(0.99) for one, other in pairs]
        spread = f"{statistics.median(ratios):.2f} × ({min(ratios):.2f} to {max(ratios):.2f})"
        together = _all(found[state]) / _all(found["healthy"])
        yield (
            f"  p99, {state} against healthy: {spread}; all pages as one {together:.2f} ×"
            f"   goal: at most {GOAL:.2f} ×"
        )


def _all(rounds: Sequence[Round]) -> float:
    """p99 of all rounds as one."""
    return Round(tuple(time for one in rounds for time in one.times), 0).at(0.99)


def _spread(times: Sequence[float]) -> str:
    low, middle, high = min(times), statistics.median(times), max(times)
    return f"{middle * 1e3:.1f} ms ({low * 1e3:.1f} to {high * 1e3:.1f})"


if __name__ == "__main__":
    for line in dead_source():
        print(line, flush=True)
