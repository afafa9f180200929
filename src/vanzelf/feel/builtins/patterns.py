"""The patterns of `matches`, `replace` and `split`: compiled once, matched in bounded time.

The library `regex` matches by backtracking: fast, but `(a|aa)+$` can take longer than the sun will
shine. So that an answer depends on pattern and text and not on how busy the machine is:

- Where backtracking cannot take more than MAX_STEPS, as a bound told from the pattern and the
  length of the text says, `regex` does it.
- Else `regex` may try for MAX_SECONDS, and after that the automaton finds the same match, in at
  most the length of the text times its states.
- Only a reference to a group (`\\1`), or a text too long for the automaton, leaves nothing but the
  clock: such a pattern is null when it takes too long.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

import regex

from vanzelf.feel.builtins import xpath
from vanzelf.feel.builtins.automaton import Automaton, Spans, most_steps
from vanzelf.feel.builtins.xpath_tree import Node, written
from vanzelf.feel.limits import stopwatch
from vanzelf.feel.messages import report
from vanzelf.feel.values.arithmetic import MAX_STRING

MAX_PATTERN: Final = 1000
MAX_STEPS: Final = 10_000_000
"""Of backtracking: some 0.1 seconds."""
QUICK_STEPS: Final = 10_000
"""That are done before a clock is worth reading."""
MAX_WORK: Final = 500_000
"""Of the automaton: characters times states, a second at most."""
MAX_SECONDS: Final = 0.25
_FLAGS: Final = frozenset("smixq")


@dataclass(slots=True)
class Pattern:
    """A pattern compiled, and the lengths of text that backtracking gets through in time and at
    once."""

    tree: Node
    regex: regex.Pattern[str]
    safe: int
    quick: int
    _automaton: list[Automaton | None] = field(default_factory=list)

    @property
    def groups(self) -> int:
        return self.regex.groups

    def occurs(self, text: str) -> bool | None:
        """Whether it matches somewhere in a text; null if telling takes too long."""
        found = self._search(text, once=True)
        return None if found is None else bool(found)

    def find(self, text: str) -> list[Spans] | None:
        """The matches in a text, from left to right; null if that takes too long."""
        return self._search(text, once=False)

    def _search(self, text: str, *, once: bool) -> list[Spans] | None:
        if len(text) <= self.quick:
            return self._backtrack(text, once, None)
        try:
            with stopwatch():
                return self._backtrack(text, once, None if len(text) <= self.safe else MAX_SECONDS)
        except TimeoutError:
            automaton = self._states()
        in_time = automaton is not None and len(text) * len(automaton.states) <= MAX_WORK
        if automaton is not None and in_time and (once or automaton.exact):
            return list(islice(_in_turn(automaton, text), 1 if once else None))
        return report(f"this pattern takes more than {MAX_SECONDS} seconds on this string")

    def _backtrack(self, text: str, once: bool, seconds: float | None) -> list[Spans]:
        if once:
            match = self.regex.search(text, timeout=seconds)
            return [] if match is None else [match.regs]
        return [match.regs for match in self.regex.finditer(text, timeout=seconds)]

    def _states(self) -> Automaton | None:
        if not self._automaton:
            caseless = regex.RegexFlag(self.regex.flags & regex.IGNORECASE)
            self._automaton.append(Automaton.of(self.tree, caseless))
        return self._automaton[0]


def _in_turn(automaton: Automaton, text: str) -> Iterator[Spans]:
    place = 0
    while (found := automaton.search(text, place)) is not None:
        yield found
        place = max(found[0][1], place + 1)


def compiled(pattern: str, flags: str) -> Pattern | None:
    """The pattern compiled; null if it is none."""
    found = _compiled(pattern, flags)
    return report(found) if isinstance(found, str) else found


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: str) -> Pattern | str:
    """The pattern compiled, or why it is none."""
    if len(pattern) > MAX_PATTERN:
        return f"a pattern of more than {MAX_PATTERN} characters"
    if not _FLAGS.issuperset(flags):
        return f"the flags of a pattern are s, m, i, x and q, not {flags}"
    caseless = regex.IGNORECASE if "i" in flags else regex.RegexFlag(0)
    try:
        with stopwatch():
            tree = xpath.literal(pattern) if "q" in flags else xpath.read(pattern, flags)
            made = regex.compile(written(tree), caseless)
            return Pattern(tree, made, _longest(tree, MAX_STEPS), _longest(tree, QUICK_STEPS))
    except (xpath.NotAPattern, regex.error, OverflowError, RecursionError) as error:
        return f"{pattern} is no pattern: {error}"


def _longest(tree: Node, steps: int) -> int:
    """The longest text that backtracking gets through in so many steps."""
    lengths = range(MAX_STRING + 1)
    return bisect_left(lengths, steps + 1, key=lambda length: most_steps(tree, length)) - 1


Filling = Callable[[str, Spans], str]
"""The text that replaces a match, of the text it was found in."""


def template(replacement: str, groups: int, flags: str) -> Filling | None:
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
            digits = _group_digits(replacement, index + 1, groups)
            if not digits:
                return report("in a replacement `$` stands before the number of a group")
            parts.append(int(digits))
            index += 1 + len(digits)
        else:
            parts.append(char)
            index += 1
    return _filled_in(parts)


def _filled_in(parts: list[str | int]) -> Filling:
    def fill_in(text: str, spans: Spans) -> str:
        return "".join(
            part if isinstance(part, str) else _group(text, spans, part) for part in parts
        )

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


def _group(text: str, spans: Spans, number: int) -> str:
    start, end = spans[number] if number < len(spans) else (-1, -1)
    return text[start:end] if start >= 0 else ""
