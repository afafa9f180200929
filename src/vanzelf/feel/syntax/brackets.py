"""What stands between brackets: grouping, lists, ranges, contexts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import TypeVar

from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.syntax.cursor import Cursor
from vanzelf.feel.syntax.lexer import Kind
from vanzelf.feel.syntax.names import Frame, Shape, merged

T = TypeVar("T")

COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")


class BracketParser(Cursor):
    def __init__(self, text: str, built_in: Frame, scope: Mapping[str, Shape]) -> None:
        super().__init__(text, built_in, scope)
        self.in_range_end = False
        self.closing_brackets: set[int] = set()
        """Tokens `[` that were found to close a range, not to open a filter."""
        self.not_tests: set[int] = set()
        """Tokens `(` after `in` that were found not to hold tests."""

    @abstractmethod
    def expression(self, power: int = 0) -> ast.Node: ...

    def closed(self, parse: Callable[[], T]) -> T:
        """Inside brackets of their own a `[` is a filter again."""
        before, self.in_range_end = self.in_range_end, False
        found = parse()
        self.in_range_end = before
        return found

    def bracketed(self, start: int) -> ast.Node:
        opening = self.advance().text
        if opening == "{":
            return self.closed(lambda: self._context(start))
        if opening == "]":
            return self._range(self._inner(), start, low_included=False)
        if opening == "[":
            return self.closed(lambda: self._list_or_range(start))
        if self.at(*COMPARISONS):
            return self._comparison_range(start)
        inner = self._inner()
        if self.at(".."):
            return self._range(inner, start, low_included=False)
        self.expect(")")
        return inner

    def _inner(self) -> ast.Node:
        return self.closed(self.expression)

    def _range(self, low: ast.Node, start: int, *, low_included: bool) -> ast.Node:
        if not self.take(".."):
            raise self.unexpected("`..`")
        before, self.in_range_end = self.in_range_end, True
        high = self.expression()
        self.in_range_end = before
        if not self.at(")", "]", "["):
            raise self.unexpected("`)`, `]` or `[`")
        high_included = self.advance().text == "]"
        self.shape = None
        return ast.Range(low, high, low_included, high_included, span=self.span(start))

    def _comparison_range(self, start: int) -> ast.Node:
        """`(>= 18)` as a value is the range from 18 on; also `(= 18)` and `(!= 18)`."""
        operator = Op(self.advance().text)
        operand = self._inner()
        self.expect(")")
        self.shape = None
        span = self.span(start)
        if operator in (Op.LESS, Op.LESS_OR_EQUAL):
            return ast.Range(None, operand, False, operator is Op.LESS_OR_EQUAL, span=span)
        if operator in (Op.GREATER, Op.GREATER_OR_EQUAL):
            return ast.Range(operand, None, operator is Op.GREATER_OR_EQUAL, False, span=span)
        return ast.UnaryComparison(operator, operand, span=span)

    def _list_or_range(self, start: int) -> ast.Node:
        items: list[ast.Node] = []
        shapes: list[Shape] = []
        while not self.at("]"):
            if items:
                self.expect_comma("]")
            items.append(self.expression())
            shapes.append(self.shape)
            if len(items) == 1 and self.at(".."):
                return self._range(items[0], start, low_included=True)
        self.expect("]")
        self.shape = merged(shapes)
        return ast.ListLiteral(tuple(items), span=self.span(start))

    def _context(self, start: int) -> ast.Node:
        entries: list[ast.ContextEntry] = []
        frame = self.enter({})
        while not self.at("}"):
            if entries:
                self.expect_comma("}")
            entries.append(self._entry(frame))
        self.leave()
        self.expect("}")
        self.shape = frame.shapes
        return ast.ContextLiteral(tuple(entries), span=self.span(start))

    def _entry(self, frame: Frame) -> ast.ContextEntry:
        start = self.token.start
        key = self.advance().text if self.token.kind is Kind.STRING else self.new_name(":")
        if key is None:
            raise self.unexpected("`name: value`")
        self.expect(":")
        value = self.expression()
        frame.add(key, self.shape)
        self.members.add(key)
        return ast.ContextEntry(key, value, span=self.span(start))
