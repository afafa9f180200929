"""The tree of a regular expression, its text for the library `regex`, and its size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class One:
    """One character, tested by a pattern for `regex`."""

    text: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`^` or `$`, with flag m or without it."""

    sign: str
    of_line: bool


@dataclass(frozen=True, slots=True)
class Back:
    """`\\1`: what the group matched, or nothing at all if it took no part."""

    number: int


@dataclass(frozen=True, slots=True)
class Group:
    inner: Node
    number: int | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """From `least` to `most` times (None: without end), as many as can be, or as few."""

    inner: Node
    least: int
    most: int | None
    greedy: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[Node, ...]


Node = One | Edge | Back | Group | Repeat | Sequence | Choice

_EDGES: Final = {
    ("^", False): r"(?:\A)", ("$", False): r"(?:\Z)",
    ("^", True): r"(?:\A|(?<=\n)(?!\Z))", ("$", True): r"(?=\n|\Z)",
}  # fmt: skip


def written(node: Node) -> str:
    """The pattern for `regex`, to which of the flags only `i` must be given."""
    match node:
        case One(text):
            return text
        case Edge(sign, of_line):
            return _EDGES[sign, of_line]
        case Back(number):
            return f"(?:(?({number})\\{number}))"
        case Group(inner, number):
            return f"({'' if number else '?:'}{written(inner)})"
        case Repeat(inner, least, most, greedy):
            times = f"{{{least},{'' if most is None else most}}}"
            return f"{written(inner)}{times}{'' if greedy else '?'}"
        case Sequence(parts):
            return "".join(map(written, parts))
        case Choice(branches):
            return "|".join(map(written, branches))


def expanded(node: Node) -> int:
    """How many atoms there are when what must repeat is written out so many times."""
    match node:
        case Group(inner, _):
            return expanded(inner) + 1
        case Repeat(inner, least, _, _):
            return expanded(inner) * max(least, 1)
        case Sequence(nodes) | Choice(nodes):
            return sum(map(expanded, nodes))
    return 1
