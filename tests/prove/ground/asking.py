"""Every case is asked of a stand-in that counts what arrives at its socket, and judged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tests.prove.ground import judging
from tests.prove.ground.cases import BUDGET, Case, Names, case
from tests.sources.invented import (
    ANNA,
    BERT,
    CARO,
    DIRK,
    HASTE,
    NOW,
    ON,
    address,
    authorisation,
    head_of,
    member,
    person,
    status,
    statuses,
    write_answers,
)
from vanzelf.rights import Regulations, load
from vanzelf.sources import Endpoints, Household, assemble, endurance, gather
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.lists import OwnList, load_folder
from vanzelf.sources.magda.standin import AnswerFiles, Standin, Switches
from vanzelf.sources.magda.standin.faults import State
from vanzelf.sources.planning.one_household import needed_by

CANARIES = {
    "geboortedatum": ("1980-08-17", "1979-07-13", "2015-12-27"),
    "postcode": ("KANARIE",),
}
"""Planted in every answer: what must be found nowhere when the fact has no ground. No hexadecimal
digits alone: references are drawn at random."""

RED = CANARIES["geboortedatum"]
UNREGISTERED = Switches.parse(["not-registered"])
"""40003 until the person is registered: a message of its own, that needs ground too."""
HOME = address(postcode="KANARIE")


@dataclass
class Found:
    """What came of many cases."""

    cases: int = 0
    silent: int = 0  # nothing may be asked, and nothing arrived
    messages: int = 0
    known: int = 0  # readings that became known
    sighted: int = 0  # planted values that came out with ground
    grounds: Counter[str] = field(default_factory=Counter)  # messages by service
    problems: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.cases += other.cases
        self.silent += other.silent
        self.messages += other.messages
        self.known += other.known
        self.sighted += other.sighted
        self.grounds += other.grounds
        self.problems += other.problems


@dataclass
class Room:
    """A stand-in that answers with more than it was asked, and the city's own list."""

    standin: Standin
    lists: list[OwnList]
    regulations: Regulations
    names: Names

    def ask(self, one: Case, honest: bool = True) -> Household:
        """What `gather` makes of a case; not `honest`: as if everything were authorised."""
        grounds = one.authorisations
        if not honest:
            everything = authorisation(purposes=(one.purpose,), facts=self.names.facts)
            grounds = tuple(
                replace(everything, sender=ground.sender) for ground in one.authorisations
            )
        rights = None if one.right is None else [self.regulations[one.right]]
        return gather(
            one.insz,
            ON,
            purpose=one.purpose,
            authorisations=grounds,
            endpoints=Endpoints(default=self.standin.url, read_timeout=5),
            now=NOW,
            lists=self.lists,
            facts=one.facts if rights is None else None,
            patience=HASTE,
            rights=rights,
        )


@contextmanager
def room(folder: Path) -> Iterator[Room]:
    """Everything to ask with; ends with the block."""
    endurance.forget()  # how sources did in another test is not what is looked at
    regulations = load(cases=False)
    with Standin(AnswerFiles(_answers(folder / "answers"))) as standin:
        yield Room(standin, _lists(folder), regulations, Names.of(shipped(), regulations))


def judged(place: Room, numbers: Iterable[int], seed: int = 0, honest: bool = True) -> Found:
    """Asks and judges each case."""
    found = Found()
    catalogue = shipped()
    for number in numbers:
        one = case(number, place.names, seed)
        needed = needed_by([place.regulations[one.right]]) if one.right else {}
        place.standin.received.clear()
        place.standin.state = State()  # nobody is registered yet
        place.standin.switches = UNREGISTERED if number % 4 == 0 else Switches()
        household = place.ask(one, honest)
        requests = [received.request for received in place.standin.received]
        found.cases += 1
        found.messages += len(requests)
        found.known += sum(r.known for m in household.members for r in m.readings.values())
        found.grounds.update(request.service for request in requests)
        found.problems += judging.messages(one, requests, catalogue, needed)
        if honest:
            found.problems += judging.written_down(one, requests, household, needed)
        found.problems += judging.readings(one, household, needed)
        found.problems += planted(one, household)
        found.sighted += sum(1 for _ in came_out(household))
        if not judging.may_be_asked(one, needed):
            found.silent += not requests
            found.problems += [f"case {number}: {len(requests)} messages, none may be"] * bool(
                requests
            )
    return found


def planted(one: Case, household: Household) -> Iterator[str]:
    """Canaries of facts that no authorisation of the case names, in anything that comes out."""
    granted = frozenset().union(*(ground.facts for ground in one.authorisations))
    for fact, value in came_out(household):
        if fact not in granted:
            yield f"case {one.number}: planted {fact} {value} came out"


def came_out(household: Household) -> Iterator[tuple[str, str]]:
    """Facts of which a canary stands in anything that comes out."""
    facts, origins = assemble(household)
    shown = repr(household) + json.dumps(facts, default=str) + repr(origins)
    for fact, values in CANARIES.items():
        for value in values:
            written = {value, repr(date.fromisoformat(value))} if "-" in value else {value}
            if any(text in shown for text in written):
                yield fact, value


def _answers(folder: Path) -> Path:
    """Anna, Bert and Caro together, and Dirk; each answer with everything there is to plant."""
    family = head_of(
        member(ANNA, "01", born=RED[0], home=HOME),
        member(BERT, "02", born=RED[1], begin="2010-01-01", home=HOME),
        member(CARO, "03", born=RED[2], begin="2015-12-27", home=HOME),
    )
    alone = head_of(member(DIRK, "01", born=RED[0], home=HOME))
    held = [status(name, "1", [("2024-01-01", "2026-12-31")]) for name in ("BIM_BVT", "GIB_IGO")]
    return write_answers(
        folder,
        persons={
            ANNA: person(ANNA, family, born=RED[0], home=HOME),
            DIRK: person(DIRK, alone, born=RED[0], home=HOME),
        },
        households={ANNA: family, DIRK: alone},
        social={insz: statuses(insz, *held) for insz in (ANNA, BERT, CARO, DIRK)},
    )


def _lists(folder: Path) -> list[OwnList]:
    rows = "".join(f"{insz};{kind};01/01/2025;\n" for insz in (ANNA, CARO) for kind in BUDGET)
    (folder / "budget.csv").write_text(f"insz;hulp;van;tot\n{rows}")
    (folder / "lists.yaml").write_text(
        "ocmw-budget: {file: budget.csv, as_of: 2026-01-10, complete: true}\n"
    )
    return load_folder(folder, allow_test=True)
