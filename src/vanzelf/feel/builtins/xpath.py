"""The regular expressions of XPath, read strictly and written in the terms of `regex`.

XPath and XQuery Functions 3.1, 5.6.1, over XML Schema 1.1 part 2, appendix G: what FEEL means by
a pattern (DMN 1.5, 10.3.4.3). It differs from Python's in its escapes (`\\i`, `\\p{IsGreek}`), in
`[a-z-[aeiou]]` (one class less another), in what `^`, `$` and `.` take for an end of line, in a
reference to a group that took no part (it matches nothing at all), and in refusing the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import regex

from vanzelf.feel.builtins.xpath_tree import (
    Back,
    Choice,
    Edge,
    Group,
    Node,
    One,
    Repeat,
    Sequence,
    expanded,
)

MAX_EXPANDED: Final = 10_000
"""Atoms of a pattern with its repetitions written out, as the library does: `(a{9}b){9}` is 90."""

_CATEGORY: Final = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
_BLOCK: Final = re.compile(r"Is([A-Za-z0-9-]+)")
_QUANTITY: Final = re.compile(r"\{([0-9]+)(?:(,)([0-9]+)?)?\}")
_TIMES: Final[dict[str, tuple[int, int | None]]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_SPACE: Final = " \t\n\r"
_META: Final = frozenset(r".\?*+{}()|^$[]")
_SINGLE: Final = {"n": "\n", "r": "\r", "t": "\t"} | {char: char for char in r"\|.?*+(){}$-[]^"}

_NAME_START: Final = (
    ":A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = _NAME_START + "\\-.0-9\u00b7\u0300-\u036f\u203f-\u2040"
_SETS: Final = {
    "s": "[ \\t\\n\\r]", "S": "[^ \\t\\n\\r]", "d": r"\p{Nd}", "D": r"\P{Nd}",
    "w": r"[^\p{P}\p{Z}\p{C}]", "W": r"[\p{P}\p{Z}\p{C}]",
    "i": f"[{_NAME_START}]", "I": f"[^{_NAME_START}]", "c": f"[{_NAME}]", "C": f"[^{_NAME}]",
}  # fmt: skip


class NotAPattern(Exception):
    """The text is no regular expression of XPath."""


def read(pattern: str, flags: str) -> Node:
    """The tree of a pattern. Raises NotAPattern."""
    reader = _Reader(_without_space(pattern) if "x" in flags else pattern, flags)
    tree = reader.alternatives()
    if reader.index < len(reader.pattern):
        raise NotAPattern("a bracket is closed that was not opened")
    return tree


def literal(text: str) -> Node:
    """The tree of a text that stands for itself (flag q)."""
    return Sequence(tuple(One(regex.escape(char)) for char in text))


def _without_space(pattern: str) -> str:
    """Flag x: white space counts only inside a character class."""
    kept: list[str] = []
    depth, escaped = 0, False
    for char in pattern:
        if char in _SPACE and not depth:
            continue
        kept.append(char)
        if not escaped:
            depth += (char == "[") - (char == "]" and depth > 0)
        escaped = char == "\\" and not escaped
    return "".join(kept)


@dataclass(slots=True)
class _Reader:
    pattern: str
    flags: str
    index: int = 0
    groups: int = 0
    closed: set[int] = field(default_factory=set)

    def peek(self) -> str:
        return self.pattern[self.index : self.index + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise NotAPattern("the pattern ends too early")
        self.index += 1
        return char

    def skip(self, text: str) -> bool:
        found = self.pattern.startswith(text, self.index)
        self.index += len(text) if found else 0
        return found

    def alternatives(self) -> Node:
        branches = [self._branch()]
        while self.skip("|"):
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _branch(self) -> Node:
        pieces: list[Node] = []
        while self.peek() not in ("", "|", ")"):
            pieces.append(self._quantified(self._atom()))
        return pieces[0] if len(pieces) == 1 else Sequence(tuple(pieces))

    def _quantified(self, atom: Node) -> Node:
        char = self.peek()
        if not char or char not in "?*+{":
            return atom
        if char == "{":
            least, most = self._quantity()
        else:
            least, most = _TIMES[char]
            self.index += 1
        found = Repeat(atom, least, most, not self.skip("?"))
        if expanded(found) > MAX_EXPANDED:
            raise NotAPattern(f"more than {MAX_EXPANDED} repetitions")
        return found

    def _quantity(self) -> tuple[int, int | None]:
        match = _QUANTITY.match(self.pattern, self.index)
        if match is None:
            raise NotAPattern("a repetition reads {2}, {2,} or {2,5}")
        self.index = match.end()
        least = int(match[1][:9])
        if match[2] and not match[3]:
            return least, None
        most = int((match[3] or match[1])[:9])
        if least > most:
            raise NotAPattern("a repetition of less than its least")
        return least, most

    def _atom(self) -> Node:
        char = self.take()
        if char == "(":
            return self._group()
        if char == "[":
            return One(self._class())
        if char == "\\":
            return self._escape()
        if char == ".":
            return One("(?s:.)" if "s" in self.flags else "[^\\n\\r]")
        if char in "^$":
            return Edge(char, "m" in self.flags)
        if char in _META:
            raise NotAPattern(f"{char} stands for itself only as \\{char}")
        return One(regex.escape(char))

    def _group(self) -> Node:
        number = None
        if not self.skip("?:"):
            self.groups += 1
            number = self.groups
        inner = self.alternatives()
        if not self.skip(")"):
            raise NotAPattern("a bracket is not closed")
        if number is not None:
            self.closed.add(number)
        return Group(inner, number)

    def _escape(self) -> Node:
        if self.peek().isascii() and self.peek().isdigit():
            return self._reference()
        single, several = self._escaped()
        return One(regex.escape(single) if single is not None else self._caseless(several))

    def _reference(self) -> Node:
        number = int(self.take())
        while self.peek().isascii() and self.peek().isdigit():
            longer = number * 10 + int(self.peek())
            if longer > self.groups:
                break
            number = longer
            self.index += 1
        if number not in self.closed:
            raise NotAPattern(f"there is no group {number} before")
        return Back(number)

    def _escaped(self) -> tuple[str | None, str]:
        """What follows a backslash: one character, or several as a set."""
        letter = self.take()
        if letter in _SINGLE:
            return _SINGLE[letter], ""
        if letter in _SETS:
            return None, _SETS[letter]
        if letter in "pP" and self.skip("{"):
            end = self.pattern.find("}", self.index)
            name = self.pattern[self.index : end] if end >= 0 else ""
            self.index = end + 1
            return None, _property(name, letter)
        raise NotAPattern(f"there is no escape \\{letter}")

    def _caseless(self, several: str) -> str:
        """A set of characters is what it is, also where upper and lower case are alike."""
        return f"(?-i:{several})" if "i" in self.flags else several

    # --- classes

    def _class(self) -> str:
        """From after `[`: one character that is in the class."""
        negated = self.skip("^")
        inline: list[str] = []
        sets: list[str] = []
        less = ""
        while not self.skip("]"):
            if (inline or sets) and self.skip("-["):
                less = self._class()
                if not self.skip("]"):
                    raise NotAPattern("what is taken off a class stands at its end")
                break
            first, several = self._member()
            if first is None:
                sets.append(self._caseless(several))
            else:
                inline.append(self._range(first))
        if not inline and not sets:
            raise NotAPattern("a class without characters")
        return _one_of(inline, sets, negated, less)

    def _member(self) -> tuple[str | None, str]:
        char = self.take()
        if char == "\\":
            return self._escaped()
        if char == "[":
            raise NotAPattern("[ in a class stands for itself only as \\[")
        return char, ""

    def _range(self, first: str) -> str:
        """From after a character: itself, or all up to another."""
        following = self.pattern[self.index + 1 : self.index + 2]
        if self.peek() != "-" or following in ("]", "[", ""):
            return _in_class(first)
        self.index += 1
        last, _ = self._member()
        if last is None or first > last:
            raise NotAPattern("a range goes from one character to a later one")
        return f"{_in_class(first)}-{_in_class(last)}"


def _in_class(char: str) -> str:
    return char if char.isalnum() else f"\\U{ord(char):08x}"


def _one_of(inline: list[str], sets: list[str], negated: bool, less: str) -> str:
    options = [f"[{''.join(inline)}]"] if inline else []
    options += sets
    if not sets:
        found = f"[{'^' * negated}{''.join(inline)}]"
    else:
        found = options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
        found = f"(?:(?!{found})(?s:.))" if negated else found
    return f"(?:(?!{less}){found})" if less else found


def _property(name: str, letter: str) -> str:
    if _CATEGORY.fullmatch(name):
        return f"\\{letter}{{{name}}}"
    block = _BLOCK.fullmatch(name)
    if block is None:
        raise NotAPattern(f"there is no category {name}")
    written = f"\\{letter}{{Block={block[1]}}}"
    try:
        regex.compile(written)
    except regex.error:
        raise NotAPattern(f"there is no block {name}") from None
    return written
