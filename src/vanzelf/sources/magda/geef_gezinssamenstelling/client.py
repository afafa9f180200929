"""The question of GeefGezinssamenstelling, and reading its answer."""

from __future__ import annotations

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.magda.geef_persoon.client import read_relative
from vanzelf.sources.magda.geef_persoon.types import Relative
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.types import Reason

SERVICE = Service(
    "GeefGezinssamenstelling",
    "02.02.0000",
    "http://magda.vlaanderen.be/persoon/soap/geefgezinssamenstelling/v02_02",
)


def question(insz: str) -> Question:
    """Ask for the household of one person. Taal is required, and there is no Bron."""
    criteria = Node("Criteria", [Node("INSZ", insz)])
    return Question(SERVICE, insz, (criteria, Node("Taal", "nl")))


def read(answer: Answer) -> tuple[Relative, ...]:
    """Everyone in the household, the person asked about included.

    Raises `Unanswered` when that person is not in it: then it is someone else's household.
    """
    listed = xml.child(answer.content, "Gezinsleden")
    members = tuple(map(read_relative, () if listed is None else listed))
    if answer.insz not in {member.insz for member in members}:
        message = "the household in the answer is without the person asked about"
        raise Unanswered(Reason.IDENTITY, message, answer.at)
    return members
