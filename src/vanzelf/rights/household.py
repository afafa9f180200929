"""Facts as a check sees them: absent ones put in as unknown, every one reached by its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import cast

from vanzelf.feel import Unknown

MEMBERS = "[]"


@dataclass(slots=True)
class Needed:
    """The facts that a regulation may use below one point, as a tree."""

    facts: dict[str, Needed | None] = field(default_factory=dict)
    """By name; None for a single fact, `Needed` for the members of a list or a section."""

    @classmethod
    def of(cls, paths: tuple[str, ...]) -> Needed:
        """From paths such as `gezin.leden[].leefloon`."""
        root = cls()
        for path in paths:
            point = root
            steps = path.split(".")
            for step in steps[:-1]:
                name = step.removesuffix(MEMBERS)
                inner = point.facts.get(name)
                if inner is None:
                    inner = point.facts[name] = cls()
                point = inner
            point.facts.setdefault(steps[-1], None)
        return root


def fill(needed: Needed, facts: Mapping[str, object]) -> dict[str, object]:
    """A copy of the needed facts in which what is absent is `Unknown` because of its own path."""
    return {
        section: _filled(inner or Needed(), facts.get(section), section)
        for section, inner in needed.facts.items()
    }


def _filled(needed: Needed, given: object, path: str) -> dict[str, object]:
    facts = given if isinstance(given, Mapping) else {}
    filled: dict[str, object] = {}
    for name, inner in needed.facts.items():
        below = f"{path}.{name}"
        value = facts.get(name, _ABSENT)
        if value is _ABSENT or isinstance(value, Unknown):
            filled[name] = Unknown(frozenset((below,)))
        elif inner is not None and isinstance(value, list | tuple):
            filled[name] = [
                _filled(inner, member, f"{below}[{position}]")
                for position, member in enumerate(value, 1)
            ]
        elif isinstance(value, list | tuple):
            filled[name] = [{} for _ in value]
        else:
            filled[name] = Decimal(str(value)) if type(value) in (int, float) else value
    return filled


_ABSENT = object()


def values_at(facts: Mapping[str, object], path: str) -> Iterator[tuple[str, object]]:
    """Every fact at a path such as `gezin.leden[].leefloon`, as (path from 1, value).

    When the list itself is not known, only the list is given.
    """
    found: list[tuple[str, object]] = [("", facts)]
    for name, members in _steps(path):
        below: list[tuple[str, object]] = []
        for at, value in found:
            if not isinstance(value, Mapping):
                below.append((at, value))
                continue
            inner = value.get(name)
            here = f"{at}.{name}" if at else name
            if members and isinstance(inner, list):
                below += [(f"{here}[{n}]", member) for n, member in enumerate(inner, 1)]
            else:
                below.append((here, inner))
        found = below
    for at, value in found:
        yield at, len(value) if isinstance(value, list) else value


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[tuple[str, bool], ...]:
    """The names along a path, and whether all members of a list are meant there."""
    return tuple((step.removesuffix(MEMBERS), step.endswith(MEMBERS)) for step in path.split("."))


def place(facts: dict[str, object], path: str, value: object) -> None:
    """Put a value at a path such as `gezin.leden[2].leefloon`; what leads to it is there."""
    point: object = facts
    steps = path.replace("]", "").replace("[", ".").split(".")
    for step in steps[:-1]:
        if isinstance(point, list):
            point = point[int(step) - 1]
        else:
            point = cast(dict[str, object], point)[step]
    cast(dict[str, object], point)[steps[-1]] = value


def pattern(path: str) -> str:
    """`gezin.leden[2].leefloon` as the regulation names it: `gezin.leden[].leefloon`."""
    parts = path.split("[")
    return parts[0] + "".join("[" + part[part.index("]") :] for part in parts[1:])
