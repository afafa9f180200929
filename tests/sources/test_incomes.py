"""Tax assessments become incomes, of a person and of a household."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.sources.invented import (
    ANNA,
    BERT,
    CARO,
    authorisation,
)
from tests.sources.values import (
    FACTS,
    GROSS,
    INCOME,
    SERVICES,
    Answers,
    asker,
    known,
    reasons,
)
from vanzelf.sources import Reason
from vanzelf.sources.lawfulness import Group
from vanzelf.sources.magda import (
    geef_aanslagbiljet_personenbelasting as tax,
)
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.standin import Standin


def assessed(insz: str, year: int, letter: str = "A", **items: int) -> Node:
    listed = [
        Node("Item", [Node("Code", code), Node("Waarde", str(cents))])
        for code, cents in items.items()
    ]
    about = [Node("INSZ", insz), Node("FiscaleStatus", [Node("Code", letter)])]
    return Node(
        "AanslagbiljetPersonenbelasting",
        [
            Node("GevraagdePersoon", about),
            Node("Inkomensjaar", str(year)),
            Node("Items", listed),
        ],
    )


def test_income_is_in_euros_of_the_year_that_was_asked(magda: Standin, answers: Answers) -> None:
    answers(tax.SERVICE, ANNA, assessed(ANNA, 2024, A7555=3758645, A7270=1))
    reading = asker(magda).income(ANNA, [INCOME, GROSS])[INCOME]
    assert reading.value == Decimal("37586.45")
    assert reading.as_data()["value"] == "37586.45"
    assert set(reading.flags) == {"interpretation:assessment", "income-year:2024"}
    (received,) = magda.received
    assert received.request.codes("IPCALCode") == ("7555", "7557")
    assert received.request.asked("Criteria", "Inkomensjaar") == "2024"


def test_income_adds_what_is_taxed_apart(magda: Standin, answers: Answers) -> None:
    answers(tax.SERVICE, ANNA, assessed(ANNA, 2024, A7555=100_00, A7557=25_50))
    assert known(asker(magda).income(ANNA, [INCOME])) == {INCOME: Decimal("125.50")}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (assessed(ANNA, 2022, A7555=1), Reason.STALE),
        (assessed(ANNA, 2024, A7270=1), Reason.MISSING_CODE),
        (assessed(ANNA, 2024, B7555=1), Reason.MISSING_CODE),
        (assessed(BERT, 2024, A7555=1), Reason.IDENTITY),
    ],
    ids=["another year", "without the code", "of the partner", "of someone else"],
)
def test_income_that_is_not_said_is_unknown(
    magda: Standin, answers: Answers, content: Node, reason: Reason
) -> None:
    answers(tax.SERVICE, ANNA, content)
    assert reasons(asker(magda).income(ANNA, [INCOME])) == {INCOME: reason}


def test_income_that_is_not_a_number_is_unknown(magda: Standin, answers: Answers) -> None:
    content = assessed(ANNA, 2024, A7555=1)
    items = Node("Items", [Node("Item", [Node("Code", "A7555"), Node("Waarde", "1.5")])])
    parts = [*content.content[:2], items]
    answers(tax.SERVICE, ANNA, Node(content.name, parts))
    reading = asker(magda).income(ANNA, [INCOME])[INCOME]
    assert (reading.reason, "bad-item:A7555" in reading.flags) == (Reason.MISSING_CODE, True)


def test_gross_income_is_not_asked_as_long_as_its_code_is_not_known(magda: Standin) -> None:
    assert asker(magda).income(ANNA, [GROSS]) == {}
    assert magda.received == []


ADULT, MINOR = date(1980, 1, 10), date(2015, 3, 30)
HOME = [
    (ANNA, ADULT, Group.RESIDENTS),
    (BERT, ADULT, Group.ADULTS),
    (CARO, MINOR, Group.CHILDREN),
]


def test_household_income_is_that_of_its_adults(magda: Standin, answers: Answers) -> None:
    answers(tax.SERVICE, ANNA, assessed(ANNA, 2024, A7555=20_000_00, B7555=5_000_00))
    answers(tax.SERVICE, BERT, assessed(BERT, 2024, "B", A7555=20_000_00, B7555=5_000_00))
    reading = asker(magda).household_income(HOME, [INCOME], own=BERT)[INCOME]
    assert reading.value == Decimal(25_000)
    assert "interpretation:adults-only" in reading.flags
    assert [received.request.insz for received in magda.received] == [BERT, ANNA]


def test_household_income_is_unknown_when_one_is_and_asks_no_further(
    magda: Standin, answers: Answers
) -> None:
    answers(tax.SERVICE, BERT, assessed(BERT, 2024, A7555=1))
    readings = asker(magda).household_income(HOME, [INCOME], own=ANNA)
    assert reasons(readings) == {INCOME: Reason.NO_DATA}
    assert [received.request.insz for received in magda.received] == [ANNA]


def test_household_income_of_minors_only_is_unknown(magda: Standin) -> None:
    readings = asker(magda).household_income(HOME[2:], [INCOME], own=CARO)
    assert reasons(readings) == {INCOME: Reason.NO_DATA}
    assert magda.received == []


def test_household_income_needs_leave_for_each_group(magda: Standin, answers: Answers) -> None:
    answers(tax.SERVICE, ANNA, assessed(ANNA, 2024, A7555=1))
    residents = replace(
        authorisation(services=SERVICES, facts=FACTS), units=frozenset({Group.RESIDENTS})
    )
    asking = asker(magda, residents)
    readings = asking.household_income(HOME, [INCOME], own=ANNA)
    assert reasons(readings) == {INCOME: Reason.NO_AUTHORISATION}
    assert [received.request.insz for received in magda.received] == [ANNA]
