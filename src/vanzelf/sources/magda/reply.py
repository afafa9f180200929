"""Reading an answer of any service: the envelope, its context and the three levels of errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from vanzelf.sources.clock import BRUSSELS
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.errors import SourceError
from vanzelf.sources.magda.xml import Element


class SoapFault(Exception):
    """Level 1: the service did not get as far as an answer of its own."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: `content` (Inhoud), errors of level 2 and 3, or both."""

    service: str
    version: str
    at: datetime | None  # Tijdstip of the answer, Europe/Brussels
    reference: str | None  # Ontvanger/Referte: ours, coming back
    content: Element | None
    errors: tuple[SourceError, ...]
    flags: tuple[str, ...] = ()  # what is odd about the envelope


def read_reply(body: bytes) -> Reply:
    """Read a SOAP envelope, or the bare content of its Body.

    Raises `UnreadableXml` when it is no answer at all, `SoapFault` for level 1.
    """
    return read_body(_body(xml.parse(body)))


def read_body(content: Element) -> Reply:
    """Read the Body of an envelope, or what stands in it. Raises as `read_reply` does."""
    if xml.local(content) == "Body":
        content = _only(content)
    if xml.local(content) == "Fault":
        text = " ".join(
            filter(None, (xml.text(content, "faultcode"), xml.text(content, "faultstring")))
        )
        raise SoapFault(text or "fault without a text")
    response = xml.child(content, "Repliek")
    if response is None:
        raise xml.UnreadableXml(f"no Repliek in {xml.local(content)}")
    context = xml.child(response, "Context")
    answer = xml.child(response, "Antwoorden", "Antwoord")
    return Reply(
        service=xml.text(context, "Naam") or "",
        version=xml.text(context, "Versie") or "",
        at=_moment(xml.child(context, "Bericht", "Tijdstip")),
        reference=xml.text(context, "Bericht", "Ontvanger", "Referte"),
        content=xml.child(answer, "Inhoud"),
        errors=(*_errors(response), *_errors(answer)),
    )


def _body(root: Element) -> Element:
    if xml.local(root) != "Envelope":
        return root
    body = xml.child(root, "Body")
    if body is None:
        raise xml.UnreadableXml("the envelope has no Body")
    return body


def _only(body: Element) -> Element:
    if len(body) != 1:
        raise xml.UnreadableXml("the Body does not have one element")
    return body[0]


def _errors(element: Element | None) -> Iterator[SourceError]:
    listed = xml.child(element, "Uitzonderingen")
    return map(read_error, () if listed is None else xml.children(listed, "Uitzondering"))


def read_error(error: Element) -> SourceError:
    """One Uitzondering."""
    notes = xml.child(error, "Annotaties")
    return SourceError(
        code=xml.text(error, "Identificatie") or "",
        origin=xml.text(error, "Oorsprong") or "",
        kind=(xml.text(error, "Type") or "FOUT").upper(),
        diagnosis=xml.text(error, "Diagnose") or "",
        circumstance=xml.text(error, "Omstandigheid") or "",
        annotations=tuple(
            (xml.text(note, "Naam") or "", xml.text(note, "Waarde") or "")
            for note in (() if notes is None else xml.children(notes, "Annotatie"))
        ),
    )


def _moment(element: Element | None) -> datetime | None:
    try:
        day = date.fromisoformat(xml.text(element, "Datum") or "")
        clock = time.fromisoformat(xml.text(element, "Tijd") or "")
    except ValueError:
        return None
    return datetime.combine(day, clock.replace(tzinfo=None), BRUSSELS)
