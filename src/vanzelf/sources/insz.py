"""The identification number of social security (INSZ): register, bis and test numbers.

Only what a person *types* is refused here. What a source sends is read all the same: see
`oddity`. Neither age nor sex is ever taken from a number: they come from the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from stdnum import exceptions
from stdnum.be import bis, nn


class Kind(StrEnum):
    REGISTER = "rrn"  # national register number
    BIS = "bis"  # month + 20 or + 40: not in the national register
    TEST = "test"  # month + 60: an invented person


class InszError(ValueError):
    """A typed number that cannot be right. `code` is for translation, the text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Insz:
    number: str  # eleven digits
    kind: Kind

    def __str__(self) -> str:
        return self.number

    @property
    def formatted(self) -> str:
        """As people write it: 84.64.06-189.97."""
        n = self.number
        return f"{n[:2]}.{n[2:4]}.{n[4:6]}-{n[6:9]}.{n[9:]}"


def parse(text: str, allow_test: bool = False) -> Insz:
    """Read a number that a person typed; spaces, dots and dashes are fine.

    Raises `InszError` with code `characters`, `length`, `date`, `test-number` or `check-digits`.
    """
    number = re.sub(r"[\s.\-/]", "", text)
    if not re.fullmatch(r"[0-9]*", number):
        raise InszError("characters", "An INSZ has only digits: leave out letters and other signs.")
    if len(number) != 11:
        raise InszError("length", f"An INSZ has 11 digits; this one has {len(number)}.")
    if _is_test(number):
        return _parse_test(number, allow_test)
    kind, module = (Kind.BIS, bis) if int(number[2:4]) >= 20 else (Kind.REGISTER, nn)
    try:
        return Insz(module.validate(number), kind)
    except exceptions.InvalidChecksum:
        raise _wrong_digits() from None
    except exceptions.ValidationError:
        message = "The third and fourth digit must be a month (01-12; bis number: 21-32 or 41-52)."
        raise InszError("date", message) from None


def oddity(number: str) -> str | None:
    """A flag for a number that a source sent and that cannot be right; None when it can."""
    try:
        parse(number, allow_test=True)
    except InszError as error:
        return f"insz-{error.code}:{number}"
    return None


def check_digits(first_nine: str, born_from_2000: bool) -> str:
    """The two check digits: 97 minus the remainder of the nine digits by 97."""
    return f"{97 - int(('2' if born_from_2000 else '') + first_nine) % 97:02d}"


def _is_test(number: str) -> bool:
    return 60 <= int(number[2:4]) <= 72


def _parse_test(number: str, allow_test: bool) -> Insz:
    if not allow_test:
        raise InszError(
            "test-number",
            "This is the number of an invented person (month + 60): only a test set-up takes it.",
        )
    # As for real numbers, the rule for those born from 2000 is tried only where it can apply.
    centuries = (False, True) if int(number[:2]) < 50 else (False,)
    if number[9:] not in {check_digits(number[:9], from_2000) for from_2000 in centuries}:
        raise _wrong_digits()
    return Insz(number, Kind.TEST)


def _wrong_digits() -> InszError:
    return InszError("check-digits", "The last two digits do not fit the others: look for a typo.")
