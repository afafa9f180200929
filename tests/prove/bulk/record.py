"""The proof at full size, and what it found."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tests.apart import set_up
from tests.prove.bulk.kill import DAY, Harness, Result
from tests.prove.reporting import where, write

COLUMNS = (
    ("persons", "persons"),
    ("files", "files"),
    ("sending", "kills while sending"),
    ("taking", "kills while taking in"),
    ("twice", "files got twice"),
    ("again", "questions asked twice"),
    ("lost", "persons without an answer"),
    ("wrong", "other answers than the source's"),
    ("doubled", "answers stored twice"),
)


def prove() -> bool:
    """Kills both phases; then the control, which must ask twice."""
    kills = int(os.environ.get("VANZELF_PROVE_KILLS", "20"))
    residents = int(os.environ.get("VANZELF_PROVE_RESIDENTS", "269191"))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        set_up(folder)
        killed, control = _killed(folder, residents, kills)
    proven = killed.clean and control.again > 0
    rows = "\n".join(
        f"| {title} | {getattr(killed, name):,} | {getattr(control, name):,} |"
        for name, title in COLUMNS
    )
    write(
        "bulk",
        f"""# Who is asked about by file is asked once, however often it is killed

{where()}. Everyone of {residents:,} invented residents whom the waste bags need, asked about by \
file over FTPS; sending and taking in are killed (SIGKILL) at moments of observed progress and \
begun again. The source takes a file as soon as it bears its own name, and counts. The control \
marks files as sent afterwards, ten together, without the step in between: the same harness must \
find questions that are asked twice there. Answers are compared with what the source has.

| | killed | control |
|---|---|---|
{rows}

**{"Proven" if proven else "NOT PROVEN"}** in {time.monotonic() - begun:.0f} seconds; run it again \
with `make prove`.
""",
    )
    return proven


def _killed(folder: Path, residents: int, kills: int) -> tuple[Result, Result]:
    from tests.mailbox import Server, Source
    from tests.mailbox.city import statutes_of
    from tests.mailbox.server import PASSWORD
    from vanzelf import population, synthetic
    from vanzelf.city.bulk.models import Answers, ListFile, Order, Received
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.domain import import_population
    from vanzelf.city.staff.domain import create_demo_staff

    city = folder / "city"
    synthetic.build(seed=1, residents=residents, on=DAY).write(city)
    migrate()
    create_demo_staff()
    import_population(population=population.read(city))
    results = []
    with Server(folder / "ftps") as server:
        size = max(residents // 150, 10)
        os.environ["VANZELF_BULK"] = str(server.settings_file(persons_per_file=size))
        os.environ["VANZELF_BULK_PASSWORD"] = PASSWORD
        for naive in (False, True):
            source = Source(server.box, statutes_of(city))
            taking = 0 if naive else kills // 2
            harness = Harness(city, source, seed=kills)
            results.append(harness.run(kills - kills // 2, taking, naive=naive))
            for model in (Answers, Received, ListFile, Order):
                model.objects.all().delete()
    killed, control = results
    return killed, control


if __name__ == "__main__":
    prove()
