"""What an OCMW paid proves a living wage and since when; nothing is ever "no"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.invented import (
    ANNA,
    BERT,
    NOW,
    ON,
)
from tests.sources.values import (
    PAID,
    SINCE,
    Answers,
    asker,
    known,
    reasons,
)
from vanzelf.sources import Reason
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.living_wages import living_wages
from vanzelf.sources.magda import (
    geef_leefloonbedragen as wages,
)
from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.dates import Period
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.standin import Standin
from vanzelf.sources.magda.xml import empty


def paid(*days: tuple[str, str, str], to: str = ANNA) -> Node:
    months = []
    for month, begin, end in days:
        period = [Node("Begin", begin), Node("Einde", end)]
        one = [Node("Periode", period), Node("Begunstigde", [Node("INSZ", to)])]
        inside = Node("LeefloonPerPeriode", [Node("LeefloonPeriode", one)])
        months.append(Node("Maand", [inside], (("JaarMaand", month),)))
    granted = Node("Tegemoetkoming", [Node("Maandelijks", months)])
    nothing = Node("Leefloonbedrag", [Node("Jaar", "2024"), Node("Uitbetaling", "0")])
    year = Node("Leefloonbedrag", [Node("Jaar", "2026"), granted])
    return Node("Leefloonbedragen", [nothing, *([year] if days else [])])


JANUARY = ("2026-01", "2026-01-01", "2026-01-31")
DECEMBER = ("2025-12", "2025-12-10", "2025-12-31")
OCTOBER = ("2025-10", "2025-10-01", "2025-10-31")


def test_living_wage_began_after_the_last_gap(magda: Standin, answers: Answers) -> None:
    answers(wages.SERVICE, ANNA, paid(JANUARY, OCTOBER, DECEMBER))
    readings = asker(magda).living_wage(ANNA, [PAID, SINCE])
    assert known(readings) == {PAID: True, SINCE: date(2025, 12, 10)}
    assert readings[PAID].valid_from == date(2025, 12, 10)


def test_living_wage_that_fills_the_window_began_at_least_then(
    magda: Standin, answers: Answers
) -> None:
    answers(wages.SERVICE, ANNA, paid(("2024-01", "2024-01-01", "2026-01-31")))
    reading = asker(magda).living_wage(ANNA, [SINCE])[SINCE]
    assert reading.value == date(2024, 1, 1)
    assert "since-at-least:2024-01-01" in reading.flags


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (paid(), Reason.NO_DATA),
        (paid(OCTOBER), Reason.NO_DATA),
        (paid(("2026-01", "2025-11-01", "2026-01-31")), Reason.NO_DATA),
        (paid(("2026-01", "2026-01-01", "2026-01-32")), Reason.NO_DATA),
        (paid(JANUARY, to=BERT), Reason.IDENTITY),
    ],
    ids=["nothing paid", "stopped", "month contradicts", "no such day", "of someone else"],
)
def test_living_wage_is_never_no(
    magda: Standin, answers: Answers, content: Node, reason: Reason
) -> None:
    answers(wages.SERVICE, ANNA, content)
    assert reasons(asker(magda).living_wage(ANNA, [PAID, SINCE])) == {PAID: reason, SINCE: reason}


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60)), max_size=12))
def test_living_wage_is_paid_on_every_day_since(spans: Sequence[tuple[int, int]]) -> None:
    """Whatever the order and overlap of payments: since is the longest run back without a gap."""
    rule = shipped().proofs.living_wage
    assert rule is not None
    first = date(2024, 12, 1)
    periods = [
        Period(first + timedelta(days), first + timedelta(days + more)) for days, more in spans
    ]
    year = wages.PaidYear("2026", False, tuple(wages.Payment(each, ANNA) for each in periods))
    readings = living_wages([year], Answer(empty("Inhoud"), ANNA, NOW), ON, rule)
    days = {each.begin + timedelta(n) for each in periods if each.begin and each.end
            for n in range((each.end - each.begin).days + 1)}  # fmt: skip
    if ON not in days:
        assert not readings[PAID].known
        return
    expected = ON
    while expected - timedelta(1) in days:
        expected -= timedelta(1)
    assert readings[SINCE].value == expected
