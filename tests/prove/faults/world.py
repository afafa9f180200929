"""Invented households whose answers differ, and the keys with which a source signs them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from tests.sources.invented import (
    NOW,
    address,
    head_of,
    member,
    number,
    person,
    status,
    statuses,
    write_answers,
)
from tests.sources.magda.authority import DAY, Authority, Holder
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.security import Algorithm, Trust, sign

STATUSES = ("BIM_BVT", "LIVING_WAGES_PCSA_HELP", "GENT_PARKING_ADULT")
PERIODS = ([("2024-01-01", "2026-12-31")], [("2020-01-01", "2021-12-31")], [])


@dataclass(frozen=True)
class Keys:
    """Who signs, and who only would like to."""

    source: Holder
    stranger: Holder  # of another authority, under the same name
    neighbour: Holder  # of the same authority, under another name
    expired: Holder
    trust: Trust

    @classmethod
    def make(cls) -> Keys:
        own, other = Authority("Our authority", now=NOW), Authority("Another authority", now=NOW)
        return cls(
            source=own.issue("magda.example"),
            stranger=other.issue("magda.example"),
            neighbour=own.issue("neighbour.example"),
            expired=own.issue("magda.example", valid=(-9 * DAY, -DAY)),
            trust=Trust(authorities=(own.certificate,), subject="magda.example"),
        )

    def signed(
        self, message: bytes, by: Holder, algorithm: Algorithm = Algorithm.RSA_SHA256
    ) -> bytes:
        return sign(message, by.identity, algorithm)


def households(folder: Path, count: int, seed: int) -> list[list[str]]:
    """Answer files for so many households; the numbers of who lives together."""
    rng = random.Random(seed)
    return [_household(folder, rng, index) for index in range(count)]


def _household(folder: Path, rng: random.Random, index: int) -> list[str]:
    size = rng.choice((1, 1, 2, 3, 4))
    born = [1950 + rng.randrange(50), 1950 + rng.randrange(50), 2005, 2012][:size]
    month, day = 1 + index % 9, 1 + index // 9
    people = [
        number(f"{year % 100:02d}6{month}{day:02d}{10 * place + 1:03d}", year > 1999)
        for place, year in enumerate(born)
    ]
    days = [f"{year}-0{month}-{day:02d}" for year in born]
    home = address(rng.choice(("44021", "44021", "44021", "24062")))
    positions = ("01", "02", "03", "03")
    listed = Node(
        "Gezinsleden",
        [
            member(insz, position, born=day, begin="2013-01-01", home=home)
            for insz, position, day in zip(people, positions, days, strict=False)
        ],
    )
    others = [
        member(insz, position, born=day)
        for insz, position, day in zip(people[1:], positions[1:], days[1:], strict=False)
    ]
    write_answers(
        folder,
        persons={
            insz: person(
                insz,
                member(people[0], "01", tag="Referentiepersoon") if place else head_of(*others),
                born=days[place],
                home=home,
            )
            for place, insz in enumerate(people)
        },
        households=dict.fromkeys(people, listed),
        social={insz: _statuses(insz, rng) for insz in people},
    )
    return people


def _statuses(insz: str, rng: random.Random) -> Node:
    return statuses(
        insz, *[status(name, rng.choice("011"), rng.choice(PERIODS)) for name in STATUSES]
    )
