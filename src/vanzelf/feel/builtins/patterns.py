"""Regular expressions of XPath (used by `matches`, `replace`, `split`) as Python's.

The library `regex` runs them and not Python's own `re`: a pattern such as `(a|aa)+$` can take
longer than the sun will shine, and only `regex` can be told to stop.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

import regex

from vanzelf.feel.builtins import xpath
from vanzelf.feel.limits import stopwatch
from vanzelf.feel.messages import report
from vanzelf.feel.values.arithmetic import MAX_STRING

T = TypeVar("T")
MAX_PATTERN: Final = 1000
MAX_SECONDS: Final = 0.25
_FLAGS: Final = frozenset("smixq")


def compiled(pattern: str, flags: str) -> regex.Pattern[str] | None:
    """The pattern compiled; null if it is none."""
    with stopwatch():
        found = _compiled(pattern, flags)
    return report(found) if isinstance(found, str) else found


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
def _compiled(pattern: str, flags: str) -> regex.Pattern[str] | str:
    """The pattern compiled, or why it is none."""
    if len(pattern) > MAX_PATTERN:
        return f"a pattern of more than {MAX_PATTERN} characters"
    if not _FLAGS.issuperset(flags):
        return f"the flags of a pattern are s, m, i, x and q, not {flags}"
    caseless = regex.IGNORECASE if "i" in flags else regex.RegexFlag(0)
    try:
        written = regex.escape(pattern) if "q" in flags else xpath.translated(pattern, flags)
        return regex.compile(written, caseless)
    except (xpath.NotAPattern, regex.error, OverflowError, RecursionError) as error:
        return f"{pattern} is no pattern: {error}"


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
