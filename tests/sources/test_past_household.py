"""A day before the present household began: the history tells, when it may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.sources.invented import (
    ALL_FACTS,
    ANNA,
    BERT,
    CARO,
    SERVICES,
    ask,
    authorisation,
    member,
    ordinary,
    write_answer,
)
from vanzelf.sources import Household, Reason, endurance
from vanzelf.sources.magda import geef_historiek_gezinssamenstelling as history
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.standin import AnswerFiles, Standin

BEFORE_CARO = date(2012, 6, 1)
HISTORY = history.SERVICE.name
MAY = [authorisation(services=[*SERVICES, HISTORY])]
SOURCE = f"magda/{HISTORY}"


def told(*members: Node) -> Node:
    household = Node("Gezinssamenstelling", [Node("Gezinsleden", members)])
    return Node("HistoriekGezinssamenstelling", [household])


HEAD = member(ANNA, "01", born="1980-01-10", begin="2000-01-01")
SPOUSE = member(BERT, "02", born="1979-02-20", begin="2010-01-01")
CHILD = member(CARO, "03", born="2015-03-30", begin="2015-03-30")
FORMER = member("70610100187", "02", begin="2001-01-01", end="2009-12-31")


@pytest.fixture(autouse=True)
def calm() -> None:
    endurance.forget()


def facts(folder: Path, content: Node | None, on: date, *, may: bool = True) -> Household:
    ordinary(folder)
    if content is not None:
        write_answer(folder, history.SERVICE, ANNA, content)
    grounds = MAY if may else [authorisation(services=SERVICES)]
    with Standin(AnswerFiles(folder)) as standin:
        found = ask(standin.url, ANNA, on=on, authorisations=grounds, facts=ALL_FACTS)
    asked = [each.service for each in found.questions]
    assert asked.count(HISTORY) == (1 if may and on < date(2015, 3, 30) else 0)
    return found


@pytest.mark.parametrize(
    ("on", "members"),
    [
        (BEFORE_CARO, (ANNA, BERT)),
        (date(2005, 1, 1), (ANNA, "70610100187")),
        (date(2009, 12, 31), (ANNA, "70610100187")),
        (date(2010, 1, 1), (ANNA, BERT)),
    ],
)
def test_history_tells_who_lived_together_then(
    tmp_path: Path, on: date, members: Sequence[str]
) -> None:
    found = facts(tmp_path, told(HEAD, FORMER, SPOUSE, CHILD), on)
    reading = found.readings["leden"]
    assert reading.value == tuple(members)
    assert reading.source == SOURCE
    assert "interpretation:history" in reading.flags


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, Reason.NO_DATA),
        (told(SPOUSE, CHILD), Reason.IDENTITY),
        (told(HEAD, member(BERT, "02")), Reason.NO_DATA),
        (told(HEAD, member(BERT, "01", begin="2010-01-01")), Reason.CONTRADICTION),
        (told(member(ANNA, "01", begin="2013-01-01"), SPOUSE), Reason.CONTRADICTION),
        (told(HEAD, member(None, "02", begin="2010-01-01")), Reason.NO_DATA),
    ],
    ids=["none", "of others", "undated", "two heads", "not there yet", "no number"],
)
def test_history_that_does_not_tell_leaves_it_unknown(
    tmp_path: Path, content: Node | None, reason: Reason
) -> None:
    found = facts(tmp_path, content, BEFORE_CARO)
    assert found.readings["leden"].reason is reason


def test_history_is_not_asked_without_leave(tmp_path: Path) -> None:
    found = facts(tmp_path, told(HEAD, SPOUSE), BEFORE_CARO, may=False)
    assert found.readings["leden"].reason is Reason.NO_DATA
    assert f"{HISTORY}: gezinsleden" in found.refused


def test_history_is_not_asked_for_a_day_of_the_present_household(tmp_path: Path) -> None:
    found = facts(tmp_path, told(HEAD), date(2016, 1, 1))
    assert found.readings["leden"].value == (ANNA, BERT, CARO)
