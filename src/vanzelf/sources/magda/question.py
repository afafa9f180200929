"""Building a question: SOAP 1.1 envelope, context, and the content each service adds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from lxml import etree

from vanzelf.sources.clock import day_and_time
from vanzelf.sources.lawfulness import Sender
from vanzelf.sources.magda.nodes import Node, optional, write

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


@dataclass(frozen=True, slots=True)
class Service:
    """A service in one version; only its operation element is in the namespace."""

    name: str
    version: str  # NN.NN.NNNN
    namespace: str


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask of a service about one person; `content` is what stands inside Inhoud.

    `bare`: the service has it straight in Vraag, without Inhoud (GeefDossierHandicap).
    """

    service: Service
    insz: str
    content: tuple[Node, ...]
    bare: bool = False

    def about(self, insz: str) -> Question:
        """The same question about the same person under another number."""
        content = tuple(_renumbered(node, self.insz, insz) for node in self.content)
        return Question(self.service, insz, content, self.bare)


def _renumbered(node: Node, old: str, new: str) -> Node:
    if isinstance(node.content, str):
        return replace(node, content=new if node.content == old else node.content)
    return replace(node, content=tuple(_renumbered(each, old, new) for each in node.content))


@dataclass(frozen=True, slots=True)
class Header:
    """Who asks, when, under which references (UUID4, at most 36 characters)."""

    sender: Sender
    reference: str
    question_reference: str
    at: datetime
    user: str | None = None  # INSZ of the member of staff who looks; left out in a run


def envelope(question: Question, header: Header) -> bytes:
    """The message as UTF-8 bytes, in the element order of the service's schema."""
    service = question.service
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, "web": service.namespace})
    etree.SubElement(root, f"{{{SOAP}}}Header")
    body = etree.SubElement(root, f"{{{SOAP}}}Body")
    operation = etree.SubElement(body, f"{{{service.namespace}}}{service.name}")
    content = question.content if question.bare else [Node("Inhoud", question.content)]
    asked = Node("Vraag", [Node("Referte", header.question_reference), *content])
    write(operation, Node("Verzoek", [_context(service, header), Node("Vragen", [asked])]))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _context(service: Service, header: Header) -> Node:
    day, clock = day_and_time(header.at)
    sender = [
        Node("Identificatie", header.sender.identification),
        Node("Referte", header.reference),
        *optional("Hoedanigheid", header.sender.capacity),
        *optional("Gebruiker", header.user),
    ]
    message = [
        Node("Type", "VRAAG"),
        Node("Tijdstip", [Node("Datum", day), Node("Tijd", clock)]),
        Node("Afzender", sender),
    ]
    return Node(
        "Context",
        [
            Node("Naam", service.name),
            Node("Versie", service.version),
            Node("Bericht", message),
        ],
    )
