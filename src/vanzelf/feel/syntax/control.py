"""`if`, `for`, `some`, `every` and `function`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from vanzelf.feel import ast
from vanzelf.feel.syntax.lexer import KEYWORDS, Kind
from vanzelf.feel.syntax.names import Frame, Shape
from vanzelf.feel.syntax.types import TypeParser

_STARTS = frozenset({"if", "for", "some", "every", "function"})


class ControlParser(TypeParser):
    @abstractmethod
    def expression(self, power: int = 0) -> ast.Node: ...

    def control(self, start: int) -> ast.Node | None:
        """The control construct that starts with this word, if it does start one."""
        word = self.token.mark
        if word not in _STARTS:
            return None
        if word == "if":
            return self._if(start)
        if word == "for":
            return self._for(start)
        if word in ("some", "every"):
            return self._quantified(start)
        if word == "function" and self.tokens[self.index + 1].text == "(":
            return self._function(start)
        return None

    def _if(self, start: int) -> ast.Node:
        self.advance()
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        shape = self.shape
        self.expect("else")
        otherwise = self.expression()
        self.shape = self.shape or shape
        return ast.If(condition, then, otherwise, span=self.span(start))

    def _for(self, start: int) -> ast.Node:
        self.advance()
        frame = self.enter({})
        iterators = self._iterators(frame, commas_needed=True)
        self.expect("return")
        frame.add("partial")
        result = self.expression()
        self.leave()
        return ast.For(iterators, result, span=self.span(start))

    def _quantified(self, start: int) -> ast.Node:
        quantifier = ast.Quantifier(self.advance().text)
        frame = self.enter({})
        iterators = self._iterators(frame, commas_needed=False)
        self.expect("satisfies")
        condition = self.expression()
        self.leave()
        self.shape = None
        return ast.Quantified(quantifier, iterators, condition, span=self.span(start))

    def _iterators(self, frame: Frame, *, commas_needed: bool) -> tuple[ast.Iterator, ...]:
        iterators = [self._iterator(frame)]
        while self.take(",") or (not commas_needed and self._at_iterator()):
            iterators.append(self._iterator(frame))
        return tuple(iterators)

    def _at_iterator(self) -> bool:
        return self.token.kind is Kind.WORD and self.token.text not in KEYWORDS

    def _iterator(self, frame: Frame) -> ast.Iterator:
        start = self.token.start
        name = self.new_name("in")
        if name is None:
            raise self.unexpected("`name in list`")
        self.expect("in")
        iterator = self.iteration(name, start)
        frame.add(name, self.shape)
        return iterator

    def iteration(self, name: str, start: int) -> ast.Iterator:
        """What stands after `in`: an expression, or two with `..` between."""
        source = self.expression()
        shape = self.shape
        until = self.expression() if self.take("..") else None
        self.shape = shape
        return ast.Iterator(name, source, until, span=self.span(start))

    def _function(self, start: int) -> ast.Node:
        self.index += 2
        parameters: list[ast.Parameter] = []
        while not self.at(")"):
            if parameters:
                self.expect_comma(")")
            parameters.append(self._parameter())
        self.expect(")")
        external = self.take("external")
        names: Mapping[str, Shape] = {parameter.name: None for parameter in parameters}
        self.enter(names)
        body = self.expression()
        self.leave()
        self.shape = None
        return ast.Function(tuple(parameters), body, external, span=self.span(start))

    def _parameter(self) -> ast.Parameter:
        start = self.token.start
        name = self.new_name(":", ",", ")")
        if name is None:
            raise self.unexpected("the name of a parameter")
        declared = self.parse_type() if self.take(":") else None
        return ast.Parameter(name, declared, span=self.span(start))
