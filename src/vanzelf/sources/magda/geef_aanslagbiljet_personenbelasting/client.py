"""The question of GeefAanslagbiljetPersonenbelasting, and reading its answer."""

from __future__ import annotations

from collections.abc import Sequence

from vanzelf.sources.magda import about, xml
from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.geef_aanslagbiljet_personenbelasting.types import Assessment
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service

SERVICE = Service(
    "GeefAanslagbiljetPersonenbelasting",
    "02.00.0000",
    "http://webservice.geefaanslagbiljetpersonenbelastingdienst-02_00.inkomen-02_00.vip.vlaanderen.be",
)


def question(insz: str, year: int, codes: Sequence[str]) -> Question:
    """Ask these IPCAL codes (without letter) of one income year."""
    if not codes:
        raise ValueError("a question about an assessment names at least one code")
    criteria = [
        Node("INSZ", insz),
        Node("Inkomensjaar", str(year)),
        Node("IPCALCodes", [Node("IPCALCode", code) for code in codes]),
    ]
    content = (Node("Criteria", criteria), Node("Bron", "FODFIN"), Node("Taal", "nl"))
    return Question(SERVICE, insz, content)


def read(answer: Answer) -> Assessment:
    """The assessment. Raises `Unanswered` when it is about another person."""
    element = xml.child(answer.content, "AanslagbiljetPersonenbelasting")
    person = xml.child(element, "GevraagdePersoon")
    about.require(answer, xml.text(person, "INSZ"))
    items: dict[str, int] = {}
    flags: list[str] = []
    listed = xml.child(element, "Items")
    for item in () if listed is None else xml.children(listed, "Item"):
        code, value = xml.text(item, "Code") or "", xml.text(item, "Waarde") or ""
        if code in items or not value.removeprefix("-").isdecimal():
            flags.append(f"bad-item:{code}")
            items.pop(code, None)
        else:
            items[code] = int(value)
    return Assessment(
        year=xml.text(element, "Inkomensjaar") or "",
        letter=xml.text(person, "FiscaleStatus", "Code"),
        items=items,
        flags=tuple(flags),
    )
