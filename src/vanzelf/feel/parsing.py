"""`parse`: the text of an expression or of unary tests to its tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from vanzelf.feel import ast
from vanzelf.feel.builtins.names import BUILT_IN
from vanzelf.feel.syntax.errors import syntax_error
from vanzelf.feel.syntax.height import MAX_HEIGHT, too_high
from vanzelf.feel.syntax.lexer import Kind
from vanzelf.feel.syntax.names import Frame, Scope, scope_shape
from vanzelf.feel.syntax.parser import Parser

Start = Literal["expression", "unary tests", "iteration"]


MAX_CHARACTERS: Final = 200_000
"""Of one text: its tree takes some kilobytes for each ten characters."""


def parse(
    text: str,
    scope: Scope = None,
    *,
    start: Start = "expression",
    types: Iterable[str] | None = None,
) -> ast.Node:
    """The tree of a FEEL text.

    `scope` holds the names that the text may use, as an iterable or as a nested mapping (then
    the members are known too): the longest known name wins, so `verhoogde tegemoetkoming` is
    one name. Names that the text binds itself, and built-in functions, are always in scope.
    `types` are the names of types beside FEEL's own (with any characters, `import.tPerson`).
    An "iteration" is what stands after `in` in a `for`: an Iterator without name, so that
    `1..3` is read too. Raises FeelSyntaxError with line, column and what was expected.
    """
    if len(text) > MAX_CHARACTERS:
        expected = f"at most {MAX_CHARACTERS:,} characters"
        raise syntax_error("this text is too long", text, MAX_CHARACTERS, expected)
    try:
        parser = Parser(text, BUILT_IN, scope_shape(scope))
        parser.types = Frame(dict.fromkeys(types)) if types else None
        tree = _tree(parser, start)
    except RecursionError:
        raise syntax_error("this nests too deep", text, 0, "fewer levels") from None
    if parser.token.kind is not Kind.END:
        raise parser.unexpected("an operator or the end")
    if len(parser.tokens) <= MAX_HEIGHT:  # every level takes a token
        return tree
    high = too_high(tree)
    if high is not None:
        expected = f"at most {MAX_HEIGHT} levels"
        raise syntax_error("this nests too deep", text, high.span.start, expected)
    return tree


def _tree(parser: Parser, start: Start) -> ast.Node:
    if start == "unary tests":
        return parser.unary_tests()
    return parser.iteration("", 0) if start == "iteration" else parser.expression()
