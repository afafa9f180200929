"""The question of RegistreerInschrijving, and whether it worked."""

from __future__ import annotations

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


def question(insz: str, authorisation: Authorisation, today: date) -> Question:
    """Register one person from today until the authorisation ends (open when it does not).

    Identificatie and Hoedanigheid must equal those of the context, or MAGDA answers 20005.
    """
    sender = authorisation.sender
    until = authorisation.valid_until
    subject = Node("Subject", [Node("Type", "PERS"), Node("Sleutel", insz)])
    content = Node(
        "Inschrijving",
        [
            Node("Identificatie", sender.identification),
            *optional("Hoedanigheid", sender.capacity),
            Node("BetrokkenSubject", [Node("Type", "PERS"), Node("Subjecten", [subject])]),
            Node(
                "Periode",
                [
                    Node("Begin", today.isoformat()),
                    *optional("Einde", until.isoformat() if until else None),
                ],
            ),
        ],
    )
    return Question(SERVICE, insz, (content,))


def succeeded(content: Element) -> bool:
    """Resultaat 1 ("Wel geslaagd"); anything else did not succeed."""
    return xml.text(content, "Resultaat") == "1"
