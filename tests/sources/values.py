"""Services that know amounts and files, asked one by one at a stand-in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from tests.sources.invented import (
    HASTE,
    NOW,
    ON,
    authorisation,
)
from vanzelf.sources import Endpoints, Reading
from vanzelf.sources.asking import Asker
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.magda import (
    geef_aanslagbiljet_personenbelasting as tax,
)
from vanzelf.sources.magda import (
    geef_dossier_handicap as dossier,
)
from vanzelf.sources.magda import (
    geef_kind_voordelen as children,
)
from vanzelf.sources.magda import (
    geef_leefloonbedragen as wages,
)
from vanzelf.sources.magda import (
    geef_status_recht_ondersteuningen as support,
)
from vanzelf.sources.magda.client import Magda
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Service
from vanzelf.sources.magda.standin import AnswerFiles, Standin
from vanzelf.sources.magda.standin.request import Request
from vanzelf.sources.magda.xml import Element

INCOME, GROSS = "belastbaar inkomen", "bruto belastbaar inkomen"
PAID, SINCE = "leefloon", "leefloon sinds"
FACTS = (
    *(INCOME, GROSS, PAID, SINCE, "zorgtoeslag", "groeipakket", "parkeerkaart"),
    *("erkende handicap", "kind met handicap", "handicap 65 procent"),
    *("inkomensvervangende tegemoetkoming", "integratietegemoetkoming"),
)
SERVICES = [each.SERVICE.name for each in (tax, dossier, children, wages, support)]


class Anew:
    """Answer files that are written while the test runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, request: Request) -> Element:
        return AnswerFiles(self.folder).find(request)


def asker(magda: Standin, *grounds: Authorisation, on: date = ON) -> Asker:
    given_ = grounds or (authorisation(services=SERVICES, facts=FACTS),)
    conversation = Magda(Endpoints(magda.url), lambda: NOW, ON, patience=HASTE)
    return Asker(on, NOW, ON, "controle", given_, conversation, shipped())


Answers = Callable[[Service, str, Node], None]


def known(readings: Mapping[str, Reading]) -> dict[str, object]:
    return {name: reading.value for name, reading in readings.items() if reading.known}


def reasons(readings: Mapping[str, Reading]) -> dict[str, object]:
    return {name: reading.reason for name, reading in readings.items() if not reading.known}
