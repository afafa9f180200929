"""The question of GeefSociaalStatuut, and reading its answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.magda.dates import read_period
from vanzelf.sources.magda.geef_sociaal_statuut.types import Statute
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.xml import Element
from vanzelf.sources.types import Reason

SERVICE = Service(
    "GeefSociaalStatuut",
    "03.00.0000",
    "http://magda.vlaanderen.be/soczek/soap/geefsociaalstatuut/v03_00",
)
MAX_STATUTES = 8


def question(insz: str, statutes: Sequence[str], on: date) -> Question:
    """Ask whether each of 1 to 8 statutes applies on a day."""
    if not 1 <= len(statutes) <= MAX_STATUTES:
        raise ValueError(f"one question asks 1 to {MAX_STATUTES} statutes, not {len(statutes)}")
    day = Node("Datum", [Node("Datum", on.isoformat())])
    asked = [Node("SociaalStatuut", [Node("Naam", name), day]) for name in statutes]
    criteria = Node("Criteria", [Node("INSZ", insz), Node("SocialeStatuten", asked)])
    return Question(SERVICE, insz, (criteria,))


def read(answer: Answer) -> tuple[Statute, ...]:
    """The statutes in the answer. Raises `Unanswered` when it is about another person, or when
    the person has one overall Status in their place."""
    person = xml.child(answer.content, "Persoon")
    if xml.text(person, "INSZ") != answer.insz:
        raise Unanswered(Reason.IDENTITY, "the answer is about another person", answer.at)
    listed = xml.child(person, "SocialeStatuten")
    if listed is None:
        code = xml.text(person, "Status", "Code") or "none"
        raise Unanswered(Reason.FAULT, f"no statutes but a status: {code}", answer.at)
    return tuple(read_statute(element) for element in xml.children(listed, "SociaalStatuut"))


def read_statute(element: Element) -> Statute:
    """One SociaalStatuut of an answer, which is the same in every service that gives them."""
    periods = xml.child(element, "Periodes")
    return Statute(
        name=xml.text(element, "Naam") or "",
        result=xml.text(element, "Resultaat", "Code"),
        periods=tuple(
            read_period(xml.text(period, "Begindatum"), xml.text(period, "Einddatum"))
            for period in (() if periods is None else xml.children(periods, "Periode"))
        ),
        status=tuple(xml.text(status, "Code") or "" for status in xml.children(element, "Status")),
    )
