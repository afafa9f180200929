"""Reading what someone gets, may still get, and why. Each function logs the look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from vanzelf.city import regulations
from vanzelf.city.access.domain import record
from vanzelf.city.access.models import Look
from vanzelf.city.access.queries import looks_of
from vanzelf.city.awards.about import about, members_of, positions, still_holds, together
from vanzelf.city.awards.asking import PURPOSE
from vanzelf.city.awards.latest import date_anew
from vanzelf.city.awards.models import Advice, Award, LatestVerdict, PointCheck
from vanzelf.city.people.models import Person
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import explanation
from vanzelf.city.verdicts.sealing import bare, used_facts

Viewer = StaffMember | Person


@dataclass(frozen=True)
class Overview:
    """Someone's rights: what they get, what is not decided yet, may be, and is not for them."""

    awards: list[Award]
    pending: list[LatestVerdict]
    maybe: list[LatestVerdict]
    not_entitled: list[LatestVerdict]
    looks: list[Look]


@transaction.atomic
def overview(person: Person, *, viewer: Viewer) -> Overview:
    """The rights of a person, for that person or for a clerk. Raises PermissionDenied."""
    _allow(viewer, [person])
    awards = list(
        Award.objects.filter(covers__person=person, covers__known_until=None, known_until=None)
        .select_related("run", "decision__by", "approved_by", "explanation")
        .order_by("right", "-known_from")
    )
    latest = _latest(person)
    given = {(award.right, award.period) for award in awards}
    open_ = [row for row in latest if (row.right, _period(row)) not in given]
    by_outcome = {outcome: [row for row in open_ if row.outcome == outcome] for outcome in Outcome}
    record(
        actor=viewer,
        subjects=[person],
        purpose="inzage",
        facts=sorted({path for row in open_ for path in row.missing}),
        reason="overzicht van de rechten",
    )
    return Overview(
        awards,
        by_outcome[Outcome.YES],
        by_outcome[Outcome.UNKNOWN],
        by_outcome[Outcome.NO],
        looks_of(person),
    )


@transaction.atomic
def why(row: Award | Advice | LatestVerdict, *, viewer: Viewer) -> dict[str, Any] | None:
    """The explanation of a row as `Verdict.as_data()`, for those it is about or for staff.

    None when no explanation was kept: then the row's reason codes say why not.
    """
    subjects = _subjects(row)
    _allow(viewer, subjects)
    data = explanation(row)
    record(
        actor=viewer,
        subjects=subjects,
        purpose="inzage",
        right=row.right,
        facts=sorted({bare(used["path"]) for used in used_facts(data or {})}),
        reason="uitleg bij een recht",
        about=row.check_ref.person if isinstance(row, Advice) else None,
        own=_own(row, data, subjects),
    )
    return data


@transaction.atomic
def check(check_id: int, *, viewer: StaffMember) -> PointCheck | None:
    """A point check that this member of staff made, None when there is no such; logged."""
    require(viewer, "awards.point_check")
    found = (
        PointCheck.objects.filter(pk=check_id, by=viewer)
        .select_related("person", "household", "by")
        .prefetch_related("advices__decisions")
        .first()
    )
    if found is not None:
        subjects = found.household.members if found.household else [found.person]
        record(
            actor=viewer,
            subjects=subjects,
            purpose=PURPOSE,
            reason=found.reason,
            about=found.person,
        )
    return found


@transaction.atomic
def checks_of(staff: StaffMember, *, on: date) -> list[PointCheck]:
    """The point checks that a member of staff made on a day, newest first; logged."""
    require(staff, "awards.point_check")
    found = PointCheck.objects.filter(by=staff, at__date=on).select_related("person")
    checks = list(found.prefetch_related("advices__decisions").order_by("-at"))
    subjects = [one.person for one in checks]
    if subjects:
        record(actor=staff, subjects=subjects, purpose="inzage", reason="lijst van vandaag")
    return checks


def _allow(viewer: Viewer, subjects: Sequence[Person]) -> None:
    if isinstance(viewer, StaffMember):
        require(viewer, "awards.overview")
    elif viewer not in subjects:
        raise PermissionDenied("These are the data of other people.")


def _latest(person: Person) -> list[LatestVerdict]:
    """Per right the newest verdict on the person or on the household they belong to."""
    mine = Q(person=person)
    household = person.household
    if household is not None:
        mine |= Q(household=household)
    newest: dict[str, LatestVerdict] = {}
    rows = LatestVerdict.objects.filter(mine).select_related("run", "explanation")
    here = positions(person)
    for row in rows.order_by("on", "at"):
        if still_holds(row, here):
            newest[row.right] = row
    date_anew(newest.values(), person)
    return [newest[right] for right in sorted(newest) if right in regulations.regulations()]


def _period(row: LatestVerdict) -> str:
    return regulations.regulation(row.right).period_label(row.on)


def _own(
    row: Award | Advice | LatestVerdict, data: dict[str, Any] | None, subjects: Sequence[Person]
) -> dict[int, list[str]]:
    """Of each person, which facts of theirs and of the household an explanation uses."""
    members = members_of(row)
    placed = [(used["path"], about(used["path"], row, members)) for used in used_facts(data or {})]
    return {
        one.pk: [bare(path) for path, whom in placed if whom is None or whom == one]
        for one in subjects
    }


def _subjects(row: Award | Advice | LatestVerdict) -> list[Person]:
    """Everyone whose data the explanation shows: the whole household, where there is one."""
    members = together(members_of(row))
    if members:
        return members
    if isinstance(row, Award):
        return [cover.person for cover in row.covers.select_related("person")]
    unit = row.check_ref if isinstance(row, Advice) else row
    if unit.household is not None:
        return unit.household.members
    return [unit.person] if unit.person is not None else []
