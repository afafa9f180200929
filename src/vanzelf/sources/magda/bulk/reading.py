"""The answer to a list, person by person: a file of a million costs no more memory than of ten.

Known: Personen/Persoon{INSZ, SocialeStatuten/SociaalStatuut{Naam, Resultaat, Periodes}}. Inferred:
that it stands in Repliek/Antwoorden/Antwoord{Referte, Inhoud, Uitzonderingen}, as in the services
that answer at once, with our Referte first, and that a Persoon may have a Status instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.bulk.lists import SERVICE
from vanzelf.sources.magda.bulk.streams import records
from vanzelf.sources.magda.errors import SourceError
from vanzelf.sources.magda.geef_sociaal_statuut import Statute, read_statute
from vanzelf.sources.magda.reply import read_error
from vanzelf.sources.magda.xml import Element

ROOT = f"{SERVICE.name}Response"
KEPT = 10_000  # different sets of statutes that are kept as read


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one person. `statutes` is None when they have an overall status instead."""

    reference: str | None  # of the list that this answers
    insz: str
    statutes: tuple[Statute, ...] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """An error about all that a list asked, or (reference None) about the whole file."""

    reference: str | None
    error: SourceError


def read_answers(pieces: Iterable[bytes], limit: int) -> Iterator[Said | Problem]:
    """What the file says, in its order. Raises `UnreadableXml`, also after something was said:
    a file that is not whole is not to be believed in part."""
    reference: str | None = None
    statutes = _Statutes()
    for name, element in records(pieces, ROOT, ("Referte", "Persoon", "Uitzondering"), limit):
        if name == "Referte":
            if _inside(element, "Antwoord"):
                reference = xml.text(element)
        elif name == "Persoon":
            yield Said(reference, xml.text(element, "INSZ") or "", statutes.of(element))
        elif _inside(element, "Uitzonderingen"):
            of_list = _inside(element.getparent(), "Antwoord")
            yield Problem(reference if of_list else None, read_error(element))


class _Statutes:
    """Most people have the same statutes: these are read once."""

    def __init__(self) -> None:
        self._read: dict[bytes, tuple[Statute, ...]] = {}

    def of(self, person: Element) -> tuple[Statute, ...] | None:
        listed = xml.child(person, "SocialeStatuten")
        if listed is None:
            return None
        text = etree.tostring(listed, with_tail=False)
        found = self._read.get(text)
        if found is None:
            if len(self._read) == KEPT:
                self._read.clear()
            found = tuple(read_statute(one) for one in xml.children(listed, "SociaalStatuut"))
            self._read[text] = found
        return found


def _inside(element: Element | None, name: str) -> bool:
    parent = None if element is None else element.getparent()
    return parent is not None and xml.local(parent) == name
