"""XPath's regular expressions: what they match, and what they refuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf import feel
from vanzelf.feel.builtins import patterns

MATCHING = [
    ("a.c", "", "abc", True),
    ("a.c", "", "a\nc", False),
    ("a.c", "", "a\rc", False),
    ("a.c", "s", "a\nc", True),
    ("^b", "", "a\nb", False),
    ("^b", "m", "a\nb", True),
    ("a$", "", "a\n", False),
    ("a$", "m", "a\nb", True),
    ("^$", "m", "a\nb\n", False),
    ("^$", "m", "a\n\nb", True),
    (r"^\s$", "", "\u00a0", False),
    (r"^\w$", "", "_", False),
    (r"^\w$", "", "$", True),
    (r"^\w$", "", "é", True),
    (r"^\W$", "", "-", True),
    (r"^\d+$", "", "٣4", True),
    (r"^\i\c*$", "", "naam-1.b", True),
    (r"^\i\c*$", "", "1naam", False),
    (r"^[\i-[:]][\c-[:]]*$", "", "a:b", False),
    (r"^[\I]$", "", "1", True),
    (r"^[\s\S]$", "", "\n", True),
    (r"^[^\s]$", "", " ", False),
    (r"^[^\sa]$", "", "b", True),
    (r"^\p{Lu}+$", "", "ÀB", True),
    (r"^\p{Lu}+$", "i", "a", False),
    (r"^[\p{Lu}x]+$", "i", "X", True),
    (r"^[\p{Lu}x]+$", "i", "y", False),
    (r"^\P{Lu}$", "", "a", True),
    (r"^\p{IsGreek}$", "", "α", True),
    (r"^\p{IsBasicLatin}+$", "", "aé", False),
    (r"^[\P{IsBasicLatin}]$", "", "é", True),
    ("^[a-z-[aeiou]]+$", "", "bcd", True),
    ("^[a-z-[aeiou]]+$", "", "bad", False),
    ("^[a-z-[b-y-[m]]]+$", "", "amz", True),
    ("^[^a-c-[x]]$", "", "x", False),
    ("^[-a]$", "", "-", True),
    ("^[a-]$", "", "-", True),
    (r"^[\[\]\\]+$", "", "[]\\", True),
    (r"^[\n\t]+$", "", "\n\t", True),
    ("^[&~|]+$", "", "&|", True),
    ("^[.]$", "", "x", False),
    (r"^(a)?b\1$", "", "b", True),
    (r"^(a)\1$", "i", "aA", True),
    (r"^(a)(b)(c)(d)(e)(f)(g)(h)(i)\10$", "", "abcdefghia0", True),
    ("^a{2}$", "", "aa", True),
    ("^a{2,}?$", "", "aaa", True),
    ("^(?:ab|)$", "", "", True),
    ("^*a", "", "a", True),
    ("a b", "x", "ab", True),
    ("a[ ]b", "x", "a b", True),
    (r"a\[ b", "x", "a[b", True),
    ("a.c", "q", "abc", False),
    ("A.C", "qi", "a.c", True),
    ("", "", "", True),
    ("é", "i", "É", True),
]


@pytest.mark.parametrize(("pattern", "flags", "string", "expected"), MATCHING)
def test_pattern_matches(pattern: str, flags: str, string: str, expected: bool) -> None:
    context = {"p": pattern, "f": flags, "s": string}
    assert feel.evaluate("matches(s, p, f)", context) is expected


@pytest.mark.parametrize(
    ("pattern", "flags"),
    [
        ("a{,2}", ""), ("a{2,1}", ""), ("a{e<=1}", ""), ("a{", ""), ("a}", ""), ("]", ""),
        ("a**", ""), ("a*+", ""), ("a{2}{3}", ""), ("+a", ""), ("(", ""), (")", ""), ("(?=a)", ""),
        ("(?i)a", ""), ("(?P<n>a)", ""), ("(?#)", ""), ("[]", ""), ("[^]", ""), ("[a", ""),
        ("[b-a]", ""), ("[a-\\d]", ""), ("[a[b]]", ""), ("[a-[b]c]", ""), ("[[:alpha:]]", ""),
        ("\\", ""), ("\\b", ""), ("\\A", ""), ("\\x41", ""), ("\\u0041", ""), ("\\/", ""),
        ("\\1", ""), ("(a\\1)", ""), ("(a)\\2", ""), ("(a)[\\1]", ""), ("\\0", ""),
        ("\\p{Xx}", ""), ("\\p{IsNowhere}", ""), ("\\pL", ""), ("\\p{Greek}", ""), ("\\p{L", ""),
        ("a", "g"), ("a", " "), ("a{20000}", ""), ("(a{1000}){1000}", ""), ("a" * 1001, ""),
        ("(" * 400 + ")" * 400, ""),
    ],
)  # fmt: skip
def test_text_that_is_no_pattern_is_null_and_says_why(pattern: str, flags: str) -> None:
    messages: list[str] = []
    context = {"p": pattern, "f": flags}
    assert feel.evaluate('matches("a", p, f)', context, messages=messages) is None
    assert messages


@pytest.mark.parametrize(
    ("string", "pattern", "replacement", "expected"),
    [
        ("abc", "b", "[$0]", "a[b]c"),
        ("abc", "(b)", "$1$1", "abbc"),
        ("abc", "(b)", "$2", "ac"),
        ("abc", "(b)", "$10", "ab0c"),
        ("abc", "(b)|(x)", "<$2>", "a<>c"),
        ("abc", "b", r"\$1\\", r"a$1\c"),
        ("abc", "b", "$", None),
        ("abc", "b", "$x", None),
        ("abc", "b", r"\n", None),
        ("abc", "x*", "-", None),
        ("a\u0301", ".", "x", "xx"),
    ],
)
def test_replace(string: str, pattern: str, replacement: str, expected: str | None) -> None:
    context = {"s": string, "p": pattern, "r": replacement}
    assert feel.evaluate("replace(s, p, r)", context) == expected


@given(st.text(alphabet="ab1[]()-^$.*+?{},\\pPLuIsdwic|", max_size=12), st.text(max_size=6))
def test_any_text_is_a_pattern_or_is_refused(pattern: str, string: str) -> None:
    found = feel.evaluate("matches(s, p)", {"s": string, "p": pattern})
    assert found in (True, False, None)
    assert (found is None) == (patterns.compiled(pattern, "") is None)
