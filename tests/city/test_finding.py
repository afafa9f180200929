"""What a finding that changed asks for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.city.rechecks.finding import (
    NO,
    UNKNOWN,
    YES,
    Held,
    Kind,
    kind_of,
    worth_of,
)

KINDS = [
    (YES, Held.NOTHING, 0, True, Kind.MORE),
    (NO, Held.NOTHING, 0, True, None),
    (UNKNOWN, Held.NOTHING, 0, True, None),
    (YES, Held.NOTHING, 0, False, Kind.DIFFERS),
    (YES, Held.SAME, 1, True, Kind.RAISED),
    (YES, Held.SAME, 0, True, None),
    (YES, Held.SAME, -1, True, Kind.LESS),
    (YES, Held.SAME, None, True, Kind.LESS),
    (NO, Held.SAME, 1, True, Kind.LESS),
    (UNKNOWN, Held.SAME, 1, True, Kind.LESS),
    (YES, Held.SAME, 1, False, Kind.DIFFERS),
    (NO, Held.SAME, 0, False, Kind.DIFFERS),
    (YES, Held.OTHERWISE, 0, True, Kind.DIFFERS),
    (NO, Held.ANOTHER_DAY, 0, False, None),
    (YES, Held.ANOTHER_DAY, 1, True, None),
]


@pytest.mark.parametrize(("outcome", "held", "worth", "same", "kind"), KINDS)
def test_kind_of_a_difference(
    outcome: int, held: Held, worth: int | None, same: bool, kind: Kind | None
) -> None:
    assert kind_of(outcome, held, worth, same_household=same) is kind


@given(
    st.sampled_from((NO, YES, UNKNOWN)),
    st.sampled_from(list(Held)),
    st.sampled_from((None, -1, 0, 1)),
    st.booleans(),
)
def test_only_more_of_the_same_household_is_proposed(
    outcome: int, held: Held, worth: int | None, same: bool
) -> None:
    kind = kind_of(outcome, held, worth, same_household=same)
    if kind in (Kind.MORE, Kind.RAISED):
        assert (outcome, same) == (YES, True)
        assert held is Held.NOTHING or (held is Held.SAME and worth == 1)


def amount(value: str | None, **more: str) -> dict[str, Any]:
    return {"id": "bedrag", "kind": "money", "value": value, "per": "jaar", "unit": None, **more}


@pytest.mark.parametrize(
    ("now", "awarded", "worth"),
    [
        ([amount("63")], [amount("63.00")], 0),
        ([amount("84")], [amount("63")], 1),
        ([amount("9")], [amount("63")], -1),
        ([amount("63")], [amount("unknown")], 1),
        ([amount("unknown")], [amount("63")], None),
        ([amount("unknown")], [amount("unknown")], 0),
        ([amount("63", per="maand")], [amount("63")], None),
        ([amount(None, kind="kind")], [amount(None, kind="kind")], 0),
        ([amount("63"), amount("5", id="extra")], [amount("63")], 1),
        ([amount("63")], [amount("63"), amount("5", id="extra")], -1),
        ([amount("84"), amount("4", id="extra")], [amount("63"), amount("5", id="extra")], None),
        ([], [], 0),
    ],
)
def test_worth_compares_line_by_line(
    now: list[dict[str, Any]], awarded: list[dict[str, Any]], worth: int | None
) -> None:
    assert worth_of(now, awarded) == worth
