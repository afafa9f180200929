"""Which evidence there is, without its content."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from vanzelf.city.awards.models import PointCheck
from vanzelf.city.evidence.models import Evidence
from vanzelf.city.people.models import Person


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
