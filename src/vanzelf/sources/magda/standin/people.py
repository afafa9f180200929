"""Persons and households of the invented city, as the register writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from vanzelf.sources.magda.nodes import Node, optional

HEAD = "01"
COLLECTIVE = "20"
Row = Mapping[str, Any]


def person(one: Row, home: Row, family: Sequence[Row]) -> Node:
    """GeefPersoon: the head gets the members, the others only who the head is."""
    parts = [
        Node("INSZ", one["insz"]),
        _name(one),
        _sex(one),
        Node("Nationaliteiten", [Node("Nationaliteit", [Node("Code", one["nationality"] or "")])]),
        Node("Geboorte", optional("Datum", _day(one["birth_date"]))),
        *([Node("Overlijden")] if one["deceased"] else []),
        _address(home, home["municipality"]),
        *_household_of(one, family),
    ]
    return Node("Persoon", parts, (("Bron", "RR"),))


def household(home: Row, family: Sequence[Row]) -> Node:
    """GeefGezinssamenstelling: everyone, the reference person first."""
    members = [
        Node(
            "Gezinslid",
            [
                Node("INSZ", member["insz"]),
                _name(member),
                _sex(member),
                *optional("Geboortedatum", _day(member["birth_date"])),
                *_position(member["position"]),
                _address(home, member.get("other_municipality") or home["municipality"]),
            ],
        )
        for member in family
    ]
    return Node("Gezinsleden", members)


def _household_of(one: Row, family: Sequence[Row]) -> list[Node]:
    if not family:
        return [Node("Referentiepersoon", _position(COLLECTIVE))]
    if one["position"] != HEAD:
        head = family[0]
        born = optional("Geboortedatum", _day(head["birth_date"]))
        known = [Node("INSZ", head["insz"]), _name(head), *born, *_position(one["position"])]
        return [Node("Referentiepersoon", known)]
    others = [member for member in family if member["insz"] != one["insz"]]
    if not others:
        return [Node("Gezinsleden", [Node("Gezinslid", _position(HEAD))])]
    return [
        Node(
            "Gezinsleden",
            [
                Node(
                    "Gezinslid",
                    [
                        Node("INSZ", member["insz"]),
                        _name(member),
                        *optional("Geboortedatum", _day(member["birth_date"])),
                        *_position(member["position"]),
                    ],
                )
                for member in others
            ],
        )
    ]


def _name(one: Row) -> Node:
    return Node(
        "Naam",
        [
            Node("Achternamen", optional("Achternaam", one["last_name"])),
            Node("Voornamen", optional("Voornaam", one["first_name"])),
        ],
    )


def _sex(one: Row) -> Node:
    return Node("Geslacht", [Node("Code", "1" if one["sex"] == "M" else "2")])


def _position(code: str | None) -> list[Node]:
    return [Node("Positie", [Node("Code", code)])] if code else []


def _address(home: Row, municipality: str | None) -> Node:
    since = _day(home.get("address_since"))
    attributes = (("DatumBegin", since),) if since else ()
    street = home["street"]
    residence = [
        *([Node("Straatnaam", [Node("String", street), Node("Taal", "nl")])] if street else []),
        *optional("Huisnummer", home["number"]),
        *optional("Busnummer", home.get("box")),
        *optional("Postcode", home["postcode"]),
        *optional("NISCodeGemeente", municipality),
    ]
    return Node("Adressen", [Node("Hoofdverblijfplaats", residence, attributes)])


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
