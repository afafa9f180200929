"""Models in files, with the models that they import."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from vanzelf.dmn.checking import links
from vanzelf.dmn.definitions import Definitions, Import, Place
from vanzelf.dmn.errors import DmnError, Problem
from vanzelf.dmn.reading.bounds import too_long
from vanzelf.dmn.reading.model import namespace_of, parse
from vanzelf.dmn.reading.xml import HEAD, MAX_BYTES

_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
"""An address with a scheme or a host: never followed."""


_MAX_MODELS: Final = 100
"""Models that one model may import, directly or through others."""
_MAX_NEIGHBOURS: Final = 1_000
"""Files in a folder that are looked into for a namespace."""


def read(path: str | os.PathLike[str]) -> Definitions:
    """The model in this file, without those that it imports."""
    return parse(content(Path(path)), str(path))


def read_all(
    path: str | os.PathLike[str], *, within: str | os.PathLike[str] | None = None
) -> tuple[Definitions, Mapping[str, Definitions]]:
    """The model in this file, and all that it imports, directly or not: namespace → model.

    Only files in the folder `within` are opened (by default the one that the file is in):
    the file that `locationURI` names, beside the importing file, else the `*.dmn` of the
    importing file's folder that has the namespace. Raises DmnError with every problem at once.
    """
    file = Path(path)
    model = read(file)
    gathering = _Gathering(Path(within) if within is not None else file.parent)
    gathering.follow(model, file)
    everything = {model.namespace: model, **gathering.models}
    for each in everything.values():
        gathering.problems += links(each, everything)
    gathering.problems += too_long(everything.values())
    if gathering.problems:
        raise DmnError(gathering.problems)
    return model, gathering.models


def content(path: Path) -> bytes:
    """What is in the file, at most a little more than a model may hold."""
    try:
        return _bytes(path, MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DmnError([Problem(Place(str(path), 0), f"cannot be read: {reason}")]) from None


def _beginning(path: Path) -> bytes:
    """Where the namespace of a model stands; nothing of a file that cannot be read."""
    try:
        return _bytes(path, HEAD)
    except (OSError, ValueError):
        return b""


def _bytes(path: Path, most: int) -> bytes:
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ValueError("it is not a file")  # a pipe or a device may never end
    with path.open("rb") as file:
        return file.read(most)


class _Gathering:
    """The models that are found while imports are followed."""

    def __init__(self, within: Path) -> None:
        self.within = within
        self.models: dict[str, Definitions] = {}
        self.folders: dict[Path, Mapping[str, Path]] = {}
        self.problems: list[Problem] = []

    def follow(self, model: Definitions, file: Path, *above: str) -> None:
        """Add what `model`, read from `file`, imports; `above` are those that import it."""
        for each in model.imports:
            if each.kind is not None:
                continue
            if each.namespace in (model.namespace, *above):
                self.refuse(each, "this import goes round in a circle")
            elif each.namespace not in self.models:
                self.add(each, file, model.namespace, *above)

    def add(self, wanted: Import, file: Path, *above: str) -> None:
        if len(self.models) >= _MAX_MODELS:
            self.refuse(wanted, f"more than {_MAX_MODELS} models are imported")
            return
        try:
            found = self.find(wanted, file.parent)
            if found is None:
                return
            model = read(found)
        except DmnError as error:
            self.problems += error.problems
            return
        if model.namespace != wanted.namespace:
            message = f"{found} has the namespace {model.namespace!r}, not {wanted.namespace!r}"
            self.refuse(wanted, message)
            return
        self.models[model.namespace] = model
        self.follow(model, found, *above)

    def find(self, wanted: Import, folder: Path) -> Path | None:
        """The file of an imported model; none is a problem, and so is one that is elsewhere."""
        location = wanted.location or ""
        if location and not _ELSEWHERE.match(location):
            file = folder / location
            if not self.inside(file):
                message = f"the imported file {location!r} is outside {self.within}"
                self.refuse(wanted, message, "put the models in one folder")
                return None
            if file.is_file():
                return file
        neighbour = self.neighbours(folder).get(wanted.namespace)
        if neighbour is not None:
            return neighbour
        hint = f"put its file in {folder}" + (f" as {location}" if location else "")
        self.refuse(wanted, f"no file has the imported model {wanted.namespace!r}", hint)
        return None

    def neighbours(self, folder: Path) -> Mapping[str, Path]:
        """Namespace → the first file of this folder that has it, looked up once."""
        if folder not in self.folders:
            found: dict[str, Path] = {}
            for file in islice(sorted(folder.glob("*.dmn")), _MAX_NEIGHBOURS):
                namespace = namespace_of(_beginning(file)) if self.inside(file) else None
                if namespace is not None:
                    found.setdefault(namespace, file)
            self.folders[folder] = found
        return self.folders[folder]

    def inside(self, file: Path) -> bool:
        try:
            return file.resolve().is_relative_to(self.within.resolve())
        except (OSError, ValueError, RuntimeError):
            return False

    def refuse(self, wanted: Import, message: str, hint: str = "") -> None:
        self.problems.append(Problem(wanted.place, message, hint))
