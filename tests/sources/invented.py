"""A few invented persons, as answer files in the form of the reference mock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from lxml import etree

from vanzelf.sources import Authorisation, Endpoints, Household, Patience, Sender, gather
from vanzelf.sources.insz import check_digits
from vanzelf.sources.magda import (
    geef_gezinssamenstelling,
    geef_persoon,
    geef_sociaal_statuut,
)
from vanzelf.sources.magda.nodes import Node, optional
from vanzelf.sources.magda.question import Service
from vanzelf.sources.magda.standin import replies
from vanzelf.sources.magda.standin.request import Request

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
ON = date(2026, 1, 15)
HASTE = Patience(retries=2, pause=0)


def number(first_nine: str, born_from_2000: bool = False) -> str:
    return first_nine + check_digits(first_nine, born_from_2000)


ANNA = number("806101001")  # reference person
BERT = number("796202003")  # her partner
CARO = number("156303002", born_from_2000=True)  # their child
DIRK = number("706404005")  # lives alone

ALL_FACTS = (
    "geboortedatum",
    "overleden",
    "gemeente",
    "postcode",
    "straat",
    "gezinsleden",
    "verhoogde tegemoetkoming",
    "gezin met verhoogde tegemoetkoming",
    "leefloon",
    "parkeerkaart",
    "budgetbegeleiding",
    "budgetbeheer",
    "schuldbemiddeling",
    "afvalzone",
)
STATUTES = (
    "BIM_BVT",
    "BIM_BVT_IN_FAMILY",
    "LIVING_WAGES_PCSA_HELP",
    "GENT_PARKING_ADULT",
    "GENT_PARKING_CHILD",
)
SERVICES = (
    "GeefPersoon",
    "GeefGezinssamenstelling",
    "GeefSociaalStatuut",
    "RegistreerInschrijving",
    "lists/ocmw-budget",
    "lists/waste-zones",
)


def authorisation(
    *,
    services: Sequence[str] = SERVICES,
    facts: Sequence[str] = ALL_FACTS,
    statutes: Sequence[str] = STATUTES,
    purposes: Sequence[str] = ("controle",),
    valid_from: date = date(2020, 1, 1),
    valid_until: date | None = None,
    reference: str = "TEST 1/2020",
) -> Authorisation:
    return Authorisation(
        reference=reference,
        kind="deliberation",
        title="invented",
        purposes=frozenset(purposes),
        services=frozenset(services),
        facts=frozenset(facts),
        statutes=frozenset(statutes),
        sender=Sender("test.vanzelf.be", "test"),
        valid_from=valid_from,
        valid_until=valid_until,
        invented=True,
    )


def ask(
    url: str,
    insz: str,
    *,
    on: date = ON,
    authorisations: Sequence[Authorisation] | None = None,
    purpose: str = "controle",
    everyone: bool = False,
    patience: Patience = HASTE,
    facts: Sequence[str] | None = ALL_FACTS,
    read_timeout: float = 5,
    lists: Sequence[object] = (),
) -> Household:
    return gather(
        insz,
        on,
        purpose=purpose,
        authorisations=[authorisation()] if authorisations is None else authorisations,
        endpoints=Endpoints(default=url, read_timeout=read_timeout),
        now=NOW,
        everyone=everyone,
        patience=patience,
        facts=facts,
        lists=lists,  # type: ignore[arg-type]
    )


def status(
    name: str, code: str, periods: Sequence[tuple[str | None, str | None]] = (), status: str = ""
) -> Node:
    parts = [Node("Naam", name), Node("Resultaat", [Node("Code", code)])]
    if periods:
        listed = [
            Node("Periode", [*optional("Begindatum", begin), *optional("Einddatum", end)])
            for begin, end in periods
        ]
        parts.append(Node("Periodes", listed))
    if status:
        parts.append(Node("Status", [Node("Code", status), Node("Waarde", "")]))
    return Node("SociaalStatuut", parts)


def statuses(insz: str, *listed: Node) -> Node:
    return Node("Persoon", [Node("INSZ", insz), Node("SocialeStatuten", listed)])


def address(nis: str | None = "44021", postcode: str = "9000", since: str = "2010-01-01") -> Node:
    home = [
        Node("Straatnaam", [Node("String", "Bloemstraat"), Node("Taal", "nl")]),
        Node("Postcode", postcode),
        *optional("NISCodeGemeente", nis),
    ]
    return Node("Adressen", [Node("Hoofdverblijfplaats", home, (("DatumBegin", since),))])


def person(insz: str, *more: Node, born: str = "1980-01-10", home: Node | None = None) -> Node:
    return Node(
        "Persoon",
        [
            Node("INSZ", insz),
            Node("Geboorte", [Node("Datum", born)]),
            home or address(),
            *more,
        ],
    )


def member(
    insz: str | None,
    position: str,
    *,
    born: str | None = None,
    begin: str | None = None,
    end: str | None = None,
    home: Node | None = None,
    tag: str = "Gezinslid",
) -> Node:
    parts = [
        *optional("INSZ", insz),
        *optional("Geboortedatum", born),
        Node("Positie", [Node("Code", position)]),
        *([home] if home else []),
    ]
    days = (("DatumBegin", begin), ("DatumEinde", end))
    return Node(tag, parts, tuple((name, day) for name, day in days if day))


def head_of(*members: Node) -> Node:
    return Node("Gezinsleden", members)


FAMILY = Node(
    "Gezinsleden",
    [
        member(ANNA, "01", born="1980-01-10", home=address()),
        member(BERT, "02", born="1979-02-20", begin="2010-01-01", home=address()),
        member(CARO, "03", born="2015-03-30", begin="2015-03-30", home=address()),
    ],
)


def write_answer(folder: Path, service: Service, insz: str, *content: Node) -> None:
    """The content of an Inhoud as an answer file."""
    request = Request(service.name, service.version, service.namespace, insz, None, (), (), "ref")
    path = folder / "Domein" / service.name / service.version / f"{insz}.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(etree.tostring(replies.answer(request, content)))


def write_answers(
    folder: Path,
    *,
    persons: Mapping[str, Node],
    households: Mapping[str, Node],
    social: Mapping[str, Node],
) -> Path:
    for service, contents in (
        (geef_persoon.SERVICE, persons),
        (geef_gezinssamenstelling.SERVICE, households),
        (geef_sociaal_statuut.SERVICE, social),
    ):
        for insz, content in contents.items():
            write_answer(folder, service, insz, content)
    return folder


def ordinary(folder: Path) -> Path:
    """Anna (increased reimbursement) with Bert and Caro; Dirk alone, with nothing."""
    return write_answers(
        folder,
        persons={
            ANNA: person(ANNA, head_of(member(BERT, "02"), member(CARO, "03", born="2015-03-30"))),
            BERT: person(BERT, member(ANNA, "02", tag="Referentiepersoon"), born="1979-02-20"),
            CARO: person(CARO, member(ANNA, "03", tag="Referentiepersoon"), born="2015-03-30"),
            DIRK: person(DIRK, head_of(member(None, "01")), born="1970-04-04"),
        },
        households={ANNA: FAMILY, BERT: FAMILY, CARO: FAMILY},
        social={
            ANNA: statuses(ANNA, status("BIM_BVT", "1", [("2024-01-01", "2026-12-31")])),
            BERT: statuses(BERT),
            CARO: statuses(CARO, status("BIM_BVT", "1", [("2024-01-01", "2026-12-31")])),
            DIRK: statuses(DIRK),
        },
    )
