"""What is wrong with a decision model, all of it at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from vanzelf.dmn.definitions import Place

MOST: Final = 100
"""Problems of one kind that are told of one model: who mends these sees the rest."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do about it."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        line = f":{self.place.line}" if self.place.line else ""
        where = f"{self.place.file}{line}: " if self.place.file else ""
        return f"{where}{self.message}" + (f"\n    {self.hint}" if self.hint else "")


class DmnError(ValueError):
    """A model that cannot be read, or a question that it cannot be asked."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def meant(word: str, known: Iterable[str]) -> str:
    """A hint: the known word (of the first thousand) most like this one, or none at all."""
    near = difflib.get_close_matches(word[:100], [each[:100] for each in islice(known, 1000)], n=1)
    return f"did you mean {near[0]}?" if near else ""
