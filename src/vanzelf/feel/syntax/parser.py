"""The grammar of FEEL (DMN 1.5, 10.3.1.2): operators, access and primary expressions.

Hand-written: operators by binding power, everything else by the word or bracket it starts
with. From weak to strong: or, and, comparison, + -, * /, **, unary minus, instance of, access.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from vanzelf.feel import ast
from vanzelf.feel.syntax.brackets import BracketParser
from vanzelf.feel.syntax.control import ControlParser
from vanzelf.feel.syntax.errors import FeelSyntaxError
from vanzelf.feel.syntax.lexer import Kind
from vanzelf.feel.syntax.names import Frame
from vanzelf.feel.syntax.unary import UnaryParser

_POWERS = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "between": 3, "in": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "**": 6,
}  # fmt: skip
_OPERATORS = {operator.value: operator for operator in ast.BinaryOperator}
_ACCESSORS = frozenset({".", "[", "("})
COMPARISON = 3
ADDITION = 4
UNARY = 7


class Parser(UnaryParser, BracketParser, ControlParser):
    """Parses one text, once."""

    def expression(self, power: int = 0) -> ast.Node:
        """An expression of operators that bind stronger than `power`."""
        self.deeper()
        start = self.tokens[self.index].start
        left = self._unary()
        while (found := _POWERS.get(self.tokens[self.index].mark, 0)) > power:
            left = self._operation(left, start, found)
            self.shape = None
        self.depth -= 1
        return left

    def _operation(self, left: ast.Node, start: int, power: int) -> ast.Node:
        word = self.advance().text
        if word == "between":
            low = self.expression(COMPARISON)
            self.expect("and")
            high = self.expression(COMPARISON)
            return ast.Between(left, low, high, span=self.span(start))
        if word == "in":
            return ast.In(left, self.tests_after_in(), span=self.span(start))
        right = self.expression(power)
        return ast.Binary(_OPERATORS[word], left, right, span=self.span(start))

    def _unary(self) -> ast.Node:
        start = self.token.start
        if not self.take("-"):
            return self._access()
        token = self.token
        after = self.tokens[self.index + 1] if token.kind is Kind.NUMBER else None
        if after is not None and after.mark not in (".", "[", "("):
            number = ast.Number(-self._number(), span=self.span(start))
            return self._instance_of(number, start)
        self.deeper()
        operand = self._unary()
        self.depth -= 1
        self.shape = None
        return ast.Negate(operand, span=self.span(start))

    def _instance_of(self, node: ast.Node, start: int) -> ast.Node:
        while self.take("instance"):
            self.expect("of")
            node = ast.InstanceOf(node, self.parse_type(), span=self.span(start))
            self.shape = None
        return node

    # --- access: paths, filters, calls --------------------------------------------------------

    def _access(self) -> ast.Node:
        start = self.token.start
        self.shape = None
        node = self._primary()
        while (mark := self.tokens[self.index].mark) in _ACCESSORS:
            if mark == ".":
                self.index += 1
                member = self.member_name(self.shape)
                node = ast.Path(node, member, span=self.span(start))
            elif mark == "[":
                filtered = self._filter(node, start)
                if filtered is None:
                    break
                node = filtered
            else:
                node = self._call(node, start)
        return self._instance_of(node, start) if mark == "instance" else node

    def _filter(self, node: ast.Node, start: int) -> ast.Node | None:
        """`[condition]`; None where the bracket is the open end of a range, as in `]1..5[`."""
        index, depth, shape = self.index, self.depth, self.shape
        if index in self.closing_brackets:
            return None
        frames = len(self.frames)
        self.advance()
        open_end, self.in_range_end = self.in_range_end, False
        members = Frame(shape) if shape is not None else self.members
        try:
            self.frames += [members, Frame({"item": shape})]
            condition = self.expression()
            del self.frames[frames:]
            self.expect("]")
        except FeelSyntaxError:
            if not open_end:
                raise
            self.closing_brackets.add(index)
            self.index, self.depth, self.shape = index, depth, shape
            del self.frames[frames:]
            return None
        finally:
            self.in_range_end = open_end
        self.shape = shape
        return ast.Filter(node, condition, span=self.span(start))

    def _call(self, function: ast.Node, start: int) -> ast.Node:
        self.index += 1
        positional, named = self.closed(self._arguments)
        self.index += 1
        self.shape = None
        return ast.Call(function, tuple(positional), tuple(named), span=self.span(start))

    def _arguments(self) -> tuple[list[ast.Node], list[ast.NamedArgument]]:
        """All up to the bracket that closes them."""
        positional: list[ast.Node] = []
        named: list[ast.NamedArgument] = []
        while not self.at(")"):
            if positional or named:
                self.expect_comma(")")
            argument = self._argument()
            if isinstance(argument, ast.NamedArgument):
                named.append(argument)
            else:
                positional.append(argument)
            if positional and named:
                raise self.unexpected("arguments that are either all named or all positional")
        return positional, named

    def _argument(self) -> ast.Node:
        start = self.token.start
        name = self.new_name(":")
        if name is None:
            return self.expression()
        self.expect(":")
        return ast.NamedArgument(name, self.expression(), span=self.span(start))

    # --- primary expressions ------------------------------------------------------------------

    def _primary(self) -> ast.Node:
        token, start = self.token, self.token.start
        if token.kind is Kind.WORD:
            return self._word(start)
        if token.kind is Kind.NUMBER:
            return ast.Number(self._number(), span=self.span(start))
        if token.kind is Kind.STRING:
            return ast.String(self.advance().text, span=self.span(start))
        if token.kind is Kind.AT:
            return ast.AtLiteral(self.advance().text, span=self.span(start))
        if token.text == "?":
            self.advance()
            return ast.Input(span=self.span(start))
        if token.text in ("(", "[", "]", "{"):
            return self.bracketed(start)
        raise self.unexpected("an expression")

    def _number(self) -> Decimal:
        try:
            number = Decimal(self.token.text)
        except InvalidOperation:
            raise self.unexpected("a number of which the exponent is not that large") from None
        self.index += 1
        return number

    def _word(self, start: int) -> ast.Node:
        token = self.token
        if token.text in _LITERALS:
            self.advance()
            return _LITERALS[token.text](self.span(start))
        control = self.control(start)
        if control is not None:
            return control
        if token.text in _RESERVED:
            raise self.unexpected("an expression")
        name = self.known_name()
        if name is None:
            name, self.shape = self.advance().text, None
        return ast.Name(name, span=self.span(start))


_LITERALS: dict[str, Callable[[ast.Span], ast.Node]] = {
    "null": lambda span: ast.Null(span=span),
    "true": lambda span: ast.Boolean(True, span=span),
    "false": lambda span: ast.Boolean(False, span=span),
}
_RESERVED = frozenset(
    {"and", "or", "in", "then", "else", "return", "satisfies", "between", "instance"}
)
