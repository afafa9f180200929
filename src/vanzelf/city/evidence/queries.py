"""Which evidence there is, without its content; and how it is scanned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from vanzelf.city.awards.models import PointCheck
from vanzelf.city.evidence.models import Evidence, Scan
from vanzelf.city.evidence.scanner import Scanner, ScannerError
from vanzelf.city.people.models import Person

SOON = 2.0  # seconds: a page about the installation waits for it


def of_person(person: Person) -> QuerySet[Evidence]:
    """What someone added, the latest first."""
    return Evidence.objects.defer("content").filter(added_by=person).order_by("-at", "-id")


def of_check(check: PointCheck) -> QuerySet[Evidence]:
    """What lies beside the answers that a check used: about its person and household."""
    members = check.household.members if check.household else [check.person]
    about = Q(person__in=members)
    if check.household is not None:
        about |= Q(household=check.household)
    told = check.facts.filter(source__startswith="declared/").values_list("fact", flat=True)
    return Evidence.objects.defer("content").filter(about, fact__in=list(told)).order_by("id")


@dataclass(frozen=True, slots=True)
class Scanning:
    """How the scanner is doing, and what it has not seen."""

    place: str  # as the setting has it; empty: there is none
    problem: str  # why it cannot be asked; empty: it answers
    signatures_made: datetime | None  # None: not known
    waiting: int  # files that nobody opens until they were scanned
    since: datetime | None  # when the first of these came in
    unscanned: int  # files that are opened as they are, since there was no scanner


def scanning() -> Scanning:
    """Asks the scanner whether it is there, and counts what it has not seen."""
    place, problem, made = "", "", None
    try:
        scanner = Scanner.from_env()
        if scanner is not None:
            place = str(scanner)
            made = replace(scanner, patience=SOON).signatures_made()
    except ScannerError as error:
        problem = str(error)
    held = Q(scan=Scan.WAITING)
    found = Evidence.objects.aggregate(
        waiting=Count("pk", filter=held),
        since=Min("at", filter=held),
        unscanned=Count("pk", filter=Q(scan=Scan.UNSCANNED)),
    )
    return Scanning(place=place, problem=problem, signatures_made=made, **found)
