"""Registering a person with MAGDA for as long as we hold a file on them, and taking it back."""

from __future__ import annotations

from vanzelf.sources.lawfulness import Permit
from vanzelf.sources.magda import registreer_inschrijving, registreer_uitschrijving
from vanzelf.sources.magda.client import Answer, Magda, Unanswered
from vanzelf.sources.magda.dates import Period
from vanzelf.sources.types import Reason

ALREADY = "/40143"
"""The warning that someone is registered already: it is as was wanted."""


def register(magda: Magda, permit: Permit, insz: str, period: Period) -> str:
    """Say that we hold a file on this person over a period; its begin must be set.

    Gives the reference under which it was asked. Raises `Unanswered` when it did not succeed,
    `NoAuthorisation` when the permit's authorisation does not name RegistreerInschrijving.
    """
    if period.begin is None:
        raise ValueError("a registration begins on a day")
    version = magda.endpoints.service(registreer_inschrijving.SERVICE.name).version
    question = registreer_inschrijving.question(
        insz, permit.authorisation, period.begin, period.end, version
    )
    return _done(magda, magda.ask(permit, question), Reason.NOT_REGISTERED)


def deregister(magda: Magda, permit: Permit, insz: str) -> str:
    """Say that we no longer hold a file on this person; see `register`.

    Someone who turns out not to be registered is deregistered.
    """
    question = registreer_uitschrijving.question(insz, permit.authorisation)
    try:
        answer = magda.ask(permit, question)
    except Unanswered as error:
        if error.reason is Reason.NOT_REGISTERED:
            return magda.asked[-1].reference
        raise
    return _done(magda, answer, Reason.FAULT)


def _done(magda: Magda, answer: Answer, otherwise: Reason) -> str:
    if not registreer_inschrijving.succeeded(answer.content, answer.flags):
        raise Unanswered(otherwise, "MAGDA did not take it in", answer.at)
    return magda.asked[-1].reference
