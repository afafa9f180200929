"""Amounts and files of the invented city, as their services write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from vanzelf.sources.magda.dates import read_months
from vanzelf.sources.magda.nodes import Node, optional

Row = Mapping[str, Any]
OCMW = "0212189676"
LIVING_WAGE = "1000.00"  # of any month: the city does not know amounts, and no right asks one


def living_wage(person: Row, first: int, last: int) -> Node:
    """GeefLeefloonbedragen: a payment for every month of these years that it was granted for."""
    begin = person["living_wage_since"] or person["living_wage_from"]
    end = person["living_wage_until"] or date(last, 12, 31)
    years = []
    for year in range(first, last + 1):
        months = [
            _month(person["insz"], f"{year}-{month:02d}", begin, end)
            for month in range(1, 13)
            if person["living_wage"] and begin and _touches(year, month, begin, end)
        ]
        nothing = Node("Uitbetaling", "0", (("Beschrijving", "Geen uitbetaling"),))
        paid = Node("Tegemoetkoming", [Node("Maandelijks", months)])
        years.append(Node("Leefloonbedrag", [Node("Jaar", str(year)), paid if months else nothing]))
    return Node("Leefloonbedragen", years)


def _touches(year: int, month: int, begin: date, end: date) -> bool:
    return (begin.year, begin.month) <= (year, month) <= (end.year, end.month)


def _month(insz: str, name: str, begin: date, end: date) -> Node:
    whole = read_months(name, name)
    first, last = max(whole.begin or begin, begin), min(whole.end or end, end)
    period = [Node("Begin", first.isoformat()), Node("Einde", last.isoformat())]
    paid = [
        Node("Bedrag", LIVING_WAGE),
        Node("Periode", period),
        Node("Begunstigde", [Node("INSZ", insz)]),
        Node("OCMW", [Node("Ondernemingsnummer", OCMW)]),
    ]
    one = Node("LeefloonPerPeriode", [Node("LeefloonPeriode", paid)])
    return Node("Maand", [one], (("JaarMaand", name),))


def assessment(person: Row, home: Row, year: str, codes: Sequence[str]) -> Node:
    """GeefAanslagbiljetPersonenbelasting: the city knows the income of a household, not of its
    members, so the reference person has all of it (7555, taxed jointly) and the others nothing."""
    has = person["insz"] == home["reference_insz"]
    values = {"7555": home["taxable_income"] if has else 0}
    items = [
        Node("Item", [Node("Code", f"A{code}"), Node("Waarde", str(values[code]))])
        for code in codes
        if values.get(code) is not None
    ]
    status = Node("FiscaleStatus", [Node("Code", "A"), Node("Omschrijving", "Titularis")])
    about = [Node("INSZ", person["insz"]), status]
    return Node(
        "AanslagbiljetPersonenbelasting",
        [
            Node("GevraagdePersoon", about),
            Node("Inkomensjaar", year),
            Node("Artikelnummer", "000000000"),
            Node("Items", items),
        ],
    )


def disability(person: Row) -> Node:
    """GeefDossierHandicap: allowances and the parking card; the city knows no recognitions."""
    parts = [*_rights(person), *_cards(person)]
    found = "DATA_FOUND" if parts else "NO_DATA_FOUND"
    status = Node("status", [Node("value", found), Node("code", "MSG00000")])
    result = [status, *([Node("file", parts)] if parts else [])]
    return Node(
        "ConsultFilesByDateResponse",
        [status, Node("ssin", person["insz"]), Node("results", [Node("dgphResult", result)])],
    )


def _rights(person: Row) -> Iterator[Node]:
    for column, category in (
        ("income_replacement_allowance", Node("categoryIVT", "C")),
        ("integration_allowance", Node("categoryIT", "1")),
    ):
        if person[column]:
            days = _days(person, column, "beginDate", "endDate")
            positive = Node("decisionStatus", "POSITIVE")
            yield Node("rights", [Node("period", days), category, positive])


def _cards(person: Row) -> Iterator[Node]:
    if person["disability_parking_card"]:
        days = _days(person, "disability_parking_card", "deliveryDate", "endDate")
        card = Node("socialCard", [*days, Node("cardCategory", "PARKINGCARD")])
        yield Node("socialCards", [card])


def _days(person: Row, column: str, first: str, last: str) -> list[Node]:
    begin, end = person[f"{column}_from"], person[f"{column}_until"]
    return [
        *optional(first, begin.isoformat() if begin else None),
        *optional(last, end.isoformat() if end else None),
    ]


def history(home: Row, family: Sequence[Row]) -> Node:
    """GeefHistoriekGezinssamenstelling: the present household, since it lives at its address. Who
    lived together before that, the city does not know."""
    since = home["address_since"]
    members = []
    for member in family:
        born = member["birth_date"]
        begin = max(filter(None, (since, born)), default=None)
        parts = [
            Node("INSZ", member["insz"]),
            *optional("Geboortedatum", born.isoformat() if born else None),
            *([Node("Positie", [Node("Code", member["position"])])] if member["position"] else []),
        ]
        days = (("DatumBegin", begin.isoformat()),) if begin else ()
        members.append(Node("Gezinslid", parts, days))
    household = Node("Gezinssamenstelling", [Node("Gezinsleden", members)])
    return Node("HistoriekGezinssamenstelling", [household])
