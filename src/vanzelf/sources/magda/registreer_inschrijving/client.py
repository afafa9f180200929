"""The question of RegistreerInschrijving, and whether it worked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.nodes import Node, optional
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.xml import Element

SERVICE = Service(
    "RegistreerInschrijving",
    "02.01.0000",
    "http://webservice.registreerinschrijvingdienst-02_01.repertorium-02_01.vip.vlaanderen.be",
)
SERVICE_02_00 = Service(
    "RegistreerInschrijving",
    "02.00.0000",
    "http://webservice.registreerinschrijvingdienst-02_00.repertorium-02_00.vip.vlaanderen.be",
)


def question(
    insz: str,
    authorisation: Authorisation,
    since: date,
    until: date | None = None,
    version: str | None = None,
) -> Question:
    """Register one person from a day up to and including another, at most until the authorisation
    ends (open when neither is said).

    Identificatie and Hoedanigheid must equal those of the context, or MAGDA answers 20005.
    `version` "02.00.0000" has its own form, for who was connected to that one; None is 02.01.
    """
    older = version == SERVICE_02_00.version
    sender = authorisation.sender
    ends = [day for day in (until, authorisation.valid_until) if day]
    period = Node(
        "Periode",
        [
            Node("Begin", since.isoformat()),
            *optional("Einde", min(ends).isoformat() if ends else None),
        ],
    )
    content = Node(
        "Inschrijving",
        [
            Node("Identificatie", sender.identification),
            *optional("Hoedanigheid", sender.capacity),
            Node("INSZ", insz) if older else _subject(insz),
            period,
        ],
    )
    return Question(SERVICE_02_00 if older else SERVICE, insz, (content,))


def _subject(insz: str) -> Node:
    one = Node("Subject", [Node("Type", "PERS"), Node("Sleutel", insz)])
    return Node("BetrokkenSubject", [Node("Type", "PERS"), Node("Subjecten", [one])])


def succeeded(content: Element, flags: Collection[str] = ()) -> bool:
    """Resultaat 1 ("Wel geslaagd"), or the warning 40143 that it was there already."""
    already = any(flag.startswith("error:") and flag.endswith("/40143") for flag in flags)
    return already or xml.text(content, "Resultaat") == "1"
