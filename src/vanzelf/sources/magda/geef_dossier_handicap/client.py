"""The question of GeefDossierHandicap, and reading its answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vanzelf.sources.magda import about, xml
from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.magda.dates import read_period
from vanzelf.sources.magda.geef_dossier_handicap.types import Allowance, Card, File, Recognition
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.xml import Element
from vanzelf.sources.types import Reason

SERVICE = Service(
    "GeefDossierHandicap",
    "03.00.0000",
    "http://magda.vlaanderen.be/soczek/soap/geefdossierhandicap/v03_00",
)
FOUND, NOTHING = "DATA_FOUND", "NO_DATA_FOUND"


def question(insz: str, on: date) -> Question:
    """Ask for the file on one day, in the order and with the empty elements of the template.

    What may stand in handicapAuthenticSources and parts is not public; empty asks for all.
    """
    criteria = [
        Node("ssin", insz),
        Node("handicapAuthenticSources"),
        Node("referenceDate", on.isoformat()),
        Node("parts"),
        Node("decisionStatus", "false"),
        Node("enrichedRecognition", "false"),
    ]
    content = Node("Criteria", [Node("ConsultFilesByDateCriteria", criteria)])
    return Question(SERVICE, insz, (content,), bare=True)


def read(answer: Answer) -> File:
    """The file at the federal service, which may be empty.

    Raises `Unanswered` when it is about another person, when that service has nothing (no data:
    there are other services that recognise a disability) or did not answer.
    """
    response = xml.child(answer.content, "ConsultFilesByDateResponse")
    about.require(answer, xml.text(response, "ssin"))
    result = xml.child(response, "results", "dgphResult")
    status = xml.text(result, "status", "value") or xml.text(response, "status", "value")
    if status != FOUND:
        reason = Reason.NO_DATA if status == NOTHING else Reason.FAULT
        raise Unanswered(reason, f"the disability file: {status}", answer.at)
    return File(
        recognitions=tuple(
            _recognition(element)
            for element in _all(result, "file", "handicapRecognitions", "handicapRecognition")
            if xml.text(element, "decisionStatus") == "RECOGNITION_DETERMINED"
        ),
        allowances=tuple(
            _allowance(element)
            for element in _all(result, "file", "rights")
            if xml.text(element, "decisionStatus") == "POSITIVE"
        ),
        cards=tuple(
            _card(element) for element in _all(result, "file", "socialCards", "socialCard")
        ),
    )


def _all(element: Element | None, *path: str) -> Iterator[Element]:
    """Every element at this path whose last name may repeat."""
    parent = xml.child(element, *path[:-1])
    return iter(()) if parent is None else xml.children(parent, path[-1])


def _recognition(element: Element) -> Recognition:
    status = xml.child(element, "recognitionStatus")
    adult = xml.child(element, "resultRecognitionAdult")
    percentages = [
        _number(adult, "unsuitability", f"{kind}Unsuitability") for kind in ("mental", "physical")
    ]
    known = [percentage for percentage in percentages if percentage is not None]
    return Recognition(
        period=read_period(
            xml.text(status, "startDateRecognition"), xml.text(status, "endDateRecognition")
        ),
        points=_number(adult, "diminuationIndependence", "totalPoints"),
        earnings={"true": True, "false": False}.get(xml.text(adult, "diminuationEarnings") or ""),
        unsuitability=sum(known) if known else None,
        pillar1=_number(element, "resultRecognitionChild", "pillars", "pillar1"),
    )


def _allowance(element: Element) -> Allowance:
    period = xml.child(element, "period")
    return Allowance(
        period=read_period(xml.text(period, "beginDate"), xml.text(period, "endDate")),
        income_replacement=xml.text(element, "categoryIVT"),
        integration=xml.text(element, "categoryIT"),
    )


def _card(element: Element) -> Card:
    days = read_period(xml.text(element, "deliveryDate"), xml.text(element, "endDate"))
    return Card(days, xml.text(element, "cardCategory"))


def _number(element: Element | None, *path: str) -> int | None:
    text = xml.text(element, *path) or ""
    return int(text) if text.isdecimal() else None
