"""RegistreerUitschrijving-02.00 by file: for a great many persons at once, that we hold no file on
them any more.

Known: that such files are called `rgud_<moment>.xml`, go to To_Vip and are answered in From_Vip;
that a file has many Vraag; and what stands in one: Referte and Inhoud/Uitschrijving
{Identificatie, Hoedanigheid, INSZ}, as in the message. Inferred: that the file is the operation
element without an envelope and without Context (so it is with lists), and that an answer has many
Antwoord{Referte, Inhoud/Resultaat, Uitzonderingen}, each with the Referte of what it answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.bulk.reading import Problem
from vanzelf.sources.magda.bulk.streams import records
from vanzelf.sources.magda.errors import HARMLESS, ErrorClass, SourceError, meaning
from vanzelf.sources.magda.nodes import Node, write
from vanzelf.sources.magda.registreer_uitschrijving import SERVICE, question
from vanzelf.sources.magda.reply import read_error
from vanzelf.sources.magda.xml import Element
from vanzelf.sources.types import Reason

PREFIX: Final = "rgud"
ROOT: Final = f"{SERVICE.name}Response"
BLOCK: Final = 1_000  # questions that are written together
_QUESTIONS: Final = b"@QUESTIONS@"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was said of one question: Resultaat, and the errors beside it."""

    reference: str
    result: str | None  # "1": it worked
    errors: tuple[SourceError, ...] = ()

    @property
    def reason(self) -> Reason | None:
        """Why someone is still registered; None when they are not, or never were."""
        known = [meaning(error) for error in self.errors]
        serious = [one for one in known if one.error_class not in HARMLESS]
        others = [one for one in serious if one.error_class is not ErrorClass.NOT_REGISTERED]
        if others:
            return others[0].reason or Reason.FAULT
        return None if serious or self.result == "1" else Reason.FAULT


def written_deregistrations(
    lines: Iterable[tuple[str, str]], authorisation: Authorisation
) -> Iterator[bytes]:
    """The file, piece by piece: for each reference (ours, 1 to 36 characters) a number."""
    head, tail = _around().split(_QUESTIONS)
    yield head
    block: list[bytes] = []
    for reference, number in lines:
        if not 1 <= len(reference) <= 36:
            raise ValueError("a Referte has 1 to 36 characters")
        if not (len(number) == 11 and number.isascii() and number.isdigit()):
            raise ValueError("a number to take back is not eleven digits")
        block.append(_question(reference, number, authorisation))
        if len(block) == BLOCK:
            yield b"".join(block)
            block.clear()
    yield b"".join(block) + tail


def read_deregistrations(pieces: Iterable[bytes], limit: int) -> Iterator[Outcome | Problem]:
    """What the file says, in its order; a `Problem` is about the whole file. Raises
    `UnreadableXml`, also after something was said: a file that is not whole is not to be believed
    in part."""
    errors: list[SourceError] = []  # of the answer that is being read: they end before it does
    for name, element in records(pieces, ROOT, ("Antwoord", "Uitzondering"), limit):
        if name == "Antwoord":
            reference = xml.text(element, "Referte") or ""
            yield Outcome(reference, xml.text(element, "Inhoud", "Resultaat"), tuple(errors))
            errors.clear()
        elif _of_answer(element):
            errors.append(read_error(element))
        else:
            yield Problem(None, read_error(element))


def _of_answer(error: Element) -> bool:
    return any(xml.local(above) == "Antwoord" for above in error.iterancestors())


def _around() -> bytes:
    """All but the questions."""
    root = etree.Element(f"{{{SERVICE.namespace}}}{SERVICE.name}", nsmap={"web": SERVICE.namespace})
    write(root, Node("Verzoek", [Node("Vragen", _QUESTIONS.decode())]))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _question(reference: str, number: str, authorisation: Authorisation) -> bytes:
    content = question(number, authorisation).content
    parent = etree.Element("Vragen")
    asked = write(parent, Node("Vraag", [Node("Referte", reference), Node("Inhoud", content)]))
    return etree.tostring(asked) + b"\n"
