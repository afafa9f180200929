"""`python -m tests.prove`: the long proofs at full size; dated results go to docs/proofs.

VANZELF_PROVE_RESIDENTS makes the city smaller, VANZELF_PROVE_KILLS the kills fewer,
VANZELF_PROVE_FUZZ the seconds of fuzzing, VANZELF_PROVE_FAULTS the faults fewer. Names of proofs
(`kills`, `fuzzing`, `ground`, `faults`, `retention`, `bulk`, `registrations`) choose among them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.apart import set_up
from tests.prove.reporting import where, write


def main(chosen: Sequence[str]) -> int:
    """Runs the proofs; ends with 1 when one fails, or when a control finds nothing."""
    proofs = {
        "kills": _prove_kills,
        "fuzzing": _prove_fuzzing,
        "ground": _prove_ground,
        "faults": _prove_faults,
        "retention": _prove_retention,
        "bulk": _prove_bulk,
        "registrations": _prove_registrations,
    }
    if len(chosen) == 1:
        return 0 if proofs[chosen[0]]() else 1
    held = [_apart(name) for name in chosen or proofs]  # all of them, also after one that fails
    return 0 if all(held) else 1


def _apart(name: str) -> bool:
    """One proof in a process of its own: an installation is set up once in a process."""
    return subprocess.run([sys.executable, "-m", "tests.prove", name], check=False).returncode == 0


def _prove_registrations() -> bool:
    from tests.prove.registrations.record import prove

    return prove()


def _prove_bulk() -> bool:
    from tests.prove.bulk.record import prove

    return prove()


def _prove_retention() -> bool:
    from tests.prove.retention import record

    return record.run()


def _prove_faults() -> bool:
    from tests.prove.faults.record import prove

    return prove()


def _prove_ground() -> bool:
    from tests.prove.ground.proving import prove

    return prove()


def _prove_fuzzing() -> bool:
    from tests.prove.fuzz import record
    from tests.prove.fuzz.worker import ATHERIS

    if not ATHERIS:
        sys.stdout.write("atheris has no wheel for this Python: fuzzing without its guidance\n")
    seconds = float(os.environ.get("VANZELF_PROVE_FUZZ", "600"))
    results = record.fuzz(seconds)
    proven = record.proven(results)
    text = f"""# Whatever comes in, a value or an error that is meant

{where()}. FEEL texts and decision models changed at random for {seconds:.0f} seconds, starting \
from our own texts, from what random trees read as, and from texts that try to take all time and \
memory.

{record.report(results)}
**{"Proven" if proven else "NOT PROVEN"}**; run it again with `make prove`.
"""
    write("fuzzing", text)
    return proven


def _prove_kills() -> bool:
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as folder:
        set_up(Path(folder))
        return _prove_kills_in(Path(folder) / "city")


def _prove_kills_in(city: Path) -> bool:
    from tests.prove.kill import Harness, report
    from vanzelf import population, synthetic
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.domain import import_population

    os.environ.setdefault("VANZELF_RUN_PIECE", "1000")  # steps enough to be killed between
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

{where()}. The waste-bag run over {taken_in.persons:,} invented residents in \
{taken_in.households:,} households, killed (SIGKILL) at random moments of observed progress and \
started again; then compared, person by person and verdict by verdict, with a run that was left \
alone. The control has no \
unique key and marks its progress in a commit of its own: the same harness must find doubles there.

{report([("killed", killed), ("control", control)])}
**{"Proven" if proven else "NOT PROVEN"}** in {time.monotonic() - begun:.0f} seconds; run it again \
with `make prove`.
"""
    write("kills", text)
    return proven


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
