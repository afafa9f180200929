"""YAML 1.2 with a place for every value: what the loader reads regulations from.

Numbers become `decimal.Decimal` from their own text (no binary fractions), dates `datetime.date`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from vanzelf.rights.problems import Place, Problems

Scalar: TypeAlias = bool | Decimal | str | date | None
Plain: TypeAlias = "Scalar | list[Plain] | dict[str, Plain]"


@dataclass(frozen=True, slots=True)
class Item:
    """A value and where it stands; a key of a mapping is an `Item` too."""

    value: Scalar | tuple[Item, ...] | tuple[tuple[Item, Item], ...]
    place: Place
    kind: str
    """`scalar`, `list` or `mapping`."""
    lines: tuple[str, ...] = ()
    """For a text: the source from the value's first character on, to find columns in."""
    style: str = ""

    @property
    def entries(self) -> tuple[tuple[Item, Item], ...]:
        """Keys and values of a mapping, in order; nothing for something else."""
        return self.value if self.kind == "mapping" else ()  # type: ignore[return-value]

    @property
    def items(self) -> tuple[Item, ...]:
        """The members of a list; nothing for something else."""
        return self.value if self.kind == "list" else ()  # type: ignore[return-value]

    @property
    def text(self) -> str:
        """A scalar as it is printed; a key such as `0` or `YES` is text here."""
        return self.value if isinstance(self.value, str) else scalar_text(self.value)

    def get(self, key: str) -> Item | None:
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Item | None:
        """The key itself, for its place."""
        return next((name for name, _ in self.entries if name.text == key), None)

    def plain(self) -> Plain:
        """The value without places."""
        if self.kind == "mapping":
            return {key.text: value.plain() for key, value in self.entries}
        if self.kind == "list":
            return [item.plain() for item in self.items]
        return self.value  # type: ignore[return-value]

    def place_of(self, path: str) -> Place:
        """The place of the nearest key on the way to a path such as `gezin.leden[2].leefloon`."""
        item, place = self, self.place
        for step in path.replace("[", ".").replace("]", "").split("."):
            if item.kind == "list" and step.isdigit() and int(step) <= len(item.items):
                item = item.items[int(step) - 1]
                place = item.place
                continue
            key, value = item.key(step), item.get(step)
            if key is None or value is None:
                break
            place, item = key.place, value
        return place

    def place_in_text(self, line: int, column: int) -> Place:
        """The place in the file of a line and column (from 1) within this text."""
        start = self.place
        if self.style == "|":
            return Place(start.file, start.line + line, _indent(self.lines, line) + column)
        # Elsewhere line breaks have become spaces, so that the text is one long line.
        first = 1 if self.style == ">" else 0
        begin = start.column - 1 + (self.style in ("'", '"')) if not first else 0
        for number in range(first, len(self.lines)):
            indent = begin if number == 0 else _indent(self.lines, number)
            length = len(self.lines[number].rstrip()) - indent
            if column <= length or number == len(self.lines) - 1:
                return Place(start.file, start.line + number, indent + column)
            column -= length + 1
        return start


def _indent(lines: tuple[str, ...], number: int) -> int:
    line = lines[number] if number < len(lines) else ""
    return len(line) - len(line.lstrip())


def scalar_text(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def read(path: Path, shown_as: str, problems: Problems) -> Item | None:
    """The document in `path`; what YAML cannot read is added to `problems`, and gives None."""
    try:
        source = path.read_text(encoding="utf-8")
        node = YAML(typ="safe", pure=True).compose(source)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(shown_as, mark.line + 1, mark.column + 1) if mark else Place(shown_as, 1)
        problems.add(place, f"not YAML: {error.problem or error}", "check the indent and quotes")
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.add(Place(shown_as, line), "not UTF-8", "save the file as UTF-8")
        return None
    except (YAMLError, OSError) as error:
        problems.add(Place(shown_as, 1), f"cannot be read: {error}", "is this a text file?")
        return None
    except RecursionError:
        problems.add(Place(shown_as, 1), "this nests too deep", "use fewer levels")
        return None
    if node is None:
        problems.add(Place(shown_as, 1), "the file is empty")
        return None
    try:
        return _Reader(shown_as, source.splitlines(), problems).item(node)
    except RecursionError:
        problems.add(Place(shown_as, 1), "an anchor (&) holds itself", "leave out the alias (*)")
        return None


@dataclass(slots=True)
class _Reader:
    file: str
    source: list[str]
    problems: Problems

    def item(self, node: Node) -> Item:
        place = Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, MappingNode):
            return Item(self._entries(node), place, "mapping")
        if isinstance(node, SequenceNode):
            return Item(tuple(self.item(member) for member in node.value), place, "list")
        assert isinstance(node, ScalarNode)
        end = node.end_mark.line + 1
        lines = tuple(self.source[place.line - 1 : end])
        return Item(self._scalar(node, place), place, "scalar", lines, node.style or "")

    def _entries(self, node: MappingNode) -> tuple[tuple[Item, Item], ...]:
        entries: list[tuple[Item, Item]] = []
        seen: dict[str, Item] = {}
        for key_node, value_node in node.value:
            key = self.item(key_node)
            if key.kind != "scalar":
                self.problems.add(key.place, "a key must be a word", "put quotes around it")
                continue
            if key.text in seen:
                first = seen[key.text].place.line
                self.problems.add(
                    key.place, f'"{key.text}" stands twice (first on line {first})', "keep one"
                )
                continue
            seen[key.text] = key
            value = self.item(value_node)
            if value.value is None and not value_node.value:
                # YAML puts an empty value where the next thing begins.
                value = replace(value, place=key.place)
            entries.append((key, value))
        return tuple(entries)

    def _scalar(self, node: ScalarNode, place: Place) -> Scalar:
        tag = str(node.tag).rpartition(":")[2]
        text: str = node.value
        if tag == "null":
            return None
        if tag == "bool":
            return text.lower() == "true"
        if tag in ("int", "float"):
            return self._number(text, place)
        if tag == "timestamp":
            try:
                return date.fromisoformat(text)
            except ValueError:
                self.problems.add(place, f'"{text}" is not a date', "write it as 2026-01-15")
        elif tag not in ("str", "value", "merge"):
            self.problems.add(place, f"the tag {node.tag} means nothing here", "leave it out")
        return text

    def _number(self, text: str, place: Place) -> Scalar:
        try:
            number = Decimal(text.replace("_", ""))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.problems.add(place, f'"{text}" is not a number', "write it as 1234.50")
            return text
        return number
