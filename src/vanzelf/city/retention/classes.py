"""The classes of data with their term and ground, as `regulations/retention.yaml` tells them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from vanzelf.city.retention.terms import Term
from vanzelf.sources.data import SHIPPED, DataError, load_yaml

Then = Literal["removed", "emptied", "pseudonymised", "kept"]
Texts = Mapping[str, str]
"""A text by language: nl and en."""

APPEAL, REPLACED, ALWAYS = "appeal", "replaced", "always"
NEEDED = frozenset({"names", "holds", "keep", "from", "then", "ground", "invented"})
OPTIONAL = frozenset({"tables", "files", "margin", "otherwise"})
IN_WORDS = {
    APPEAL: {
        "nl": "tot het einde van de beroepstermijn, en {margin}",
        "en": "until the appeal term ends, and {margin}",
    },
    REPLACED: {"nl": "tot er een nieuwere is", "en": "until there is a newer one"},
    ALWAYS: {"nl": "altijd", "en": "always"},
}
UNITS = {"dagen": "days", "maanden": "months", "jaar": "years"}


@dataclass(frozen=True)
class DataClass:
    """Data that are kept equally long, for the same reason."""

    id: str
    names: Texts
    holds: Texts
    """What is in it."""
    tables: tuple[str, ...]
    files: tuple[str, ...]
    """Folders under the data folder, or the variable that names one."""
    keep: str
    """A term as `Term.parse` reads it, or APPEAL, REPLACED or ALWAYS."""
    margin: Term
    otherwise: Term
    """With APPEAL: what is added to the appeal term, and the term where nobody here decides."""
    counted_from: Texts
    then: Then
    ground: Texts
    invented: bool
    """The term is ours, for the demonstration; the city sets its own."""

    @property
    def term(self) -> Term | None:
        """The term, None when it is not a fixed length of time."""
        return None if self.keep in IN_WORDS else Term.parse(self.keep)

    def kept_for(self, language: str = "nl") -> str:
        """How long, in words."""
        if self.keep in IN_WORDS:
            margin = _in_words(f"{self.margin.days} dagen", language)
            return IN_WORDS[self.keep][language].format(margin=margin)
        return _in_words(self.keep, language)


def _in_words(term: str, language: str) -> str:
    number, _, unit = term.partition(" ")
    if language == "nl":
        return term
    return f"{number} {UNITS[unit] if number != '1' else UNITS[unit].removesuffix('s')}"


def classes() -> tuple[DataClass, ...]:
    """Every class of data, in the order of the file. VANZELF_RETENTION names a city's own file, in
    the place of the shipped one. Raises DataError."""
    named = os.environ.get("VANZELF_RETENTION")
    return _read(Path(named) if named else SHIPPED / "retention.yaml")


def class_of(name: str) -> DataClass:
    """One class; raises LookupError."""
    for one in classes():
        if one.id == name:
            return one
    raise LookupError(f"There is no class {name!r}; there is {', '.join(c.id for c in classes())}.")


@cache
def _read(path: Path) -> tuple[DataClass, ...]:
    return tuple(_class(path, name, entry) for name, entry in load_yaml(path).items())


def _class(path: Path, name: str, entry: Any) -> DataClass:
    where = f"{path}: {name}"
    if not isinstance(entry, dict):
        raise DataError(f"{where}: keys with values are expected here")
    for key in sorted(NEEDED - entry.keys()):
        raise DataError(f"{where}: {key} is missing")
    for key in sorted(entry.keys() - NEEDED - OPTIONAL):
        raise DataError(f"{where}: {key} is not known; known: {', '.join(NEEDED | OPTIONAL)}")
    if entry["then"] not in ("removed", "emptied", "pseudonymised", "kept"):
        raise DataError(f"{where}: then: write removed, emptied, pseudonymised or kept")
    try:
        if entry["keep"] not in IN_WORDS:
            Term.parse(str(entry["keep"]))
        margin = Term.parse(str(entry.get("margin", "0 dagen")))
        otherwise = Term.parse(str(entry.get("otherwise", "0 dagen")))
    except ValueError as error:
        raise DataError(f"{where}: {error}") from None
    return DataClass(
        id=name,
        names=entry["names"],
        holds=entry["holds"],
        tables=tuple(entry.get("tables", ())),
        files=tuple(entry.get("files", ())),
        keep=str(entry["keep"]),
        margin=margin,
        otherwise=otherwise,
        counted_from=entry["from"],
        then=entry["then"],
        ground=entry["ground"],
        invented=bool(entry["invented"]),
    )
