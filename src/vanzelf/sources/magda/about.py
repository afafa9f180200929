"""Whom an answer is about: the person asked, or it is not read."""

from __future__ import annotations

from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.types import Reason


def require(answer: Answer, *numbers: str | None) -> None:
    """Raises `Unanswered` unless each of these numbers is that of the person asked about.

    A service that names nobody is believed on the reference alone, which the client has compared.
    """
    if any(number and number != answer.insz for number in numbers):
        raise Unanswered(Reason.IDENTITY, "the answer is about another person", answer.at)
