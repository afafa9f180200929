"""What is wrong in a regulation: where, what, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; line and column count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong; `line` and `column` count from 1, `hint` says what to do."""

    file: str
    line: int
    message: str
    hint: str = ""
    column: int = 1

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}: {self.message}{hint}"


class RegulationError(Exception):
    """Regulations that cannot be used; `problems` lists everything that was found, at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        count = len(self.problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{count} problem{'' if count == 1 else 's'}:\n{lines}")


@dataclass(slots=True)
class Problems:
    """Collects problems while reading goes on, so that all can be told together."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, message: str, hint: str = "") -> None:
        self.found.append(Problem(place.file, place.line, message, hint, place.column))

    def stop_if_any(self) -> None:
        if self.found:
            raise RegulationError(self.found)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint with the nearest known names; what there is when nothing is near."""
    names = sorted({str(item) for item in known})
    near = difflib.get_close_matches(name, names, n=2, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(f'"{item}"' for item in near) + "?"
    if names and len(names) <= 12:
        return "one of: " + ", ".join(names)
    return ""
