"""The regulations of this installation: the shipped ones, with a city's own beside them.

VANZELF_REGULATIONS names the city's folders, separated as in PATH. No Django: the workers of a run
use it too.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from vanzelf import rights


def folders() -> tuple[Path, ...]:
    """The shipped folder, and the city's own beside it."""
    named = os.environ.get("VANZELF_REGULATIONS", "")
    return tuple(folder.resolve() for folder in rights.beside_shipped(named))


def regulations() -> rights.Regulations:
    """Every regulation, read and compiled once per process."""
    return in_folders(folders())


def regulation(regulation_id: str) -> rights.Regulation:
    """One regulation; raises LookupError that lists which there are."""
    found = regulations()
    if regulation_id not in found:
        raise LookupError(f"There is no regulation {regulation_id!r}; there is {', '.join(found)}.")
    return found[regulation_id]


@cache
def in_folders(paths: tuple[Path, ...]) -> rights.Regulations:
    """The regulations of these folders, read once per process; their cases are for tests only."""
    return rights.load(*paths, cases=False)
