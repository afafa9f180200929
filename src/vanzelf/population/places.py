"""Where an expression stands in the file of its regulation."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from vanzelf.rights import Regulation, Regulations, shipped

FILE = "regulation.yaml"


def folders_of(regulations: Iterable[Regulation] | Regulations) -> list[Path]:
    """The folders that regulations were read from, as far as known."""
    if isinstance(regulations, Regulations):
        return [files.folder for files in regulations.files]
    return []


def place_of(regulation: str, text: str, folders: Iterable[Path]) -> str:
    """`file:line` of an expression; the id of the regulation when its file is not at hand."""
    for folder in (*folders, shipped() / regulation):
        file = folder / FILE
        if not folder.as_posix().endswith(regulation) or not file.is_file():
            continue
        first = text.strip().splitlines()[0].strip()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if first in line:
                return f"{file}:{number}"
        return str(file)
    return regulation
