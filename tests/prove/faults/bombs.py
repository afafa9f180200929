"""What a bomb in XML costs whoever reads it: each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.prove.faults.kinds import BOMBS
from vanzelf.sources.magda.reply import read_reply
from vanzelf.sources.magda.xml import UnreadableXml

MAX_SECONDS, MAX_MEGABYTES = 0.1, 50


@dataclass(frozen=True)
class Cost:
    name: str
    seconds: float
    megabytes: float
    refused: str

    @property
    def bounded(self) -> bool:
        within = self.seconds < MAX_SECONDS and self.megabytes < MAX_MEGABYTES
        return within and bool(self.refused)


def refusal(name: str) -> str:
    """Why it is not taken; empty when it is."""
    return _read(BOMBS[name].encode())[0]


def costs() -> Iterator[Cost]:
    """Processor time, the best of five readings, and the memory that the first took."""
    for name in BOMBS:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            yield pool.submit(_cost, name).result()


def _cost(name: str) -> Cost:
    bomb = BOMBS[name].encode()
    _read(b"<a/>")
    Path("/proc/self/clear_refs").write_text("5")  # the highest so far, importing, is forgotten
    before = _kilobytes("VmRSS")
    refused, seconds = _read(bomb)
    megabytes = (_kilobytes("VmHWM") - before) / 1024
    return Cost(name, min([seconds, *(_read(bomb)[1] for _ in range(4))]), megabytes, refused)


def _kilobytes(name: str) -> int:
    """Memory of this process, as Linux tells it: now (VmRSS) or at its highest (VmHWM)."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith(name))


def _read(message: bytes) -> tuple[str, float]:
    begun = time.process_time()
    try:
        read_reply(message)
    except UnreadableXml as error:
        return str(error), time.process_time() - begun
    return "", time.process_time() - begun
