"""A small invented city in which everything has happened once, for tests of the pages.

Waste bags were run in January and approved; then more allowances became known. The run of today
waits for approval, another is a preview. The clerk checked two people: one through the demo's
sources, one with a decision.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from tests.environment import environment
from tests.faces import asked
from tests.installation import FOLDER, empty
from vanzelf import population
from vanzelf.city import clock
from vanzelf.city.awards import domain as awards
from vanzelf.city.awards.declared import contradictions
from vanzelf.city.awards.declaring import SOURCE
from vanzelf.city.awards.held import held
from vanzelf.city.awards.models import Advice, PointCheck
from vanzelf.city.checks import domain as checks
from vanzelf.city.checks.ending import end
from vanzelf.city.checks.models import CheckRequest, Problem, State
from vanzelf.city.evidence import domain as evidence
from vanzelf.city.evidence.models import Evidence, Scan
from vanzelf.city.evidence.scanning import Received
from vanzelf.city.inquiries.models import Inquiry
from vanzelf.city.lists import domain as lists
from vanzelf.city.lists.models import Delivery
from vanzelf.city.people.domain import import_population
from vanzelf.city.people.models import Person
from vanzelf.city.people.queries import find_person
from vanzelf.city.people.sourced import keep
from vanzelf.city.rechecks.models import Question
from vanzelf.city.regulations import regulation
from vanzelf.city.runs import domain as runs
from vanzelf.city.runs import queries, work
from vanzelf.city.runs.models import Run
from vanzelf.city.staff.domain import create_demo_staff
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.verdicts.models import Outcome
from vanzelf.sources import Reading
from vanzelf.sources.magda.standin import City, Standin
from vanzelf.synthetic import build, cast

BAGS = "gent/huisvuilzakken"
RESIDENTS = 600
SCHOOL = "gent/schoolkorting"
ENROLLED = "ingeschreven bij de stad"
ALLOWANCE = "verhoogde tegemoetkoming"
EVIDENCE = {
    "kaart van het ziekenfonds.pdf": Scan.CLEAN,
    "brief van het ziekenfonds.pdf": Scan.WAITING,
    "attest-verhoogde-tegemoetkoming-2025-van-mijn-ziekenfonds.pdf": Scan.UNSCANNED,
    "brief.pdf": Scan.HARMFUL,
}
EARLIER = datetime(2026, 5, 12, 14, 0, tzinfo=UTC)
NOW = datetime(2026, 7, 15, 9, 30, tzinfo=UTC)
REASON = "Alleen voor de test: de lijst van deze dag is niet meer nodig."


@dataclass(frozen=True)
class World:
    """What tests name: who is there, and one of each thing that a page shows."""

    people: dict[str, Person]
    numbers: dict[str, str]
    staff: dict[str, StaffMember]
    done: Run
    preview: Run
    requested: Run
    withdrawn: Run
    advice: Advice
    decided: Advice
    given: Advice
    """An advice on which the clerk awarded today."""
    school: Advice
    """A yes that decision tables put a figure on."""
    question: Question
    """What a recheck would ask of an award of the run that is done."""
    asked: CheckRequest
    """A check that waits for a source."""
    failed: CheckRequest
    """A check that came to nothing."""
    listed: Delivery
    """A delivery of an own list that waits to be taken in."""
    wrong: Delivery
    """One with mistakes in it."""
    contradicted: PointCheck
    """A check in which someone's own word, with evidence, and a source differ."""
    contradiction: int
    """The number of what differs there."""
    inquiry: Inquiry
    """Asked by file for the run that is a preview, to the end."""
    running: Inquiry
    """One that waits for answers."""


@contextmanager
def world() -> Iterator[World]:
    """Makes the world, and takes everything of it away at the end."""
    folder = FOLDER / f"city-{os.environ['VANZELF_DATABASE']}"
    build(residents=RESIDENTS).write(folder)
    told = {"VANZELF_CITY": str(folder), "VANZELF_PROCESSES": "1"}
    with Standin(City(folder)) as magda, environment({**told, "VANZELF_MAGDA_URL": magda.url}):
        try:
            yield _made(folder)
        finally:
            empty()


def _made(folder: Path) -> World:
    staff = {one.user.get_username().partition(".")[0]: one for one in create_demo_staff()}
    january = _january(folder)
    with (
        clock.fixed(datetime(2026, 1, 15, 9, 0, tzinfo=UTC)),
        environment({"VANZELF_CITY": str(january)}),
    ):
        import_population(population=population.read(january))
        done = _run(date(2026, 1, 15), staff, approved=True)
    with clock.fixed(NOW):
        withdrawn = _run(date(2026, 4, 15), staff)
        runs.withdraw(run=withdrawn, by=staff["lies"], reason=REASON)
        requested = _run(date(2026, 7, 15), staff, requested=True)
        inquiry = asked.ended(folder, BAGS, date(2026, 7, 14), staff["lies"])
        preview = _run(date(2026, 7, 14), staff)
        running = asked.waiting(folder, BAGS, date(2026, 7, 16), staff["lies"])
    numbers = {one.key: one.insz for one in cast()}
    found = {key: find_person(number) for key, number in numbers.items()}
    people = {key: person for key, person in found.items() if person is not None}
    advice = _open(numbers["godelieve"], staff["sam"])
    decided = _checked(numbers["bram"], staff["sam"])
    awards.decide(
        advice=decided,
        by=staff["sam"],
        decision="refuse",
        motivation="Bram liet aan het loket zien dat hij geen verhoogde tegemoetkoming heeft.",
    )
    given = _open(numbers["tom"], staff["sam"])
    awards.decide(advice=given, by=staff["sam"], decision="award")
    with clock.fixed(EARLIER):
        keep({ENROLLED: Reading(True, SOURCE, clock.now())}, person=people["yara"])
        school = _checked(numbers["yara"], staff["sam"], SCHOOL)
    return World(
        people, numbers, staff, done, preview, requested, withdrawn, advice, decided, given, school,
        _question(done, preview), *_requests(numbers["amina"], staff["sam"]),
        *_lists(numbers["amina"], staff["lies"]), *_contradicted(numbers["dirk"], staff["sam"]),
        inquiry, running,
    )  # fmt: skip


def _lists(number: str, preparer: StaffMember) -> tuple[Delivery, Delivery]:
    """A budget list of one person, and one with mistakes."""
    good = f"insz;hulp;van;tot\n{number};budgetbeheer;01/02/2026;\n"
    bad = f"{good}{number};hulp;2026;\n{number[:-1]};budgetbeheer;31/02/2026;\n"
    with clock.fixed(NOW):
        first, second = (
            lists.deliver(
                name="ocmw-budget",
                data=text.encode(),
                file_name="budget.csv",
                as_of=NOW.date(),
                complete=True,
                by=preparer,
            )
            for text in (good, bad)
        )
    return first, second


def _contradicted(number: str, clerk: StaffMember) -> tuple[PointCheck, int]:
    """Says that they still have the allowance, with a file of each kind that a page shows."""
    person = find_person(number)
    assert person is not None
    with clock.fixed(NOW):
        keep({ALLOWANCE: Reading(True, SOURCE, clock.now())}, person=person)
        for name, scan in EVIDENCE.items():
            told = Scan.WAITING if scan == Scan.HARMFUL else scan  # found out later
            file = Received(name, "application/pdf", b"%PDF-1.7", told)
            kept = evidence.add(by=person, fact=f"persoon.{ALLOWANCE}", about=person, file=file)
            if scan != told:
                gone = {"scan": scan, "content": b"", "key_id": ""}
                Evidence.objects.filter(pk=kept.pk).update(**gone)
        check = _checked(number, clerk).check_ref
        (found,) = contradictions(check, viewer=clerk)
    return check, found.number


def _january(folder: Path) -> Path:
    """The city as it was delivered in January: some allowances were not known yet and as many have
    ended since, of nobody who is named in tests."""
    earlier = folder.with_name(f"{folder.name}-january")
    earlier.mkdir(exist_ok=True)
    shutil.copy(folder / "households.parquet", earlier)
    persons = parquet.read_table(folder / "persons.parquet")
    rows = persons.to_pylist()
    named = {one.insz for one in cast()}
    homes = {row["household"] for row in rows if row["insz"] in named}
    others = {row["household"] for row in rows} - homes
    have = {row["household"] for row in rows if row["increased_reimbursement"]}
    later = {home for home in others & have if home % 3 == 0}
    ended = set(sorted(others - have)[: len(later)])
    for row in rows:
        if row["household"] in later | ended:
            row["increased_reimbursement"] = row["household"] in ended
    parquet.write_table(pa.Table.from_pylist(rows, persons.schema), earlier / "persons.parquet")
    return earlier


def _question(done: Run, run: Run) -> Question:
    award = done.awards.order_by("pk")[0]
    return Question.objects.create(
        run=run,
        kind=Question.Kind.LESS,
        household=award.household,
        award=award,
        before_outcome=Outcome.YES,
        before_reasons=["in Gent", "verhoogde tegemoetkoming"],
        outcome=Outcome.NO,
        reasons=["verhoogde tegemoetkoming"],
        explanation=award.explanation,
    )


def _requests(number: str, clerk: StaffMember) -> tuple[CheckRequest, CheckRequest]:
    """One that waits for a source, and one that came to nothing."""
    waiting, failed = (
        checks.ask(insz=number, on=clock.today(), by=clerk, reason=reason, queue=False)
        for reason in ("Wacht aan het loket.", "Kwam naar het loket.")
    )
    CheckRequest.objects.filter(pk=waiting.pk).update(
        state=State.ASKING, begun_at=clock.now(), source="GeefPersoon", source_since=clock.now()
    )
    end(failed.pk, State.FAILED, problem=Problem.NO_ANSWER)
    return waiting, failed


def _open(number: str, clerk: StaffMember) -> Advice:
    """The first right that someone has, does not get yet, and that the city can give."""
    return next(
        one
        for one in _advices(number, clerk)
        if one.outcome == Outcome.YES
        and not regulation(one.right).advice_only
        and held(one) is None
    )


def _checked(number: str, clerk: StaffMember, right: str = BAGS) -> Advice:
    return next(one for one in _advices(number, clerk) if one.right == right)


def _advices(number: str, clerk: StaffMember) -> list[Advice]:
    return awards.point_check(
        insz=number, on=clock.today(), by=clerk, reason="Kwam naar het loket."
    )


def _run(
    on: date, staff: dict[str, StaffMember], *, requested: bool = False, approved: bool = False
) -> Run:
    run = runs.prepare(regulation_id=BAGS, on=on, by=staff["lies"], queue=False)
    run = work.evaluate(run.pk)
    if requested or approved:
        for dossier in run.sample.all():
            queries.dossier(dossier, staff["lies"])
            runs.mark_read(run=run, dossier=dossier, by=staff["lies"])
        runs.request_approval(run=run, by=staff["lies"], override_reason=REASON)
        run.refresh_from_db()
    if approved:
        runs.approve(run=run, by=staff["an"], list_hash=run.list_hash, queue=False)
        run = work.award(run.pk)
    return run
