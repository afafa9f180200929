"""Reading runs. What shows a person's data logs the look in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from vanzelf.city.access.domain import record
from vanzelf.city.access.models import Look
from vanzelf.city.people.models import Household, Person
from vanzelf.city.people.presence import members_of
from vanzelf.city.runs.models import Run, RunVerdict, SampleDossier, State
from vanzelf.city.runs.states import WORKING
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import explanation
from vanzelf.city.verdicts.sealing import bare, used_facts

READING = "toekenning"  # the purpose of the look at a dossier of the sample


@dataclass(frozen=True)
class Progress:
    """How far a run is: `done` of `total` households or awards in this phase."""

    state: State
    phase: str
    done: int
    total: int

    @property
    def fraction(self) -> float:
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True)
class Difference:
    """Units whose outcome differs from the last run, and the criterion that turned it."""

    before: str | None
    after: str | None
    reason: str
    units: int


@dataclass(frozen=True)
class Outlier:
    """Units that stand out: a code, how many, and one verdict of them that is on the list."""

    code: str
    units: int
    example: int | None


@dataclass(frozen=True)
class Breaker:
    """The number of awards is too far from that of the last run; percentages."""

    before: int
    now: int
    percent: float
    limit: int


@dataclass(frozen=True)
class Settles:
    """A set of facts that, once known, would decide so many unknown verdicts."""

    facts: tuple[str, ...]
    units: int


@dataclass(frozen=True)
class Preview:
    """What someone must see before asking for approval, or giving it. Money in euro cents.

    Of `yes` only `new` are awarded; of the others everyone is covered already (`covered`), or
    someone is (`covered_partly`). The cost is that of the new ones.
    """

    yes: int
    new: int
    covered: int
    covered_partly: int
    no: int
    unknown: int
    cost_sure_cents: int | None
    cost_bound_cents: int | None
    unpriced: int
    list_hash: str
    previous: Run | None
    differences: list[Difference]
    outliers: list[Outlier]
    breaker: Breaker | None
    settles: list[Settles]
    sample: list[SampleDossier]

    @property
    def unread(self) -> int:
        """How many dossiers of the sample nobody has read yet."""
        return sum(dossier.read_by_id is None for dossier in self.sample)


@dataclass(frozen=True)
class Dossier:
    """One dossier of the sample, with everything that the verdict rests on."""

    verdict: RunVerdict
    explanation: dict[str, Any] | None
    household: Household
    members: list[Person]


def runs(limit: int = 50) -> list[Run]:
    """The runs, newest first."""
    return list(_with_staff().order_by("-pk")[:limit])


def awarded(run: Run) -> int:
    """How many awards this run wrote."""
    return run.awards.count()


def progress(run: Run) -> Progress:
    """How far the run is now, freshly read."""
    run.refresh_from_db(fields=["state", "done", "total"])
    state = State(run.state)
    awarding = state in {State.APPROVED, State.AWARDING, State.DONE}
    return Progress(state, "award" if awarding else "evaluate", run.done, run.total)


def preview(run: Run) -> Preview | None:
    """The preview, None as long as the evaluation is not finished."""
    result = run.result
    if not result:
        return None
    sample = run.sample.select_related("verdict", "read_by")
    return Preview(
        yes=result["yes"],
        new=result.get("new", result["yes"]),  # not measured apart in runs of an earlier version
        covered=result.get("covered", 0),
        covered_partly=result.get("covered_partly", 0),
        no=result["no"],
        unknown=result["unknown"],
        cost_sure_cents=result["cost_sure_cents"],
        cost_bound_cents=result["cost_bound_cents"],
        unpriced=result["unpriced"],
        list_hash=run.list_hash,
        previous=Run.objects.filter(pk=result["previous"]).first(),
        differences=[
            Difference(_name(before), _name(after), reason, units)
            for before, after, reason, units in result["differences"]
        ],
        outliers=[Outlier(*row) for row in result["outliers"]],
        breaker=Breaker(**result["breaker"]) if result["breaker"] else None,
        settles=[Settles(tuple(facts), units) for facts, units in result["settles"]],
        sample=list(sample),
    )


@transaction.atomic
def dossier(sample: SampleDossier, viewer: StaffMember) -> Dossier:
    """Opens a dossier of the sample; the look is logged for everyone in it."""
    require(viewer, "runs.read_dossier")
    verdict = sample.verdict
    members = _members(verdict)
    data = explanation(verdict)
    record(
        actor=viewer,
        subjects=members,
        purpose=READING,
        right=sample.run.regulation,
        facts=_facts(data),
        reason=_opening(sample),
    )
    return Dossier(verdict, data, verdict.household, members)


def was_opened(sample: SampleDossier, viewer: StaffMember) -> bool:
    """Whether this person opened this dossier: the log says so, as `dossier` alone writes it."""
    return Look.objects.filter(staff=viewer, purpose=READING, reason=_opening(sample)).exists()


def _opening(sample: SampleDossier) -> str:
    return f"steekproef {sample.number} van controle {sample.run_id}"


def _members(verdict: RunVerdict) -> list[Person]:
    if verdict.person is not None:
        return [verdict.person]
    run = verdict.run
    if run.delivery is None:
        raise LookupError(f"run {run.pk}: of which delivery it was is not known")
    there = members_of(run.delivery, personal=run.personal).filter(household=verdict.household_id)
    return [one.person for one in there.select_related("person").order_by("place")]


def _facts(data: dict[str, Any] | None) -> list[str]:
    return sorted({bare(used["path"]) for used in used_facts(data or {})})


def _name(outcome: int | None) -> str | None:
    return None if outcome is None else Outcome(outcome).label


def _with_staff() -> QuerySet[Run]:
    return Run.objects.select_related("created_by", "requested_by", "approved_by", "withdrawn_by")


def unfinished(regulation_id: str, on: date) -> Run | None:
    """The last run of this regulation for this day at which a worker has something left to do."""
    found = Run.objects.filter(regulation=regulation_id, on=on, state__in=WORKING)
    return found.order_by("-pk").first()
