"""The question of GeefBetalingenHandicap, and reading its answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from vanzelf.sources.magda import about, xml
from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.magda.dates import read_months
from vanzelf.sources.magda.geef_betalingen_handicap.types import Payment
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.xml import Element
from vanzelf.sources.types import Reason

SERVICE = Service(
    "GeefBetalingenHandicap",
    "03.00.0000",
    "http://magda.vlaanderen.be/soczek/soap/geefbetalingenhandicap/v03_00",
)


def question(insz: str, first: date, last: date) -> Question:
    """Ask what was paid from one day up to and including another.

    INFERRED: no template is public. The form is that of GeefDossierHandicap, with the words of
    this service's own answers (ConsultPaymentsResponse).
    """
    period = [Node("beginDate", first.isoformat()), Node("endDate", last.isoformat())]
    criteria = [Node("ssin", insz), Node("handicapAuthenticSources"), Node("period", period)]
    content = Node("Criteria", [Node("ConsultPaymentsCriteria", criteria)])
    return Question(SERVICE, insz, (content,), bare=True)


def read(answer: Answer) -> tuple[Payment, ...]:
    """The payments. The answer names nobody: it is believed on the reference that comes back.

    Raises `Unanswered` when the federal service has nothing, or did not answer.
    """
    response = xml.child(answer.content, "ConsultPaymentsResponse")
    about.require(answer, xml.text(response, "ssin"))
    result = xml.child(response, "results", "dgphResult")
    status = xml.text(result, "status", "value") or xml.text(response, "status", "value")
    if status != "DATA_FOUND":
        reason = Reason.NO_DATA if status == "NO_DATA_FOUND" else Reason.FAULT
        raise Unanswered(reason, f"payments for a disability: {status}", answer.at)
    listed = xml.child(result, "payments")
    return tuple(map(_payment, () if listed is None else xml.children(listed, "payment")))


def _payment(element: Element) -> Payment:
    month = xml.text(element, "yearMonth")
    try:
        euros = Decimal(xml.text(element, "amount") or "")
    except InvalidOperation:
        euros = None
    return Payment(
        month=read_months(month, month),
        euros=euros,
        cancelled=xml.text(element, "cancelledPayment") != "0",
    )
