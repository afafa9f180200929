"""Names and ids in an exported model: each once, and readable by every FEEL parser."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from vanzelf.rights.builtins import GIVES
from vanzelf.rights.names import KEYWORDS

_INSTEAD = {"in": "binnen", "of": "ofwel", "and": "en", "or": "ofwel", "not": "niet"}


def readable(name: str) -> str:
    """The name in words of letters and digits of which none is a keyword: `binnen Gent`."""
    normal = unicodedata.normalize("NFC", name)
    words = "".join(char if char.isalnum() else " " for char in normal).split()
    joined = " ".join(
        _INSTEAD.get(word, f"{word} x") if word in KEYWORDS else word for word in words
    )
    return joined if joined[:1].isalpha() else f"nr {joined}".strip()


def slug(name: str) -> str:
    """The name as an XML id: ASCII letters, digits and `_`."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in ascii_only).split()
    return "_".join(words).lower()


class ExportError(ValueError):
    """Why a regulation cannot be said as one model, and what to do."""


@dataclass(slots=True)
class Names:
    """Names that are taken, in any case: tools tell names apart as they please."""

    taken: set[str] = field(default_factory=lambda: {name.casefold() for name in GIVES})
    kept: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def reserve(self, names: Iterable[str]) -> None:
        """Names that come as they are, later."""
        self.taken.update(name.casefold() for name in names)

    def keep(self, name: str) -> str:
        """A name that texts refer to, as it is."""
        if name in self.kept:
            message = f'two things are called "{name}": rename one, in the regulation or its model'
            raise ExportError(message)
        self.kept.add(name)
        self.reserve([name])
        return name

    def take(self, wanted: str) -> str:
        """The name, or the name with a number when it is taken."""
        return _take(wanted, self.taken, " ")

    def id(self, kind: str, name: str) -> str:
        return _take(f"{kind}_{slug(name)}", self.ids, "_")


def _take(wanted: str, taken: set[str], between: str) -> str:
    number, name = 1, wanted
    while name.casefold() in taken:
        number += 1
        name = f"{wanted}{between}{number}"
    taken.add(name.casefold())
    return name
