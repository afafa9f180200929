"""Regular expressions of XPath (used by `matches`, `replace`, `split`) as Python's."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from vanzelf.feel.messages import report

MAX_PATTERN: Final = 1000
_FLAGS: Final = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": 0, "q": 0}
_CLASSES: Final = {
    "i": r"[^\W\d]|:", "I": r"[\W\d]", "c": r"[\w.:\-·]", "C": r"[^\w.:\-·]",
}  # fmt: skip
_REFUSED_ESCAPES: Final = frozenset("AaBbefghjklmoquvwxyzEFGHJKLMNOQRTUVXYZ") - frozenset("w")
_REFUSED_GROUP: Final = re.compile(r"\(\?(?!:)")


def compiled(pattern: str, flags: str) -> re.Pattern[str] | None:
    """The pattern compiled; null if it is not one."""
    found = _compiled(pattern, flags)
    return found if found is not None else report(f"not a pattern: {pattern!r} with {flags!r}")


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> re.Pattern[str] | None:
    if len(pattern) > MAX_PATTERN or not set(flags) <= _FLAGS.keys():
        return None
    options = re.RegexFlag(0)
    for flag in flags:
        options |= _FLAGS[flag]
    try:
        if "q" in flags:
            return re.compile(re.escape(pattern), options)
        translated = _translated(_without_space(pattern) if "x" in flags else pattern, flags)
        return None if translated is None else re.compile(translated, options)
    except (re.error, OverflowError, RecursionError):
        return None


def _without_space(pattern: str) -> str:
    """Flag x: white space counts only inside a character class."""
    kept, in_class, escaped = [], False, False
    for char in pattern:
        if escaped or in_class or not char.isspace():
            kept.append(char)
        escaped = char == "\\" and not escaped
        in_class = (in_class or char == "[") and not (char == "]" and not escaped)
    return "".join(kept)


def _translated(pattern: str, flags: str) -> str | None:
    """XPath's own escapes in Python's terms; None for what only Python knows."""
    parts: list[str] = []
    index, depth = 0, 0
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            escape, index = _escape(pattern, index, in_class=depth > 0)
            if escape is None:
                return None
            parts.append(escape)
            continue
        if char == "(" and depth == 0 and _REFUSED_GROUP.match(pattern, index):
            return None
        if char == "[":
            if depth and not (parts and parts[-1] == "-"):
                return None
            if depth:
                return None  # subtraction of classes
            depth = 1
        elif char == "]":
            depth = 0
        elif char == "$" and depth == 0 and "m" not in flags:
            char = r"\Z"
        elif char in "&~|" and depth:
            char = "\\" + char
        parts.append(char)
        index += 1
    return "".join(parts)


def _escape(pattern: str, index: int, *, in_class: bool) -> tuple[str | None, int]:
    letter = pattern[index + 1 : index + 2]
    after = index + 2
    if not letter:
        return None, after
    if letter in "pP":
        end = pattern.find("}", after)
        if pattern[after : after + 1] != "{" or end < 0:
            return None, after
        return _category(pattern[after + 1 : end], letter == "P", in_class), end + 1
    if letter in _CLASSES:
        return (None if in_class else f"(?:{_CLASSES[letter]})"), after
    if letter in _REFUSED_ESCAPES:
        return None, after
    return "\\" + letter, after


@lru_cache(maxsize=64)
def _category(name: str, negated: bool, in_class: bool) -> str | None:
    """`\\p{Lu}`: the characters of a Unicode category, spelled out as a class."""
    if not re.fullmatch(r"[LMNPZSC][a-z]?", name):
        return None
    ranges: list[str] = []
    start: int | None = None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and (
            unicodedata.category(chr(code)).startswith(name) != negated
        )
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            ranges.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    spelled = "".join(ranges)
    return spelled if in_class else f"[{spelled}]"


def template(
    replacement: str, pattern: re.Pattern[str], flags: str
) -> Callable[[re.Match[str]], str] | None:
    """What replaces a match: `$1` is a group, `$0` all of it, `\\$` a dollar; null if amiss."""
    if "q" in flags:
        return lambda match: replacement
    parts: list[str | int] = []
    index = 0
    while index < len(replacement):
        char = replacement[index]
        following = replacement[index + 1 : index + 2]
        if char == "\\":
            if following not in ("\\", "$") or not following:
                return report("in a replacement only `\\\\` and `\\$` are escapes")
            parts.append(following)
            index += 2
        elif char == "$":
            digits = _group_digits(replacement, index + 1, pattern.groups)
            if not digits:
                return report("in a replacement `$` stands before the number of a group")
            parts.append(int(digits))
            index += 1 + len(digits)
        else:
            parts.append(char)
            index += 1
    return lambda match: "".join(
        part if isinstance(part, str) else _group(match, part) for part in parts
    )


def _group_digits(text: str, index: int, groups: int) -> str:
    digits = text[index : index + 1]
    if not (digits.isascii() and digits.isdigit()):
        return ""
    longer = text[index : index + 2]
    while longer.isascii() and longer.isdigit() and len(longer) > len(digits):
        if int(longer) > groups:
            break
        digits, longer = longer, text[index : index + len(longer) + 1]
    return digits


def _group(match: re.Match[str], number: int) -> str:
    return match.group(number) or "" if number <= match.re.groups else ""
