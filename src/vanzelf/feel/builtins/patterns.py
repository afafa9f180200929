"""Regular expressions of XPath (used by `matches`, `replace`, `split`) as Python's.

The library `regex` runs them and not Python's own `re`: a pattern such as `(a|aa)+$` can take
longer than the sun will shine, and only `regex` can be told to stop.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

import regex

from vanzelf.feel.limits import stopwatch
from vanzelf.feel.messages import report
from vanzelf.feel.values.arithmetic import MAX_STRING

T = TypeVar("T")
MAX_PATTERN: Final = 1000
MAX_EXPANDED: Final = 10_000
"""Atoms of a pattern with its repetitions written out, as the library does: `(a{9}b){9}` is 90."""

MAX_SECONDS: Final = 0.25
_FLAGS: Final = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": 0, "q": 0}
_CLASSES: Final = {
    "i": r"[^\W\d]|:", "I": r"[\W\d]", "c": r"[\w.:\-·]", "C": r"[^\w.:\-·]",
}  # fmt: skip
_REFUSED_ESCAPES: Final = frozenset("AaBbefghjklmoquvwxyzEFGHJKLMNOQRTUVXYZ") - frozenset("w")
_CATEGORY: Final = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
_BLOCKS: Final = {
    "IsBasicLatin": (0x0000, 0x007F),
    "IsLatin-1Supplement": (0x0080, 0x00FF),
    "IsLatinExtended-A": (0x0100, 0x017F),
    "IsLatinExtended-B": (0x0180, 0x024F),
    "IsGreek": (0x0370, 0x03FF),
    "IsGreekandCoptic": (0x0370, 0x03FF),
    "IsCyrillic": (0x0400, 0x04FF),
    "IsHebrew": (0x0590, 0x05FF),
    "IsArabic": (0x0600, 0x06FF),
}
_REFUSED_GROUP: Final = re.compile(r"\(\?(?!:)")


def compiled(pattern: str, flags: str) -> regex.Pattern[str] | None:
    """The pattern compiled; null if it is not one."""
    with stopwatch():
        found = _compiled(pattern, flags)
    return found if found is not None else report(f"not a pattern: {pattern!r} with {flags!r}")


class TooLong(Exception):
    """A replacement made a string longer than a string may be."""


def within_bounds(search: Callable[[], T]) -> T | None:
    """What a search finds; null when it takes longer, or makes more, than it should."""
    try:
        with stopwatch():
            return search()
    except TooLong:
        return report(f"a string longer than {MAX_STRING} characters")
    except TimeoutError:
        return report(f"this pattern takes more than {MAX_SECONDS} seconds on this string")


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> regex.Pattern[str] | None:
    if len(pattern) > MAX_PATTERN or not set(flags) <= _FLAGS.keys():
        return None
    options = regex.RegexFlag(0)
    for flag in flags:
        options |= _FLAGS[flag]
    try:
        if "q" in flags:
            return regex.compile(regex.escape(pattern), options)
        translated = _translated(_without_space(pattern) if "x" in flags else pattern, flags)
        if translated is None or _expanded(translated) > MAX_EXPANDED:
            return None
        return regex.compile(translated, options)
    except (regex.error, OverflowError, RecursionError):
        return None


_ATOM: Final = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]|(?P<open>\()|(?P<close>\))|\{(?P<times>[0-9]+)|.", re.DOTALL
)


def _expanded(pattern: str) -> int:
    """How many atoms there are when what must repeat is written out so many times."""
    totals, last = [0], 1  # of each group that is open; of the atom before
    for atom in _ATOM.finditer(pattern):
        if atom["open"]:
            totals.append(0)
        elif atom["close"] and len(totals) > 1:
            last = totals.pop() + 1
            totals[-1] += last
        elif atom["times"]:
            times = int(atom["times"][:9])
            totals[-1] += last * max(times - 1, 0)
            last *= max(times, 1)
        else:
            last = 1
            totals[-1] += 1
    return sum(totals)


def _without_space(pattern: str) -> str:
    """Flag x: white space counts only inside a character class."""
    kept, in_class, escaped = [], False, False
    for char in pattern:
        if in_class or not char.isspace():
            kept.append(char)
        escaped = char == "\\" and not escaped
        in_class = (in_class or char == "[") and not (char == "]" and not escaped)
    return "".join(kept)


def _translated(pattern: str, flags: str) -> str | None:
    """XPath's own escapes in Python's terms; None for what only Python knows."""
    parts: list[str] = []
    index = 0
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            escape, index = _escape(pattern, index, in_class=False)
            if escape is None:
                return None
            parts.append(escape)
            continue
        if char == "(" and _REFUSED_GROUP.match(pattern, index):
            return None
        if char == "[":
            spelled, index = _class(pattern, index)
            if spelled is None:
                return None
            parts.append(spelled)
            continue
        if char == "$" and "m" not in flags:
            char = r"\Z"
        elif char == "." and "s" not in flags:
            char = r"[^\n\r]"
        parts.append(char)
        index += 1
    return "".join(parts)


def _class(pattern: str, index: int) -> tuple[str | None, int]:
    """A character class; `[a-z-[aeiou]]`, one class less another, as a look ahead."""
    parts, index = ["["], index + 1
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            escape, index = _escape(pattern, index, in_class=True)
            if escape is None:
                return None, index
            parts.append(escape)
        elif char == "[":
            if parts[-1] != "-":
                return None, index
            less, index = _class(pattern, index)
            if less is None or pattern[index : index + 1] != "]":
                return None, index
            return f"(?:(?!{less}){''.join(parts[:-1])}])", index + 1
        elif char == "]":
            return "".join([*parts, "]"]), index + 1
        else:
            parts.append("\\" + char if char in "&~|" else char)
            index += 1
    return None, index


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
    if letter in _REFUSED_ESCAPES or (in_class and letter.isdigit()):
        return None, after
    return "\\" + letter, after


def _category(name: str, negated: bool, in_class: bool) -> str | None:
    """`\\p{Lu}`: the characters of a Unicode category, or of a block, which is spelled out."""
    if name in _BLOCKS:
        first, last = _BLOCKS[name]
        spelled = f"\\U{first:08x}-\\U{last:08x}"
        if negated and in_class:
            return None
        return spelled if in_class else f"[{'^' * negated}{spelled}]"
    if not _CATEGORY.fullmatch(name):
        return None
    return f"\\{'P' if negated else 'p'}{{{name}}}"


def template(
    replacement: str, pattern: regex.Pattern[str], flags: str
) -> Callable[[regex.Match[str]], str] | None:
    """What replaces a match: `$1` is a group, `$0` all of it, `\\$` a dollar; null if amiss."""
    if "q" in flags:
        return _filled_in([replacement])
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
    return _filled_in(parts)


def _filled_in(parts: list[str | int]) -> Callable[[regex.Match[str]], str]:
    """Puts a match's groups in their places; all matches together make no string too long."""
    numbers = {part for part in parts if isinstance(part, int)}
    made = 0

    def fill_in(match: regex.Match[str]) -> str:
        nonlocal made
        groups = {number: _group(match, number) for number in numbers}
        texts = [part if isinstance(part, str) else groups[part] for part in parts]
        made += sum(map(len, texts))
        if made > MAX_STRING:
            raise TooLong
        return "".join(texts)

    return fill_in


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


def _group(match: regex.Match[str], number: int) -> str:
    return match.group(number) or "" if number <= match.re.groups else ""
