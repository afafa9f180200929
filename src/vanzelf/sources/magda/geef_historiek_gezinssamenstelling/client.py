"""The question of GeefHistoriekGezinssamenstelling, and reading its answer."""

from __future__ import annotations

from datetime import date

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.magda.geef_persoon.client import read_relative
from vanzelf.sources.magda.geef_persoon.types import Relative
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.types import Reason

SERVICE = Service(
    "GeefHistoriekGezinssamenstelling",
    "02.02.0000",
    "http://magda.vlaanderen.be/persoon/soap/geefhistoriekgezinssamenstelling/v02_02",
)


def question(insz: str, on: date) -> Question:
    """Ask for the household of one person on one day.

    That Op="1" means "on this day" (and 0 "from it on") is inferred: the template has 0, and no
    documentation is public. Reading does not depend on it: it goes by the dates of each member.
    """
    day = Node("Datum", on.isoformat(), (("Op", "1"),))
    criteria = Node("Criteria", [Node("INSZ", insz), day])
    return Question(SERVICE, insz, (criteria, Node("Taal", "nl")))


def read(answer: Answer) -> tuple[Relative, ...]:
    """Everyone who ever was in the household, each with when; the person asked about included.

    Raises `Unanswered` when that person is not in it: then it is someone else's household.
    """
    history = xml.child(answer.content, "HistoriekGezinssamenstelling")
    found: list[Relative] = []
    for household in () if history is None else xml.children(history, "Gezinssamenstelling"):
        listed = xml.child(household, "Gezinsleden")
        found += map(read_relative, () if listed is None else listed)
    if answer.insz not in {member.insz for member in found}:
        message = "the history in the answer is without the person asked about"
        raise Unanswered(Reason.IDENTITY, message, answer.at)
    return tuple(dict.fromkeys(found))
