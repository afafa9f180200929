"""Text to tokens (DMN 1.5, 10.3.1.2, rules 27 to 45).

A name with spaces is several word tokens here: which words form one name depends on the
names in scope, so the parser joins them.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from typing import NamedTuple

from vanzelf.feel.syntax.errors import syntax_error


class Kind(enum.Enum):
    WORD = "word"
    NUMBER = "number"
    STRING = "string"
    AT = "at literal"
    SYMBOL = "symbol"
    END = "end"


class Token(NamedTuple):
    """`text` is the word, number or symbol as written; of a string, its decoded content.

    `mark` is the text of a word, number or symbol, and empty for the others: what a grammar
    rule looks at.
    """

    kind: Kind
    text: str
    start: int
    end: int
    mark: str


KEYWORDS = frozenset(
    {
        "and", "or", "in", "of", "if", "then", "else", "for", "return", "some", "every",
        "satisfies", "between", "instance", "function", "external", "true", "false", "null",
        "not",
    }
)  # fmt: skip

_SPACE = r"\s\u0085\u1680\u180e\u200b\ufeff"
_NAME_START = (
    r"A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d"
    r"\u180f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe"
    r"\uff00-\ufffd\U00010000-\U000effff"
)
_NAME_PART = _NAME_START + r"0-9\u00b7\u0300-\u036f\u203f\u2040"
_SKIP = rf"(?:[{_SPACE}]++|//[^\n\r]*+|/\*.*?\*/)*+"
_TOKEN = re.compile(
    rf"""
    {_SKIP}
    (?: (?P<number> (?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)? )
    | (?P<word>   [{_NAME_START}][{_NAME_PART}]* )
    | (?P<string> @?"(?:[^"\\\n\r]|\\[^\n\r])*" )
    | (?P<symbol> \*\*|<=|>=|!=|\.\.|->|/(?!\*)|[-+*<>=()\[\]{{}},.:;?'] )
    | (?P<end>    \Z )
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))")
_PLAIN_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\",
}  # fmt: skip


_KINDS = {
    "number": Kind.NUMBER,
    "word": Kind.WORD,
    "string": Kind.STRING,
    "symbol": Kind.SYMBOL,
    "end": Kind.END,
}
_SKIPPED = re.compile(_SKIP, re.DOTALL)


def tokenize(text: str) -> list[Token]:
    """All tokens of the text, ending with one of kind END."""
    tokens: list[Token] = []
    position, kind, plain = 0, Kind.WORD, text.isascii()
    while kind is not Kind.END:
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        group = match.lastgroup or "end"
        kind, (start, position) = _KINDS[group], match.span(group)
        if kind is Kind.STRING:
            tokens.append(_string(text, start, position))
            continue
        value = text[start:position]
        if not plain and kind is Kind.WORD:
            value = unicodedata.normalize("NFC", value)
        tokens.append(Token(kind, value, start, position, value))
    return tokens


def _string(text: str, start: int, end: int) -> Token:
    """`"…"`, or `@"…"`."""
    if text[start] == "@":
        return Token(Kind.AT, _decode(text[start + 2 : end - 1], text, start), start, end, "")
    return Token(Kind.STRING, _decode(text[start + 1 : end - 1], text, start), start, end, "")


def _decode(content: str, text: str, start: int) -> str:
    """A string's escapes resolved; an unlisted one such as `\\d` stays as it is written."""
    if "\\" not in content:
        return content

    def replace(match: re.Match[str]) -> str:
        short, long, plain = match.groups()
        if plain is not None:
            return _PLAIN_ESCAPES.get(plain, match.group())
        code = int(short or long, 16)
        if code > 0x10FFFF:
            raise syntax_error(f"{match.group()} is not a Unicode character", text, start)
        return chr(code)

    decoded = _ESCAPE.sub(replace, content)
    try:  # two \uXXXX escapes may be the halves of one character
        return decoded.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        message = "half of a surrogate pair is not a character"
        raise syntax_error(message, text, start, "the other half") from None


def _unreadable(text: str, position: int) -> Exception:
    skipped = _SKIPPED.match(text, position)
    position = skipped.end() if skipped else position
    if text.startswith("/*", position):
        return syntax_error("this comment is not closed", text, position, "`*/` further on")
    if text.startswith(('"', '@"'), position):
        return syntax_error("this string is not closed", text, position, 'a `"` on the same line')
    return syntax_error(f"unexpected character {text[position]!r}", text, position, "FEEL")


def quoted(text: str) -> str:
    """A string as a FEEL literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'
