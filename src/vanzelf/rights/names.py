"""The naming rule: which words may name a fact, a parameter, a definition or a loop variable.

Names are lower-case words of letters and digits with one space between them (Unicode NFC); no
word is a keyword of FEEL, so that a reader and the parser always cut a sentence in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

KEYWORDS = frozenset(
    ("and", "or", "not", "in", "of", "if", "then", "else", "for", "return", "some", "every",
     "satisfies", "between", "instance", "function", "external", "true", "false", "null")
)  # fmt: skip
_RUN = re.compile(r"[^\W_]+(?: +[^\W_]+)*")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def broken_rule(name: str, built_ins: Collection[str] = ()) -> tuple[str, str] | None:
    """What the name does against the rule and a name that would do, or None when it is fine."""
    suggestion = suggest(name)
    hint = f'for example "{suggestion}"' if suggestion and suggestion != name else ""
    if not name:
        return "a name is empty", ""
    if unicodedata.normalize("NFC", name) != name:
        return f'"{name}" is not in Unicode normal form (NFC)', hint
    if name != " ".join(name.split()):
        return f'"{name}" has spaces at an end or more than one between words', hint
    if name != name.lower():
        return f'"{name}" has capitals', hint
    if not all(word.isalnum() for word in name.split(" ")):
        return f'"{name}" has something else than letters, digits and single spaces', hint
    if not name[0].isalpha():
        return f'"{name}" does not begin with a letter', hint
    keyword = next((word for word in name.split(" ") if word in KEYWORDS), None)
    if keyword:
        return f'"{name}" holds "{keyword}", a word that expressions keep for themselves', hint
    if name in built_ins:
        return f'"{name}" is the name of a built-in function', hint
    return None


def suggest(name: str) -> str:
    """The nearest name that keeps the rule; empty when nothing is left."""
    replaced = {"of": "en", "and": "en", "or": "en", "in": "binnen"}
    plain = unicodedata.normalize("NFC", name).lower()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    kept = [replaced.get(word, "" if word in KEYWORDS else word) for word in words]
    joined = " ".join(word for word in kept if word)
    return joined if joined[:1].isalpha() else ""


def word_runs(expression: str) -> Iterator[str]:
    """Every run of words in an expression that could have been meant as one name."""
    for run in _RUN.finditer(_QUOTED.sub('""', expression)):
        words: list[str] = []
        for word in run.group().split():
            if word not in KEYWORDS:
                words.append(word)
                continue
            if words:
                yield " ".join(words)
            words = []
        if words:
            yield " ".join(words)
