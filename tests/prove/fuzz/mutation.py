"""Changes an input as one who knows FEEL and DMN would."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from tests.prove.fuzz.words import GROW, HOSTILE, MARKUP, PLAIN, WORDS

MOST: Final = 20_000
"""Characters that an input may grow to."""

_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
_MARK: Final = re.compile(r"<[^<>]*>|[^<]+|<")
_AROUND: Final = (
    "({})", "[{}]", "-({})", "not({})", "{{a: {}, b: a}}.b", "if {} then {} else {}",
    "for i in {} return {}", "for i in 1..3 return {}", "some i in {} satisfies {}", "x[{}]",
    "(function(i) {})({})", "count({})", "string({})", "{} + {}", "{} = {}", "{} and {}",
    "{} in ({}, [{}..{}])", "sort({}, function(i, j) {})", "{} instance of list<Any>",
    "get value({{a: {}}}, {})", "replace(string({}), {}, {})", "concatenate({}, {})",
    GROW.replace("{", "{{").replace("}", "}}") % ("[x, {}]", "{}", "9", "{}"),
)  # fmt: skip


def mutate_text(data: bytes, random: Random) -> bytes:
    """A FEEL text changed in one to four places."""
    text = data.decode("utf-8", "replace")
    for _ in range(random.randint(1, 4)):
        text = _change(text, random, _TOKEN, WORDS, _wrap)
    return text[:MOST].encode("utf-8", "replace")


def mutate_hostile(data: bytes, random: Random) -> bytes:
    """A text that tries to take all time or memory, or two in one construct, changed a little."""
    text = random.choice(HOSTILE) if random.random() < 0.5 else data.decode("utf-8", "replace")
    if random.random() < 0.5:
        text = random.choice(_AROUND).format(*(random.choice(HOSTILE) for _ in range(5)))
    return _change(text, random, _TOKEN, WORDS, _wrap)[:MOST].encode("utf-8", "replace")


def mutate_xml(data: bytes, random: Random) -> bytes:
    """XML changed in its markup, in the FEEL in it, or in a byte."""
    if random.random() < 0.1:
        return _in_a_byte(data, random)
    text = data.decode("utf-8", "replace")
    for _ in range(random.randint(1, 3)):
        text = _change(text, random, _MARK, MARKUP, _in_a_text)
    return text[:MOST].encode("utf-8", "replace")


def mutate_bytes(data: bytes, random: Random) -> bytes:
    """Bytes changed here and there."""
    for _ in range(random.randint(1, 8)):
        data = _in_a_byte(data, random)
    return data


def _change(
    text: str,
    random: Random,
    parts_of: re.Pattern[str],
    words: Sequence[str],
    deeper: Callable[[str, Random], str],
) -> str:
    parts = parts_of.findall(text) or [""]
    at = random.randrange(len(parts))
    until = min(len(parts), at + random.randint(1, 6))
    match random.randrange(6):
        case 0:
            parts.insert(at, random.choice(words))
        case 1:
            parts[at] = random.choice(words)
        case 2:
            del parts[at:until]
        case 3:
            parts[at:at] = parts[at:until] * random.randint(1, 3)
        case 4:
            other = random.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
        case _:
            return deeper(text, random)
    return "".join(parts)


def _wrap(text: str, random: Random) -> str:
    """The whole text, and others, put into a construct."""
    if random.random() < 0.2:
        return random.choice(HOSTILE if random.random() < 0.05 else PLAIN)
    around = random.choice(_AROUND)
    places = [text if random.random() < 0.7 else random.choice(PLAIN) for _ in range(5)]
    return around.format(*places)


def _in_a_text(text: str, random: Random) -> str:
    """One of the FEEL texts in the XML changed."""
    begins = [match.end() for match in re.finditer("<(?:[a-z]+:)?text>", text)]
    if not begins:
        return text + random.choice(MARKUP)
    begin = random.choice(begins)
    end = text.find("<", begin)
    inside = text[begin:end].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    changed = mutate_text(inside.encode(), random).decode("utf-8", "replace")
    escaped = changed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text[:begin] + escaped + text[end:]


def _in_a_byte(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    if random.random() < 0.5:
        return data[:at] + random.randbytes(1) + data[at + 1 :]
    return data[:at] + random.randbytes(random.randint(0, 3)) + data[at + random.randint(0, 3) :]


MUTATORS: Final = {
    "text": mutate_text,
    "laws": mutate_bytes,
    "xml": mutate_xml,
    "bounds": mutate_hostile,
}
