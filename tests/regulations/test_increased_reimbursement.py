"""One status is not another: what increased reimbursement (VT) opens, and what it does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from vanzelf.rights import Outcome, Regulations, load

TODAY = date(2026, 3, 2)
STATUSES = (
    "leefloon",
    "inkomensgarantie voor ouderen",
    "inkomensvervangende tegemoetkoming",
    "integratietegemoetkoming",
    "zorgbudget voor ouderen",
    "budgetbegeleiding",
    "budgetbeheer",
    "schuldbemiddeling",
    "collectieve schuldenregeling",
    "handicap 65 procent",
    "zorgtoeslag",
    "kind met handicap",
    "volle wees",
    "niet begeleide minderjarige",
    "aangepast voertuig",
    "rolstoelsysteem",
    "aangepast openbaar vervoer",
    "erkende mantelzorger",
    "automaat door handicap",
    "ouder van kind met handicap",
)
OPENED = {
    "gent/huisvuilzakken",
    "gent/uitpas",
    "gent/lez-registratie",
    "gent/lez-verlaagd-tarief",
}
NOT_OPENED = {
    "gent/schoolkorting",
    "vlaanderen/sociaal-watertarief",
    "federaal/sociaal-energietarief",
    "federaal/leefloon",
}


def household(*, increased_reimbursement: bool) -> Mapping[str, object]:
    """A single resident with a parking card and an old car, everything else known and "no"."""
    person: dict[str, object] = {
        **dict.fromkeys(STATUSES, False),
        "geboortedatum": date(1980, 1, 1),
        "gemeente": "44021",
        "verhoogde tegemoetkoming": increased_reimbursement,
        "gezin met verhoogde tegemoetkoming": increased_reimbursement,
        "ingeschreven bij de stad": True,
        "parkeerkaart": True,
        "voertuig met toelating": True,
        "minderjarig kind ten laste": False,
        "verblijf telt voor leefloon": True,
        "werkbereid": True,
        "bestaansmiddelen": 2500,
    }
    home: dict[str, object] = {
        "leden": [person],
        "gemeente": "44021",
        "afvalzone": "Z",
        "personen ten laste": 0,
        "belastbaar inkomen": 35000,
        "sociaal appartement met gezamenlijke verwarming": False,
    }
    return {"persoon": person, "gezin": home}


def outcomes(regulations: Regulations, facts: Mapping[str, object], on: date) -> dict[str, Outcome]:
    return {
        right: regulations[right]
        .check(facts if regulations[right].unit == "persoon" else {"gezin": facts["gezin"]}, on)
        .outcome
        for right in sorted(OPENED | NOT_OPENED)
    }


@pytest.fixture(scope="module")
def regulations() -> Regulations:
    return load()


def test_increased_reimbursement_opens_bags_uitpas_and_lez_but_not_water_or_energy(
    regulations: Regulations,
) -> None:
    found = outcomes(regulations, household(increased_reimbursement=True), TODAY)
    assert {right for right, outcome in found.items() if outcome is Outcome.YES} == OPENED
    assert {right for right, outcome in found.items() if outcome is Outcome.NO} == NOT_OPENED


def test_without_increased_reimbursement_nothing_opens(regulations: Regulations) -> None:
    found = outcomes(regulations, household(increased_reimbursement=False), TODAY)
    assert set(found.values()) == {Outcome.NO}


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (date(2021, 2, 1), Outcome.YES),
        (date(2023, 6, 30), Outcome.YES),
        (date(2023, 7, 1), Outcome.NO),
    ],
)
def test_increased_reimbursement_opened_energy_only_during_the_measure(
    regulations: Regulations, on: date, outcome: Outcome
) -> None:
    facts = household(increased_reimbursement=True)
    energy = regulations["federaal/sociaal-energietarief"]
    assert energy.check({"gezin": facts["gezin"]}, on).outcome is outcome
