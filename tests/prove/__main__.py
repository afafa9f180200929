"""`python -m tests.prove`: the long proofs at full size; dated results go to docs/proofs.

VANZELF_PROVE_RESIDENTS makes the city smaller, VANZELF_PROVE_KILLS the kills fewer.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.apart import set_up

PROOFS = Path(__file__).resolve().parents[2] / "docs" / "proofs"


def main() -> int:
    """Runs the proofs; ends with 1 when one fails, or when a control finds nothing."""
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as folder:
        set_up(Path(folder))
        return 0 if _prove_kills(Path(folder) / "city") else 1


def _prove_kills(city: Path) -> bool:
    from tests.prove.kill import Harness, report
    from vanzelf import population, synthetic
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.domain import import_population

    residents = int(os.environ.get("VANZELF_PROVE_RESIDENTS", "269191"))
    kills = int(os.environ.get("VANZELF_PROVE_KILLS", "20"))
    begun = time.monotonic()
    synthetic.build(seed=1, residents=residents).write(city)
    migrate()
    taken_in = import_population(population=population.read(city))
    harness = Harness(city, seed=kills)
    reference = harness.reference()
    killed = harness.killed(reference, evaluating=kills // 2, awarding=kills - kills // 2)
    control = harness.control(reference, awarding=kills)
    proven = killed.clean and control.doubles > 0
    text = f"""# A killed run ends with the same awards, once each

{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()}, Python \
{platform.python_version()}. The waste-bag run over {taken_in.persons:,} invented residents in \
{taken_in.households:,} households, killed (SIGKILL) at random moments of observed progress and \
started again; then compared, person by person, with a run that was left alone. The control has no \
unique key and marks its progress in a commit of its own: the same harness must find doubles there.

{report([("killed", killed), ("control", control)])}
**{"Proven" if proven else "NOT PROVEN"}** in {time.monotonic() - begun:.0f} seconds; run it again \
with `make prove`.
"""
    PROOFS.mkdir(parents=True, exist_ok=True)
    (PROOFS / f"{datetime.now(UTC):%Y-%m-%d}-kills.md").write_text(text)
    sys.stdout.write(text)
    return proven


if __name__ == "__main__":
    sys.exit(main())
