"""Registering and taking back, killed at moments of observed progress; then compared with MAGDA.

The stand-in keeps who is registered. The control forgets, after each kill, that someone was tried
(as if that were kept together with the outcome): there the same harness must find persons whom
MAGDA has and we do not, so that they would never be taken back.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.apart import set_up
from tests.prove.registrations import by_file
from tests.prove.reporting import where, write

MORNING = datetime(2026, 1, 20, 8, tzinfo=UTC)
DAY = timedelta(days=1)
A_WHILE = 3_600.0
Held = dict[tuple[str, str, str], tuple[str, str | None]]
CHILD = """
import sys
from datetime import datetime
from vanzelf.faces.cli.django_setup import setup_django
setup_django()
from vanzelf.city import clock
from vanzelf.city.registrations import domain, work
from vanzelf.sources import Endpoints
with clock.fixed(datetime.fromisoformat(sys.argv[2])):
    endpoints = Endpoints(sys.argv[1])
    domain.plan(endpoints=endpoints)
    work.work(seconds=3600, endpoints=endpoints)
"""


@dataclass
class Result:
    """What came out: messages are those that reached MAGDA."""

    wanted: int
    kills: int = 0
    messages: int = 0
    missing: int = 0  # whose award runs, and MAGDA does not have them
    forgotten: int = 0  # whom MAGDA has, and we do not know it
    again: int = 0  # messages beyond one per person

    @property
    def clean(self) -> bool:
        return not self.missing and not self.forgotten and self.again <= self.kills


def prove() -> bool:
    """Kills registering and taking back; then the control, which must forget someone."""
    kills = int(os.environ.get("VANZELF_PROVE_KILLS", "20"))
    residents = min(int(os.environ.get("VANZELF_PROVE_RESIDENTS", "4000")), 20_000)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as name:
        set_up(Path(name))
        registering, taking_back, filed, marked_late, control = _killed(
            Path(name), residents, kills
        )
    told = registering.clean and taking_back.clean and control.forgotten > 0
    proven = told and filed.clean and marked_late.twice > 0
    rows = "\n".join(
        f"| {title} | {one.wanted:,} | {one.kills} | {one.messages:,} | {one.again} "
        f"| {one.missing} | {one.forgotten} |"
        for title, one in (
            ("registering", registering),
            ("taking back", taking_back),
            ("control", control),
        )
    )
    files = "\n".join(
        f"| {title} | {one.persons:,} | {one.files} | {one.kills} | {one.twice} | {one.kept} "
        f"| {one.waiting} |"
        for title, one in (("by file", filed), ("control", marked_late))
    )
    write(
        "registrations",
        f"""# Whom MAGDA has registered is known, however often the telling is killed

{where()}. Everyone whose award for waste bags runs, of {residents:,} invented residents, is \
registered; then all are taken back. The process that tells is killed (SIGKILL) when another few \
messages have arrived, and begun again. The control forgets after each kill who was tried.

| | persons | kills | messages | told twice | missing | forgotten |
|---|---|---|---|---|---|---|
{rows}

By file, the same persons: sending and taking in are killed when another file was taken. The \
control marks files as sent afterwards, all together; it only sends.

| | persons | files | kills | told twice | MAGDA still has | we still wait for |
|---|---|---|---|---|---|---|
{files}

**{"Proven" if proven else "NOT PROVEN"}** in {time.monotonic() - begun:.0f} seconds; run it again \
with `make prove`.
""",
    )
    return proven


def _by_file(folder: Path, kills: int) -> tuple[by_file.Result, by_file.Result]:
    """Everyone who was ever registered is taken back by file; then the same for the control."""
    from vanzelf.city.registrations.models import DeregistrationFile, Ending, Registration

    def again() -> None:
        Registration.objects.update(file=None)
        DeregistrationFile.objects.all().delete()
        Registration.objects.update(
            ending=Ending.LEFT, ended_at=None, registered_at=MORNING - DAY, tried_at=None, tries=1
        )

    city = folder / "city"
    again()
    killed = by_file.killed(folder / "files", city, kills // 2)
    again()
    control = by_file.killed(folder / "control", city, kills - kills // 2, control=True)
    Registration.objects.all().delete()
    DeregistrationFile.objects.all().delete()
    return killed, control


def _killed(
    folder: Path, residents: int, kills: int
) -> tuple[Result, Result, by_file.Result, by_file.Result, Result]:
    from tests.prove.kill import Harness
    from vanzelf import population, synthetic
    from vanzelf.city.awards.models import AwardCover
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.domain import import_population

    city = folder / "city"
    synthetic.build(seed=7, residents=residents).write(city)
    migrate()
    import_population(population=population.read(city))
    Harness(city).reference()
    chance = random.Random(kills)
    covers = AwardCover.objects.all()
    registering, held = _round(city, kills, chance, MORNING, {})
    covers.update(known_until=MORNING)
    taking_back, held = _round(city, kills, chance, MORNING + DAY, held)
    taking_back.missing = len(held)  # whom MAGDA still has
    filed, marked_late = _by_file(folder, kills)
    covers.update(known_until=None)
    return registering, taking_back, filed, marked_late, _control(city, kills, chance)


def _round(
    city: Path, kills: int, chance: random.Random, at: datetime, held: Held
) -> tuple[Result, Held]:
    """Kills, then to the end; with what MAGDA held before."""
    from vanzelf.city import clock
    from vanzelf.city.registrations import domain, interest, work
    from vanzelf.sources import Endpoints
    from vanzelf.sources.magda.standin import City, Standin, Switches

    with Standin(City(city), Switches.parse(delay=0.02), now=lambda: at) as magda:
        magda.state.enrolment.periods.update(held)
        done = sum(_kill(magda, chance, at) for _ in range(kills))
        magda.switches = Switches()
        later = at + timedelta(hours=1)
        with clock.fixed(later):
            endpoints = Endpoints(magda.url)
            domain.plan(endpoints=endpoints)
            work.work(seconds=A_WHILE, endpoints=endpoints)
            wanted = len(interest.lasting(later.date())) or len(held)
        result = _compare(magda, wanted)
        result.kills = done
        return result, dict(magda.state.enrolment.periods)


def _control(city: Path, kills: int, chance: random.Random) -> Result:
    """Killed while registering; then nobody has an interest any more."""
    from vanzelf.city import clock
    from vanzelf.city.awards.models import AwardCover
    from vanzelf.city.registrations import domain, interest
    from vanzelf.city.registrations.models import Registration
    from vanzelf.sources import Endpoints
    from vanzelf.sources.magda.standin import City, Standin, Switches

    with Standin(City(city), Switches.parse(delay=0.02), now=lambda: MORNING) as magda:
        done = 0
        for _ in range(kills):
            done += _kill(magda, chance, MORNING)
            Registration.objects.filter(registered_at=None).update(tries=0, tried_at=None)
        wanted = len(interest.lasting(MORNING.date()))
        AwardCover.objects.update(known_until=MORNING)
        with clock.fixed(MORNING.replace(hour=9)):
            domain.plan(endpoints=Endpoints(magda.url))
        result = _compare(magda, wanted)
        result.kills, result.missing = done, 0
        return result


def _kill(magda: object, chance: random.Random, at: datetime) -> int:
    """One process that is killed after a few messages more; 0 when it ended before that."""
    from vanzelf.sources.magda.standin import Standin

    assert isinstance(magda, Standin)
    until = len(magda.received) + chance.randint(1, 8)
    with subprocess.Popen([sys.executable, "-c", CHILD, magda.url, at.isoformat()]) as child:
        while len(magda.received) < until and child.poll() is None:
            time.sleep(0.005)
        effective = child.poll() is None
        child.send_signal(signal.SIGKILL)
    return int(effective)


def _compare(magda: object, wanted: int) -> Result:
    from vanzelf.city.registrations.models import Registration
    from vanzelf.sources.magda.standin import Standin

    assert isinstance(magda, Standin)
    known = Registration.objects.filter(ended_at=None).select_related("person")
    ours = {row.person.insz for row in known}
    theirs = {insz for _, _, insz in magda.state.enrolment.periods}
    told = [each.request.insz for each in magda.received]
    return Result(
        wanted=wanted,
        messages=len(told),
        missing=len(ours - theirs),
        forgotten=len(theirs - ours),
        again=len(told) - len(set(told)),
    )
