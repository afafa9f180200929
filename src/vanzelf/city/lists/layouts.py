"""The layouts of this installation: the shipped ones, with a city's own beside them.

No Django: the workers of a run use it too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from vanzelf.city import regulations
from vanzelf.sources.lists import Layout, read_layout

FOLDER = "lists"


def layouts() -> dict[str, Layout]:
    """Every layout by name; a city's own goes before the shipped one of that name.

    Raises `DataError` for one that cannot be used.
    """
    return dict(_in(regulations.folders()))


def layout(name: str) -> Layout:
    """One layout; raises LookupError that lists which there are."""
    found = layouts()
    if name not in found:
        raise LookupError(f"There is no list {name!r}; there is {', '.join(found)}.")
    return found[name]


@cache
def _in(folders: tuple[Path, ...]) -> dict[str, Layout]:
    found: dict[str, Layout] = {}
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            one = read_layout(path)
            found[one.name] = one
    return found
