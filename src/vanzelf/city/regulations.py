"""The regulations of this installation: the shipped ones, or the folder VANZELF_REGULATIONS."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from vanzelf import rights


def folder() -> Path | None:
    """The city's own folder of regulations, None for the shipped ones."""
    named = os.environ.get("VANZELF_REGULATIONS")
    return Path(named).resolve() if named else None


def regulations() -> rights.Regulations:
    """Every regulation, read and compiled once per process."""
    return _load(folder())


def regulation(regulation_id: str) -> rights.Regulation:
    """One regulation; raises LookupError that lists which there are."""
    found = regulations()
    if regulation_id not in found:
        raise LookupError(f"There is no regulation {regulation_id!r}; there is {', '.join(found)}.")
    return found[regulation_id]


@cache
def _load(path: Path | None) -> rights.Regulations:
    return rights.load(path) if path else rights.load()
