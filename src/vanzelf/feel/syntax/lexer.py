"""Text to tokens (DMN 1.5, 10.3.1.2, rules 27 to 45).

A name with spaces is several word tokens here: which words form one name depends on the
names in scope, so the parser joins them.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass

from vanzelf.feel.syntax.errors import syntax_error


class Kind(enum.Enum):
    WORD = "word"
    NUMBER = "number"
    STRING = "string"
    AT = "at literal"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is the word, number or symbol as written; of a string, its decoded content."""

    kind: Kind
    text: str
    start: int
    end: int


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
_TOKEN = re.compile(
    rf"""
      (?P<skip>   [{_SPACE}]+ | //[^\n\r]* | /\*.*?\*/ )
    | (?P<number> (?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)? )
    | (?P<word>   [{_NAME_START}][{_NAME_PART}]* )
    | (?P<string> @?"(?:[^"\\\n\r]|\\[^\n\r])*" )
    | (?P<symbol> \*\*|<=|>=|!=|\.\.|->|/(?!\*)|[-+*<>=()\[\]{{}},.:;?'] )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))")
_PLAIN_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\",
}  # fmt: skip


def tokenize(text: str) -> list[Token]:
    """All tokens of the text, ending with one of kind END."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        token = _token(text, match)
        if token is not None:
            tokens.append(token)
        position = match.end()
    tokens.append(Token(Kind.END, "", len(text), len(text)))
    return tokens


def _token(text: str, match: re.Match[str]) -> Token | None:
    start, end, value = match.start(), match.end(), match.group()
    if match.lastgroup == "skip":
        return None
    if match.lastgroup == "word":
        return Token(Kind.WORD, unicodedata.normalize("NFC", value), start, end)
    if match.lastgroup == "string":
        at = value.startswith("@")
        content = _decode(value[2:-1] if at else value[1:-1], text, start)
        return Token(Kind.AT if at else Kind.STRING, content, start, end)
    return Token(Kind.NUMBER if match.lastgroup == "number" else Kind.SYMBOL, value, start, end)


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
    if text.startswith("/*", position):
        return syntax_error("this comment is not closed", text, position, "`*/` further on")
    if text.startswith(('"', '@"'), position):
        return syntax_error("this string is not closed", text, position, 'a `"` on the same line')
    return syntax_error(f"unexpected character {text[position]!r}", text, position, "FEEL")


def quoted(text: str) -> str:
    """A string as a FEEL literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'
