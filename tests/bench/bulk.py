"""By file at full size: everyone is asked over FTPS, and what comes back is matched and stored.

The source's own time is not ours and is measured apart. What is measured runs in a process of its
own, so that its memory is its own too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from tests.apart import set_up
from tests.bench.measure import Figure

if TYPE_CHECKING:
    from tests.mailbox import Source

RESIDENTS = int(os.environ.get("VANZELF_BENCH_RESIDENTS", "269191"))
GOAL = 180  # seconds; and 1,024 MiB
STATUSES = ("one fact: waste bags", "every fact of every right that a list can give")


def bulk() -> Iterator[Figure]:
    """In stages, and both orders at once, over one server."""
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        set_up(folder)
        from tests.mailbox import Server, Source
        from tests.mailbox.server import PASSWORD
        from vanzelf.city.database.server import ensure_server

        ensure_server()  # stays until the last process that uses it ends: this one
        _child("prepare")
        from tests.mailbox.city import statutes_of

        with Server(folder / "ftps") as server:
            os.environ["VANZELF_BULK"] = str(server.settings_file())
            os.environ["VANZELF_BULK_PASSWORD"] = PASSWORD
            source = Source(server.box, statutes_of(folder / "city"), counting=False)
            yield from _staged(source)
            for which, title in enumerate(STATUSES):
                sent = _child("send", str(which))
                begun = perf_counter()
                files = source.answer()
                answering = perf_counter() - begun
                taken = _child("collect")
                if taken["persons"] != sent["persons"]:
                    raise RuntimeError(f"{taken['persons']} of {sent['persons']} were stored")
                seconds = sent["seconds"] + taken["seconds"]
                peak = max(sent["peak"], taken["peak"])
                what = f"By file, {title}: {sent['persons']:,} persons in {files} files, sent"
                what += f" {sent['seconds']:.0f} s, taken in {taken['seconds']:.0f} s, {peak:,.0f}"
                what += f" MiB, {sent['processor'] + taken['processor']:.0f} s of processor; the"
                what += f" source {answering:.0f} s"
                yield Figure(what, (seconds,), GOAL)


def _staged(source: Source) -> Iterator[Figure]:
    """Waste bags in stages: what each stage asks, against asking everyone; on a day of its own."""
    seconds, peak, answering, processor = 0.0, 0.0, 0.0, 0.0
    while True:
        went = _child("go-on")
        begun = perf_counter()
        source.answer()
        answering += perf_counter() - begun
        taken = {"seconds": 0.0, "peak": 0.0, "processor": 0.0}
        if not went["persons"]:
            taken = _child("collect")
        for step in (went, taken):
            seconds, peak = seconds + step["seconds"], max(peak, step["peak"])
            processor += step["processor"]
        if went["persons"]:
            break
    stages, asked, everything = (_child(what)["persons"] for what in ("stages", "asked", "all"))
    what = f"By file in stages, waste bags: {asked:,} questions in {stages} stages, of"
    what += f" {everything:,} when everyone is asked ({asked / everything:.1%}), {peak:,.0f} MiB,"
    what += f" {processor:.0f} s of processor; the source {answering:.0f} s"
    yield Figure(what, (seconds,), GOAL)


def _child(*arguments: str) -> dict[str, Any]:
    """A step in a process of its own; what it tells of itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bulk", *arguments], check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _prepare() -> int:
    from vanzelf import population, synthetic
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.domain import import_population
    from vanzelf.city.staff.domain import create_demo_staff

    folder = Path(os.environ["VANZELF_CITY"])
    synthetic.build(residents=RESIDENTS).write(folder)
    migrate()
    create_demo_staff()
    return import_population(population=population.read(folder)).persons


def _send(which: int) -> int:
    from vanzelf import synthetic
    from vanzelf.city import regulations
    from vanzelf.city.bulk import domain, work
    from vanzelf.city.staff.queries import find_staff
    from vanzelf.sources.magda.bulk import BulkSettings

    day = synthetic.REFERENCE_DAY
    everything = [
        each.id
        for each in regulations.regulations().values()
        if each.reference_date(day) == day  # a list asks for one day
    ]
    order = domain.order(
        regulation_ids=everything if which else ["gent/huisvuilzakken"],
        on=day,
        by=find_staff("Lies Maes"),
        settings=BulkSettings.from_env(),
        queue=False,
    )
    return work.send(order.pk).persons


def _collect() -> int:
    from vanzelf.city.bulk import work
    from vanzelf.city.bulk.models import Order

    work.collect()
    order = Order.objects.order_by("-pk")[:1].get()
    first = order.files.order_by("number")[:1].get()
    return sum(file.answered for file in order.files.filter(facts=first.facts))


def _go_on() -> int:
    """Goes on as far as it can; whether it is done."""
    from vanzelf import synthetic
    from vanzelf.city.inquiries import domain, work
    from vanzelf.city.inquiries.models import Inquiry
    from vanzelf.city.staff.queries import find_staff

    inquiry = Inquiry.objects.first() or domain.start(
        regulation_ids=["gent/huisvuilzakken"],
        on=synthetic.REFERENCE_DAY + timedelta(days=1),
        by=find_staff("Lies Maes"),
        queue=False,
    )
    tell = partial(print, file=sys.stderr)
    return int(work.go_on(inquiry.pk, tell).ended)


def _told(what: str) -> int:
    from vanzelf.city.inquiries import queries

    (inquiry,) = queries.inquiries()
    counts = {
        "stages": len(queries.stages(inquiry)),
        "asked": sum(queries.asked(inquiry).values()),
        "all": inquiry.everything["verhoogde tegemoetkoming"],
    }
    return counts[what]


def _peak() -> float:
    """MiB that this process held at most (`ru_maxrss` would begin with what its parent held)."""
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _main(arguments: Sequence[str]) -> None:
    import django

    django.setup()
    step, *rest = arguments
    begun = perf_counter()
    steps = {"prepare": _prepare, "send": _send, "collect": _collect, "go-on": _go_on}
    persons = steps[step](*map(int, rest)) if step in steps else _told(step)
    told = {
        "persons": persons,
        "seconds": perf_counter() - begun,
        "processor": process_time(),
        "peak": _peak(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    if sys.argv[1:]:
        _main(sys.argv[1:])
    else:
        for figure in bulk():
            print(figure, flush=True)
