"""The judge: told what was asked and what became known, says what had no ground.

Written apart from `permits`, from the words of the rule: for each message and each known fact there
is one authorisation that holds that day, names purpose, service, fact, statuses and person, and is
not for other rights.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tests.prove.ground.cases import TRUTH, Case
from tests.sources.invented import ON
from vanzelf.sources import Household, Reading
from vanzelf.sources.catalogue import HOUSEHOLD, Catalogue
from vanzelf.sources.lawfulness import Authorisation, Group
from vanzelf.sources.magda.standin.request import Request

DERIVED = {"leden": HOUSEHOLD, "personen ten laste": HOUSEHOLD}
NEEDED = Mapping[str, Collection[str]]  # by fact, the rights that need it


def holds(ground: Authorisation, case: Case, service: str, whom: Group) -> bool:
    """Day, purpose, service and person, each by itself."""
    if ground.valid_from > ON:
        return False
    if ground.valid_until is not None and ground.valid_until < ON:
        return False
    return case.purpose in ground.purposes and service in ground.services and whom in ground.units


def for_right(ground: Authorisation, fact: str, needed: NEEDED) -> bool:
    return not ground.regulations or bool(set(needed.get(fact, ())) & ground.regulations)


def messages(
    case: Case, requests: Collection[Request], catalogue: Catalogue, needed: NEEDED
) -> Iterator[str]:
    """What is wrong with each message that arrived."""
    grounds = {ground.sender.identification: ground for ground in case.authorisations}
    for request in requests:
        where = f"case {case.number}: {request.service} about {request.insz}"
        ground = grounds.get(dict(request.sender).get("Identificatie", ""))
        if ground is None:
            yield f"{where}: from a sender of no authorisation of this case"
        elif request.insz not in TRUTH:
            yield f"{where}: about someone who was not asked about"
        elif not holds(ground, case, request.service, TRUTH[request.insz]):
            yield f"{where}: {ground.reference} does not hold for it"
        elif request.service == "GeefSociaalStatuut":
            yield from _statutes(where, request, ground, catalogue, needed)
        elif not any(for_right(ground, fact, needed) for fact in ground.facts):
            yield f"{where}: no fact of {ground.reference} may be asked for this right"


def _statutes(
    where: str, request: Request, ground: Authorisation, catalogue: Catalogue, needed: NEEDED
) -> Iterator[str]:
    allowed = {
        name
        for fact, names in catalogue.statutes.items()
        if fact in ground.facts and for_right(ground, fact, needed)
        for name in names
    }
    for name in request.statutes:
        if name not in ground.statutes or name not in allowed:
            yield f"{where}: status {name} is not of {ground.reference}"


def written_down(
    case: Case, requests: Collection[Request], household: Household, needed: NEEDED
) -> Iterator[str]:
    """Every message stands among the questions, by its reference, with facts of its ground."""
    grounds = {ground.reference: ground for ground in case.authorisations}
    arrived = sorted(dict(request.sender)["Referte"] for request in requests)
    if arrived != sorted(question.reference for question in household.questions):
        yield f"case {case.number}: what arrived is not what was written down"
    for question in household.questions:
        ground = grounds[question.authorisation]
        for fact in question.facts:
            if fact not in ground.facts or not for_right(ground, fact, needed):
                yield f"case {case.number}: {fact} was asked under {ground.reference}"


def readings(case: Case, household: Household, needed: NEEDED) -> Iterator[str]:
    """What became known without ground."""
    for name, reading in household.readings.items():
        if not may_be_known(case, DERIVED.get(name, name), reading, case.insz, needed):
            yield f"case {case.number}: {name} of the household is known without ground"
    for member in household.members:
        for name, reading in member.readings.items():
            if not may_be_known(case, name, reading, member.insz, needed):
                yield f"case {case.number}: {name} of {member.insz} is known without ground"


def may_be_known(case: Case, fact: str, reading: Reading, insz: str, needed: NEEDED) -> bool:
    if not reading.known:
        return True
    service = reading.source.removeprefix("magda/")
    return any(
        fact in ground.facts
        and holds(ground, case, service, TRUTH[insz])
        and for_right(ground, fact, needed)
        for ground in case.authorisations
    )


def may_be_asked(case: Case, needed: NEEDED) -> bool:
    """Whether some authorisation lets anything be asked at all: else nothing may arrive."""
    return any(
        holds(ground, case, service, whom)
        and any(for_right(ground, f, needed) for f in ground.facts)
        for ground in case.authorisations
        for service in ground.services
        for whom in Group
        if service.startswith("Geef")
    )
