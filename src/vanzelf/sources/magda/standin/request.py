"""Reading a question, as the other side does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.xml import Element


class BadRequest(Exception):
    """Not a question in the form of MAGDA; answered with a SOAP fault."""


@dataclass(frozen=True, slots=True)
class Request:
    service: str
    version: str
    namespace: str  # of the operation, and so of the answer
    insz: str  # the first in Vragen; eleven digits
    subject: str | None  # Subject/Type of a registration: PERS or OND
    statutes: tuple[str, ...]  # social statuses that are asked by name
    sender: tuple[tuple[str, str], ...]  # Identificatie, Referte, Hoedanigheid as given
    question_reference: str
    question: Element | None = None  # Vraag, for what only one service asks

    def asked(self, *path: str) -> str | None:
        """What stands at this path inside Criteria or another part of the question."""
        inside = self.question if self.question is None else xml.child(self.question, "Inhoud")
        return xml.text(self.question if inside is None else inside, *path)

    def codes(self, name: str) -> tuple[str, ...]:
        """Every text under elements of this name, in order."""
        found = () if self.question is None else self.question.iter(name)
        return tuple((element.text or "").strip() for element in found)


def read_request(body: bytes) -> Request:
    """Raises `BadRequest`."""
    try:
        root = xml.parse(body)
    except xml.UnreadableXml as error:
        raise BadRequest(str(error)) from None
    body_element = xml.child(root, "Body")
    operation = None if body_element is None else next(iter(body_element), None)
    context = xml.child(operation, "Verzoek", "Context")
    question = xml.child(operation, "Verzoek", "Vragen", "Vraag")
    if operation is None or context is None or question is None:
        raise BadRequest("no Verzoek with Context and Vragen in the Body")
    service, version = xml.text(context, "Naam"), xml.text(context, "Versie")
    if not service or not version:
        raise BadRequest("no Naam and Versie in the Context")
    sender = xml.child(context, "Bericht", "Afzender")
    return Request(
        service=service,
        version=version,
        namespace=(operation.tag.rpartition("}")[0] or "{").removeprefix("{"),
        insz=_insz(question),
        subject=_first(question, "BetrokkenSubject", "Type"),
        statutes=tuple(
            xml.text(statute, "Naam") or "" for statute in question.iter("SociaalStatuut")
        ),
        sender=tuple(
            (xml.local(part), (part.text or "").strip())
            for part in (() if sender is None else sender)
            if xml.local(part) in {"Identificatie", "Referte", "Hoedanigheid"}
        ),
        question_reference=xml.text(question, "Referte") or "",
        question=question,
    )


def _insz(question: Element) -> str:
    """The first number in the question: INSZ, ssin, or the key of a registration."""
    for element in question.iter():
        text = (element.text or "").strip()
        if xml.local(element) in {"INSZ", "ssin", "Sleutel"} and re.fullmatch(r"[0-9]{11}", text):
            return text
    raise BadRequest("no INSZ of eleven digits in Vragen")


def _first(question: Element, parent: str, name: str) -> str | None:
    found = next(question.iter(parent), None)
    return xml.text(found, name)
