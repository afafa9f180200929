"""Who is registered with the stand-in, by whom: it takes registrations in, and takes them back."""

from __future__ import annotations

from dataclasses import dataclass, field

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.standin import replies
from vanzelf.sources.magda.standin.request import Request
from vanzelf.sources.magda.xml import Element

INTO, OUT_OF = "RegistreerInschrijving", "RegistreerUitschrijving"
SERVICES = frozenset({INTO, OUT_OF})
Key = tuple[str, str, str]  # Identificatie, Hoedanigheid, INSZ


@dataclass(slots=True)
class Enrolment:
    """Registrations by identity, capacity and person, each with its period as it was given."""

    periods: dict[Key, tuple[str, str | None]] = field(default_factory=dict)

    def holds(self, request: Request) -> bool:
        """Whether who asks is registered for this person."""
        return _key(request) in self.periods

    def take_in(self, request: Request, answer: Element) -> Element:
        """The answer to a registration or its taking back; keeps what it did when it succeeded.

        `answer` is the one on file. One that succeeds gives way to what is wrong with the question.
        """
        inside = xml.child(answer, "Repliek", "Antwoorden", "Antwoord", "Inhoud")
        if xml.text(inside, "Resultaat") != "1":
            return answer
        problem = self._problem(request)
        if problem is not None:
            content = [_DONE] if problem is ALREADY else []
            return replies.answer(request, content, [problem])
        if request.service == INTO:
            begin = request.asked("Inschrijving", "Periode", "Begin") or ""
            end = request.asked("Inschrijving", "Periode", "Einde")
            self.periods[_key(request)] = (begin, end)
        else:
            del self.periods[_key(request)]
        return answer

    def _problem(self, request: Request) -> Node | None:
        given = dict(request.sender)
        part = "Inschrijving" if request.service == INTO else "Uitschrijving"
        for name in ("Identificatie", "Hoedanigheid"):
            if request.asked(part, name) != given.get(name):
                text = f"{name} verschilt van die in de Context"
                return replies.error("20005", "MAGDA", text)
        if request.service == OUT_OF and not self.holds(request):
            return replies.error("40003", "MAGDA", "Geen inschrijving aanwezig voor het INSZ")
        return ALREADY if request.service == INTO and self.holds(request) else None


ALREADY = replies.error("40143", "MAGDA", "Het INSZ is al ingeschreven", "WAARSCHUWING")
_DONE = Node("Resultaat", "1", (("Beschrijving", "Wel geslaagd"),))


def _key(request: Request) -> Key:
    given = dict(request.sender)
    return given.get("Identificatie", ""), given.get("Hoedanigheid", ""), request.insz
