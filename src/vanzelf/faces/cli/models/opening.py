"""Opening a model, and the names in it."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from pathlib import Path

import click

from vanzelf import dmn
from vanzelf.dmn.errors import DmnError


def opened(path: Path) -> dmn.Model:
    """The model in a file. Ends the command with everything that is wrong with it."""
    try:
        return dmn.read(path)
    except DmnError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None


def unknown_name(kind: str, name: str, known: Collection[str]) -> str:
    """That there is no such name, the nearest one, and those there are."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    listed = "".join(f"\n  {one}" for one in sorted(known)) or "\n  (none)"
    return f"there is no {kind} {name!r}.{hint} There are:{listed}"
