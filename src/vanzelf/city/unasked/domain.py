"""Writing down what a check left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from vanzelf.city.awards.models import PointCheck
from vanzelf.city.people.queries import find_person
from vanzelf.city.unasked.models import LeftOut
from vanzelf.sources import Household


@transaction.atomic
def keep(*, check: PointCheck, answers: Mapping[date, Household]) -> None:
    """Keeps, beside a check, what no source was asked on each of its days, and why."""
    numbers = {one.insz for answer in answers.values() for one in answer.not_asked if one.insz}
    people = {number: find_person(number) for number in numbers}
    LeftOut.objects.bulk_create(
        LeftOut(
            check_ref=check,
            person=people[one.insz] if one.insz else None,
            on=day,
            fact=one.fact,
            why=one.why,
            rights=list(one.rights),
        )
        for day, answer in answers.items()
        for one in answer.not_asked
    )
