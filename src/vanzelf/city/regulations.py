"""The regulations of this installation: the shipped ones, or the folder VANZELF_REGULATIONS.

No Django: the workers of a run use it too.
"""

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
    return in_folder(folder())


def regulation(regulation_id: str) -> rights.Regulation:
    """One regulation; raises LookupError that lists which there are."""
    found = regulations()
    if regulation_id not in found:
        raise LookupError(f"There is no regulation {regulation_id!r}; there is {', '.join(found)}.")
    return found[regulation_id]


@cache
def in_folder(path: Path | None) -> rights.Regulations:
    """The regulations of a folder, None for the shipped ones; read once per process."""
    return rights.load(path) if path else rights.load()
