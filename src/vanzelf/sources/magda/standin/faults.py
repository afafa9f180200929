"""The answers that a fault makes. (Faults of the line itself are made where it is sent.)"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from vanzelf.sources.magda.standin import enrolment, replies
from vanzelf.sources.magda.standin.enrolment import Enrolment
from vanzelf.sources.magda.standin.request import Request
from vanzelf.sources.magda.standin.switches import Fault, another_number
from vanzelf.sources.magda.xml import Element


class Answers(Protocol):
    """Where answers come from."""

    def find(self, request: Request) -> Element:
        """The content of the Body; may be changed by the caller."""


@dataclass(slots=True)
class State:
    """What happened before: who was registered, and which new number stands for which old."""

    enrolment: Enrolment = field(default_factory=Enrolment)
    former: dict[str, str] = field(default_factory=dict)


def faulty(answers: Answers, state: State, request: Request, fault: Fault) -> Element | None:
    """The answer that this fault makes; None when it makes none of its own."""
    registering = request.service in enrolment.SERVICES
    match fault.kind:
        case "busy":
            text = "Te veel gelijktijdige bevragingen"
            return replies.refusal(request, replies.error("99996", "MAGDA", text))
        case "unavailable":
            text = "Onverwachte fout bij de bron"
            return replies.refusal(request, replies.error("99994", "MAGDA", text))
        case "fault":
            return replies.fault("Server", "the stand-in was told to fail")
        case "not-registered" | "never-registered" if not registering:
            known = fault.kind == "not-registered" and state.enrolment.holds(request)
            text = "Geen inschrijving aanwezig voor het INSZ"
            problem = replies.error("40003", "MAGDA", text)
            return None if known else replies.answer(request, (), [problem])
        case "new-number" | "new-number-only" if not registering:
            return _new_number(answers, state, request, fault)
        case "wrong-person" if not registering:
            other = another_number(request.insz)
            return replies.renumbered(answers.find(request), request.insz, other)
    return None


def _new_number(answers: Answers, state: State, request: Request, fault: Fault) -> Element:
    """Asked under the old number: 30004. Under the new one: the answer of the old."""
    if request.insz == fault.new:
        state.former[request.insz] = fault.insz or request.insz
    if request.insz in state.former:
        old = state.former[request.insz]
        found = answers.find(replace(request, insz=old))
        return replies.renumbered(found, old, request.insz)
    new = fault.new or another_number(request.insz)
    state.former[new] = request.insz
    text = "Persoon heeft een nieuw INSZ"
    problem = replies.error("30004", "RR", text, "WAARSCHUWING", INSZ=new)
    if fault.kind == "new-number-only":
        return replies.answer(request, (), [problem])
    response = replies.renumbered(answers.find(request), request.insz, new)
    return replies.with_error(response, problem)
