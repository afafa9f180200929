"""All targets one after another, each in a process of its own, and what came of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.prove.fuzz.worker import HANGS, MOST_MEMORY, STEPS_GUIDED

SHARES: Final = {"text": 0.35, "xml": 0.35, "laws": 0.2, "bounds": 0.1}
"""Of the time, per target."""
WHAT: Final = {
    "text": "any text: a value or FeelSyntaxError, in both modes; reads as it is written",
    "xml": "any bytes: a model or DmnError; then each decision and service an outcome",
    "laws": "random expressions and models keep the laws of unknowns",
    "bounds": "any text with the whole budget of an evaluation: time and memory",
}
SLOWEST: Final = 10.0
"""Seconds of one processor that an evaluation with its whole budget may take."""
LARGEST: Final = 1500
"""Megabytes that the process of `bounds` may grow to."""


@dataclass(frozen=True)
class Result:
    """What a worker wrote, with the edges of code that its inputs reached (if it counts them)."""

    fed: dict[str, Any]
    edges: int | None
    ended: str

    @property
    def findings(self) -> dict[str, str]:
        found: dict[str, str] = dict(self.fed["findings"])
        if self.ended:
            found[self.ended] = str(self.fed.get("at", ""))
        return found


def fuzz(seconds: float) -> list[Result]:
    """Runs every target for its share of these seconds."""
    with tempfile.TemporaryDirectory(prefix="vz-fuzz-") as folder:
        return [_run(target, seconds * share, Path(folder)) for target, share in SHARES.items()]


def _run(target: str, seconds: float, folder: Path) -> Result:
    log = folder / f"{target}.log"
    command = [
        sys.executable,
        "-m",
        "tests.prove.fuzz.worker",
        target,
        f"{seconds:.0f}",
        f"{folder}",
    ]
    ended = ""
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=Path(__file__).resolve().parents[3],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            code = process.wait(timeout=seconds + 3 * HANGS + 120)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if code:
            ended = f"the process ended with {code}"
    record = folder / f"{target}.json"
    empty = {"target": target, "guided": False, "seconds": 0, "executions": 0, "slowest": 0,
             "slowest_input": "", "peak_megabytes": 0, "findings": {}}  # fmt: skip
    fed = json.loads(record.read_text()) if record.is_file() else empty
    at = folder / f"{target}.now"
    if ended:
        tail = log.read_text(errors="replace")[-600:]
        fed["at"] = (at.read_bytes()[:2000].decode(errors="replace") if at.is_file() else "") + tail
    found = re.findall(r"cov: (\d+)", log.read_text(errors="replace"))
    return Result(fed, int(found[-1]) if found else None, ended)


def proven(results: Sequence[Result]) -> bool:
    """Whether nothing was found, and the bounds hold."""
    bounds = next(one.fed for one in results if one.fed["target"] == "bounds")
    within = bounds["slowest"] <= SLOWEST and bounds["peak_megabytes"] <= LARGEST
    return within and all(one.fed["executions"] and not one.findings for one in results)


def report(results: Sequence[Result]) -> str:
    """Tables in markdown."""
    lines = [
        f"| {one.fed['target']} | {WHAT[one.fed['target']]} | {one.fed['seconds']:.0f}"
        f" | {one.fed['executions']:,} | {one.edges if one.edges is not None else '–'}"
        f" | {one.fed['slowest']:.2f} | {one.fed['peak_megabytes']:,} | {len(one.findings)} |\n"
        for one in results
    ]
    head = (
        "| target | what must hold | seconds | inputs | edges | slowest (s) | peak (MB) | found |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    return head + "".join(lines) + _details(results)


def _details(results: Sequence[Result]) -> str:
    bounds = next(one.fed for one in results if one.fed["target"] == "bounds")
    text = f"""
The first three run with coverage guidance (atheris) where it is installed, which slows the code \
some ten times; an evaluation has {STEPS_GUIDED:,} steps there, and counts as hanging after \
{HANGS} seconds. `bounds` runs at full speed with the whole budget: at most {SLOWEST:.0f} seconds \
of processor time and {LARGEST:,} MB for the process (which is refused more than \
{MOST_MEMORY // 1_000_000:,} MB). Its slowest input:

    {bounds["slowest_input"][:300]}
"""
    for one in results:
        for place, example in one.findings.items():
            text += f"\n**Found** by {one.fed['target']}: {place}\n\n"
            text += "".join(f"    {line}\n" for line in example[:1500].splitlines())
    return text
