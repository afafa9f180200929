"""Which authorisations there are, and what was asked under each."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from vanzelf.city import clock
from vanzelf.city.lawfulness.models import Entry, SentQuestion
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.sources.lawfulness import Lawfulness, load_authorisations
from vanzelf.sources.lawfulness.loading import read_lawfulness

Kind = Entry.Kind
DATABASE = "the database"
RECENT = timedelta(days=30)


def in_force() -> Lawfulness:
    """What this installation asks on: what stands in the database, else in its file.

    Read anew at each call, so that what is ended is not used once more; what the database says is
    parsed only when it is otherwise than before. Invented authorisations and activities count in
    a demonstration only. Raises `DataError`.
    """
    found = taken_in() or load_authorisations(named_file())
    if settings.VANZELF_DEMO:
        return found
    return Lawfulness(
        found.purposes,
        tuple(each for each in found.all if not each.invented),
        {name: each for name, each in found.activities.items() if not each.invented},
    )


def named_file() -> Path | None:
    """The file that VANZELF_AUTHORISATIONS names; None for the shipped, invented ones."""
    named = os.environ.get("VANZELF_AUTHORISATIONS")
    return Path(named) if named else None


def taken_in() -> Lawfulness | None:
    """What stands in the database now; None when nothing was ever taken in."""
    rows = latest_rows().annotate(text=Cast("content", TextField()))
    told = tuple(rows.values_list("kind", "key", "text"))
    return _parsed(told) if told else None


@lru_cache(maxsize=4)
def _parsed(rows: tuple[tuple[str, str, str | None], ...]) -> Lawfulness:
    """Parsed once for what the rows say, letter for letter: another row is another key, so what
    another process changed is seen at the next call."""
    content = [(kind, key, json.loads(text)) for kind, key, text in rows if text is not None]
    data = {
        "purposes": {key: each["title"] for kind, key, each in content if kind == Kind.PURPOSE},
        "activities": {key: each for kind, key, each in content if kind == Kind.ACTIVITY},
        "authorisations": [each for kind, _, each in content if kind == Kind.AUTHORISATION],
    }
    return read_lawfulness(data, DATABASE)


def latest() -> list[Entry]:
    """The present version of everything, removed ones included, by kind and key."""
    return list(latest_rows())


def latest_rows() -> QuerySet[Entry]:
    return Entry.objects.order_by("kind", "key", "-number").distinct("kind", "key")


def history(reference: str, *, viewer: StaffMember) -> list[Entry]:
    """Every version of an authorisation, the newest first."""
    require(viewer, "authorisations.see")
    versions = Entry.objects.filter(kind=Kind.AUTHORISATION, key=reference)
    return list(versions.select_related("by").order_by("-number"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked under one authorisation; a question by file counts each person."""

    questions: int = 0
    recent: int = 0  # in the last thirty days
    unanswered: int = 0
    last: datetime | None = None


def asked(*, viewer: StaffMember) -> dict[str, Asked]:
    """Questions that left, by the reference of their authorisation."""
    require(viewer, "authorisations.see")
    rows = SentQuestion.objects.values("authorisation").annotate(
        questions=Sum("persons"),
        recent=Sum("persons", filter=Q(at__gte=clock.now() - RECENT), default=0),
        unanswered=Sum("persons", filter=~Q(outcome="answered"), default=0),
        last=Max("at"),
    )
    return {
        row["authorisation"]: Asked(row["questions"], row["recent"], row["unanswered"], row["last"])
        for row in rows
    }


def asked_of(reference: str, *, viewer: StaffMember) -> list[dict[str, object]]:
    """Of one authorisation: questions and persons by service, purpose and outcome."""
    require(viewer, "authorisations.see")
    rows = SentQuestion.objects.filter(authorisation=reference)
    by = ("service", "purpose", "outcome")
    counted: Iterable[dict[str, object]] = (
        rows.values(*by).annotate(questions=Count("pk"), persons=Sum("persons")).order_by(*by)
    )
    return list(counted)
