"""`FeelSyntaxError`: where, what was found, what was expected."""

from __future__ import annotations

import pytest

from vanzelf import feel
from vanzelf.feel import FeelSyntaxError


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("", 1, 1, "an expression"),
        ("(1 + 2", 1, 7, "`)`"),
        ("gezin leden", 1, 7, "an operator or the end"),
        ("1 +", 1, 4, "an expression"),
        ("if a then 1", 1, 12, "`else`"),
        ("a\n  and or b", 2, 7, "an expression"),
        ("[1, 2", 1, 6, "`,` or `]`"),
        ("{a 1}", 1, 2, "`name: value`"),
        ("a == b", 1, 4, "an expression"),
        ("some x xs satisfies x", 1, 6, "`name in list`"),
        ("some x in xs return x", 1, 14, "`satisfies`"),
        ("x instance of 1", 1, 15, "a type"),
        ("a.1", 1, 2, "an operator or the end"),
        ("f(1, a: 2)", 1, 10, "arguments that are either all named or all positional"),
        ('"abc', 1, 1, 'a `"` on the same line'),
        ("1 /* abc", 1, 3, "`*/` further on"),
        ("a # b", 1, 3, "FEEL"),
        ("[1..2", 1, 6, "`)`, `]` or `[`"),
        ('"\\ud83d"', 1, 1, "the other half"),
    ],
)
def test_error_says_where_and_what_was_expected(
    text: str, line: int, column: int, expected: str
) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        feel.parse(text)
    error = caught.value
    assert (error.line, error.column, error.expected, error.text) == (line, column, expected, text)


def test_message_shows_the_line_with_a_caret() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        feel.parse("a\n  and (b c)")
    assert str(caught.value) == (
        "line 2, column 10: unexpected `c`; expected `)`\n      and (b c)\n             ^"
    )


def test_caret_stays_in_sight_in_a_long_line() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        feel.parse("1 + " * 500 + "]")
    assert max(map(len, str(caught.value).splitlines())) < 160


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "[" * 5000,
        "-" * 5000 + "1",
        "if " * 3000,
        "not(" * 3000,
        "a." * 3000 + "a",
        "a" + "[1]" * 3000,
        "a" + "()" * 3000,
        "{a: " * 3000,
        "1 in (" * 1000,
        "]1.." * 1000 + "1" + "[" * 1000,
        "x instance of " + "list<" * 3000,
        "a" + " instance of Any" * 3000,
        "function(x) " * 3000 + "x",
        "1 = (" * 1000,
        "a ** " * 3 + "(" * 3000,
    ],
)
def test_deep_nesting_is_a_syntax_error(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        feel.parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" + ".join(["1"] * 20_000), 20_000),
        (" or ".join(["false"] * 20_000), False),
        (" - ".join(["1"] * 5_000), -4_998),
    ],
)
def test_chain_of_operators_may_be_long(text: str, value: object) -> None:
    tree = feel.parse(text)
    assert feel.compile(tree)({}) == value
    assert feel.unparse(tree) == text
