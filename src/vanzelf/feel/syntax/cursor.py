"""Walking over tokens: looking, taking, expecting, and saying where it went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from vanzelf.feel.ast import Node, Span
from vanzelf.feel.syntax.errors import FeelSyntaxError, syntax_error
from vanzelf.feel.syntax.lexer import KEYWORDS, Kind, Token, tokenize
from vanzelf.feel.syntax.names import Frame, Shape, all_names, merged

MAX_DEPTH = 120
"""How deep expressions may nest: keeps parser, compiler and evaluator within Python's stack."""

_INSIDE_NAMES = frozenset({".", "/", "-", "'", "+", "*", "**", "?"})


class Cursor:
    """A position in the tokens, with the names in scope there."""

    def __init__(self, text: str, built_in: Frame, scope: Mapping[str, Shape]) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.index = 0
        self.depth = 0
        self.frames: list[Frame] = [built_in, Frame(scope)]
        self._scope = scope
        self.types: Frame | None = None
        """The names of types that the text may use beside FEEL's own."""
        self.shape: Shape = None
        """The shape of the value that was parsed last."""

    @cached_property
    def members(self) -> Frame:
        """The members that a value of unknown shape may well have: those known of any value."""
        return Frame(all_names(merged(self._scope.values())))

    # --- tokens -------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def at(self, *marks: str) -> bool:
        """Whether one of these words or symbols stands here."""
        return self.tokens[self.index].mark in marks

    def advance(self) -> Token:
        token = self.tokens[self.index]
        if token.kind is not Kind.END:
            self.index += 1
        return token

    def take(self, mark: str) -> bool:
        """Goes past this word or symbol if it stands here."""
        if self.tokens[self.index].mark == mark:
            self.index += 1
            return True
        return False

    def expect(self, mark: str) -> None:
        if not self.take(mark):
            raise self.unexpected(f"`{mark}`")

    def expect_comma(self, closing: str) -> None:
        if not self.take(","):
            raise self.unexpected(f"`,` or `{closing}`")

    def unexpected(self, expected: str) -> FeelSyntaxError:
        token = self.token
        if token.kind is Kind.END:
            return syntax_error("the expression ends too early", self.text, token.start, expected)
        found = self.text[token.start : token.end]
        return syntax_error(f"unexpected `{found}`", self.text, token.start, expected)

    def span(self, start: int) -> Span:
        """From a character to the end of the token taken last."""
        return Span(start, self.tokens[self.index - 1].end if self.index else start)

    def separated(self, parse: Callable[[], Node]) -> tuple[Node, ...]:
        """One or more, with commas between."""
        nodes = [parse()]
        while self.take(","):
            nodes.append(parse())
        return tuple(nodes)

    # --- nesting and scope --------------------------------------------------------------------

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = "this nests too deep"
            expected = f"at most {MAX_DEPTH} levels"
            raise syntax_error(message, self.text, self.token.start, expected)

    def enter(self, names: Mapping[str, Shape]) -> Frame:
        """From here on these names are in scope too, until `leave`."""
        frame = Frame(names)
        self.frames.append(frame)
        return frame

    def leave(self) -> None:
        """The names that were brought into scope last are so no longer."""
        self.frames.pop()

    def known_name(self) -> str | None:
        """Takes the longest name in scope that stands here; the innermost of equals."""
        best: tuple[str, int] | None = None
        shape: Shape = None
        for frame in reversed(self.frames):
            found = frame.longest(self.tokens, self.index)
            if found and (best is None or found[1] > best[1]):
                best, shape = found, frame.shapes[found[0]]
        if best is None:
            return None
        self.index, self.shape = best[1], shape
        return best[0]

    def member_name(self, shape: Shape) -> str:
        """Takes the name after a `.`: a known member, else all words up to an operator."""
        if self.token.kind is not Kind.WORD:
            raise self.unexpected("the name of a member")
        own = Frame(shape) if shape else None
        for frame in (own, self.members):
            found = frame.longest(self.tokens, self.index) if frame else None
            if found:
                self.index = found[1]
                self.shape = shape.get(found[0]) if shape else None
                return found[0]
        self.shape = None
        words = [self.advance().text]
        while self._at_plain_word():
            words.append(self.advance().text)
        return " ".join(words)

    def _at_plain_word(self) -> bool:
        token = self.token
        if token.kind is Kind.NUMBER:
            return True
        return token.kind is Kind.WORD and token.text not in KEYWORDS

    def new_name(self, *ends: str) -> str | None:
        """Takes a name that is being declared, up to one of `ends`; None if none stands here."""
        if self.token.kind is not Kind.WORD:
            return None
        index = self.index
        while self._may_be_inside_name(self.tokens[index], ends):
            index += 1
        if self.tokens[index].text not in ends:
            return None
        name = _joined(self.tokens[self.index : index])
        self.index = index
        return name

    @staticmethod
    def _may_be_inside_name(token: Token, ends: tuple[str, ...]) -> bool:
        if token.text in ends:
            return False
        if token.kind in (Kind.WORD, Kind.NUMBER):
            return True
        return token.kind is Kind.SYMBOL and token.text in _INSIDE_NAMES


def _joined(tokens: list[Token]) -> str:
    parts: list[str] = []
    for previous, token in zip([None, *tokens], tokens, strict=False):
        if previous is not None and previous.end < token.start:
            parts.append(" ")
        parts.append(token.text)
    return "".join(parts)
