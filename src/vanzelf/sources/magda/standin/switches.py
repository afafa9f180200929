"""What the stand-in does wrong, on purpose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from vanzelf.sources.insz import check_digits

KINDS = (
    "busy",  # 99996, level 2
    "unavailable",  # 99994, level 2
    "not-registered",  # 40003 until this person is registered
    "never-registered",  # 40003, and registering does not help
    "new-number",  # 30004 with the content under a new number
    "new-number-only",  # 30004 without content: ask again under the new number
    "fault",  # SOAP fault in HTTP 200, level 1
    "http500",
    "cut",  # the answer stops half-way
    "reset",  # the connection is reset
    "garbage",  # not XML
    "wrong-person",  # the answer is about someone else
)


MAX_DELAY = 3600  # seconds


class SwitchError(ValueError):
    """A switch that does not exist or is not written well."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, for one person or (None) for all; `new` is the number that takes over."""

    kind: str
    insz: str | None = None
    new: str | None = None

    @classmethod
    def parse(cls, text: str) -> Fault:
        """`busy`, `busy:84640618997` or `new-number:84640618997=84640618798`

        Without NEW, the new number is made from the old: see `another_number`.."""
        match = re.fullmatch(r"([a-z0-9-]+)(?::([0-9]{11})(?:=([0-9]{11}))?)?", text.strip())
        if not match or match[1] not in KINDS:
            raise SwitchError(f'"{text}" is not KIND[:INSZ[=NEW]]; kinds: {", ".join(KINDS)}')
        kind, insz, new = match.groups()
        if kind.startswith("new-number") and insz and not new:
            new = another_number(insz)
        return cls(kind, insz, new)


@dataclass(frozen=True, slots=True)
class Switches:
    faults: tuple[Fault, ...] = ()
    delay: float = 0.0  # seconds before each answer
    fail_first: int = 0  # the fault (busy, when none is named) only the first N times per question

    @classmethod
    def parse(cls, faults: Iterable[str] = (), delay: float = 0.0, fail_first: int = 0) -> Switches:
        return cls(tuple(map(Fault.parse, faults)), delay, fail_first)

    def fault(self, insz: str) -> Fault | None:
        """What goes wrong for this person; a fault of their own goes before one for all."""
        own = [fault for fault in self.faults if insz in (fault.insz, fault.new)]
        everyone = [fault for fault in self.faults if fault.insz is None]
        if self.fail_first and not self.faults:
            return Fault("busy")
        return next(iter([*own, *everyone]), None)


def another_number(insz: str) -> str:
    """Another invented number, with check digits that fit."""
    first_nine = f"{insz[:6]}{(int(insz[6:9]) + 2) % 1000:03d}"
    return first_nine + check_digits(first_nine, born_from_2000=False)


@dataclass(slots=True)
class SwitchFile:
    """Switches in a JSON file that is read again whenever it changes:
    {"fault": ["busy:84640618997"], "delay": 0.5, "fail_first": 2}"""

    path: Path
    _stamp: tuple[int, int] = (0, 0)
    _switches: Switches = field(default_factory=Switches)

    def current(self) -> Switches:
        """Raises `SwitchError`; a file that is not there switches everything off."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return Switches()
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp != self._stamp:
            self._switches, self._stamp = _read(self.path), stamp
        return self._switches


def _read(path: Path) -> Switches:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        faults = data.get("fault", ())
        if isinstance(faults, str):
            faults = [faults]
        delay, fail_first = float(data.get("delay", 0)), int(data.get("fail_first", 0))
        if not (0 <= delay <= MAX_DELAY and fail_first >= 0):
            raise SwitchError(f"delay is 0 to {MAX_DELAY} seconds, fail_first 0 or more")
        return Switches.parse(faults, delay, fail_first)
    except (ValueError, AttributeError, TypeError) as error:
        raise SwitchError(f"{path}: {error}") from None
