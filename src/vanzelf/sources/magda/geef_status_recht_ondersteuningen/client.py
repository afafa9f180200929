"""The question of GeefStatusRechtOndersteuningen, and reading its answer."""

from __future__ import annotations

from vanzelf.sources.magda import about, xml
from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.dates import read_period
from vanzelf.sources.magda.geef_status_recht_ondersteuningen.types import Measure
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.xml import Element

SERVICE = Service(
    "GeefStatusRechtOndersteuningen",
    "02.00.0000",
    "http://webservice.geefstatusrechtondersteuningen-02_00.socecon-02_00.vip.vlaanderen.be",
)


def question(insz: str) -> Question:
    """Ask for the measures of one person. INFERRED: no template is public."""
    return Question(SERVICE, insz, (Node("Criteria", [Node("INSZ", insz)]),))


def read(answer: Answer) -> tuple[Measure, ...]:
    """Each measure. Raises `Unanswered` when one is about another person."""
    listed = xml.child(answer.content, "StatusRechtOndersteuningen")
    found = () if listed is None else tuple(xml.children(listed, "StatusRechtOndersteuning"))
    about.require(answer, *(xml.text(each, "INSZ") for each in found))
    return tuple(map(_measure, found))


def _measure(element: Element) -> Measure:
    days = xml.child(element, "Periode")
    return Measure(
        code=xml.text(element, "Maatregel", "Code"),
        status=xml.text(element, "Status", "Code"),
        period=read_period(xml.text(days, "Begin"), xml.text(days, "Einde")),
    )
