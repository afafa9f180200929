"""Large files and views: read by the worker, beside the page, up to the preview."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pyarrow.parquet as parquet
import pytest
from django.db import connections

from tests.city.conftest import BAGS, Desk, Town
from vanzelf.city import clock, jobs
from vanzelf.city.database.server import administrator
from vanzelf.city.lists import domain, queries, reading, uploads
from vanzelf.city.lists.models import Delivery, ListedRow, State, UploadPiece
from vanzelf.city.lists.tasks import queue_unread
from vanzelf.city.runs import domain as runs
from vanzelf.city.runs.models import Run
from vanzelf.city.verdicts.models import Outcome
from vanzelf.sources.data import DataError
from vanzelf.sources.lists import reader, size

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
NAME = "ocmw-budget"
HEADER = "insz;hulp;van;tot\n"


class Ended(BaseException):
    """As a kill: nobody catches it."""


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(size, "SMALL", {"csv": -1, "xlsx": -1})
    monkeypatch.setattr(reader, "AT_ONCE", 1)
    monkeypatch.setattr(uploads, "PIECE", 50)
    with clock.fixed(NOW):
        yield


def numbers(town: Town, count: int = 5) -> list[str]:
    return parquet.read_table(town.folder / "persons.parquet")["insz"][:count].to_pylist()


def handed_in(town: Town, *rows: str, queue: bool = False) -> Delivery:
    lines = rows or [f"{one};budgetbeheer;01/01/2025;" for one in numbers(town)]
    return domain.deliver(
        name=NAME,
        data=(HEADER + "".join(f"{line}\n" for line in lines)).encode(),
        file_name="budget.csv",
        as_of=date(2026, 1, 12),
        complete=True,
        by=town.preparer,
        queue=queue,
    )


def test_large_file_waits_sealed_and_goes_when_it_was_read(town: Town) -> None:
    waiting = handed_in(town)
    pieces = [bytes(one.ciphertext) for one in UploadPiece.objects.filter(delivery=waiting)]
    assert (waiting.state, waiting.expected, len(pieces) > 1) == (State.READING, 5, True)
    assert not any(number.encode() in piece for number in numbers(town) for piece in pieces)
    seen: list[int] = []
    read = reading.read(waiting.pk, seen.append)
    assert (read.state, read.kept, seen) == (State.PREVIEW, 5, [1, 2, 3, 4, 5])
    assert read.differences["new"] == {"budgetbeheer": 5}
    assert not UploadPiece.objects.exists()
    assert reading.read(waiting.pk) == read
    assert ListedRow.objects.filter(delivery=read).count() == 5


def test_large_file_with_mistakes_tells_them_and_keeps_nothing(town: Town) -> None:
    read = reading.read(handed_in(town, "x;y;z;").pk)
    assert (read.state, read.problem_count) == (State.WRONG, 3)
    assert not ListedRow.objects.exists()
    assert not UploadPiece.objects.exists()


def test_file_that_is_thrown_away_while_it_is_read_stops(town: Town) -> None:
    waiting, seen = handed_in(town), list[int]()

    def throw_away(rows: int) -> None:
        seen.append(rows)
        domain.discard(delivery=waiting, by=town.preparer)

    read = reading.read(waiting.pk, throw_away)
    assert (read.state, seen) == (State.DISCARDED, [1])
    assert not ListedRow.objects.exists()
    assert not UploadPiece.objects.exists()


def test_worker_that_was_killed_is_followed_by_one_that_begins_anew(
    committed_town: Town,
) -> None:
    waiting = handed_in(committed_town)

    def end(rows: int) -> None:
        if rows == 3:
            raise Ended

    with pytest.raises(Ended):
        reading.read(waiting.pk, end)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.tries) == (State.READING, 1)
    queue_unread()
    queue_unread()
    jobs.work(until_empty=True)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.kept, waiting.tries) == (State.PREVIEW, 5, 2)
    assert ListedRow.objects.count() == 5


def test_list_that_ends_the_worker_each_time_is_given_up(town: Town) -> None:
    waiting = handed_in(town)

    def end(_rows: int) -> None:
        raise Ended

    for _ in range(reading.MOST_TRIES):
        with pytest.raises(Ended):
            reading.read(waiting.pk, end)
    assert reading.read(waiting.pk, end).state == State.FAILED
    assert not UploadPiece.objects.exists()


def test_two_workers_never_read_the_same(committed_town: Town) -> None:
    waiting, found = handed_in(committed_town), list[Delivery]()

    def other_worker() -> None:
        found.append(reading.read(waiting.pk))
        connections.close_all()

    def meanwhile(rows: int) -> None:
        if rows == 1:
            thread = threading.Thread(target=other_worker)
            thread.start()
            thread.join()

    assert reading.read(waiting.pk, meanwhile).state == State.PREVIEW
    assert [(one.state, one.tries) for one in found] == [(State.READING, 1)]


def test_fault_of_our_own_ends_the_delivery_and_is_raised(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = handed_in(town)
    UploadPiece.objects.filter(delivery=waiting).update(ciphertext=b"x" * 40)
    with pytest.raises(ValueError, match="lists_uploadpiece"):
        reading.read(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == State.FAILED
    assert not UploadPiece.objects.exists()


def test_file_that_nobody_reads_goes_at_its_term(town: Town) -> None:
    handed_in(town)
    later = NOW + timedelta(days=2)
    with clock.fixed(later):
        assert (domain.past_term(later), domain.remove_expired(later)) == (1, 1)
    assert not UploadPiece.objects.exists()


LAYOUT = """
list: ocmw-budget
title: {nl: Hulp met het budget, en: Help with the budget}
format: view
connection: ocmw
view: public.budget_now
columns:
  insz: {type: insz, required: true}
  hulp: {type: code, required: true, codes: {BB: budgetbeheer, BG: budgetbegeleiding}}
  van: {type: date, required: true}
  tot: {type: date}
person: insz
period: {from: van, until: tot}
fact from: hulp
facts: [budgetbegeleiding, budgetbeheer]
fresh days: 30
"""


class Elsewhere:
    """The OCMW's own database, with a view for the city."""

    def __init__(self) -> None:
        self.dsn = psycopg.conninfo.make_conninfo(**{**administrator(), "dbname": "postgres"})

    def holds(self, *rows: tuple[str, str]) -> None:
        with psycopg.connect(self.dsn, autocommit=True) as other:
            other.execute("DROP VIEW IF EXISTS budget_now")
            other.execute("CREATE TABLE IF NOT EXISTS budget (insz text, hulp text)")
            other.execute("TRUNCATE budget")
            other.cursor().executemany("INSERT INTO budget VALUES (%s, %s)", rows)
            other.execute(
                "CREATE VIEW budget_now AS SELECT insz, hulp, date '2025-01-01' AS van,"
                " NULL::date AS tot, 'geheim' AS dossier FROM budget"
            )


@pytest.fixture
def elsewhere(
    committed_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Elsewhere]:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "ocmw-budget.yaml").write_text(LAYOUT)
    monkeypatch.setenv("VANZELF_REGULATIONS", str(tmp_path))
    found = Elsewhere()
    monkeypatch.setenv("VANZELF_LISTS_DSN_OCMW", found.dsn)
    yield found
    with psycopg.connect(found.dsn, autocommit=True) as other:
        other.execute("DROP TABLE budget CASCADE")


def not_helped(town: Town) -> str:
    people = parquet.read_table(town.folder / "persons.parquet").to_pylist()
    reasons = ("increased_reimbursement", "budget_guidance", "budget_management", "deceased")
    return next(
        str(one["insz"])
        for one in people
        if one["position"] == "01" and not any(one[name] for name in reasons)
    )


ONE_AT_A_TIME = pytest.mark.xdist_group("the other database")


@ONE_AT_A_TIME
def test_view_is_read_by_the_worker_and_used_by_a_check_and_a_run(
    elsewhere: Elsewhere, committed_town: Town, magda: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = committed_town
    someone = not_helped(town)
    elsewhere.holds((someone, "BB"))
    waiting = domain.read_view(name=NAME, complete=True, by=town.preparer)
    assert waiting.state == State.READING
    jobs.work(until_empty=True)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.kept, waiting.file_name) == (State.PREVIEW, 1, "")
    domain.take_in(delivery=waiting, by=town.preparer)
    assert [one.delivery for one in queries.standings() if one.layout.name == NAME] == [waiting]
    monkeypatch.setenv("VANZELF_MAGDA_URL", magda.url)  # type: ignore[attr-defined]
    (advice,) = Desk(town, magda).check(someone, BAGS)  # type: ignore[arg-type]
    assert advice.outcome == Outcome.YES
    facts = advice.check_ref.facts.filter(fact="persoon.budgetbeheer")
    assert ("lists/ocmw-budget", True) in {(fact.source, fact.value) for fact in facts}
    run = runs.prepare(regulation_id=BAGS, on=clock.today(), by=town.preparer)
    jobs.work(until_empty=True)
    assert Run.objects.get(pk=run.pk).result["lists"] == {NAME: waiting.pk}


@ONE_AT_A_TIME
def test_view_with_mistakes_or_out_of_reach_is_told_and_nothing_changes(
    elsewhere: Elsewhere, committed_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.holds((not_helped(committed_town), "ZZ"))

    def delivered() -> Delivery:
        found = domain.read_view(name=NAME, complete=True, by=committed_town.preparer)
        jobs.work(until_empty=True)
        return Delivery.objects.get(pk=found.pk)

    wrong = delivered()
    (problem,) = queries.problems(wrong, viewer=committed_town.preparer)
    assert (wrong.state, problem.column, problem.code) == (State.WRONG, "hulp", "code")
    monkeypatch.setenv("VANZELF_LISTS_DSN_OCMW", "host=127.0.0.1 port=1 dbname=x")
    assert delivered().state == State.FAILED
    monkeypatch.delenv("VANZELF_LISTS_DSN_OCMW")
    with pytest.raises(DataError, match="VANZELF_LISTS_DSN_OCMW is not set"):
        delivered()
