"""The question of GeefKindVoordelen, and reading its answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vanzelf.sources.magda import about, xml
from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.dates import read_months
from vanzelf.sources.magda.geef_kind_voordelen.types import Benefit
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.xml import Element

SERVICE = Service(
    "GeefKindVoordelen",
    "02.00.0000",
    "http://webservice.geefkindvoordelendienst-02_00.gezin-02_00.vip.vlaanderen.be",
)


def question(insz: str, on: date) -> Question:
    """Ask what is paid for one person in the month of a day.

    INFERRED: no template is public. The words are those of the service's own answers.
    """
    month = on.strftime("%Y-%m")
    period = Node("Periode", [Node("BeginMaand", month), Node("EindeMaand", month)])
    criteria = Node("Criteria", [Node("INSZ", insz), period])
    return Question(SERVICE, insz, (criteria,))


def read(answer: Answer) -> tuple[Benefit, ...]:
    """What is paid for the person asked about as a child. Other children, and what is paid to the
    person, is not read.

    Raises `Unanswered` when a benefit is in the answer in which the person has no part: neither its
    holder, nor a child, nor paid.
    """
    listed = xml.child(answer.content, "KindVoordelen")
    benefits = () if listed is None else tuple(xml.children(listed, "KindVoordeel"))
    for each in benefits:
        concerned = {xml.text(person) for person in each.iter("INSZ")}
        about.require(answer, *({answer.insz} if answer.insz in concerned else concerned))
    return tuple(benefit for each in benefits for benefit in _for_child(each, answer.insz))


def _for_child(element: Element, insz: str) -> Iterator[Benefit]:
    kinds = xml.child(element, "Kinderen")
    for child in () if kinds is None else xml.children(kinds, "Kind"):
        periods = xml.child(child, "Betalingsperiodes")
        if xml.text(child, "INSZ") != insz or periods is None:
            continue
        for paid in xml.children(periods, "Betalingsperiode"):
            months = xml.child(paid, "Periode")
            yield Benefit(
                category=xml.text(paid, "Categorie", "Code"),
                period=read_months(xml.text(months, "BeginMaand"), xml.text(months, "EindeMaand")),
            )
