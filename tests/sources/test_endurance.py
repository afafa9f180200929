"""Retries, breaker and budget: by law, by threads, and over a real socket."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.invented import ALL_FACTS, ANNA, DIRK, HASTE, NOW, ON, authorisation
from vanzelf.sources import Endpoints, Household, Patience, Reason, endurance, gather
from vanzelf.sources.endurance import Condition, InMemory, Limits, OverBudget, Paused, Stance
from vanzelf.sources.magda.settings import FileSettings, ServiceSettings
from vanzelf.sources.magda.standin import AnswerFiles, Standin, Switches

LIMITS = Limits(calls_per_minute=3, failures=2, pause=30, longest_pause=100)


class Clock:
    """Real time, as a test would have it."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Iterator[Clock]:
    made = Clock()
    endurance.keep_in(InMemory(), made)
    yield made
    endurance.forget()


def fail(limits: Limits = LIMITS, *, well: bool | None = False) -> None:
    with endurance.asking("magda/A", "here", limits) as question:
        question.failed = None if well is None else not well


def state() -> endurance.SourceState:
    (found,) = endurance.states()
    return found


# The breaker


def test_asking_pauses_after_failures_in_a_row(clock: Clock) -> None:
    fail()
    fail(well=True)
    fail()
    assert state().stance is Stance.CLOSED
    fail()
    assert (state().stance, state().failures) == (Stance.OPEN, 2)
    assert state().until is not None
    assert (state().until - state().since).total_seconds() == 30
    with pytest.raises(Paused, match="tried again in 30 seconds"):
        fail()


def test_asking_lets_one_try_after_the_pause(clock: Clock) -> None:
    fail()
    fail()
    clock.now += 30
    assert state().stance is Stance.HALF_OPEN
    with endurance.asking("magda/A", "here", LIMITS) as question:
        with pytest.raises(Paused):
            fail()
        question.failed = False
    assert (state().stance, state().failures) == (Stance.CLOSED, 0)
    fail(well=True)


def test_asking_pauses_longer_each_time_up_to_a_bound(clock: Clock) -> None:
    fail()
    fail()
    for pause in (30, 60, 100, 100):
        assert (state().until - state().since).total_seconds() == pause
        clock.now += pause
        fail()


def test_asking_forgives_all_once_it_is_answered(clock: Clock) -> None:
    fail()
    fail()
    clock.now += 30
    fail()
    clock.now += 60
    fail(well=True)
    fail()
    fail()
    assert (state().until - state().since).total_seconds() == 30


def test_asking_a_trial_that_says_nothing_is_given_up(clock: Clock) -> None:
    fail()
    fail()
    clock.now += 30
    with pytest.raises(KeyError), endurance.asking("magda/A", "here", LIMITS):
        raise KeyError  # whoever asked was told to stop: nothing was learned
    with endurance.asking("magda/A", "here", LIMITS) as question:
        clock.now += LIMITS.trial  # nothing is heard: the process died, say
        fail(well=True)
        question.failed = False


def test_asking_another_source_or_another_address_is_another_matter(clock: Clock) -> None:
    fail()
    fail()
    for source, address in (("magda/B", "here"), ("magda/A", "there")):
        with endurance.asking(source, address, LIMITS) as question:
            question.failed = False
    assert [each.stance for each in endurance.states()] == ["open", "closed", "closed"]


# The budget


def test_spend_refuses_what_there_is_no_room_for(clock: Clock) -> None:
    with endurance.asking("magda/A", "here", LIMITS, clock.sleep) as question:
        for _ in range(3):
            question.spend(wait=0)
        with pytest.raises(OverBudget, match="3 calls a minute are allowed"):
            question.spend(wait=5)
        assert (state().calls, state().limit) == (3, 3)
        begun = clock.now
        question.spend(wait=120)
        assert clock.now - begun > 60
        question.failed = False


@given(
    st.integers(1, 20),
    st.lists(st.floats(0, 30, allow_nan=False), max_size=200),
)
def test_spend_never_more_than_the_limit_in_any_minute(limit: int, pauses: list[float]) -> None:
    limits, now, condition, made = Limits(calls_per_minute=limit), 5_000.0, Condition(5_000.0), []
    for pause in pauses:
        now += pause
        condition, early = condition.spent(limits, now)
        if early <= 0:
            made.append(now)
        else:
            assert condition.spent(limits, now + early)[1] <= 0
    for begin in made:
        assert sum(begin <= moment < begin + 60 for moment in made) <= limit


@given(st.lists(st.tuples(st.sampled_from(["ask", "well", "ill", "quiet"]), st.floats(0, 200))))
def test_condition_never_lets_two_try_at_once(steps: list[tuple[str, float]]) -> None:
    now, condition, trying = 0.0, Condition(0.0), False
    for what, later in steps:
        now += later
        if what == "ask":
            half = condition.stance(now) is Stance.HALF_OPEN
            expired = condition.trying is not None and now >= condition.trying + LIMITS.trial
            condition, seconds = condition.entered(LIMITS, now)
            assert not (half and trying and seconds == 0 and not expired)
            trying = half and (trying or seconds == 0)
        elif what == "quiet":
            condition, trying = condition.released(), False
        else:
            well = what == "well"
            condition = condition.answered(now) if well else condition.failed(LIMITS, now)
            trying = False
        assert Condition.from_data(condition.as_data()) == condition


def test_spend_counts_all_threads() -> None:
    endurance.forget()
    limits = Limits(calls_per_minute=50)
    spent: list[int] = []

    def work() -> None:
        with endurance.asking("magda/A", "here", limits) as question:
            for _ in range(20):
                try:
                    question.spend(wait=0)
                except OverBudget:
                    return
                spent.append(1)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(spent) == 50
    endurance.forget()


# Patience


def test_persist_waits_longer_and_by_chance() -> None:
    bounds, drawn = Patience(retries=6, pause=1.0, longest_pause=8.0), []
    for _ in range(50):
        waits: list[float] = []
        bounds.persist(lambda: False, after=lambda error: False, unless=bool, sleep=waits.append)
        drawn.append(waits)
    for place, bound in enumerate((1, 2, 4, 8, 8, 8)):
        column = [waits[place] for waits in drawn]
        assert max(column) <= bound
        assert len(set(column)) > 1


# Over a socket


def ask(
    standin: Standin, insz: str = DIRK, *, limits: Limits, patience: Patience = HASTE
) -> Household:
    return gather(
        insz,
        ON,
        purpose="controle",
        authorisations=[authorisation()],
        endpoints=Endpoints(
            standin.url, read_timeout=5, file=FileSettings(ServiceSettings(limits=limits))
        ),
        now=NOW,
        everyone=False,
        patience=patience,
        facts=ALL_FACTS,
    )


def reason(household: Household, fact: str = "leefloon") -> Reason | None:
    return household.person.readings[fact].reason


def test_gather_asks_a_source_that_is_down_no_more(folder: Path, clock: Clock) -> None:
    with Standin(AnswerFiles(folder), Switches.parse(["http500"])) as standin:
        for _ in range(4):
            household = ask(standin, limits=replace(LIMITS, calls_per_minute=None))
            assert reason(household) is Reason.UNAVAILABLE
        services = [received.request.service for received in standin.received]
        assert services.count("GeefSociaalStatuut") == 2 * (1 + HASTE.retries)
        assert {each.stance for each in endurance.states()} == {Stance.OPEN}
        standin.switches = Switches()
        clock.now += 30
        again = ask(standin, limits=replace(LIMITS, calls_per_minute=None))
        assert again.person.readings["overleden"].value is False
        assert {each.stance for each in endurance.states()} == {Stance.CLOSED}
        assert [each.source for each in endurance.states()] == [
            "magda/GeefGezinssamenstelling",
            "magda/GeefPersoon",
            "magda/GeefSociaalStatuut",
        ]


def test_gather_beyond_the_budget_is_busy_and_says_nothing(folder: Path, clock: Clock) -> None:
    with Standin(AnswerFiles(folder)) as standin:
        limits = Limits(calls_per_minute=2)
        hasty = replace(HASTE, budget=0)
        found = [ask(standin, ANNA, limits=limits, patience=hasty) for _ in range(3)]
        values = [each.person.readings["verhoogde tegemoetkoming"].value for each in found]
        assert values == [True, True, None]
        assert reason(found[2], "verhoogde tegemoetkoming") is Reason.BUSY
        services = [received.request.service for received in standin.received]
        assert services.count("GeefSociaalStatuut") == 2
        assert {each.stance for each in endurance.states()} == {Stance.CLOSED}


def test_gather_counts_failures_per_question_not_per_call(folder: Path, clock: Clock) -> None:
    with Standin(AnswerFiles(folder), Switches.parse(["busy"], fail_first=2)) as standin:
        household = ask(standin, limits=replace(LIMITS, calls_per_minute=None))
        assert household.person.readings["overleden"].value is False
        assert all(each.failures == 0 for each in endurance.states())
