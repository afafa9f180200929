"""Parsing types: after `instance of` and behind the parameters of a function."""

from __future__ import annotations

from vanzelf.feel import ast
from vanzelf.feel.syntax.cursor import Cursor
from vanzelf.feel.syntax.lexer import KEYWORDS, Kind
from vanzelf.feel.syntax.names import Frame

_WITH_KEYWORDS = Frame(
    dict.fromkeys(["date and time", "years and months duration", "days and time duration"])
)

GENERIC = frozenset({"list", "range", "context", "function"})
"""Types that take other types, between `<` and `>`."""


class TypeParser(Cursor):
    def parse_type(self) -> ast.Node:
        start = self.token.start
        self.deeper()
        node = self._generic_type() or self._named_type(start)
        self.depth -= 1
        return node

    def _generic_type(self) -> ast.Node | None:
        following = self.tokens[self.index + 1] if self.token.kind is Kind.WORD else None
        if following is None or following.text != "<":
            return None
        start, name = self.token.start, self.token.text
        if name not in GENERIC:
            return None
        self.index += 2
        if name == "list":
            return ast.ListType(self._last_argument(), span=self.span(start))
        if name == "range":
            return ast.RangeType(self._last_argument(), span=self.span(start))
        if name == "context":
            return self._context_type(start)
        return self._function_type(start)

    def _last_argument(self) -> ast.Node:
        node = self.parse_type()
        self.expect(">")
        return node

    def _context_type(self, start: int) -> ast.Node:
        entries: list[tuple[str, ast.Node]] = []
        while not self.at(">"):
            if entries:
                self.expect_comma(">")
            name = self.new_name(":")
            if name is None:
                raise self.unexpected("`name: type`")
            self.expect(":")
            entries.append((name, self.parse_type()))
        self.expect(">")
        return ast.ContextType(tuple(entries), span=self.span(start))

    def _function_type(self, start: int) -> ast.Node:
        parameters: tuple[ast.Node, ...] = ()
        if not self.at(">"):
            parameters = self.separated(self.parse_type)
        self.expect(">")
        self.expect("->")
        result = self.parse_type()
        return ast.FunctionType(parameters, result, span=self.span(start))

    def _named_type(self, start: int) -> ast.Node:
        of_model = self.types.longest(self.tokens, self.index) if self.types else None
        known = of_model or _WITH_KEYWORDS.longest(self.tokens, self.index)
        if known:
            self.index = known[1]
            return ast.TypeName(known[0], span=self.span(start))
        if self.token.kind is not Kind.WORD or self.token.text in KEYWORDS - {"function", "null"}:
            raise self.unexpected("a type")
        words = [self.advance().text]
        while self._at_plain_word() or self.at("."):
            words.append(self.advance().text)
        name = " ".join(words).replace(" . ", ".")
        return ast.TypeName(name, span=self.span(start))
