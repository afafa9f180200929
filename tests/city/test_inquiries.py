"""Everyone asked in stages, over real FTPS: as little as settles verdicts, nothing twice."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pytest
from click.testing import CliRunner

from tests.city.conftest import BAGS, DAY
from tests.city.exchange import *  # noqa: F403 - fixtures are found by their names here
from tests.city.exchange import Exchange
from tests.mailbox.city import statutes_of
from vanzelf.city import clock
from vanzelf.city.bulk import ordering
from vanzelf.city.bulk import work as bulk
from vanzelf.city.bulk.models import ListFile
from vanzelf.city.inquiries import domain, known, queries, work
from vanzelf.city.inquiries.models import Inquiry, LeftOut, State
from vanzelf.city.reasons import ReasonError
from vanzelf.city.regulations import regulations
from vanzelf.city.runs.models import Findings
from vanzelf.city.runs.states import NotNow
from vanzelf.faces.cli.main import main
from vanzelf.population import NO, UNKNOWN
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.lawfulness import NoAuthorisation
from vanzelf.sources.types import Why

LEZ = "gent/lez-registratie"
FAMILY, SINGLE = "gezin met verhoogde tegemoetkoming", "verhoogde tegemoetkoming"
BY_LIST = [right.id for right in regulations().values() if ordering.wanted([right], shipped())]
"""The rights that need something that a list can ask."""
ENOUGH = "Er zijn genoeg vragen gesteld voor deze proef."


@pytest.fixture
def own_city(exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city folder that the test may change, of which the source knows the answers."""
    exchange.source.statutes = statutes_of(exchange.town.folder)
    folder = exchange.copy(tmp_path / "city")
    monkeypatch.setenv("VANZELF_CITY", str(folder))
    return folder


def started(exchange: Exchange, *rights: str, at_once: bool = True) -> Inquiry:
    return domain.start(
        regulation_ids=rights or (BAGS,),
        on=DAY,
        by=exchange.town.preparer,
        at_once=at_once,
        queue=False,
    )


def finished(exchange: Exchange, inquiry: Inquiry) -> Inquiry:
    """All stages, each answered before the next."""
    for _ in range(30):
        inquiry = work.go_on(inquiry.pk)
        if inquiry.ended:
            return inquiry
        exchange.source.answer()
        bulk.collect()
    raise AssertionError("it does not end")


def asked_once(inquiry: Inquiry) -> bool:
    files = ListFile.objects.filter(order__on=known.day_of(inquiry))
    cells = Counter((fact, one) for file in files for fact in file.facts for one in file.persons)
    return set(cells.values()) == {1}


@pytest.mark.parametrize(
    ("right", "at_once"), [*((right, True) for right in BY_LIST), (BAGS, False), (LEZ, False)]
)
def test_verdicts_are_those_with_everything_asked(
    exchange: Exchange, own_city: Path, right: str, at_once: bool
) -> None:
    inquiry = finished(exchange, started(exchange, right, at_once=at_once))
    assert asked_once(inquiry)
    one = known.standing(inquiry, right, known.Delivery.read())
    staged = one.planner.outcomes(one.known, one.who)
    delivered = known.Delivery.read().people  # what was laid hides nothing that was asked
    truth = known.population.read(exchange.town.folder, catalogue=delivered.catalogue)
    everything = one.planner.outcomes(truth.people.block(one.planner.wanted), one.who)
    assert np.array_equal(staged, everything)
    assert sum(queries.asked(inquiry).values()) < sum(inquiry.everything.values())


def test_one_who_is_proven_is_not_asked_again(exchange: Exchange, own_city: Path) -> None:
    inquiry = finished(exchange, started(exchange))
    first, second = inquiry.stages.all()
    assert set(first.questions) >= {FAMILY}
    told = exchange.told(FAMILY)
    proven = {person for person, (value, _) in told.items() if value}
    assert proven
    later = {one for file in second.order.files.all() for one in file.persons}
    assert not proven & later


def test_what_was_not_asked_is_kept_with_why(exchange: Exchange, own_city: Path) -> None:
    inquiry = finished(exchange, started(exchange))
    counts = queries.left_out(inquiry)
    assert set(counts) >= {Why.SETTLED, Why.BY_FAMILY}
    rows = LeftOut.objects.filter(inquiry=inquiry, fact=SINGLE)
    left = [person for row in rows for person in row.persons]
    assert len(left) == len(set(left))
    (one, *_) = LeftOut.objects.get(pk=rows[0].pk).persons
    (told,) = queries.left_of(inquiry, BAGS, [one])
    assert (told.fact, told.persons) == (SINGLE, frozenset([one]))


@pytest.mark.parametrize("right", BY_LIST)
def test_every_question_of_asking_everything_was_asked_or_left_out(
    exchange: Exchange, own_city: Path, right: str
) -> None:
    inquiry = finished(exchange, started(exchange, right))
    asked, left = queries.asked(inquiry), Counter[str]()
    for by_fact in queries.left_out(inquiry, right).values():
        left.update(by_fact)
    found = {fact: asked.get(fact, 0) + left[fact] for fact in inquiry.everything}
    assert found == inquiry.everything


def test_killed_between_any_two_steps_asks_nothing_twice(
    exchange: Exchange, own_city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def kill(*_: object, **__: object) -> None:
        raise Killed

    inquiry = started(exchange)
    for name in ("release", "upload", "held_back"):
        with monkeypatch.context() as broken:
            broken.setattr(f"vanzelf.sources.magda.bulk.Mailbox.{name}", kill)
            try:
                work.go_on(inquiry.pk)
            except Killed:
                continue
    inquiry = finished(exchange, inquiry)
    assert inquiry.state == State.DONE
    assert asked_once(inquiry)
    assert set(exchange.source.asked.values()) == {1}


def test_who_does_not_answer_in_time_stays_unknown_and_it_goes_on(
    exchange: Exchange, own_city: Path
) -> None:
    inquiry = work.go_on(started(exchange).pk)
    assert inquiry.state == State.WAITING
    (stage,) = queries.stages(inquiry)
    assert stage.until is not None
    with clock.fixed(stage.until + timedelta(minutes=1)):
        inquiry = work.go_on(inquiry.pk)  # the members themselves may be asked yet
        assert inquiry.stages.get(number=1).closed_at is not None
        again = inquiry.stages.get(number=2).order
        assert again is not None
    with clock.fixed(again.until + timedelta(minutes=1)):
        inquiry = work.go_on(inquiry.pk)
        assert inquiry.state == State.DONE
        one = known.standing(inquiry, BAGS, known.Delivery.read())
        assert (one.planner.outcomes(one.known, one.who) == UNKNOWN).any()
        assert asked_once(inquiry)
        exchange.source.answer()
        assert all(received.recheck for received in bulk.collect())  # late, and taken in


def test_stopped_asks_nothing_any_more(exchange: Exchange, own_city: Path) -> None:
    inquiry = work.go_on(started(exchange).pk)
    with pytest.raises(NotNow, match="vraagt dit al"):
        started(exchange)
    with pytest.raises(ReasonError):
        domain.stop(inquiry=inquiry, by=exchange.town.preparer, reason="stop")
    domain.stop(inquiry=inquiry, by=exchange.town.preparer, reason=ENOUGH)
    exchange.source.answer()
    assert all(received.matched for received in bulk.collect())
    assert work.go_on(inquiry.pk).stages.count() == 1
    with pytest.raises(NotNow, match="gestopt"):
        domain.stop(inquiry=inquiry, by=exchange.town.preparer, reason=ENOUGH)


def test_two_rights_share_what_was_asked(exchange: Exchange, own_city: Path) -> None:
    inquiry = finished(exchange, started(exchange, BAGS, LEZ))
    assert asked_once(inquiry)
    assert set(LeftOut.objects.values_list("right", flat=True)) == {BAGS, LEZ}


def test_one_that_asks_nothing_lays_earlier_answers_over_a_new_delivery(
    exchange: Exchange, own_city: Path
) -> None:
    file = own_city / "persons.parquet"
    delivered = file.read_bytes()
    finished(exchange, started(exchange))
    laid = parquet.read_table(file)
    file.write_bytes(delivered)
    again = finished(exchange, started(exchange))
    assert not again.stages.exists()
    assert parquet.read_table(file).equals(laid)


def test_what_no_list_can_ask_is_told(exchange: Exchange, own_city: Path) -> None:
    inquiry = started(exchange, "vlaanderen/sociaal-watertarief")
    assert inquiry.not_by_file == known.not_by_file("vlaanderen/sociaal-watertarief", DAY)


def outcomes(exchange: Exchange) -> dict[int, int]:
    """Per household what a run over everyone finds."""
    run = exchange.town.evaluated()
    pieces = Findings.objects.filter(run=run)
    found = [pair for one in pieces for pair in zip(one.households, one.outcomes, strict=True)]
    return dict(found)


def test_run_after_it_finds_what_it_would_with_everything_asked(
    exchange: Exchange, own_city: Path
) -> None:
    everything = outcomes(exchange)
    file = own_city / "persons.parquet"
    table = parquet.read_table(file)
    asked = ("increased_reimbursement", "family_increased_reimbursement")
    names = [one for one in table.column_names if not one.startswith(asked)]
    parquet.write_table(table.select(names), file)  # as a register delivers: no source was asked
    assert outcomes(exchange) != everything
    finished(exchange, started(exchange))
    staged = outcomes(exchange)
    others = {(everything[one], staged[one]) for one in staged if staged[one] != everything[one]}
    assert others <= {(UNKNOWN, NO)}  # a family's no also tells where a member's own is missing
    assert staged.keys() == everything.keys()


def typed(*words: str) -> str:
    result = CliRunner().invoke(main, ["bulk", *words])
    return f"{result.output}[{result.exit_code}]"


def test_commands_go_from_asking_to_the_run(exchange: Exchange, own_city: Path) -> None:
    assert "Begin with: vanzelf bulk ask" in typed("asked")
    assert "No inquiry waits" in typed("go-on")
    said = typed("ask", BAGS, "--on", str(DAY))
    number = str(Inquiry.objects.get().pk)
    assert "Stage 1 asks" in said
    assert f"Inquiry {number} waits for answers" in said
    assert "vraagt dit al" in typed("ask", BAGS, "--on", str(DAY))
    for _ in range(3):
        exchange.source.answer()
        typed("collect")
        said = typed("go-on", number)
        if "done" in said:
            break
    assert f"Next: vanzelf run {BAGS} --on {DAY}" in said
    told = typed("asked", number)
    assert "Not asked, by-family" in told
    assert "Stage 1:" in told


def test_commands_stop_with_a_reason(exchange: Exchange, own_city: Path) -> None:
    typed("ask", BAGS, "--on", str(DAY))
    number = str(Inquiry.objects.get().pk)
    assert "minstens 20 tekens" in typed("stop", number, "--reason", "kort")
    assert "There is no inquiry 999" in typed("stop", "999", "--reason", ENOUGH)
    assert "Stopped." in typed("stop", number, "--reason", ENOUGH)
    assert f"Stopped: {ENOUGH}" in typed("asked", number)


def test_ground_that_ends_midway_is_told_and_is_not_the_end(
    exchange: Exchange, own_city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry = work.go_on(started(exchange).pk)
    exchange.source.answer()
    bulk.collect()
    grounds = tmp_path / "grounds.yaml"
    grounds.write_text(json.dumps({"purposes": {}, "activities": {}, "authorisations": []}))
    with monkeypatch.context() as without:
        without.setenv("VANZELF_AUTHORISATIONS", str(grounds))
        with pytest.raises(NoAuthorisation):
            work.go_on(inquiry.pk)
        inquiry.refresh_from_db()
        assert not inquiry.ended
        assert inquiry.problem
    inquiry = finished(exchange, inquiry)
    assert (inquiry.state, inquiry.problem) == (State.DONE, "")


def test_any_error_is_told_with_the_inquiry(exchange: Exchange, own_city: Path) -> None:
    inquiry = started(exchange)
    (own_city / "persons.parquet").write_bytes(b"no parquet")
    with pytest.raises(Exception, match=r"persons\.parquet|parquet"):
        work.go_on(inquiry.pk)
    inquiry.refresh_from_db()
    assert inquiry.problem
