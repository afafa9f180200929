"""Asking MAGDA: permit, envelope, HTTP, errors, registering and following a new number.

`Magda.ask` gives an `Answer` or raises `Unanswered` with the reason. It never turns silence, an
error or another person's data into an answer.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from vanzelf.sources.lawfulness import NoAuthorisation, Permit
from vanzelf.sources.magda import registreer_inschrijving as registration
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.errors import HARMLESS, ErrorClass, Meaning, SourceError, meaning
from vanzelf.sources.magda.question import Header, Question, envelope
from vanzelf.sources.magda.reply import Reply, SoapFault, read_reply
from vanzelf.sources.magda.transport import Endpoints, NoConnection, post
from vanzelf.sources.magda.xml import Element, UnreadableXml
from vanzelf.sources.types import Asked, Reason
from vanzelf.sources.waiting import waits_for


class Unanswered(Exception):
    """A question without a usable answer, and why."""

    def __init__(self, reason: Reason, message: str, at: datetime) -> None:
        self.reason, self.at = reason, at
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered about one person."""

    content: Element  # Inhoud
    insz: str  # whom the answer must be about: the number asked, or its new one
    at: datetime  # when the source answered
    flags: tuple[str, ...] = ()  # codes that were tolerated, a reference that did not come back
    incomplete: bool = False  # what is not in it, is not thereby "no"


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to ask again when a source is busy, and how long to wait first (seconds)."""

    retries: int = 2
    pause: float = 0.2  # doubles each time


@dataclass(slots=True)
class Magda:
    """One conversation with MAGDA: keeps what was asked, and does not wait twice for the dead."""

    endpoints: Endpoints
    now: Callable[[], datetime]
    today: date  # the day on which authorisations must be valid
    user: str | None = None
    patience: Patience = Patience()
    sleep: Callable[[float], None] = time.sleep
    asked: list[Asked] = field(default_factory=list)
    _dead: dict[str, NoConnection] = field(default_factory=dict)

    def ask(self, permit: Permit, question: Question) -> Answer:
        """Ask, and do what the answer calls for. Raises `Unanswered`, `NoAuthorisation`."""
        reply = self._send(permit, question)
        errors = _classes(reply)
        if ErrorClass.NOT_REGISTERED in errors:
            self._register(permit, question)
            reply = self._send(permit, question)
            errors = _classes(reply)
        if ErrorClass.NEW_NUMBER in errors:
            return self._follow(permit, question, reply, errors[ErrorClass.NEW_NUMBER])
        return self._answer(reply, question.insz)

    def _answer(self, reply: Reply, insz: str, new_number: str | None = None) -> Answer:
        at = reply.at or self.now()
        flags = list(reply.flags)
        incomplete = False
        for error in reply.errors:
            known: Meaning = meaning(error)
            if new_number and known.error_class is ErrorClass.NEW_NUMBER:
                continue
            if known.error_class not in HARMLESS:
                reason = known.reason or Reason.FAULT
                raise Unanswered(reason, f"{error.name}: {error.diagnosis}", at)
            flags.append(f"error:{error.name}")
            incomplete |= known.error_class is ErrorClass.INCOMPLETE
        if reply.content is None:
            raise Unanswered(Reason.UNREADABLE, "neither an answer nor an error came back", at)
        if new_number:
            flags.append(f"new-number:{insz}→{new_number}")
        return Answer(reply.content, new_number or insz, at, tuple(flags), incomplete)

    def _follow(
        self, permit: Permit, question: Question, reply: Reply, error: SourceError
    ) -> Answer:
        """Once: the answer may be there already, under the new number; else ask with that."""
        new = new_number(error, reply.content, question.insz)
        at = reply.at or self.now()
        if new is None:
            raise Unanswered(Reason.NEW_NUMBER, "a new number, but not which", at)
        if new in _numbers(reply.content):
            return self._answer(reply, question.insz, new)
        again = self._send(permit, question.about(new))
        if ErrorClass.NEW_NUMBER in _classes(again):
            raise Unanswered(Reason.NEW_NUMBER, "the new number has a new number", at)
        answer = self._answer(again, new)
        return replace(answer, flags=(*answer.flags, f"new-number:{question.insz}→{new}"))

    def _register(self, permit: Permit, question: Question) -> None:
        """Say that we hold a file on this person. Raises `Unanswered` when that fails."""
        wanted = registration.question(question.insz, permit.authorisation, self.today)
        try:
            answer = self._answer(self._send(permit, wanted), question.insz)
        except NoAuthorisation as error:
            raise Unanswered(Reason.NOT_REGISTERED, str(error), self.now()) from None
        if not registration.succeeded(answer.content):
            raise Unanswered(Reason.NOT_REGISTERED, "the registration was refused", answer.at)

    def _send(self, permit: Permit, question: Question) -> Reply:
        """Ask until there is an answer that is not "busy", or patience ends."""
        name = question.service.name
        permit.check(name, self.today)
        for attempt in range(self.patience.retries + 1):
            if attempt:
                self.sleep(self.patience.pause * 2 ** (attempt - 1))
            last = attempt == self.patience.retries
            header = Header(
                sender=permit.authorisation.sender,
                reference=str(uuid.uuid4()),
                question_reference=str(uuid.uuid4()),
                at=self.now(),
                user=self.user,
            )
            try:
                reply = self._exchange(permit, question, header)
            except NoConnection as error:
                if last or not error.worth_retrying:
                    raise Unanswered(error.reason, str(error), self.now()) from None
                continue
            if last or ErrorClass.TRANSIENT not in _classes(reply):
                break
        return reply

    def _exchange(self, permit: Permit, question: Question, header: Header) -> Reply:
        name = question.service.name
        if name in self._dead:
            raise self._dead[name]
        waits_for(name)
        outcome = str(Reason.FAULT)
        try:
            body = post(self.endpoints, name, envelope(question, header))
            reply = read_reply(body)
            outcome = _outcome(reply)
            if reply.reference not in (None, header.reference):
                reply = replace(reply, flags=("stray-reference",))
        except NoConnection as error:
            outcome = str(error.reason)
            if not error.worth_retrying:
                self._dead[name] = error
            raise
        except UnreadableXml as error:
            outcome = str(Reason.UNREADABLE)
            raise Unanswered(Reason.UNREADABLE, f"{name}: {error}", self.now()) from None
        except SoapFault as error:
            raise Unanswered(Reason.FAULT, f"{name}: {error}", self.now()) from None
        finally:
            self.asked.append(
                Asked(
                    service=name,
                    insz=question.insz,
                    facts=tuple(sorted(permit.facts)),
                    purpose=permit.purpose,
                    authorisation=permit.authorisation.reference,
                    reference=header.reference,
                    at=header.at,
                    outcome=outcome,
                )
            )
        return reply


def new_number(error: SourceError, content: Element | None, asked: str) -> str | None:
    """The new INSZ: in an annotation, else the person whom the answer is about."""
    for _, value in error.annotations:
        digits = "".join(character for character in value if character.isdigit())
        if len(digits) == 11 and digits != asked:
            return digits
    found = _insz_of_person(content)
    return found if found != asked else None


def _insz_of_person(content: Element | None) -> str | None:
    return xml.text(content, "Persoon", "INSZ")


def _numbers(content: Element | None) -> set[str]:
    """Every INSZ in the answer."""
    found = () if content is None else content.iter("INSZ")
    return {(element.text or "").strip() for element in found}


def _classes(reply: Reply) -> dict[ErrorClass, SourceError]:
    return {meaning(error).error_class: error for error in reversed(reply.errors)}


def _outcome(reply: Reply) -> str:
    reasons = [meaning(error).reason for error in reply.errors]
    return str(next((reason for reason in reasons if reason), "answered"))
