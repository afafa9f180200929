"""Generated orders by file, sent to a real FTPS server, and the files that reached it judged.

In half of the cases the grounds are others when it is sent than they were when it was ordered.
What is judged is what stands in the files: the statuses they name and how many persons.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from tests.prove.ground.cases import PURPOSES, Names, authorisation
from tests.prove.ground.judging import for_right
from tests.prove.ground.ordering import Found
from tests.sources.invented import NOW, ON
from vanzelf.city import clock, regulations
from vanzelf.city.bulk import domain, ordering, work
from vanzelf.city.bulk.models import ListFile
from vanzelf.city.lawfulness.models import SentQuestion
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.models import StaffMember
from vanzelf.sources.catalogue import Catalogue, shipped
from vanzelf.sources.data import SHIPPED, load_yaml_once
from vanzelf.sources.lawfulness import Authorisation, NoAuthorisation
from vanzelf.sources.lawfulness.groups import EVERYONE
from vanzelf.sources.lawfulness.writing import authorisation_data
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.bulk import SERVICE, BulkSettings
from vanzelf.sources.magda.bulk.streams import records

PERSONS = 3
WANTED = ("Referte", "SociaalStatuut", "Persoon")
Grounds = tuple[Authorisation, ...]


@dataclass(frozen=True)
class Desk:
    """Who orders, about whom, over which server."""

    by: StaffMember
    persons: list[int]
    box: Path
    grounds: Path  # the file that VANZELF_AUTHORISATIONS names
    names: Names

    def judged(self, numbers: Iterable[int], seed: int = 0, honest: bool = True) -> Found:
        """Orders, sends and judges each case; not `honest`: sent as if all were authorised."""
        found = Found()
        for number in numbers:
            with clock.fixed(NOW), transaction.atomic():
                self._judge(number, seed, honest, found)
                transaction.set_rollback(True)
            for file in (self.box / "To_Vip").iterdir():
                file.unlink()
        return found

    def _judge(self, number: int, seed: int, honest: bool, found: Found) -> None:
        draw = random.Random(f"by file|{seed}|{number}")
        right = draw.choice(by_file())
        before = _grounds(draw, number, self.names)
        after = _grounds(draw, number, self.names) if draw.random() < 0.5 else before
        sent = False
        ordered = False
        with suppress(NoAuthorisation, NotNow):
            self._say(before if honest else _wide(before))
            order = domain.order(
                regulation_ids=[right],
                on=ON,
                by=self.by,
                settings=BulkSettings.from_env(),
                persons=self.persons,
                queue=False,
            )
            ordered = True
            self._say(after if honest else _wide(before))
            work.send(order.pk)
            sent = True
        files = [file.read_bytes() for file in whole(self.box)]
        found.cases += 1
        found.files += len(files)
        found.refused += not files
        found.ended += ordered and not sent and not files
        needed = ordering.serving([regulations.regulation(right)], shipped())
        for content in files:
            reference, names, about = _read(content)
            found.persons += len(about)
            where = f"order {number}: {right}"
            found.problems += _wrong(where, reference, names, after, needed, len(about))

    def _say(self, grounds: Grounds) -> None:
        shown = load_yaml_once(SHIPPED / "authorisations.yaml")
        activity = next(iter(shown["activities"]))
        given = [authorisation_data(replace(one, activity=activity)) for one in grounds]
        purposes = {name: f"invented: {name}" for name in PURPOSES}
        data = {**shown, "purposes": purposes, "authorisations": given}
        self.grounds.write_text(json.dumps(data, default=str))
        os.environ["VANZELF_AUTHORISATIONS"] = str(self.grounds)


def by_file() -> list[str]:
    """The rights that need something which a list can give."""
    catalogue = shipped()
    return [
        name
        for name, right in regulations.regulations().items()
        if ordering.wanted([right], catalogue)
    ]


def whole(box: Path) -> list[Path]:
    """What MAGDA would take."""
    return sorted((box / "To_Vip").glob("*.xml"))


def _grounds(draw: random.Random, number: int, names: Names) -> Grounds:
    """As those of messages; most leave out one thing that a file needs, some nothing."""
    made = []
    for place in range(draw.randrange(1, 4)):
        one = authorisation(f"f{number}.{place}", draw, names)
        if draw.random() < 0.6:
            full: dict[str, Any] = {
                "purposes": frozenset(PURPOSES) | {domain.PURPOSE},
                "services": one.services | {SERVICE.name},
                "facts": frozenset(names.facts),
                "statutes": frozenset(names.statutes),
                "units": EVERYONE,
                "regulations": frozenset[str](),
                "valid_from": date(2020, 1, 1),
                "valid_until": None,
            }
            kept = draw.choice((*full, None, None))
            one = replace(one, **{key: value for key, value in full.items() if key != kept})
        made.append(one)
    return tuple(one for one in made if _said(one))


def _said(ground: Authorisation) -> bool:
    """Whether a file of authorisations can say it: none is for nothing or ends before it begins."""
    ends = ground.valid_until is None or ground.valid_until >= ground.valid_from
    named = ground.purposes and ground.services and ground.facts and ground.units
    return ends and bool(named)


def _wide(grounds: Grounds) -> Grounds:
    """The first under the same name, for everything."""
    names = {name for names in shipped().statutes.values() for name in names}
    return tuple(
        replace(
            one,
            purposes=frozenset({domain.PURPOSE}),
            services=frozenset({SERVICE.name}),
            facts=frozenset(shipped().statutes),
            statutes=frozenset(names),
            units=EVERYONE,
            regulations=frozenset(),
            valid_from=ON,
            valid_until=None,
        )
        for one in grounds[:1]
    )


def _read(content: bytes) -> tuple[str, list[str], list[str]]:
    reference, names, about = "", [], []
    for name, element in records([content], SERVICE.name, WANTED, 10**9):
        match name:
            case "Referte":
                reference = xml.text(element) or ""
            case "SociaalStatuut":
                names.append(xml.text(element, "Naam") or "")
            case _:
                about.append(xml.text(element, "INSZ") or "")
    return reference, names, about


def _wrong(
    where: str,
    reference: str,
    names: list[str],
    grounds: Grounds,
    needed: dict[str, list[str]],
    persons: int,
) -> Iterator[str]:
    """Each status of a file must be of the one authorisation under which the file was sent, and
    the city must have written it down, with as many persons."""
    name = ListFile.objects.get(reference=reference).authorisation
    ground = next((one for one in grounds if one.reference == name and _holds(one)), None)
    if ground is None:
        yield f"{where}: {name} does not hold for this file"
        return
    allowed = _allowed(ground, shipped(), needed)
    yield from (f"{where}: status {one} is not of {name}" for one in names if one not in allowed)
    kept = SentQuestion.objects.filter(reference=reference, authorisation=name)
    if [one.persons for one in kept] != [persons]:
        yield f"{where}: what arrived is not what was written down"


def _holds(ground: Authorisation) -> bool:
    """Day, purpose, service, and everyone: a file does not say which group someone is of."""
    late = ground.valid_until is not None and ground.valid_until < ON
    return (
        ground.valid_from <= ON
        and not late
        and "toekenning" in ground.purposes
        and "GeefSociaalStatuutVoorLijst" in ground.services
        and ground.units >= EVERYONE
    )


def _allowed(ground: Authorisation, catalogue: Catalogue, needed: dict[str, list[str]]) -> set[str]:
    return {
        name
        for fact, names in catalogue.statutes.items()
        if fact in ground.facts and fact in needed and for_right(ground, fact, needed)
        for name in names
        if name in ground.statutes
    }
