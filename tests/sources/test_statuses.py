"""Three answers, never two: what is not known never becomes "no"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.sources.invented import ANNA, NOW, status, statuses
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.magda.client import Answer, Unanswered
from vanzelf.sources.magda.geef_sociaal_statuut import read
from vanzelf.sources.magda.nodes import Node, write
from vanzelf.sources.statuses import any_of
from vanzelf.sources.statuses import statuses as readings_of
from vanzelf.sources.types import Reading, Reason

ON = date(2026, 1, 15)
VT = "verhoogde tegemoetkoming"
AT: datetime = NOW


def answer(*listed: Node, insz: str = ANNA, incomplete: bool = False) -> Answer:
    content = etree.Element("Inhoud")
    write(content, statuses(insz, *listed))
    return Answer(content, ANNA, AT, (), incomplete)


def reading(*listed: Node, on: date = ON, fact: str = VT, incomplete: bool = False) -> Reading:
    given_ = answer(*listed, incomplete=incomplete)
    return readings_of([fact], read(given_), given_, on, shipped())[fact]


@pytest.mark.parametrize(
    ("listed", "value", "reason"),
    [
        ((status("BIM_BVT", "1", [("2024-01-01", "2030-01-01")]),), True, None),
        ((status("BIM_BVT", "1", [(None, "2026-01-15")]),), True, None),
        ((status("BIM_BVT", "1", [("2026-01-15", None)]),), True, None),
        ((status("BIM_BVT", "1", [("2020-01-01", "2026-01-14")]),), False, None),
        ((status("BIM_BVT", "1", [("2026-01-16", None)]),), False, None),
        (
            (status("BIM_BVT", "1", [("2019-01-01", "2019-02-01"), ("2026-01-01", None)]),),
            True,
            None,
        ),
        ((status("BIM_BVT", "1"),), True, None),
        ((status("BIM_BVT", "0"),), False, None),
        ((), None, Reason.NO_DATA),
        ((status("OTHER", "1"),), None, Reason.NO_DATA),
        ((status("BIM_BVT", "2"),), None, Reason.UNREADABLE),
        ((status("BIM_BVT", ""),), None, Reason.UNREADABLE),
        ((status("BIM_BVT", "1", status="SSH00047"),), None, Reason.FAMILY_ERRORS),
        ((status("BIM_BVT", "0", status="SSH00047"),), None, Reason.FAMILY_ERRORS),
        ((status("BIM_BVT", "1", status="SSH00099"),), None, Reason.FAULT),
        ((status("BIM_BVT", "1", [("2023-11-31", "2024-01-01")]),), None, Reason.UNREADABLE),
        ((status("BIM_BVT", "1"), status("BIM_BVT", "0")), None, Reason.CONTRADICTION),
        ((status("BIM_BVT", "0"), status("BIM_BVT", "0")), False, None),
    ],
)
def test_status_on_a_day(listed: Sequence[Node], value: bool | None, reason: Reason | None) -> None:
    found = reading(*listed)
    assert (found.value, found.reason) == (value, reason)


def test_status_without_period_holds_on_the_day_of_asking_only() -> None:
    found = reading(status("BIM_BVT", "1"))
    assert (found.valid_from, found.valid_until) == (ON, ON)


def test_status_with_period_carries_it() -> None:
    found = reading(status("BIM_BVT", "1", [("2024-01-01", "2030-01-01")]))
    assert (found.valid_from, found.valid_until) == (date(2024, 1, 1), date(2030, 1, 1))


def test_status_bad_date_beside_a_period_that_covers_is_true() -> None:
    periods = [("2023-11-31", "2024-01-01"), ("2026-01-01", "2026-02-01")]
    assert reading(status("BIM_BVT", "1", periods)).value is True


def test_status_no_in_an_answer_that_is_not_whole_is_unknown() -> None:
    assert reading(status("BIM_BVT", "0"), incomplete=True).reason is Reason.NO_DATA
    assert reading(status("BIM_BVT", "1"), incomplete=True).value is True


@pytest.mark.parametrize(
    ("adult", "child", "value"),
    [("1", "0", True), ("0", "1", True), ("0", "0", False), ("0", None, None), ("1", None, True)],
)
def test_fact_of_two_statuses_is_either(adult: str, child: str | None, value: bool | None) -> None:
    listed = [status("GENT_PARKING_ADULT", adult)]
    listed += [status("GENT_PARKING_CHILD", child)] if child else []
    assert reading(*listed, fact="parkeerkaart").value is value


def test_read_answer_about_another_person() -> None:
    with pytest.raises(Unanswered) as error:
        read(answer(status("BIM_BVT", "0"), insz="57651677509"))
    assert error.value.reason is Reason.IDENTITY


def test_read_person_with_one_overall_status() -> None:
    content = etree.Element("Inhoud")
    write(content, Node("Persoon", [Node("INSZ", ANNA), Node("Status", [Node("Code", "SSH1")])]))
    with pytest.raises(Unanswered, match="SSH1"):
        read(Answer(content, ANNA, AT))


days = st.dates(date(2024, 1, 1), date(2028, 1, 1))
texts = st.one_of(days.map(str), st.sampled_from(["2023-11-31", "0000-00-00", "gisteren"]))
anything = st.builds(
    status,
    st.sampled_from(["BIM_BVT", "LIVING_WAGES_PCSA_HELP", ""]),
    st.sampled_from(["0", "1", "2", "", "JA"]),
    st.lists(st.tuples(st.none() | texts, st.none() | texts), max_size=3),
    st.sampled_from(["", "", "SSH00047", "SSH00048", "X"]),
)


@given(st.lists(anything, max_size=4), days, st.booleans())
def test_false_only_when_the_source_said_so(listed: list[Node], on: date, incomplete: bool) -> None:
    """The law: false needs a clean 0, or a clean 1 whose readable periods all miss the day."""
    found = reading(*listed, on=on, incomplete=incomplete)
    given_ = answer(*listed)
    own = [statute for statute in read(given_) if statute.name == "BIM_BVT"]
    if found.value is False:
        assert own
        assert not incomplete
        for statute in own:
            assert not statute.status
            assert statute.result in {"0", "1"}
            if statute.result == "1":
                assert statute.periods
                assert not any(period.covers(on) or period.bad for period in statute.periods)
    if found.value is True:
        assert any(statute.result == "1" and not statute.status for statute in own)
        assert found.valid_from is None or found.valid_from <= on
        assert found.valid_until is None or on <= found.valid_until


@given(days, st.integers(0, 400))
def test_last_day_of_a_period_is_included(begin: date, length: int) -> None:
    end = begin + timedelta(days=length)
    listed = status("BIM_BVT", "1", [(str(begin), str(end))])
    assert reading(listed, on=end).value is True
    assert reading(listed, on=end + timedelta(days=1)).value is False
    assert reading(listed, on=begin - timedelta(days=1)).value is False


any_reading = st.one_of(
    st.booleans().map(lambda value: Reading(value, "s", AT)),
    st.sampled_from(Reason).map(lambda reason: Reading.unknown(reason, "s", AT)),
)


@given(st.lists(any_reading, min_size=1, max_size=5))
def test_any_of_is_kleenes_or(readings: list[Reading]) -> None:
    values = [each.value for each in readings]
    expected = True if True in values else None if None in values else False
    assert any_of(readings).value is expected


def test_reading_is_a_value_or_a_reason_never_both() -> None:
    with pytest.raises(ValueError, match="unknown with a reason"):
        Reading(None, "s", AT)
    with pytest.raises(ValueError, match="unknown with a reason"):
        Reading(False, "s", AT, reason=Reason.BUSY)
