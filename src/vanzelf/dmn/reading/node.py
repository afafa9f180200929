"""An element of a model while it is read: what it contains, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict, final

from vanzelf.dmn.definitions import Place
from vanzelf.dmn.errors import MOST, Problem
from vanzelf.dmn.reading.xml import Tag


class Common(TypedDict):
    """What every element may have (DMN 1.5, 6.3.1)."""

    id: str | None
    label: str | None
    description: str | None
    place: Place


@dataclass(slots=True)
class Source:
    """The file that is being read, and the problems found in it so far."""

    file: str
    version: str
    namespace: str
    """Of the DMN version: its elements are read, all others are another tool's."""
    model: str = ""
    """Of the model itself."""
    language: str | None = None
    """In which its expressions stand; None is FEEL."""
    import_names: Mapping[str, str] = field(default_factory=dict)
    """Namespace of an imported model → its name here."""
    locations: Mapping[str, str] = field(default_factory=dict)
    """File of an imported model → its namespace."""
    problems: list[Problem] = field(default_factory=list)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Node:
    tag: Tag
    source: Source

    @property
    def name(self) -> str:
        return self.tag.name

    @property
    def text(self) -> str:
        return self.tag.text

    @property
    def place(self) -> Place:
        return Place(self.source.file, self.tag.line)

    def children(self, *names: str) -> list[Node]:
        """The elements of the standard inside this one: those with these names, or all."""
        return [
            Node(child, self.source)
            for child in self.tag.children
            if child.namespace == self.source.namespace and (not names or child.name in names)
        ]

    def child(self, name: str) -> Node | None:
        """The one element of this name inside this one; a second is a problem."""
        found = self.children(name)
        if len(found) > 1:
            found[1].problem(f"<{self.name}> has more than one <{name}>")
        return found[0] if found else None

    def child_text(self, name: str) -> str | None:
        """The text of that element, exactly as it stands."""
        found = self.child(name)
        return None if found is None else found.text

    def get(self, attribute: str) -> str | None:
        return self.tag.attributes.get(attribute)

    def required(self, attribute: str) -> str:
        """An attribute that must be there and say something."""
        value = self.get(attribute)
        if value is None or not value.strip():
            self.problem(f"<{self.name}> has no {attribute}", f'write {attribute}="…"')
        return value or ""

    def common(self) -> Common:
        return Common(
            id=self.get("id"),
            label=self.get("label"),
            description=self.child_text("description"),
            place=self.place,
        )

    def problem(self, message: str, hint: str = "") -> None:
        if len(self.source.problems) < MOST:
            self.source.problems.append(Problem(self.place, message, hint))
