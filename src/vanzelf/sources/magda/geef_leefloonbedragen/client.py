"""The question of GeefLeefloonbedragen, and reading its answer."""

from __future__ import annotations

from collections.abc import Iterator

from vanzelf.sources.magda import about, xml
from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.dates import Period, read_months, read_period
from vanzelf.sources.magda.geef_leefloonbedragen.types import PaidYear, Payment
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.xml import Element

SERVICE = Service(
    "GeefLeefloonbedragen",
    "02.00.0000",
    "http://webservice.geefleefloonbedragendienst-02_00.soczek-02_00.vip.vlaanderen.be",
)


def question(insz: str, year: int, years_back: int = 2) -> Question:
    """Ask what was paid in a year and in the years before it."""
    criteria = [
        Node("INSZ", insz),
        Node("Jaar", str(year), (("Huidig", "0"),)),
        Node("AantalJaarTerug", str(years_back)),
    ]
    return Question(SERVICE, insz, (Node("Criteria", criteria),))


def read(answer: Answer) -> tuple[PaidYear, ...]:
    """Each year. Raises `Unanswered` when none of the payments concerns the person asked about.

    Years without payments name nobody: those are believed on the reference that comes back. The
    form of a payment is inferred from its published description; the public examples have none.
    """
    listed = xml.child(answer.content, "Leefloonbedragen")
    years = () if listed is None else tuple(xml.children(listed, "Leefloonbedrag"))
    concerned = {xml.text(person) for year in years for person in year.iter("INSZ")}
    about.require(answer, *({answer.insz} if answer.insz in concerned else concerned))
    return tuple(_year(year) for year in years)


def _year(element: Element) -> PaidYear:
    return PaidYear(
        year=xml.text(element, "Jaar") or "",
        nothing=xml.text(element, "Uitbetaling") == "0",
        payments=tuple(_payments(xml.child(element, "Tegemoetkoming", "Maandelijks"))),
    )


def _payments(monthly: Element | None) -> Iterator[Payment]:
    for month in () if monthly is None else xml.children(monthly, "Maand"):
        name = xml.attribute(month, "JaarMaand")
        whole = read_months(name, name)
        for paid in month.iter("LeefloonPeriode"):
            told = xml.child(paid, "Periode")
            period = whole if told is None else _days(told)
            agree = whole.begin is None or period.begin is None or whole.covers(period.begin)
            yield Payment(
                period,
                xml.text(paid, "Begunstigde", "INSZ"),
                () if agree else (f"month-contradicts-period:{name}",),
            )


def _days(element: Element) -> Period:
    return read_period(xml.text(element, "Begin"), xml.text(element, "Einde"))
