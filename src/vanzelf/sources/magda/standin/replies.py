"""Writing answers in the form of MAGDA, and making a stored answer an answer to this question."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from vanzelf.sources.clock import day_and_time
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.nodes import Node, write
from vanzelf.sources.magda.question import SOAP
from vanzelf.sources.magda.standin.request import Request
from vanzelf.sources.magda.xml import Element


def answer(request: Request, content: Sequence[Node], errors: Sequence[Node] = ()) -> Element:
    """An answer with Inhoud, with errors of level 3, or with both."""
    parts = [Node("Referte", request.question_reference)]
    parts += [Node("Inhoud", content)] if content else []
    parts += [Node("Uitzonderingen", errors)] if errors else []
    return _response(request, Node("Antwoorden", [Node("Antwoord", parts)]))


def refusal(request: Request, error: Node) -> Element:
    """An error of level 2: no Antwoorden at all."""
    return _response(request, Node("Uitzonderingen", [error]))


def error(code: str, origin: str, diagnosis: str, kind: str = "FOUT", **annotations: str) -> Node:
    """One Uitzondering."""
    notes = [
        Node("Annotatie", [Node("Naam", name), Node("Waarde", value)])
        for name, value in annotations.items()
    ]
    return Node(
        "Uitzondering",
        [
            Node("Identificatie", code),
            Node("Oorsprong", origin),
            Node("Type", kind),
            Node("Diagnose", diagnosis),
            *([Node("Annotaties", notes)] if notes else []),
        ],
    )


def no_data(request: Request) -> Element:
    problem = error("30001", "MAGDA", "Geen gegevens gevonden voor de vraag")
    return answer(request, (), [problem])


def unknown_insz(request: Request) -> Element:
    return answer(request, (), [error("30003", "KSZ", "Onbestaande INSZ")])


def registered(request: Request) -> Element:
    result = Node("Resultaat", "1", (("Beschrijving", "Wel geslaagd"),))
    return answer(request, [result])


def fault(code: str, text: str) -> Element:
    """Level 1."""
    root = etree.Element(f"{{{SOAP}}}Fault", nsmap={"soapenv": SOAP})
    write(root, Node("faultcode", f"soapenv:{code}"))
    write(root, Node("faultstring", text))
    return root


def enveloped(content: Element) -> bytes:
    """The message as it goes over the line."""
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP})
    etree.SubElement(root, f"{{{SOAP}}}Header")
    etree.SubElement(root, f"{{{SOAP}}}Body").append(content)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def addressed(response: Element, request: Request, now: datetime) -> Element:
    """Patch who gets the answer, to which question, and when; in place."""
    message = xml.child(response, "Repliek", "Context", "Bericht")
    if message is None:
        return response
    day, clock = day_and_time(now)
    for name, value in (("Datum", day), ("Tijd", clock)):
        _set(xml.child(message, "Tijdstip", name), value)
    _set(xml.child(message, "Afzender", "Referte"), str(uuid.uuid4()))
    _set(
        xml.child(response, "Repliek", "Antwoorden", "Antwoord", "Referte"),
        request.question_reference,
    )
    former = xml.child(message, "Ontvanger")
    if former is not None:
        message.remove(former)
    write(message, Node("Ontvanger", [Node(name, value) for name, value in request.sender]))
    return response


def renumbered(response: Element, old: str, new: str) -> Element:
    """The same answer about another number, wherever it stands; in place."""
    for element in response.iter():
        if (element.text or "").strip() == old:
            element.text = new
    return response


def with_error(response: Element, problem: Node) -> Element:
    """The same answer with an error of level 3 beside its Inhoud; in place."""
    part = xml.child(response, "Repliek", "Antwoorden", "Antwoord")
    if part is not None:
        former = xml.child(part, "Uitzonderingen")
        write(write(part, Node("Uitzonderingen")) if former is None else former, problem)
    return response


def _response(request: Request, body: Node) -> Element:
    root = etree.Element(
        f"{{{request.namespace}}}{request.service}Response", nsmap={"web": request.namespace}
    )
    stamp = [Node("Datum", ""), Node("Tijd", "")]
    sender = [
        Node("Identificatie", "vip.vlaanderen.be"),
        Node("Naam", "Vanzelf stand-in"),
        Node("Referte", ""),
    ]
    message = [Node("Type", "ANTWOORD"), Node("Tijdstip", stamp), Node("Afzender", sender)]
    context = [
        Node("Naam", request.service),
        Node("Versie", request.version),
        Node("Bericht", message),
    ]
    write(root, Node("Repliek", [Node("Context", context), body]))
    return root


def _set(element: Element | None, text: str) -> None:
    if element is not None:
        element.text = text
