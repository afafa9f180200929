"""What was found about the installation: a code with its values, which a face puts in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any

Value = str | int | float | date | datetime | None


class Level(IntEnum):
    """How bad it is; the number is the exit code of `vanzelf doctor`."""

    WELL = 0
    SOON = 1  # nothing is broken yet, and someone has to do something
    BROKEN = 2


class Area(StrEnum):
    """What it is about, in the order in which one reads it."""

    SOURCES = "sources"
    GROUNDS = "grounds"
    LISTS = "lists"
    WORK = "work"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is well, or not. `values` hold no datum of a person."""

    area: Area
    code: str
    level: Level = Level.WELL
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def as_data(self) -> dict[str, Any]:
        """For `--json`; dates in ISO form."""
        plain = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.values.items()
        }
        return {"area": self.area, "code": self.code, "level": self.level.name.lower(), **plain}
