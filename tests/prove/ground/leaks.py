"""What came along without ground, looked for afterwards: database, files, logs and pages.

The stand-in's answers are full of planted values. The city checks people with authorisations that
cover none of these, then everything that it keeps or shows is searched. The control has ground for
two of them, and must find those: else the search sees nothing.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg
from django.test import Client
from django.urls import reverse

from tests.environment import environment
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
from vanzelf.city import clock
from vanzelf.city.awards.domain import point_check
from vanzelf.city.awards.models import Advice
from vanzelf.city.people.models import Person
from vanzelf.city.staff.domain import create_demo_staff
from vanzelf.faces.look.actor import PERSON
from vanzelf.sources.data import SHIPPED, load_yaml
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.standin import AnswerFiles, Standin

REASON = "Vraagt aan het loket naar de huisvuilzakken."
DAY = date(2026, 1, 15)
SECRET = "KANARIE"
NAMED = f"{SECRET}VOGEL"


@dataclass(frozen=True, slots=True)
class Family:
    """Two adults and a child, with values of their own that were planted with them."""

    parent: str
    partner: str
    child: str
    born: tuple[str, str, str]  # nobody was born so long ago: found once, it is a leak

    @property
    def canaries(self) -> tuple[bytes, ...]:
        written = []
        for day in map(date.fromisoformat, self.born):
            written += [day.isoformat(), f"{day:%d-%m-%Y}", f"{day:%d/%m/%Y}", repr(day)]
            written += [f"{day.day} {MONTHS[day.month - 1]} {day.year}"]
        return tuple(text.encode() for text in written)


MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


@dataclass
class Searched:
    """Where planted values were found, by place; and how much was searched."""

    hits: dict[str, set[str]] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=dict)  # bytes

    def look(self, place: str, text: bytes, canaries: Iterable[bytes]) -> None:
        self.size[place] = self.size.get(place, 0) + len(text)
        found = {one.decode() for one in canaries if one in text}
        if found:
            self.hits.setdefault(place, set()).update(found)


def families(count: int) -> list[Family]:
    return [
        Family(
            number(f"8061{1 + place % 28:02d}{100 + 2 * place:03d}"),
            number(f"7962{1 + place % 28:02d}{101 + 2 * place:03d}"),
            number(f"1563{1 + place % 28:02d}{100 + 2 * place:03d}", born_from_2000=True),
            tuple(f"19{10 + who}-{1 + place % 12:02d}-{1 + place % 28:02d}" for who in range(3)),  # type: ignore[arg-type]  # three
        )
        for place in range(count)
    ]


def write(folder: Path, homes: Iterable[Family]) -> Path:
    """Answers that say more than was asked, in known elements and in ones nobody reads."""
    for home in homes:
        lives = address(postcode=SECRET)
        numbers = (home.parent, home.partner, home.child)
        listed = head_of(
            *(
                member(insz, position, born=born, begin="2015-01-01", home=lives)
                for insz, position, born in zip(numbers, ("01", "02", "03"), home.born, strict=True)
            )
        )
        more = [Node("Nationaliteiten", [Node("Naam", NAMED)]), Node("Inkomen", SECRET)]
        unasked = Node("SociaalStatuut", [Node("Naam", NAMED), Node("Resultaat", SECRET)])
        write_answers(
            folder,
            persons={
                home.parent: person(home.parent, listed, *more, born=home.born[0], home=lives)
            },
            households={home.parent: listed},
            social={
                insz: statuses(insz, status("LIVING_WAGES_PCSA_HELP", "1"), unasked)
                for insz in numbers
            },
        )
    return folder


def grounds(folder: Path, *, wide: bool) -> Path:
    """An own file: who lives together and one status; `wide`: birth and postcode as well."""
    data = load_yaml(SHIPPED / "authorisations.yaml")
    register, social, *_ = data["authorisations"]
    register["facts"] = ["gezinsleden", "gemeente"]
    register["facts"] += ["geboortedatum", "postcode"] if wide else []
    social["facts"], social["statutes"] = ["leefloon"], ["LIVING_WAGES_PCSA_HELP"]
    path = folder / "grounds.yaml"
    path.write_text(json.dumps({**data, "authorisations": [register, social]}, default=str))
    return path


def search(
    folder: Path,
    homes: list[Family],
    *,
    wide: bool,
    admin: psycopg.Connection,
    rights: Sequence[str] | None = None,
) -> Searched:
    """Checks every family on a database without people, then searches all that is left of it."""
    folder.mkdir(parents=True, exist_ok=True)
    stream, found = io.StringIO(), Searched()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level, handlers = root.level, root.handlers
    root.handlers = [handler]  # with every argument, also those that ours leaves out
    root.setLevel(logging.DEBUG)
    try:
        with Standin(AnswerFiles(write(folder / "answers", homes))) as magda:
            file = grounds(folder, wide=wide)
            settings = {"VANZELF_MAGDA_URL": magda.url, "VANZELF_AUTHORISATIONS": str(file)}
            with environment(settings), clock.fixed(NOW):
                people = check(homes, rights)
                pages = list(opened(people))
    finally:
        root.handlers = handlers
        root.setLevel(level)
    canaries = [SECRET.encode(), *(one for home in homes for one in home.canaries)]
    for table, text in dumped(admin):
        found.look(f"database: {table}", text, canaries)
    for address_, text in pages:
        found.look(f"page: {address_}", text, canaries)
    found.look("log", stream.getvalue().encode(), canaries)
    return found


def check(homes: Iterable[Family], rights: Sequence[str] | None) -> list[Person]:
    """What a clerk does for each family, for these rights or for all."""
    clerk = next(one for one in create_demo_staff() if one.user.get_username() == "sam.dewilde")
    checked = [
        point_check(insz=home.parent, on=DAY, by=clerk, reason=REASON, regulation_ids=rights)
        for home in homes
    ]
    return [advices[0].check_ref.person for advices in checked]


def opened(people: Iterable[Person]) -> Iterator[tuple[str, bytes]]:
    """Every page that shows them: to themselves, to the clerk, to who guards data."""
    staff = {one.user.get_username(): one for one in create_demo_staff()}
    clerk = Client(headers={"host": "localhost"})
    clerk.force_login(staff["sam.dewilde"].user)
    checks = set(Advice.objects.values_list("check_ref_id", flat=True))
    addresses = [reverse("counter:today"), *(reverse("counter:advice", args=[c]) for c in checks)]
    yield from ((one, clerk.get(one).content) for one in addresses)
    officer = Client(headers={"host": "localhost"})
    officer.force_login(staff["joke.maertens"].user)
    for route in ("authorisations", "assessment", "register"):
        yield route, officer.get(reverse(f"privacy:{route}")).content
    for one in people:
        resident = Client(headers={"host": "localhost"})
        session = resident.session
        session[PERSON] = one.pk
        session.save()
        for route in ("overview", "facts", "looks"):
            yield f"resident {route}", resident.get(reverse(f"resident:{route}")).content


def dumped(admin: psycopg.Connection) -> Iterator[tuple[str, bytes]]:
    """Every table as text, as a dump has it."""
    tables = admin.execute(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    for (table,) in tables:
        with admin.cursor().copy(f"COPY {table} TO STDOUT") as copy:
            yield table, b"".join(bytes(part) for part in copy)


def in_files(folder: Path, canaries: Iterable[bytes]) -> Searched:
    """Every file of an installation: also those of the database itself, and its journal."""
    found, wanted = Searched(), list(canaries)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.look(str(path.relative_to(folder)), path.read_bytes(), wanted)
    return found
