"""`make prove`: keeping and forgetting at size, with a dated record."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tests.apart import set_up
from tests.prove.reporting import where, write
from tests.prove.retention.proof import AFTER_ALL, AFTER_APPEAL, prove


def run() -> bool:
    """Whether nothing was found that should be gone."""
    residents = int(os.environ.get("VANZELF_PROVE_RESIDENTS", "269191"))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        home.mkdir()
        set_up(home)
        found, seconds = prove(home, residents)
    took = " and ".join(f"{what} {value:.1f} s" for what, value in seconds.items())
    text = f"""# What is past its term is found nowhere

{where()}. An invented city of {residents:,} residents in which every income is told apart and one \
household in forty has a name and a street of its own; a run over everyone with its awards, point \
checks with decisions, answers of residents. Those households leave the register, a backup is \
made, and the clock is moved: {AFTER_APPEAL} days (past every appeal term and its margin), \
then {AFTER_ALL} days (past all terms). Each time the database is dumped and searched, with the \
files, and everything that is sealed is tried with every key that is left. The \
backup is put back and searched as it was, and again when the terms were applied to it.

{found.table()}

Not searched: the Parquet of the register's delivery, which has the incomes in clear and is kept \
until the next one; and the blocks of the server's own files, which an encrypted disk must cover. \
Nor were logs: of a person they hold no more than our own id of a check or run, which leads \
nowhere once the row is gone (`tests/city/test_logs.py`).
Bringing it back to its terms took {took}.

**{"Proven" if found.clean else "NOT PROVEN"}** in {time.monotonic() - begun:.0f} seconds; run it \
again with `make prove`.
"""
    write("retention", text)
    return found.clean
