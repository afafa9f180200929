"""String functions."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('substring("foobar", 3)', '"obar"'),
        ('substring("foobar", 3, 3)', '"oba"'),
        ('substring("foobar", -2, 1)', '"a"'),
        ('substring("foobar", 0)', "null"),
        (r'substring("\U01F40Eab", 2)', '"ab"'),
        ('string length("tes\\u00e9")', "4"),
        ('upper case("aé")', '"AÉ"'),
        ('lower case("ABC")', '"abc"'),
        ('substring before("foobar", "bar")', '"foo"'),
        ('substring before("foobar", "x")', '""'),
        ('substring after("foobar", "ob")', '"ar"'),
        ('substring after("foobar", "")', '"foobar"'),
        ('contains("foobar", "of")', "false"),
        ('starts with("foobar", "fo")', "true"),
        ('ends with("foobar", "r")', "true"),
        ('matches("foobar", "^fo*b")', "true"),
        ('matches("FOO", "foo", "i")', "true"),
        (r'matches("a\nb", "a.b")', "false"),
        (r'matches("a\nb", "a.b", "s")', "true"),
        (r'matches("e", "[a-z-[aeiou]]")', "false"),
        (r'matches("É", "^\p{Lu}$")', "true"),
        ('matches("a", "(")', "null"),
        ('matches("a", "a", "z")', "null"),
        ('replace("banana", "a", "o")', '"bonono"'),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
        ('replace("abracadabra", "bra", "*")', '"a*cada*"'),
        ('replace("abc", "b", "$")', "null"),
        (r'replace("abc", "b", "\\$")', '"a$c"'),
        (r'split("John Doe", "\s")', '["John", "Doe"]'),
        ('split("a;b;;c", ";")', '["a", "b", "", "c"]'),
        ('string join(["a", "b", null, "c"], "-")', '"a-b-c"'),
        ('string join(["a", "b"])', '"ab"'),
        ('string join(["a", 1])', "null"),
        ('contains(string: "abc", match: "b")', "true"),
    ],
)
def test_string_function_gives(text: str, value: str) -> None:
    assert text_of(text) == value
