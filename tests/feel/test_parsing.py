"""`parse`: the grammar, and names with spaces."""

from __future__ import annotations

import pytest

from vanzelf.feel import FeelSyntaxError, ast, parse

SCOPE = {
    "gezin": {"leden": [{"verhoogde tegemoetkoming": True}], "personen ten laste": 0},
    "bedrag per gezin": None,
    "a-b": 1,
    "a": 1,
    "b": 1,
    "inkomen and vermogen": 1,
}


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a-b", ast.Name("a-b")),
        ("b-a", ast.Binary(ast.BinaryOperator.SUBTRACT, ast.Name("b"), ast.Name("a"))),
        ("inkomen and vermogen", ast.Name("inkomen and vermogen")),
        ("bedrag  per\ngezin", ast.Name("bedrag per gezin")),
        ("gezin.personen ten laste", ast.Path(ast.Name("gezin"), "personen ten laste")),
        (
            "bedrag per gezin(gezin.personen ten laste)",
            ast.Call(
                ast.Name("bedrag per gezin"),
                (ast.Path(ast.Name("gezin"), "personen ten laste"),),
            ),
        ),
        ("x.niet gekend", ast.Path(ast.Name("x"), "niet gekend")),
        ("{eigen naam: 1, y: eigen naam}.y", None),
        ("gezin.leden[verhoogde tegemoetkoming]", None),
    ],
)
def test_longest_known_name_wins(text: str, tree: ast.Node | None) -> None:
    parsed = parse(text, SCOPE)
    assert tree is None or parsed == tree


def test_name_bound_in_the_text_is_known_there() -> None:
    tree = parse("for elk lid in gezin.leden return elk lid.verhoogde tegemoetkoming", SCOPE)
    assert isinstance(tree, ast.For)
    assert tree.result == ast.Path(ast.Name("elk lid"), "verhoogde tegemoetkoming")


def test_members_of_an_iterator_follow_from_the_list() -> None:
    scope = {"leden": [{"op and af": True}]}
    tree = parse("some lid in leden satisfies lid.op and af", scope)
    assert isinstance(tree, ast.Quantified)
    assert tree.condition == ast.Path(ast.Name("lid"), "op and af")


@pytest.mark.parametrize(
    ("text", "low_included", "high_included"),
    [
        ("[1..5]", True, True),
        ("(1..5)", False, False),
        ("]1..5[", False, False),
        ("[1..5[", True, False),
        ("]1..5]", False, True),
        ("(1..5]", False, True),
    ],
)
def test_range_in_every_bracket_form(text: str, low_included: bool, high_included: bool) -> None:
    five = ast.Number(parse("5").value)  # type: ignore[attr-defined] # it is a Number
    one = ast.Number(parse("1").value)  # type: ignore[attr-defined] # it is a Number
    assert parse(text) == ast.Range(one, five, low_included, high_included)


def test_bracket_that_closes_a_range_is_no_filter() -> None:
    tree = parse("x in ]1..5[ and y[1] = 2")
    assert isinstance(tree, ast.Binary)
    assert tree.operator is ast.BinaryOperator.AND


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1 + 2 * 3 ** 2", "1 + (2 * (3 ** 2))"),
        ("a or b and not(a)", "a or (b and (not(a)))"),
        ("-a ** 2", "(-a) ** 2"),
        ("2 ** 3 ** 2", "(2 ** 3) ** 2"),
        ("a - b - 1", "(a - b) - 1"),
        ("x between 1 and 2 and y", "(x between 1 and 2) and y"),
        ("if a then 1 else 2 + 3", "if a then 1 else (2 + 3)"),
        ("a = b and b in (1, < 2)", "(a = b) and (b in (1, < 2))"),
        ("some x in a satisfies x and y", "some x in a satisfies (x and y)"),
        ("a /* noot */ + // rest\n b", "a + b"),
        ("a.b[1](2).c", "(((a.b)[1])(2)).c"),
    ],
)
def test_operators_bind_as_the_standard_says(text: str, same: str) -> None:
    assert parse(text, ["a", "b"]) == parse(same, ["a", "b"])


@pytest.mark.parametrize(
    "text",
    [
        "x instance of list<context<a b: date and time, c: range<number>>>",
        "x instance of function<number, string> -> years and months duration",
        "function(a b: number, c) a b + c",
        'function(x) external {java: {class: "C", method signature: "m(int)"}}',
        "{f: function(n) if n <= 1 then 1 else n * f(n - 1)}",
        "f(grouping separator: 1, decimal separator: 2)",
        "for i in 1..3, j in [1, 2] return partial",
        "some a in x b in y satisfies a = b",
        '@"2026-01-15"',
        "(>= 18)",
        "[]",
        "{}",
        ".5 + 1.5e3",
        'date and time("2026-01-15T10:00:00")',
    ],
)
def test_whole_grammar_is_read(text: str) -> None:
    assert isinstance(parse(text), ast.Node)


@pytest.mark.parametrize(
    ("text", "tests", "negated"),
    [("-", 0, False), ("< 10, [1..2]", 2, False), ("not(1, 2)", 2, True), ("? > 3", 1, False)],
)
def test_unary_tests_are_read(text: str, tests: int, negated: bool) -> None:
    tree = parse(text, start="unary tests")
    assert isinstance(tree, ast.UnaryTests)
    assert (len(tree.tests), tree.negated) == (tests, negated)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"a\nb\t\"\\"', 'a\nb\t"\\'),
        (r'"\u00e9 \U01F40E \uD83D\uDC0E"', "é 🐎 🐎"),
        (r'"\d+"', r"\d+"),
    ],
)
def test_escapes_in_a_string_are_resolved(text: str, value: str) -> None:
    assert parse(text) == ast.String(value)


def test_node_knows_where_it_stands() -> None:
    tree = parse("a + bb * c")
    assert isinstance(tree, ast.Binary)
    assert tree.right.span == ast.Span(4, 10)


@pytest.mark.parametrize("name", ["tPersoon", "t-persoon", "in te vullen", "model.t.Persoon"])
def test_type_of_a_model_is_read_whole(name: str) -> None:
    tree = parse(f"x instance of {name} and y", ["x", "y"], types=["t", name, "number"])
    assert isinstance(tree, ast.Binary)
    assert tree.left == ast.InstanceOf(ast.Name("x"), ast.TypeName(name))


@pytest.mark.parametrize("text", ["a" + " + a" * 200, "a" + ".b" * 100, "[" * 60 + "]" * 60])
def test_long_and_high_texts_are_read(text: str) -> None:
    assert isinstance(parse(text), ast.Node)


@pytest.mark.parametrize(
    "text",
    ["1e9999999999999999999", "a /* b", "a // b\n /* c */ /* d", '"a', "a # b", " " * 10_000 + "#"],
)
def test_what_is_no_feel_is_refused_at_its_place(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        parse(text)


def test_names_of_words_signs_and_numbers_are_one_name() -> None:
    for name in ("a-b", "a+b", "a*b", "x/y", "it's", "artikel 5 bis", "van-tot 2.0", "🐎", "a.b"):
        assert parse(f"{name} + 1", [name, "a", "x"]).left == ast.Name(name)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "until"), [("1..3", "3"), ("[1, 2]", None), ("a..a + 1", "a + 1")]
)
def test_iteration_is_read(text: str, until: str | None) -> None:
    tree = parse(text, ["a"], start="iteration")
    assert isinstance(tree, ast.Iterator)
    assert tree.until == (parse(until, ["a"]) if until else None)
