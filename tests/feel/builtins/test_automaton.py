"""The automaton finds what backtracking finds, in steps that are bounded beforehand."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from vanzelf import feel
from vanzelf.feel.builtins import xpath
from vanzelf.feel.builtins.automaton import Automaton, most_steps
from vanzelf.feel.builtins.xpath_tree import written

NONE = regex.RegexFlag(0)

_atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\n", "ab", "^", "$"])
_patterns = st.recursive(
    _atoms,
    lambda inner: st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("({})".format, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds(
            "({}){}".format,
            inner,
            st.sampled_from(["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{1,3}?"]),
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=300)
@given(_patterns, st.text(alphabet="ab\n", max_size=8), st.sampled_from(["", "m", "s", "i"]))
def test_automaton_finds_what_backtracking_finds(pattern: str, text: str, flags: str) -> None:
    tree = xpath.read(pattern, flags)
    caseless = regex.IGNORECASE if "i" in flags else NONE
    automaton = Automaton.of(tree, caseless)
    assert automaton is not None
    match = regex.compile(written(tree), caseless).search(text)
    found = automaton.search(text)
    assert (found is None) == (match is None)
    if automaton.exact and found and match:
        assert found == match.regs


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        ("(a)(b)?", "xab", ((1, 3), (1, 2), (2, 3))),
        ("(a)(b)?", "xac", ((1, 2), (1, 2), (-1, -1))),
        ("(a|ab)(c|bcd)", "abcd", ((0, 4), (0, 1), (1, 4))),
        ("(?:(a)|b)+", "ab", ((0, 2), (0, 1))),
        ("(a*?)(a*)", "aaa", ((0, 3), (0, 0), (0, 3))),
    ],
)
def test_automaton_tells_where_the_groups_are(
    pattern: str, text: str, spans: tuple[tuple[int, int], ...]
) -> None:
    automaton = Automaton.of(xpath.read(pattern, ""), NONE)
    assert automaton is not None
    assert automaton.search(text) == spans


def test_pattern_that_refers_to_a_group_or_is_huge_has_no_automaton() -> None:
    assert Automaton.of(xpath.read(r"(a)\1", ""), NONE) is None
    assert Automaton.of(xpath.read("(a{0,90}){0,90}", ""), NONE) is None


@pytest.mark.parametrize(
    ("pattern", "length", "bounded"),
    [
        ("abc", 100_000, True),
        ("^.*x.*$", 900, True),
        (".*a.*b.*c", 1000, False),
        ("(a+)+$", 4, True),
        ("(a+)+$", 40, False),
        ("(a|aa)+$", 40, False),
    ],
)
def test_steps_are_bounded_beforehand(pattern: str, length: int, bounded: bool) -> None:
    assert (most_steps(xpath.read(pattern, ""), length) <= 10_000_000) is bounded


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('matches(s, "^(a+)+$")', False),
        ('matches(s, "^(a|aa)+!$")', True),
        ('replace(s, "(a|aa)+$", "b")', "a" * 60 + "!"),
        ('split(s, "(a|aa)+!")', ["", ""]),
        ('replace(s, "(x+x+)+y|(a)(a)", "<$2>")', "<a>" * 30 + "!"),
    ],
)
def test_pattern_that_would_take_for_ever_has_its_answer(call: str, expected: object) -> None:
    assert feel.evaluate(call, {"s": "a" * 60 + "!"}) == expected
