"""String functions (DMN 1.5, 10.3.4.3); characters are Unicode code points."""

from __future__ import annotations

from decimal import Decimal

from vanzelf.feel.builtins import patterns
from vanzelf.feel.builtins.automaton import Spans
from vanzelf.feel.builtins.patterns import Pattern
from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.limits import CHARACTERS, charge
from vanzelf.feel.messages import report
from vanzelf.feel.values.arithmetic import MAX_STRING


@built_in("substring", "string: string, start position: number, length: number?")
def substring(string: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first, size = int(start) if abs(start) < MAX_STRING else 0, None
    if first == 0 or abs(first) > len(string):
        return report("there is no character at this position")
    if length is not None:
        size = int(length) if abs(length) < MAX_STRING else MAX_STRING
        if size < 1:
            return report("the length of a substring is 1 or more")
    index = first - 1 if first > 0 else len(string) + first
    return string[index:] if size is None else string[index : index + size]


@built_in("string length", "string: string")
def string_length(string: str) -> Decimal:
    return Decimal(len(string))


@built_in("upper case", "string: string")
def upper_case(string: str) -> str:
    return string.upper()


@built_in("lower case", "string: string")
def lower_case(string: str) -> str:
    return string.lower()


@built_in("substring before", "string: string, match: string")
def substring_before(string: str, match: str) -> str:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@built_in("substring after", "string: string, match: string")
def substring_after(string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


@built_in("contains", "string: string, match: string")
def contains(string: str, match: str) -> bool:
    return match in string


@built_in("starts with", "string: string, match: string")
def starts_with(string: str, match: str) -> bool:
    return string.startswith(match)


@built_in("ends with", "string: string, match: string")
def ends_with(string: str, match: str) -> bool:
    return string.endswith(match)


@built_in("matches", "input: string, pattern: string, flags: string|null?")
def matches(string: str, pattern: str, flags: str | None = None) -> bool | None:
    compiled = patterns.compiled(pattern, flags or "")
    return None if compiled is None else compiled.occurs(string)


@built_in("replace", "input: string, pattern: string, replacement: string, flags: string|null?")
def replace(string: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    compiled = patterns.compiled(pattern, flags or "")
    template = patterns.template(replacement, compiled.groups, flags or "") if compiled else None
    found = _that_match_something(compiled, string) if compiled and template else None
    if found is None or template is None:
        return None
    parts: list[str] = []
    end = length = 0
    for spans in found:
        start, after = spans[0]
        parts += (string[end:start], template(string, spans))
        length += len(parts[-1]) + len(parts[-2])
        end = after
        if length > MAX_STRING:
            return report(f"a string longer than {MAX_STRING} characters")
    return _short_enough("".join([*parts, string[end:]]))


@built_in("split", "string: string, delimiter: string")
def split(string: str, delimiter: str) -> list[str] | None:
    """The parts between what matches the pattern."""
    compiled = patterns.compiled(delimiter, "")
    found = _that_match_something(compiled, string) if compiled else None
    if found is None:
        return None
    starts = [0, *(spans[0][1] for spans in found)]
    ends = [*(spans[0][0] for spans in found), len(string)]
    return [string[start:end] for start, end in zip(starts, ends, strict=True)]


def _that_match_something(pattern: Pattern, string: str) -> list[Spans] | None:
    """The matches; null for a pattern that nothing at all matches too."""
    if pattern.occurs(""):
        return report("this pattern matches nothing at all too")
    return pattern.find(string)


@built_in("string join", "list: list, delimiter: string|null?")
def string_join(values: list[object], delimiter: str | None = None) -> str | None:
    """The strings of the list in one, nulls left out."""
    strings = [value for value in values if value is not None]
    if not all(isinstance(value, str) for value in strings):
        return report("string join takes strings")
    parts = [str(value) for value in strings]
    length = sum(map(len, parts)) + len(parts) * len(delimiter or "")
    if length > MAX_STRING:
        return report(f"a string longer than {MAX_STRING} characters")
    charge(length // CHARACTERS)
    return (delimiter or "").join(parts)


def _short_enough(string: str) -> str | None:
    charge(len(string) // CHARACTERS)
    if len(string) <= MAX_STRING:
        return string
    return report(f"a string longer than {MAX_STRING} characters")
