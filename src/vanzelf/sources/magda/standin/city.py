"""Answers from the invented city: the same XML, drawn from its Parquet files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vanzelf.sources.catalogue import Catalogue, shipped
from vanzelf.sources.data import SHIPPED, load_yaml_once
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.standin import enrolment, people, replies, values
from vanzelf.sources.magda.standin.files import not_applicable
from vanzelf.sources.magda.standin.request import Request
from vanzelf.sources.magda.xml import Element

Row = Mapping[str, Any]


class City:
    """Finds persons and households by INSZ.

    A fact that several statutes give (a parking card for adults or for children) is told by the
    first; the others do not apply. Raises `FileNotFoundError` when the city is not there.
    """

    def __init__(self, folder: Path, catalogue: Catalogue | None = None) -> None:
        for name in ("persons.parquet", "households.parquet"):
            if not (folder / name).is_file():
                raise FileNotFoundError(
                    f"no {name} in {folder}: make the city first (vanzelf city)"
                )
        self._persons: pa.Table = pq.read_table(folder / "persons.parquet").combine_chunks()
        self._households: pa.Table = pq.read_table(folder / "households.parquet").combine_chunks()
        # Both are sorted by household, so a household is a slice.
        self._household_of = self._persons["household"].to_numpy()
        self._households_at = self._households["household"].to_numpy()
        numbers = self._persons["insz"].to_pylist()
        self._row_of = {insz: row for row, insz in enumerate(numbers)}
        catalogue = catalogue or shipped()
        self._columns = _columns(catalogue)
        self._further = {name for names in catalogue.statutes.values() for name in names[1:]}

    def find(self, request: Request) -> Element:
        """The content of the Body, for the services whose answers the city knows; no data for
        others (child benefits, payments for a disability, support)."""
        if request.service in enrolment.SERVICES:
            return replies.registered(request)
        row = self._row_of.get(request.insz)
        if row is None:
            strange = request.service == "GeefSociaalStatuut"
            return replies.unknown_insz(request) if strange else replies.no_data(request)
        match request.service:
            case "GeefGezinssamenstelling" if self._home(row)["family_errors"]:
                return replies.answer(request, (), [replies.error(*FAMILY_ERRORS)])
            case "GeefPersoon":
                content = [people.person(self._person(row), self._home(row), self._family(row))]
            case "GeefGezinssamenstelling" if not self._home(row)["collective"]:
                content = [people.household(self._home(row), self._family(row))]
            case "GeefSociaalStatuut":
                return self._statuses(request, self._person(row), self._home(row))
            case _:
                content = self._values(request, row)
        return replies.answer(request, content) if content else replies.no_data(request)

    def _values(self, request: Request, row: int) -> list[Node]:
        """Amounts and files; nothing where the city does not know them."""
        person, home = self._person(row), self._home(row)
        if person.get("source_trouble"):
            return []  # what a source does not know of someone, no other tells
        match request.service:
            case "GeefHistoriekGezinssamenstelling" if not home["collective"]:
                return [values.history(home, self._family(row))]
            case "GeefLeefloonbedragen":
                last = int(request.asked("Criteria", "Jaar") or 0)
                first = last - int(request.asked("Criteria", "AantalJaarTerug") or 0)
                return [values.living_wage(person, first, last)]
            case "GeefAanslagbiljetPersonenbelasting" if home["taxable_income"] is not None:
                year = request.asked("Criteria", "Inkomensjaar") or ""
                return [values.assessment(person, home, year, request.codes("IPCALCode"))]
            case "GeefDossierHandicap":
                return [values.disability(person)]
        return []

    def _person(self, row: int) -> Row:
        return _row(self._persons, row)

    def _home(self, row: int) -> Row:
        at = int(np.searchsorted(self._households_at, self._household_of[row]))
        return _row(self._households, at)

    def _family(self, row: int) -> list[Row]:
        """The members, the reference person first; a collective household has none to tell."""
        if self._home(row)["collective"]:
            return []
        household = self._household_of[row]
        first = int(np.searchsorted(self._household_of, household, "left"))
        last = int(np.searchsorted(self._household_of, household, "right"))
        members: list[Row] = self._persons.slice(first, last - first).to_pylist()
        return sorted(members, key=lambda member: member["position"] != people.HEAD)

    def _statuses(self, request: Request, person: Row, home: Row) -> Element:
        trouble = person.get("source_trouble")
        if trouble in TROUBLES:
            code, origin, text = TROUBLES[trouble]
            return replies.answer(request, (), [replies.error(code, origin, text)])
        found = (
            self._status(name, person, bool(home["family_errors"])) for name in request.statutes
        )
        listed = Node("SocialeStatuten", [node for node in found if node])
        about = Node("Persoon", [Node("INSZ", person["insz"]), listed])
        return replies.answer(request, [about])

    def _status(self, name: str, person: Row, family_errors: bool) -> Node | None:
        """One statute; None when the city does not know it."""
        column = self._columns.get(name)
        value = person.get(column) if column else None
        if value is None:
            return None
        if not value or name in self._further:
            return not_applicable(name)
        begin, end = person.get(f"{column}_from"), person.get(f"{column}_until")
        parts = [Node("Naam", name), Node("Resultaat", APPLIES)]
        if begin or end:
            days = [Node("Begindatum", begin.isoformat())] if begin else []
            days += [Node("Einddatum", end.isoformat())] if end else []
            parts.append(Node("Periodes", [Node("Periode", days)]))
        if family_errors:
            parts.append(Node("Status", [Node("Code", "SSH00047"), Node("Waarde", "")]))
        return Node("SociaalStatuut", parts)


APPLIES = (Node("Code", "1"), Node("Omschrijving", "Van toepassing"))
FAMILY_ERRORS = ("40106", "RR", "Anomalie in de gezinssamenstelling")
TROUBLES = {
    "no-data": ("30001", "KSZ", "Geen gegevens gevonden voor de vraag"),
    "busy": ("99996", "MAGDA", "Te veel gelijktijdige bevragingen"),
    "unavailable": ("99994", "MAGDA", "Onverwachte fout bij de bron"),
    "timeout": ("60006", "MAGDA", "De bron antwoordt niet"),
    "fault": ("99999", "KSZ", "Onbekende fout"),
    "identity": ("30002", "KSZ", "INSZ geannuleerd"),
    "unreadable": ("99982", "KSZ", "Bericht niet leesbaar"),
    "not-registered": ("40003", "MAGDA", "Geen inschrijving aanwezig voor het INSZ"),
}


def _columns(catalogue: Catalogue) -> dict[str, str]:
    """Statute name → column, which bears the fact's ASCII id."""
    facts = load_yaml_once(SHIPPED / "facts.yaml")["persoon"]
    return {
        name: str(facts[fact]["id"]) for fact, names in catalogue.statutes.items() for name in names
    }


def _row(table: pa.Table, row: int) -> Row:
    found: Sequence[Row] = table.slice(row, 1).to_pylist()
    return found[0]
