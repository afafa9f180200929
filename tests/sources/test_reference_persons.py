"""Every person of the reference answers gets facts, or an unknown with its reason."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.reference import REFERENCE, needs
from tests.sources.invented import HASTE
from vanzelf.sources import Endpoints, Household, Reading, Reason, gather, load_authorisations
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.magda.standin import AnswerFiles, Standin

pytestmark = needs("magda/answers")
ANSWERS = REFERENCE / "magda" / "answers"
SERVICES = (
    "GeefSociaalStatuut",
    "GeefPersoon",
    "GeefGezinssamenstelling",
    "RegistreerInschrijving",
)
GROUNDS = load_authorisations().all
ON = date(2026, 3, 1)
REQUIRED = {
    "geboortedatum",
    "overleden",
    "gemeente",
    "postcode",
    "verhoogde tegemoetkoming",
    "gezin met verhoogde tegemoetkoming",
    "leefloon",
    "parkeerkaart",
}


def persons() -> list[str]:
    found = {
        path.stem
        for service in SERVICES
        for path in ANSWERS.rglob(f"{service}/**/*.xml")
        if path.stem.isdigit()
    }
    return sorted(found)


def facts(standin: Standin, insz: str, on: date = ON) -> Household:
    return gather(
        insz,
        on,
        purpose="controle",
        authorisations=GROUNDS,
        endpoints=Endpoints(standin.url),
        now=datetime(2026, 3, 1, 12, tzinfo=UTC),
        everyone=False,
        patience=HASTE,
        facts=REQUIRED - shipped().unverified,
    )


@pytest.fixture(scope="module")
def standin() -> Iterator[Standin]:
    with Standin(AnswerFiles(ANSWERS)) as running:
        yield running


def test_every_person_gets_facts_or_a_reason(
    standin: Standin, capsys: pytest.CaptureFixture[str]
) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    people = persons()
    for insz in people:
        household = facts(standin, insz)
        readings = {**household.person.readings, "gezinsleden": household.readings["leden"]}
        assert readings.keys() >= REQUIRED
        for name, reading in readings.items():
            assert reading.known or reading.reason in set(Reason)
            shown = str(reading.value) if isinstance(reading.value, bool) else "known"
            counts[name, shown if reading.known else str(reading.reason)] += 1
    table = [f"{count:5}  {name}: {what}" for (name, what), count in sorted(counts.items())]
    with capsys.disabled():
        sys.stdout.write("\n".join(["", f"{len(people)} persons:", *table, ""]))
    assert len(people) > 240


def read(standin: Standin, insz: str, fact: str, on: date = ON) -> Reading:
    household = facts(standin, insz, on)
    return household.readings["leden"] if fact == "gezinsleden" else household.person.readings[fact]


@pytest.mark.parametrize(
    ("insz", "fact", "expected"),
    [
        ("66691666644", "verhoogde tegemoetkoming", True),
        ("66691666644", "gezin met verhoogde tegemoetkoming", True),
        ("66691666644", "leefloon", False),
        ("62691699717", "leefloon", True),  # without a period
        ("00683042157", "parkeerkaart", True),  # adult
        ("01690129514", "parkeerkaart", True),  # child
        ("06671797413", "parkeerkaart", False),
        ("06691087347", "parkeerkaart", Reason.NO_DATA),  # 30001 KSZ
        ("06701151393", "parkeerkaart", Reason.IDENTITY),  # the file is about someone else
        ("76642812413", "verhoogde tegemoetkoming", Reason.FAMILY_ERRORS),
        ("12630962125", "gezin met verhoogde tegemoetkoming", Reason.FAMILY_ERRORS),
        ("11611464411", "verhoogde tegemoetkoming", Reason.IDENTITY),  # no file: 30003
        ("00630299891", "gemeente", Reason.MISSING_CODE),
        ("08611699819", "gemeente", Reason.NO_DATA),  # no main residence
        ("71690499880", "gemeente", Reason.CONTRADICTION),  # Ghent and Kortenberg
        ("91610100176", "gemeente", Reason.BUSY),
        ("74612515905", "gemeente", Reason.UNAVAILABLE),
        ("78630333208", "overleden", True),
        ("66691666644", "overleden", False),
        ("66691666644", "gezinsleden", ("66691666644",)),
        ("57611399743", "gezinsleden", ("57611399743", "62680599650")),
        ("98640966618", "gezinsleden", ("96721418968", "98640966618")),  # by way of the head
        ("11691489807", "gezinsleden", Reason.NO_DATA),  # a child, without saying with whom
        ("85691526006", "gezinsleden", Reason.IDENTITY),  # a household without the person asked
        ("05620999678", "gezinsleden", ("05620999678", "75622399830")),  # left home, then married
        ("12701145583", "gezinsleden", Reason.NO_DATA),  # the reference person is of the past
    ],
)
def test_persona(standin: Standin, insz: str, fact: str, expected: object) -> None:
    reading = read(standin, insz, fact)
    found = reading.reason if isinstance(expected, Reason) else reading.value
    assert found == expected


def test_persona_after_the_last_day_of_the_period(standin: Standin) -> None:
    fact = "verhoogde tegemoetkoming"
    assert read(standin, "66691666644", fact, date(2030, 1, 1)).value is True
    assert read(standin, "66691666644", fact, date(2030, 1, 2)).value is False
    assert read(standin, "66691666644", fact, date(2023, 12, 31)).value is False


def test_persona_with_wrong_check_digits_is_read_and_flagged(standin: Standin) -> None:
    born = read(standin, "01691214397", "geboortedatum")
    assert born.value == date(2001, 9, 12)
    assert "insz-check-digits:01691214397" in born.flags


def test_services_of_the_reference_are_found(standin: Standin) -> None:
    services = AnswerFiles(Path(ANSWERS)).services()
    assert ("GeefSociaalStatuut", "03.00.0000") in services
    assert ("RegistreerInschrijving", "02.01.0000") in services
