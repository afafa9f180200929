"""Generated cases: who asks what, for which purpose and right, on which authorisations."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.sources.invented import ANNA, BERT, CARO, DIRK, ON
from vanzelf.rights import Regulations
from vanzelf.sources.catalogue import HOUSEHOLD, PERSON_FACTS, STREET, Catalogue
from vanzelf.sources.lawfulness import Authorisation, Group, Sender
from vanzelf.sources.lawfulness.groups import reached

PURPOSES = ("controle", "toekenning", "onderzoek")
SERVICES = (
    "GeefPersoon",
    "GeefGezinssamenstelling",
    "GeefSociaalStatuut",
    "GeefAanslagbiljetPersonenbelasting",
    "GeefLeefloonbedragen",
    "GeefDossierHandicap",
    "GeefKindVoordelen",
    "RegistreerInschrijving",
    "lists/ocmw-budget",
)
BUDGET = ("budgetbegeleiding", "budgetbeheer")
TRUTH = {ANNA: Group.RESIDENTS, BERT: Group.ADULTS, CARO: Group.CHILDREN, DIRK: Group.RESIDENTS}
"""Who everyone is when Anna, or Dirk, is asked about: what no authorisation needs to tell."""

OFTEN = 0.7
"""How likely a name is to be among those of an authorisation: most cases should just miss."""


@dataclass(frozen=True, slots=True)
class Case:
    number: int
    insz: str
    purpose: str
    facts: tuple[str, ...]
    right: str | None  # the right for which is asked; None: facts by name
    authorisations: tuple[Authorisation, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What there is to choose from."""

    facts: tuple[str, ...]
    statutes: tuple[str, ...]
    rights: tuple[str, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, regulations: Regulations) -> Names:
        proofs = catalogue.proofs
        assert proofs.living_wage
        assert proofs.assessments
        facts = {HOUSEHOLD, STREET, *PERSON_FACTS, *BUDGET, *catalogue.statutes}
        facts |= proofs.living_wage.facts | proofs.assessments.facts.keys()
        facts |= proofs.disability.keys() | proofs.child_benefits.keys()
        statutes = {name for names in catalogue.statutes.values() for name in names}
        return cls(tuple(sorted(facts)), tuple(sorted(statutes)), tuple(regulations))


def case(number: int, names: Names, seed: int = 0) -> Case:
    """The same number and seed give the same case."""
    draw = random.Random(f"{seed}|{number}")
    return Case(
        number=number,
        insz=draw.choice((ANNA, ANNA, DIRK)),
        purpose=draw.choice((*PURPOSES, "controle", "controle")),
        facts=tuple(fact for fact in names.facts if draw.random() < 0.5),
        right=draw.choice(names.rights) if draw.random() < 0.5 else None,
        authorisations=tuple(
            authorisation(f"g{number}.{place}", draw, names) for place in range(draw.randrange(4))
        ),
    )


def authorisation(sender: str, draw: random.Random, names: Names) -> Authorisation:
    """Its sender is its own, so that a message tells under which authorisation it was sent."""

    def some(listed: tuple[str, ...]) -> frozenset[str]:
        often = draw.choice((0.1, OFTEN, 1.0))
        return frozenset(one for one in listed if draw.random() < often)

    near = draw.choice((-400, -1, 0, 0, 0, 1))
    end = draw.choice((None, None, -1, 0, 1, 300))
    limited = draw.random() < 0.3
    return Authorisation(
        reference=f"CASE {sender}",
        kind="protocol",
        title="generated",
        purposes=some(PURPOSES),
        services=some(SERVICES),
        facts=some(names.facts),
        statutes=some(names.statutes),
        units=reached(one for one in Group if draw.random() < OFTEN),
        regulations=frozenset(draw.sample(names.rights, 6)) if limited else frozenset(),
        sender=Sender(sender),
        valid_from=ON + timedelta(days=near),
        valid_until=None if end is None else max(ON + timedelta(days=end), date(2020, 1, 1)),
        invented=True,
    )
