"""The question of RegistreerUitschrijving, and whether it worked."""

from __future__ import annotations

from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.magda.nodes import Node, optional
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.registreer_inschrijving import succeeded

__all__ = ["SERVICE", "question", "succeeded"]

SERVICE = Service(
    "RegistreerUitschrijving",
    "02.00.0000",
    "http://webservice.registreeruitschrijvingdienst-02_00.repertorium-02_00.vip.vlaanderen.be",
)


def question(insz: str, authorisation: Authorisation) -> Question:
    """Take back the registration of one person, under the identity that made it."""
    sender = authorisation.sender
    content = Node(
        "Uitschrijving",
        [
            Node("Identificatie", sender.identification),
            *optional("Hoedanigheid", sender.capacity),
            Node("INSZ", insz),
        ],
    )
    return Question(SERVICE, insz, (content,))
