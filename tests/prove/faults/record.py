"""The proof of faults at full size, and what is written down of it."""

from __future__ import annotations

import os
import time
from collections import Counter

from tests.prove.faults.bombs import MAX_MEGABYTES, MAX_SECONDS, Cost, costs
from tests.prove.faults.proving import Tally, control, fault_kinds, strike_apart
from tests.prove.reporting import where, write

CONTROL = 200


def prove() -> bool:
    """VANZELF_PROVE_FAULTS makes the faults fewer."""
    begun = time.monotonic()
    tallies = strike_apart(int(os.environ.get("VANZELF_PROVE_FAULTS", "10000")))
    gullible, bombs = control(CONTROL), list(costs())
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    fooled = [problem for problem in gullible.problems if "False" in problem]
    met = set(total.struck) == set(fault_kinds(signed=True))
    proven = not total.problems and met and bool(fooled) and all(each.bounded for each in bombs)
    text = f"""# Whatever goes wrong with a source, nobody is told "no" for it

{where()}. {total.faults:,} faults of {len(total.struck)} kinds, through a proxy on real sockets \
between `gather` and the stand-in, while it was asked {total.gathers:,} times about invented \
persons and, in three of ten, all they live with. Each time what came of it is laid beside what \
the same question gives without the fault: a fact that is known must be that fact; one that is \
not must say why; each question that was struck must be in the list of questions with another \
outcome than "answered"; and the verdict on {_RIGHT} must be the true one, or unknown.

{_shares(tallies)}
False facts, false verdicts, crashes, faults that were not told: **{len(total.problems)}**.
{_problems(total)}
## What became of the verdicts

| true | with the fault | times |
|---|---|---|
{_outcomes(total)}

## How the faults were told

{_counted(total.reasons)}

Of those that were not believed: {_counted(total.doubts)}

## Each kind

{_counted(total.struck)}

## Bombs in XML

Each is read in a process of its own; it must be refused within {MAX_SECONDS * 1000:.0f} ms of \
processor time (the best of five) and {MAX_MEGABYTES} MB.

| | ms | MB | why it is refused |
|---|---|---|---|
{_bombs(bombs)}

## The control

The same harness, with forged answers before someone who does not verify signatures: \
{gullible.faults} forgeries gave {len(fooled)} facts that are falsely "no". So it would have seen \
them.

**{"Proven" if proven else "NOT PROVEN"}** in {time.monotonic() - begun:.0f} seconds; run it again \
with `make prove`.
"""
    write("faults", text)
    return proven


_RIGHT = "free waste bags"


def _shares(tallies: dict[str, Tally]) -> str:
    rows = [
        f"| {name} | {tally.faults:,} | {tally.gathers:,} | {len(tally.problems)} |"
        for name, tally in tallies.items()
    ]
    return "\n".join(["| | faults | asked | problems |", "|---|---|---|---|", *rows, ""])


def _problems(tally: Tally) -> str:
    return "".join(f"\n- {problem}" for problem in tally.problems[:20]) + "\n"


def _outcomes(tally: Tally) -> str:
    return "\n".join(
        f"| {before} | {after} | {times:,} |"
        for (before, after), times in sorted(tally.outcomes.items())
    )


def _counted(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {times:,}" for name, times in sorted(counted.items())) + "."


def _bombs(bombs: list[Cost]) -> str:
    return "\n".join(
        f"| {each.name} | {each.seconds * 1000:.1f} | {each.megabytes:.1f} | {each.refused} |"
        for each in bombs
    )
