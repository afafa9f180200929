"""How inquiries stand, and what was not asked, for whoever reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from vanzelf.city.bulk.queries import standing as order_standing
from vanzelf.city.inquiries.models import Inquiry, LeftOut, Stage
from vanzelf.sources.types import Why


@dataclass(frozen=True)
class StageStanding:
    """A stage: questions (a fact of a person is one) by fact; persons in files, and of how many of
    those the answer came. `until`: for how long it is waited for, while it is."""

    stage: Stage
    questions: dict[str, int]
    asked: int
    answered: int
    files: int
    sent: int
    until: datetime | None


@dataclass(frozen=True)
class LeftOf:
    """A fact that was not asked of some persons."""

    fact: str
    why: Why
    persons: frozenset[int]


def inquiries(limit: int = 50) -> list[Inquiry]:
    """The latest first."""
    return list(Inquiry.objects.select_related("by").order_by("-pk")[:limit])


def stages(inquiry: Inquiry) -> list[StageStanding]:
    """Every stage so far, in order."""
    return [_stage(one) for one in inquiry.stages.select_related("order")]


def _stage(stage: Stage) -> StageStanding:
    if stage.order is None:
        asked = sum(stage.questions.values())
        return StageStanding(stage, stage.questions, asked, stage.answered, 0, 0, None)
    found = order_standing(stage.order)
    until = stage.order.until if stage.closed_at is None and found.waits else None
    return StageStanding(
        stage, stage.questions, found.asked, found.answered, found.files, found.sent, until
    )


def asked(inquiry: Inquiry) -> dict[str, int]:
    """By fact, of how many persons it was asked in all stages."""
    found: Counter[str] = Counter()
    for stage in inquiry.stages.all():
        found.update(stage.questions)
    return dict(found)


def left_out(inquiry: Inquiry, right: str | None = None) -> dict[Why, dict[str, int]]:
    """By reason and fact, of how many persons it was not asked; of a fact that several rights
    look at, for each of these rights."""
    rows = LeftOut.objects.filter(inquiry=inquiry)
    if right is not None:
        rows = rows.filter(right=right)
    found: dict[Why, dict[str, int]] = {}
    for why, fact, persons in rows.values_list("why", "fact", "persons").iterator(10):
        by_fact = found.setdefault(Why(why), {})
        by_fact[fact] = by_fact.get(fact, 0) + len(persons)
    return {why: dict(sorted(found[why].items())) for why in Why if why in found}


def left_of(inquiry: Inquiry, right: str, persons: Collection[int]) -> Iterator[LeftOf]:
    """What was not asked of these persons for a right, and why."""
    rows = LeftOut.objects.filter(
        inquiry=inquiry, right=right, persons__overlap=sorted(persons)
    ).order_by("pk")
    for row in rows:
        some = frozenset(persons) & set(row.persons)
        yield LeftOf(row.fact, Why(row.why), frozenset(some))


def before(right: str, on: date, moment: datetime) -> Inquiry | None:
    """The inquiry about a right and a day that was finished last by this moment: what a run that
    was set up then looked at."""
    found = Inquiry.objects.filter(rights__contains=[right], on=on, finished_at__lte=moment)
    return found.order_by("-finished_at").first()
