"""GeefSociaalStatuutVoorLijst-02.00: which statutes apply to everyone on a list.

Known: the Verzoek has no Context and one Vraag, with Criteria{Operatie, SocialeStatuten (1 to 8),
Personen}. Inferred: that the file is the operation element without an envelope, its namespace
(built as those of the other services of this generation), the value of Operatie (a setting) and
that Vraag has a Referte that comes back in the Antwoord, as in the services that answer at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from lxml import etree

from vanzelf.sources.magda.nodes import Node, write
from vanzelf.sources.magda.question import Service

SERVICE: Final = Service(
    "GeefSociaalStatuutVoorLijst",
    "02.00.0000",
    "http://webservice.geefsociaalstatuutvoorlijstdienst-02_00.soczek-02_00.vip.vlaanderen.be",
)
MAX_STATUTES: Final = 8
BLOCK: Final = 1_000  # persons that are written together
_PERSONS = b"@PERSONS@"


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """One file: which statutes, on which day. `reference` is ours (1 to 36 characters)."""

    reference: str
    statutes: tuple[str, ...]
    on: date
    operation: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.statutes) <= MAX_STATUTES:
            raise ValueError(f"a list asks 1 to {MAX_STATUTES} statutes, not {len(self.statutes)}")
        if not 1 <= len(self.reference) <= 36:
            raise ValueError("a Referte has 1 to 36 characters")


def written(question: ListQuestion, numbers: Iterable[str]) -> Iterator[bytes]:
    """The file, piece by piece: everyone on the list is never in memory at once."""
    head, tail = _around(question).split(_PERSONS)
    yield head
    block: list[str] = []
    for number in numbers:
        if not (len(number) == 11 and number.isascii() and number.isdigit()):
            raise ValueError("a number on the list is not eleven digits")
        block.append(f"<Persoon><INSZ>{number}</INSZ></Persoon>\n")
        if len(block) == BLOCK:
            yield "".join(block).encode()
            block.clear()
    yield "".join(block).encode() + tail


def _around(question: ListQuestion) -> bytes:
    """All but the persons."""
    day = Node("Datum", [Node("Datum", question.on.isoformat())])
    asked = [Node("SociaalStatuut", [Node("Naam", name), day]) for name in question.statutes]
    criteria = [
        Node("Operatie", question.operation),
        Node("SocialeStatuten", asked),
        Node("Personen", _PERSONS.decode()),
    ]
    content = [
        Node("Referte", question.reference),
        Node("Inhoud", [Node("Criteria", criteria)]),
    ]
    root = etree.Element(f"{{{SERVICE.namespace}}}{SERVICE.name}", nsmap={"web": SERVICE.namespace})
    write(root, Node("Verzoek", [Node("Vragen", [Node("Vraag", content)])]))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
