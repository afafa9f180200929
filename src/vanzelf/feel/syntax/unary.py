"""Unary tests: the cells of a decision table, and what stands after `in`."""

from __future__ import annotations

from vanzelf.feel import ast
from vanzelf.feel.syntax.brackets import COMPARISONS, BracketParser
from vanzelf.feel.syntax.lexer import Kind

_CONTINUES = (".", "[", "+", "-", "*", "/", "**")
_STRONGER_THAN_COMPARISON = 3


class UnaryParser(BracketParser):
    def unary_tests(self) -> ast.Node:
        """`-`, `not(a, b)` or `a, b`: the whole text."""
        start = self.token.start
        if self.at("-") and self.tokens[self.index + 1].kind is Kind.END:
            self.advance()
            return ast.UnaryTests((), span=self.span(start))
        negated = self._negated_tests()
        if negated is not None:
            return ast.UnaryTests(negated, True, span=self.span(start))
        tests = self.separated(self._test)
        return ast.UnaryTests(tests, span=self.span(start))

    def _negated_tests(self) -> tuple[ast.Node, ...] | None:
        """The tests of `not(...)`; None when `not(...)` is only the start of an expression."""
        if not self.at("not") or self.tokens[self.index + 1].text != "(":
            return None
        index = self.index
        self.index += 2
        tests = self.closed(lambda: self.separated(self._test))
        self.expect(")")
        if self.token.kind is Kind.END:
            return tests
        self.index = index
        return None

    def tests_after_in(self) -> tuple[ast.Node, ...]:
        """One test, or several in brackets."""
        if self.at("("):
            tests = self._bracketed_tests()
            if tests is not None:
                return tests
        return (self._test(_STRONGER_THAN_COMPARISON),)

    def _bracketed_tests(self) -> tuple[ast.Node, ...] | None:
        """`(a, < b)`; None when the bracket opens a range or a grouped expression."""
        index, depth = self.index, self.depth
        if index in self.not_tests:
            return None
        self.advance()
        tests = self.closed(lambda: self.separated(self._test))
        if not self.at(".."):
            self.expect(")")
            if not self.at(*_CONTINUES):
                return tests
        self.not_tests.add(index)  # remembered: nested ones are not tried twice each
        self.index, self.depth = index, depth
        return None

    def _test(self, power: int = 0) -> ast.Node:
        start = self.token.start
        if self.at(*COMPARISONS):
            operator = ast.BinaryOperator(self.advance().text)
            operand = self.expression(power or _STRONGER_THAN_COMPARISON)
            return ast.UnaryComparison(operator, operand, span=self.span(start))
        return self.expression(power)
