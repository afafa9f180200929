"""Asking MAGDA: permit, patience, errors, registering and following a new number.

`Magda.ask` gives an `Answer` or raises `Unanswered` with the reason. It never turns silence, an
error or another person's data into an answer.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from vanzelf.sources import endurance
from vanzelf.sources.endurance import Patience
from vanzelf.sources.lawfulness import REGISTRATION, NoAuthorisation, Permit
from vanzelf.sources.magda import registreer_inschrijving as registration
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.errors import HARMLESS, ErrorClass, Meaning, SourceError, meaning
from vanzelf.sources.magda.exchange import exchange
from vanzelf.sources.magda.question import Header, Question
from vanzelf.sources.magda.reply import Reply, SoapFault
from vanzelf.sources.magda.security import Distrusted, Doubt
from vanzelf.sources.magda.settings import Endpoints, ServiceSettings
from vanzelf.sources.magda.transport import NoConnection
from vanzelf.sources.magda.xml import Element, UnreadableXml
from vanzelf.sources.types import Asked, Reason
from vanzelf.sources.waiting import waits_for

__all__ = ["Answer", "Magda", "Patience", "Unanswered", "new_number"]


log = logging.getLogger(__name__)


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
    flags: tuple[str, ...] = ()  # codes that were tolerated, a number that changed
    incomplete: bool = False  # what is not in it, is not thereby "no"


@dataclass(slots=True)
class Magda:
    """One conversation with MAGDA: keeps what was asked, and does not wait twice for the dead."""

    endpoints: Endpoints
    now: Callable[[], datetime]
    today: date  # the day on which authorisations must be valid
    user: str | None = None
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    asked: list[Asked] = field(default_factory=list)
    _dead: dict[str, NoConnection] = field(default_factory=dict)

    def ask(self, permit: Permit, question: Question) -> Answer:
        """Ask, and do what the answer calls for. Raises `Unanswered`, `NoAuthorisation`."""
        permit = self._in_name_of(permit, question.service.name)
        reply = self._send(permit, question)
        errors = _classes(reply)
        if ErrorClass.NOT_REGISTERED in errors and question.service.name not in REGISTRATION:
            self._register(permit, question)
            reply = self._send(permit, question)
            errors = _classes(reply)
        if ErrorClass.NEW_NUMBER in errors:
            return self._follow(permit, question, reply, errors[ErrorClass.NEW_NUMBER])
        return self._answer(reply, question.insz)

    def _in_name_of(self, permit: Permit, service: str) -> Permit:
        """As whom the settings say to ask this service; a registration says itself for whom."""
        sender = self.endpoints.service(service).sender
        if sender is None or service in REGISTRATION:
            return permit
        return replace(permit, authorisation=replace(permit.authorisation, sender=sender))

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
        content = reply.content
        if content is None and ErrorClass.REGISTERED in _classes(reply):
            content = xml.empty("Inhoud")  # the warning is all there is to say
        if content is None:
            raise Unanswered(Reason.UNREADABLE, "neither an answer nor an error came back", at)
        if new_number:
            flags.append(f"new-number:{insz}→{new_number}")
        return Answer(content, new_number or insz, at, tuple(flags), incomplete)

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
        version = self.endpoints.service(registration.SERVICE.name).version
        wanted = registration.question(
            question.insz, permit.authorisation, self.today, version=version
        )
        try:
            answer = self._answer(self._send(permit, wanted), question.insz)
        except NoAuthorisation as error:
            raise Unanswered(Reason.NOT_REGISTERED, str(error), self.now()) from None
        if not registration.succeeded(answer.content, answer.flags):
            raise Unanswered(Reason.NOT_REGISTERED, "the registration was refused", answer.at)

    def _send(self, permit: Permit, question: Question) -> Reply:
        """Ask until there is an answer that is not "busy", or patience ends."""
        name = question.service.name
        permit.check(name, self.today)
        if name in self._dead:
            raise self._unanswered(self._dead[name])
        settings = self.endpoints.service(name)
        address = settings.address(name).netloc
        try:
            with endurance.asking(f"magda/{name}", address, settings.limits, self.sleep) as asking:
                reply = self._persist(permit, question, settings, asking)
                asking.failed = _busy(reply)
                return reply
        except endurance.Paused as error:
            raise Unanswered(Reason.UNAVAILABLE, str(error), self.now()) from None
        except endurance.OverBudget as error:
            raise Unanswered(Reason.BUSY, str(error), self.now()) from None

    def _persist(
        self,
        permit: Permit,
        question: Question,
        settings: ServiceSettings,
        asking: endurance.Question,
    ) -> Reply:
        def once() -> Reply:
            asking.spend(self.patience.budget)
            return self._exchange(permit, question, settings)

        try:
            return self.patience.persist(
                once, after=_worth_retrying, unless=lambda reply: not _busy(reply), sleep=self.sleep
            )
        except _UNUSABLE as error:
            asking.failed = True
            if isinstance(error, NoConnection) and not error.worth_retrying:
                self._dead[question.service.name] = error
            raise self._unanswered(error) from None

    def _exchange(self, permit: Permit, question: Question, settings: ServiceSettings) -> Reply:
        """Once. Whatever comes of it, is in the list of what was asked."""
        name = question.service.name
        header = Header(
            sender=permit.authorisation.sender,
            reference=str(uuid.uuid4()),
            question_reference=str(uuid.uuid4()),
            at=self.now(),
            user=self.user,
        )
        waits_for(name, self.asked)
        outcome, doubt = str(Reason.FAULT), ""
        try:
            reply = exchange(settings, question, header)
            outcome = _outcome(reply, question.insz)
        except _UNUSABLE as error:
            outcome = str(_reason(error))
            if isinstance(error, Distrusted):
                doubt = error.doubt.name.lower()
                log.warning(
                    "an answer of a source was not believed",
                    extra={"service": name, "problem": doubt},
                )
            raise
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
                    doubt=doubt,
                )
            )
        return reply

    def _unanswered(self, error: Exception) -> Unanswered:
        return Unanswered(_reason(error), str(error), self.now())


_UNUSABLE = (NoConnection, UnreadableXml, SoapFault, Distrusted)
"""What comes back and is no answer."""


def _reason(error: Exception) -> Reason:
    """Why a fact is unknown after it."""
    match error:
        case NoConnection():
            return error.reason
        case UnreadableXml():
            return Reason.UNREADABLE
        case Distrusted():
            return Reason.STALE if error.doubt is Doubt.OLD else Reason.UNTRUSTED
    return Reason.FAULT


def _worth_retrying(error: BaseException) -> bool:
    return isinstance(error, NoConnection) and error.worth_retrying


def _busy(reply: Reply) -> bool:
    return ErrorClass.TRANSIENT in _classes(reply)


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


def _outcome(reply: Reply, insz: str) -> str:
    """What came of it, as a code: who asked does not look further than the first reason."""
    reasons = [meaning(error).reason for error in reply.errors]
    if reply.content is None and not reply.errors:
        reasons.append(Reason.UNREADABLE)
    if insz not in (_named(reply.content) or [insz]):
        reasons.append(Reason.IDENTITY)
    return str(next((reason for reason in reasons if reason), "answered"))


def _named(content: Element | None) -> list[str]:
    """Whom an answer says that it is about: the person, or all of a household."""
    listed = xml.child(content, "Gezinsleden")
    members = [] if listed is None else xml.children(listed, "Gezinslid")
    numbers = [_insz_of_person(content), *(xml.text(each, "INSZ") for each in members)]
    return [number for number in numbers if number]
