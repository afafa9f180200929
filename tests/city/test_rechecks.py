"""A source corrects the past: more goes out after approval, less is a question for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test import override_settings

from tests.city.conftest import BAGS, DAY, Town
from tests.city.test_commands import typed
from tests.city.test_deliveries import homes, write
from tests.city.test_people import people
from vanzelf.city.access.queries import looks_of
from vanzelf.city.awards.domain import end_award
from vanzelf.city.awards.models import Award, AwardCover, LatestVerdict
from vanzelf.city.people.models import Household
from vanzelf.city.reasons import ReasonError
from vanzelf.city.rechecks import domain, preparing, queries
from vanzelf.city.rechecks.models import Question, Raise
from vanzelf.city.runs import domain as runs
from vanzelf.city.runs import work
from vanzelf.city.runs.models import Run, RunVerdict, State
from vanzelf.city.runs.states import NotNow
from vanzelf.city.verdicts.models import Outcome

GROUNDS = (
    "increased_reimbursement",
    "budget_guidance",
    "budget_management",
    "collective_debt_settlement",
)
ONE = 6300 + 3150  # cents for one dependant: the bags, and half of it as extra credit
PASS = "gent/uitpas"
WHY = "De bron had gelijk: het gezin kreeg deze tegemoetkoming niet."
Rows = list[dict[str, Any]]


@dataclass
class Register:
    """A delivery that a source may correct, by the register's number of a household."""

    persons: Rows
    households: Rows
    homes: dict[int, dict[str, Any]] = field(init=False)
    members: dict[int, Rows] = field(init=False)

    def __post_init__(self) -> None:
        self.homes = {row["household"]: row for row in self.households}
        self.members = {number: [] for number in self.homes}
        for row in self.persons:
            self.members[row["household"]].append(row)

    def grounded(self, number: int, holds: bool) -> None:
        """Everyone has, or nobody has, a ground for the waste bags, and had it then."""
        for row in self.members[number]:
            row.update(dict.fromkeys(GROUNDS, False))
            row["increased_reimbursement"] = holds
            row["increased_reimbursement_from"] = date(2025, 1, 1) if holds else None
            row["increased_reimbursement_until"] = None

    def dependants(self, number: int, more: int) -> None:
        self.homes[number]["dependants"] += more

    def move(self, number: int, to: int) -> None:
        """The last one of a household goes to live in another."""
        row = self.members[number].pop()
        row["household"] = to
        self.members[to].append(row)


@dataclass
class Past:
    """A town that was awarded, and what is corrected afterwards."""

    town: Town
    run: Run
    folder: Path
    use: Callable[[Path], None]

    def corrected(self, change: Callable[[Register], None]) -> None:
        """The next delivery says otherwise what was so."""
        register = Register(people(self.town.folder), homes(self.town.folder))
        change(register)
        register.persons.sort(key=lambda row: row["household"])
        number = len(list(self.folder.iterdir()))
        delivered = write(
            self.folder / str(number), self.town.folder, register.persons, register.households
        )
        self.use(delivered.folder)

    def rechecked(self, since: date = DAY) -> Run:
        """The only recheck, with its preview."""
        (run,) = preparing.prepare(since=since, by=self.town.preparer)
        return work.evaluate(run.pk)

    def awarded(self, run: Run, because: str = "") -> Run:
        """A recheck to its end."""
        return work.award(self.town.approved(self.town.requested(run, because)).pk)

    def awarded_by(self, run: Run) -> int:
        """How many awards an approved run makes."""
        return work.award(run.pk).awards.count()

    def withdrawn(self, run: Run) -> None:
        """A run taken back by the second person."""
        runs.withdraw(run=run, by=self.town.approver, reason=WHY)

    def award_of(self, number: int) -> Award:
        return Award.objects.get(household__register_number=number, known_until=None)

    def with_award(self, place: int) -> int:
        """The number of a household that got the bags for one dependant."""
        found = Award.objects.filter(run=self.run, amount_cents=ONE).order_by("household_id")
        return self._number(list(found)[place].household)

    def without(self, place: int) -> int:
        """The number of a household with one dependant that was a NO."""
        latest = LatestVerdict.objects.filter(run=self.run, outcome=Outcome.NO)
        register = Register(people(self.town.folder), homes(self.town.folder))
        numbers = sorted(self._number(one.household) for one in latest)
        fit = [
            number
            for number in numbers
            if register.homes[number]["dependants"] == 1
            and register.homes[number]["municipality"] == "44021"
            and not register.homes[number]["family_errors"]
        ]
        return fit[place]

    def _number(self, household: Household | None) -> int:
        assert household is not None
        assert household.register_number is not None
        return household.register_number


@pytest.fixture
def past(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    folder = tmp_path / "deliveries"
    folder.mkdir()
    return Past(
        town, town.awarded(), folder, lambda used: monkeypatch.setenv("VANZELF_CITY", str(used))
    )


def counts(run: Run) -> dict[str, int]:
    return {name: run.result["recheck"][name] for name in ("more", "raised", "less", "differs")}


def test_nothing_corrected_proposes_and_asks_nothing(past: Past) -> None:
    recheck = past.rechecked()
    assert recheck.rechecks == past.run
    assert (recheck.on, recheck.period) == (past.run.on, past.run.period)
    assert counts(recheck) == {"more": 0, "raised": 0, "less": 0, "differs": 0}
    assert recheck.result["recheck"]["unknown"] == past.run.result["unknown"]
    assert (recheck.result["recheck"]["gone"], recheck.result["new"]) == (0, 0)
    assert not RunVerdict.objects.filter(run=recheck).exists()


def test_no_that_becomes_a_yes_is_awarded_after_approval(past: Past) -> None:
    number = past.without(0)
    past.corrected(lambda register: register.grounded(number, True))
    recheck = past.rechecked()
    assert counts(recheck) == {"more": 1, "raised": 0, "less": 0, "differs": 0}
    assert (recheck.result["new"], recheck.result["cost_sure_cents"]) == (1, ONE)
    assert not Award.objects.filter(household__register_number=number).exists()

    assert past.awarded(recheck).state == State.DONE
    award = past.award_of(number)
    assert (award.run, award.valid_from, award.period) == (recheck, DAY, "2026")
    assert award.approved_by == past.town.approver
    latest = LatestVerdict.objects.get(right=BAGS, household=award.household)
    assert (latest.outcome, latest.run) == (Outcome.YES, recheck)


def test_what_another_recheck_gave_is_not_counted_as_proposed(past: Past) -> None:
    past.town.awarded(on=DAY + timedelta(days=1))
    more, raised = past.without(0), past.with_award(0)

    def change(register: Register) -> None:
        register.grounded(more, True)
        register.dependants(raised, 1)

    past.corrected(change)
    found = preparing.prepare(since=DAY, by=past.town.preparer)
    first, second = (work.evaluate(run.pk) for run in found)
    assert (counts(first)["more"], counts(second)["more"], counts(first)["raised"]) == (1, 1, 1)
    past.awarded(first)
    asked = past.town.requested(second)
    assert (asked.result["new"], asked.result["cost_sure_cents"]) == (0, None)
    assert past.awarded_by(past.town.approved(asked)) == 0


def test_preparer_cannot_approve_their_own_recheck(past: Past) -> None:
    number = past.without(0)
    past.corrected(lambda register: register.grounded(number, True))
    (prepared,) = preparing.prepare(since=DAY, by=past.town.both)
    recheck = past.town.requested(work.evaluate(prepared.pk))
    with pytest.raises(PermissionDenied, match="iemand anders"):
        runs.approve(run=recheck, by=past.town.both, list_hash=recheck.list_hash, queue=False)


def test_higher_amount_takes_the_place_of_the_lower(past: Past) -> None:
    number = past.with_award(0)
    past.corrected(lambda register: register.dependants(number, 1))
    recheck = past.rechecked()
    assert counts(recheck) == {"more": 0, "raised": 1, "less": 0, "differs": 0}
    old = past.award_of(number)
    past.awarded(recheck)

    new = past.award_of(number)
    assert recheck.result["cost_sure_cents"] == new.amount_cents - old.amount_cents > 0
    old.refresh_from_db()
    assert (old.known_until, old.ended_by) == (new.known_from, past.town.approver)
    assert old.ended_reason == (
        f"Verhoogd na een correctie van de bron, goedgekeurd in hercontrole {recheck.pk}."
    )
    covered = AwardCover.objects.filter(right=BAGS, period="2026", known_until=None)
    assert set(covered.filter(award=new).values_list("person", flat=True)) == set(
        AwardCover.objects.filter(award=old).values_list("person", flat=True)
    )
    assert not covered.filter(award=old).exists()
    assert Raise.objects.get(award=old).became == new


def test_regulation_that_was_changed_is_told_apart_from_the_facts(past: Past) -> None:
    number = past.with_award(0)
    assert past.rechecked().result["recheck"]["other_rules"] is False
    Run.objects.filter(pk=past.run.pk).update(regulation_hash="0" * 64)
    past.corrected(lambda register: register.dependants(number, 1))
    old = past.award_of(number)
    shown = typed("run", "--recheck-from", str(DAY))
    recheck = Run.objects.latest("pk")
    assert f"Run {recheck.pk}: {BAGS} was changed after run {past.run.pk}" in " ".join(
        shown.output.split()
    )
    past.awarded(recheck)
    old.refresh_from_db()
    assert "een wijziging van het reglement" in old.ended_reason


def test_raise_that_is_taken_back_gives_the_award_again(past: Past) -> None:
    number = past.with_award(0)
    past.corrected(lambda register: register.dependants(number, 1))
    old = past.award_of(number)
    recheck = past.awarded(past.rechecked())
    runs.withdraw(run=recheck, by=past.town.approver, reason=WHY)
    again = past.award_of(number)
    assert again.pk != old.pk
    assert (again.amount_cents, again.run, again.amounts) == (
        old.amount_cents, past.run, old.amounts,
    )  # fmt: skip
    assert again.covers.filter(known_until=None).count() == old.covers.count()


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0)], ids=["oldest", "newest"])
def test_award_that_was_raised_twice_is_given_again_in_whichever_order(
    past: Past, first: int, second: int
) -> None:
    number = past.with_award(0)
    lowest = past.award_of(number)
    raises = []
    for more in (1, 2):
        past.corrected(partial(Register.dependants, number=number, more=more))
        raises.append(past.awarded(past.rechecked()))
    past.withdrawn(raises[first])
    past.withdrawn(raises[second])
    again = past.award_of(number)
    assert (again.amount_cents, again.run) == (lowest.amount_cents, past.run)


def test_run_and_what_raised_it_taken_back_leave_nothing(past: Past) -> None:
    number = past.with_award(0)
    past.corrected(lambda register: register.dependants(number, 1))
    recheck = past.awarded(past.rechecked())
    past.withdrawn(past.run)
    assert past.award_of(number).run == recheck  # it was approved by itself
    past.withdrawn(recheck)
    assert not Award.objects.filter(known_until=None).exists()


def test_recheck_of_a_run_that_was_withdrawn_is_not_approved(past: Past) -> None:
    number = past.without(0)
    past.corrected(lambda register: register.grounded(number, True))
    asked = past.town.requested(past.rechecked())
    past.withdrawn(past.run)
    with pytest.raises(NotNow, match=f"Controle {past.run.pk} .* is intussen ingetrokken"):
        past.town.approved(asked)
    with pytest.raises(NotNow, match="ingetrokken"):
        runs.request_approval(run=asked, by=past.town.preparer)


def test_run_of_which_the_delivery_is_not_known_proposes_nothing(past: Past) -> None:
    Run.objects.filter(pk=past.run.pk).update(delivery=None)
    number = past.without(0)
    past.corrected(lambda register: register.grounded(number, True))
    assert counts(past.rechecked()) == {"more": 0, "raised": 0, "less": 0, "differs": 1}


def test_award_that_a_person_ended_meanwhile_is_not_raised(past: Past) -> None:
    number = past.with_award(0)
    past.corrected(lambda register: register.dependants(number, 1))
    recheck = past.town.approved(past.town.requested(past.rechecked()))
    runs.withdraw(run=past.run, by=past.town.approver, reason=WHY)
    work.award(recheck.pk)
    assert not Award.objects.filter(known_until=None).exists()
    assert not AwardCover.objects.filter(known_until=None).exists()


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda register, number: register.grounded(number, False), Outcome.NO),
        (lambda register, number: register.dependants(number, -1), Outcome.YES),
        (lambda register, number: register.homes[number].update(municipality=None),
         Outcome.UNKNOWN),
    ],
    ids=["no", "lower", "unknown"],
)  # fmt: skip
def test_less_is_a_question_and_nothing_ends(
    past: Past, change: Callable[[Register, int], None], outcome: Outcome
) -> None:
    number = past.with_award(0)
    past.corrected(lambda register: change(register, number))
    recheck = past.rechecked()
    assert counts(recheck) == {"more": 0, "raised": 0, "less": 1, "differs": 0}
    (question,) = queries.questions()
    assert (question.award, question.outcome) == (past.award_of(number), outcome)
    assert (question.kind, question.before_outcome) == (Question.Kind.LESS, Outcome.YES)
    assert question.explanation is not None
    past.awarded(recheck)
    assert past.award_of(number).run == past.run
    assert queries.waiting() == 1


def test_other_household_is_a_question_also_for_more(past: Past) -> None:
    grows, shrinks = past.without(0), past.without(1)

    def change(register: Register) -> None:
        register.move(shrinks, grows)
        register.grounded(grows, True)

    past.corrected(change)
    recheck = past.rechecked()
    assert counts(recheck) == {"more": 0, "raised": 0, "less": 0, "differs": 1}
    (question,) = queries.questions()
    assert (question.kind, question.award) == (Question.Kind.DIFFERS, None)
    opened = queries.opened(question, past.town.approver)
    assert len(opened.members) == len(opened.then) + 1
    past.awarded(recheck)
    assert not Award.objects.filter(household__register_number=grows).exists()


def test_household_that_only_changed_is_no_question(past: Past) -> None:
    number = past.with_award(0)
    other = past.without(0)
    past.corrected(lambda register: register.move(other, number))
    found = counts(past.rechecked())
    assert (found["less"], found["more"]) == (0, 0)
    assert past.award_of(number).run == past.run


def test_who_is_gone_is_counted_and_not_asked(past: Past) -> None:
    number = past.with_award(0)

    def change(register: Register) -> None:
        register.persons[:] = [row for row in register.persons if row["household"] != number]
        register.households[:] = [row for row in register.households if row["household"] != number]

    past.corrected(change)
    recheck = past.rechecked()
    assert (recheck.result["recheck"]["gone"], queries.waiting()) == (1, 0)


@pytest.fixture
def asked(past: Past) -> Question:
    number = past.with_award(0)
    past.corrected(lambda register: register.grounded(number, False))
    past.rechecked()
    (question,) = queries.questions()
    return question


def test_question_is_closed_by_a_person_and_the_award_stays(past: Past, asked: Question) -> None:
    domain.answer(question=asked, by=past.town.approver, answer="kept", reason=WHY)
    asked.refresh_from_db()
    assert (asked.closed_by, asked.answer, asked.closed_reason) == (
        past.town.approver, Question.Answer.KEPT, WHY,
    )  # fmt: skip
    assert asked.award.known_until is None
    assert queries.waiting() == 0
    with pytest.raises(NotNow, match="niet meer open"):
        domain.answer(question=asked, by=past.town.approver, answer="ended", reason=WHY)


def test_question_may_end_the_award_with_a_reason(past: Past, asked: Question) -> None:
    domain.answer(question=asked, by=past.town.approver, answer="ended", reason=WHY)
    award = Award.objects.get(pk=asked.award_id)
    assert (award.ended_by, award.ended_reason) == (past.town.approver, WHY)
    assert not award.covers.filter(known_until=None).exists()
    person = award.covers.first().person
    assert looks_of(person)[0].purpose == "intrekking"


def test_question_of_an_award_that_has_ended_lapses(past: Past, asked: Question) -> None:
    by = past.town.approver
    with pytest.raises(NotNow, match="loopt nog"):
        domain.answer(question=asked, by=by, answer="lapsed", reason=WHY)
    end_award(award=asked.award, by=by, reason="Het gezin vroeg zelf om de zakken niet te krijgen.")
    with pytest.raises(NotNow, match="kies dat de vraag vervalt"):
        domain.answer(question=asked, by=by, answer="kept", reason=WHY)
    with pytest.raises(NotNow, match=r"geen toekenning \(meer\)"):
        domain.answer(question=asked, by=by, answer="ended", reason=WHY)
    domain.answer(question=asked, by=by, answer="lapsed", reason=WHY)
    award = Award.objects.get(pk=asked.award_id)
    assert award.ended_reason == "Het gezin vroeg zelf om de zakken niet te krijgen."
    (closed,) = queries.questions(closed=True)
    assert (closed.answer, queries.waiting()) == (Question.Answer.LAPSED, 0)


def test_question_needs_a_reason_and_a_role(past: Past, asked: Question) -> None:
    with pytest.raises(ReasonError):
        domain.answer(question=asked, by=past.town.approver, answer="ended", reason="fout")
    with pytest.raises(PermissionDenied):
        domain.answer(question=asked, by=past.town.preparer, answer="kept", reason=WHY)
    assert queries.waiting() == 1


def test_database_refuses_an_answer_without_a_reason(asked: Question) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=asked.pk).update(answer="ended")


def test_app_does_not_change_what_was_found(asked: Question) -> None:
    with (
        pytest.raises(ProgrammingError, match="denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE rechecks_question SET outcome = 1")


def test_later_recheck_asks_anew_what_nobody_answered(past: Past, asked: Question) -> None:
    past.awarded(asked.run)
    later = past.rechecked()
    asked.refresh_from_db()
    assert asked.superseded_by == later
    (question,) = queries.questions()
    assert (question.run, question.award) == (later, asked.award)


def test_later_recheck_does_not_ask_again_what_was_answered(past: Past, asked: Question) -> None:
    domain.answer(question=asked, by=past.town.approver, answer="kept", reason=WHY)
    later = past.rechecked()
    assert (counts(later)["less"], queries.waiting()) == (0, 0)


def test_source_that_takes_its_correction_back_leaves_no_question(
    past: Past, asked: Question
) -> None:
    past.use(past.town.folder)
    past.corrected(lambda register: None)
    past.rechecked()
    assert queries.waiting() == 0


def test_withdrawn_recheck_asks_nothing(past: Past, asked: Question) -> None:
    runs.withdraw(run=asked.run, by=past.town.preparer, reason=WHY)
    assert queries.waiting() == 0


def test_recheck_that_waits_gives_way_to_the_next(past: Past) -> None:
    first = past.rechecked()
    second = past.rechecked()
    first.refresh_from_db()
    assert (first.state, second.state) == (State.WITHDRAWN, State.PREVIEW)
    assert second.rechecks == past.run


def test_recheck_that_was_begun_is_taken_up(past: Past) -> None:
    (first,) = preparing.prepare(since=DAY, by=past.town.preparer)
    assert preparing.prepare(since=DAY, by=past.town.preparer) == [first]


def test_only_finished_runs_from_the_day_on_are_rechecked(past: Past) -> None:
    past.town.evaluated(on=DAY + timedelta(days=90))
    by = past.town.preparer
    assert preparing.prepare(since=DAY + timedelta(days=1), by=by) == []
    assert preparing.prepare(since=DAY, by=by, regulation_id="gent/uitpas") == []
    assert len(preparing.prepare(since=DAY, by=by, regulation_id=BAGS)) == 1


def test_ordinary_run_does_not_compare_with_a_recheck(past: Past) -> None:
    number = past.without(0)
    past.corrected(lambda register: register.grounded(number, True))
    past.awarded(past.rechecked())
    later = past.town.evaluated(on=DAY + timedelta(days=90))
    assert later.result["previous"] == past.run.pk


class Stopped(Exception):
    """The worker went away."""


def test_recheck_that_was_interrupted_asks_each_question_once(past: Past) -> None:
    first, last = past.with_award(0), past.with_award(-1)

    def change(register: Register) -> None:
        register.grounded(first, False)
        register.grounded(last, False)

    def stop(run: Run) -> None:
        raise Stopped

    past.corrected(change)
    with override_settings(VANZELF_RUN_PIECE=100):
        (run,) = preparing.prepare(since=DAY, by=past.town.preparer)
        with pytest.raises(Stopped):
            work.evaluate(run.pk, stop)
        assert Question.objects.filter(run=run).count() == 1
        assert counts(past.rechecked())["less"] == 2
    assert queries.waiting() == 2


def test_right_of_persons_does_not_mind_with_whom_they_live(past: Past) -> None:
    run = past.town.awarded_right(PASS)
    award = run.awards.order_by("pk")[0]
    assert award.person is not None
    insz = award.person.insz

    def change(register: Register) -> None:
        (row,) = (row for row in register.persons if row["insz"] == insz)
        row.update(dict.fromkeys((*GROUNDS, "living_wage", "debt_mediation"), False))
        row["household"] = past.without(0)

    past.corrected(change)
    (recheck,) = preparing.prepare(since=DAY, by=past.town.preparer, regulation_id=PASS)
    recheck = work.evaluate(recheck.pk)
    (question,) = Question.objects.filter(run=recheck)
    assert (question.person, question.award) == (award.person, award)
    assert question.kind == Question.Kind.LESS


def test_command_shows_by_period_what_would_change(past: Past) -> None:
    more, raised, less = past.without(0), past.with_award(0), past.with_award(1)

    def change(register: Register) -> None:
        register.grounded(more, True)
        register.dependants(raised, 1)
        register.grounded(less, False)

    past.corrected(change)
    result = typed("run", "--recheck-from", "2026-01-15")
    recheck = Run.objects.get(rechecks=past.run)
    (line,) = [line for line in result.output.splitlines() if line.strip().startswith(BAGS)]
    unknown = str(recheck.result["recheck"]["unknown"])
    assert line.split() == [
        BAGS, "2026", "2026-01-15", str(recheck.pk), "1", "1", "1", "0", unknown,
    ]  # fmt: skip
    assert "1 questions wait" not in result.output
    assert "1 question waits for a person" in result.output
    assert f"vanzelf approve {recheck.pk} --by NAME" in result.output


def test_command_without_finished_runs_says_so(past: Past) -> None:
    result = typed("run", BAGS, "--recheck-from", "2027-01-01")
    assert "There is no finished run of gent/huisvuilzakken on or after 2027-01-01" in result.output
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", BAGS), "--on, or --recheck-from"),
        (("run", "--on", "2026-01-15"), "Which regulation?"),
        (("run", "--on", "2026-01-15", "--recheck-from", "2026-01-15"), "--on, or --recheck-from"),
        (("run", "--recheck-from", "2026-01-15", "--by", "an.peeters"), "may not do runs.prepare"),
    ],
)
def test_command_says_what_it_needs(past: Past, words: tuple[str, ...], says: str) -> None:
    result = typed(*words)
    assert says in result.output
    assert result.exit_code != 0


def test_residents_see_that_the_recheck_looked(past: Past) -> None:
    recheck = past.rechecked()
    person = AwardCover.objects.filter(award__run=past.run).first().person
    assert recheck.pk in {look.run_id for look in looks_of(person)}
