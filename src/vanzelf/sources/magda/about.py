"""Whom an answer is about: the person asked, or it is not read."""

from __future__ import annotations

from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.types import Reason


def require(answer: Answer, *numbers: str | None) -> None:
    """Raises `Unanswered` unless each of these numbers is that of the person asked about.

    A service that names nobody is believed on the reference alone: it must be the one that we
    gave, coming back.
    """
    named = [number for number in numbers if number]
    if any(number != answer.insz for number in named):
        raise Unanswered(Reason.IDENTITY, "the answer is about another person", answer.at)
    if not named and "stray-reference" in answer.flags:
        message = "the answer names nobody and has another reference than the question"
        raise Unanswered(Reason.IDENTITY, message, answer.at)
