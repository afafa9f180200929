"""The question of GeefPersoon, and reading its answer."""

from __future__ import annotations

from vanzelf.sources.insz import oddity
from vanzelf.sources.magda import xml
from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.magda.dates import read_date
from vanzelf.sources.magda.geef_persoon.types import Address, Person, Relative
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.question import Question, Service
from vanzelf.sources.magda.xml import Element
from vanzelf.sources.types import Reason

SERVICE = Service(
    "GeefPersoon", "02.02.0000", "http://magda.vlaanderen.be/persoon/soap/geefpersoon/v02_02"
)
CIVIL_STATES = frozenset({"10", "20", "30", "40", "41", "51", "80"})


def question(insz: str) -> Question:
    """Ask the national register for the basic data of one person."""
    flags = Node("OpvragingenKSZ", [Node("BasisPersoonsgegevens", "1")])
    criteria = Node("Criteria", [Node("INSZ", insz), flags])
    return Question(SERVICE, insz, (criteria, Node("Bron", "RR"), Node("Taal", "nl")))


def read(answer: Answer) -> Person:
    """The person. Raises `Unanswered` when the answer is about another one."""
    element = xml.child(answer.content, "Persoon")
    if element is None or xml.text(element, "INSZ") != answer.insz:
        raise Unanswered(Reason.IDENTITY, "the answer is about another person", answer.at)
    born, bad_birth = read_date(xml.text(element, "Geboorte", "Datum"))
    death = xml.child(element, "Overlijden")
    died, bad_death = read_date(xml.text(death, "Datum"))
    address, bad_address = read_address(element)
    reference = xml.child(element, "Referentiepersoon")
    listed = xml.child(element, "Gezinsleden")
    flags = (*answer.flags, *bad_birth, *bad_death, *bad_address, *_oddities(element))
    return Person(
        insz=answer.insz,
        born=born,
        deceased=death is not None,
        died=died,
        address=address,
        members=tuple(map(read_relative, () if listed is None else listed)),
        reference_person=None if reference is None else read_relative(reference),
        flags=tuple(dict.fromkeys(flags)),
    )


def read_relative(element: Element) -> Relative:
    """A Gezinslid, or the Referentiepersoon."""
    insz = xml.text(element, "INSZ")
    born, bad_birth = read_date(xml.text(element, "Geboortedatum"))
    begin, bad_begin = read_date(xml.attribute(element, "DatumBegin"))
    end, bad_end = read_date(xml.attribute(element, "DatumEinde"))
    address, bad_address = read_address(element)
    odd = oddity(insz) if insz else None
    return Relative(
        insz=insz,
        position=xml.text(element, "Positie", "Code"),
        born=born,
        begin=begin,
        end=end,
        address=address,
        flags=(*bad_birth, *bad_begin, *bad_end, *bad_address, *([odd] if odd else [])),
    )


def read_address(person: Element) -> tuple[Address | None, tuple[str, ...]]:
    """The main residence of a Persoon or Gezinslid, with flags."""
    element = xml.child(person, "Adressen", "Hoofdverblijfplaats")
    if element is None:
        return None, ()
    begin, bad_begin = read_date(xml.attribute(element, "DatumBegin"))
    end, bad_end = read_date(xml.attribute(element, "DatumEinde"))
    address = Address(
        municipality=xml.text(element, "NISCodeGemeente"),
        postcode=xml.text(element, "Postcode"),
        street=xml.text(element, "Straatnaam", "String"),
        number=xml.text(element, "Huisnummer"),
        municipality_name=xml.text(element, "Gemeentenaam", "String"),
        begin=begin,
        end=end,
    )
    return address, bad_begin + bad_end


def _oddities(person: Element) -> list[str]:
    """Things that are strange but decide nothing: noted for whoever looks."""
    insz = xml.text(person, "INSZ")
    found = [oddity(insz) if insz else None]
    states = xml.child(person, "BurgerlijkeStaten")
    for state in () if states is None else xml.children(states, "BurgerlijkeStaat"):
        code = xml.text(state, "Code")
        found.append(None if code in CIVIL_STATES else f"civil-state:{code}")
    statuses = xml.child(person, "Statussen")
    for status in () if statuses is None else xml.children(statuses, "Status"):
        found.append(f"register-status:{xml.text(status, 'Code')}")
    return [flag for flag in found if flag]
