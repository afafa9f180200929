"""The facts that a regulation may name, each listed once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from vanzelf.rights.problems import did_you_mean
from vanzelf.rights.types import ListOf, Thing, Type, declared

Texts = Mapping[str, str]

SECTIONS = ("persoon", "gezin")
"""The things that have facts."""
ASK_ORDER = ("city", "yes-no", "value", "resident")
"""How intrusive a question is, the least first."""
SENSITIVITIES = ("basis", "social", "financial", "health")
_INDEX = re.compile(r"\[\d*\]")


@dataclass(frozen=True, slots=True)
class Fact:
    """One datum about a person or a household: what it is, never what it is worth."""

    path: str
    """As expressions reach it from its section: `gezin.afvalzone`, `persoon.leefloon`."""
    id: str
    type: str
    per: str | None
    time: str
    sensitivity: str
    ask: str
    sources: tuple[str, ...]
    names: Texts
    question: Texts
    values: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        return self.path.partition(".")[0]

    @property
    def name(self) -> str:
        return self.path.partition(".")[2]

    @property
    def members(self) -> str | None:
        """For a list: the section of its members."""
        return self.type.removeprefix("list of ") if self.type.startswith("list of ") else None

    @property
    def kind(self) -> Type:
        if self.members:
            return ListOf(Thing(self.members, ""))
        return declared(self.type, self.per, self.values)

    @property
    def intrusiveness(self) -> int:
        return ASK_ORDER.index(self.ask)


class FactError(ValueError):
    """Facts that were handed in and are not as listed; says which (`path`) and what to do."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path} {message}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Catalogue(Mapping[str, Fact]):
    """Facts by section and name: `catalogue["persoon.leefloon"]`."""

    facts: Mapping[str, Fact]

    def __getitem__(self, path: str) -> Fact:
        return self.facts[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def names(self) -> set[str]:
        """The names of all facts, without their section."""
        return {fact.name for fact in self.facts.values()}

    def section(self, name: str) -> dict[str, Fact]:
        """The facts of `persoon` or `gezin`, by name."""
        return {fact.name: fact for fact in self.facts.values() if fact.section == name}

    def types(self) -> dict[str, dict[str, Type]]:
        """The declared type of each fact, by section and name."""
        found: dict[str, dict[str, Type]] = {section: {} for section in SECTIONS}
        for fact in self.facts.values():
            found[fact.section][fact.name] = fact.kind
        return found

    def at(self, path: str) -> Fact:
        """The fact at a path through a household: `gezin.leden[2].leefloon` is `persoon.leefloon`.

        Raises `KeyError` for a path that leads to no listed fact.
        """
        parts = _INDEX.sub("", path).split(".")
        section = parts[0]
        for name in parts[1:-1]:
            members = self.facts[f"{section}.{name}"].members
            if members is None:
                raise KeyError(path)
            section = members
        return self.facts[f"{section}.{parts[-1]}"]

    def coerce(self, facts: Mapping[str, object]) -> dict[str, object]:
        """Facts as a file or JSON gives them, in the types that expressions work with.

        Dates may be ISO text and numbers int, float or text. Raises `FactError` for a fact that is
        not listed or a value that is not of its type.
        """
        return {
            section: self._section(section, section, value)
            for section, value in self._known(facts, "", set(SECTIONS))
        }

    def _section(self, section: str, path: str, value: object) -> dict[str, object]:
        if not isinstance(value, Mapping):
            raise FactError(path, f"holds facts by name, not {value!r}")
        listed = self.section(section)
        return {
            name: self._value(listed[name], f"{path}.{name}", item)
            for name, item in self._known(value, path, listed)
        }

    def _known(
        self, facts: Mapping[str, object], path: str, names: Mapping[str, Fact] | set[str]
    ) -> Iterator[tuple[str, object]]:
        for name, value in facts.items():
            if name not in names:
                hint = did_you_mean(name, names)
                where = f"{path}.{name}" if path else name
                raise FactError(where, "is not a listed fact" + (f" ({hint})" if hint else ""))
            yield name, value

    def _value(self, fact: Fact, path: str, value: object) -> object:
        if value is None:
            return None
        if fact.members:
            if not isinstance(value, list | tuple):
                raise FactError(path, f"must be a list, not {value!r}")
            return [
                self._section(fact.members, f"{path}[{position}]", member)
                for position, member in enumerate(value, 1)
            ]
        converted = _convert(fact, value)
        if converted is None:
            kinds = {"money": "an amount in euros", "date": "a date such as 2026-01-15"}
            wanted = kinds.get(fact.type, fact.type)
            quotes = ": put quotes around it" if fact.type == "text" else ""
            raise FactError(path, f"must be {wanted}, not {shown(value)}{quotes}")
        if fact.values and converted not in fact.values:
            raise FactError(path, f"must be one of {', '.join(fact.values)}, not {value!r}")
        return converted


def shown(value: object) -> str:
    """A value in a message: as it was written."""
    return repr(value) if isinstance(value, str) else str(value)


def _convert(fact: Fact, value: object) -> object:
    """The value in the fact's type, or None when it is not of that type."""
    if fact.type == "boolean":
        return value if isinstance(value, bool) else None
    if fact.type == "text":
        return value if isinstance(value, str) else None
    if fact.type == "date":
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                return None
        return value if isinstance(value, date) else None
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
