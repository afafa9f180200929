"""What people write down as a reason: enough to understand later, and nobody's number in it.

A reason stays for good, in the log too, and whoever it is about reads it.
"""

from __future__ import annotations

import re
import unicodedata

from vanzelf.sources.insz import InszError, parse

CHARACTERS, WORDS = 20, 3
WORD = re.compile(r"[^\W\d_]{2,}")
ELEVEN = re.compile(r"(?<!\d)(?=((?:\d[\W_]{0,3}){10}\d)(?!\d))")
"""Eleven digits, with a few spaces or signs between them; from each digit where that can begin."""


class ReasonError(ValueError):
    """A reason that cannot stay as it is written; the message says what to do."""


def written(text: str, why: str = "waarom") -> str:
    """The text of a reason that must be there: 20 characters, three words, and no number.

    `why` ends the sentence "Schrijf … waarom". Raises ReasonError.
    """
    text = text.strip()
    if len(text) < CHARACTERS or len(WORD.findall(text)) < WORDS:
        raise ReasonError(f"Schrijf in minstens {CHARACTERS} tekens en {WORDS} woorden {why}.")
    return without_number(text)


def without_number(text: str) -> str:
    """The text, unless someone's national number stands in it. Raises ReasonError."""
    for found in ELEVEN.finditer(text):
        if _is_insz(found[1]):
            raise ReasonError(
                "Schrijf geen rijksregisternummer in de tekst: hij blijft bewaard en anderen lezen"
                " hem. Laat het nummer weg."
            )
    return text.strip()


def _is_insz(text: str) -> bool:
    """Also an invented person's: who tries out with those learns it as well."""
    digits = "".join(str(unicodedata.digit(one)) for one in text if one.isdecimal())
    try:
        parse(digits, allow_test=True)
    except InszError:
        return False
    return True
