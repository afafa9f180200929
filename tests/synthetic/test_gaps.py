from __future__ import annotations

import pyarrow.compute as pc

from vanzelf.synthetic import City, gaps
from vanzelf.synthetic.calibration import holds


def planted(city: City) -> dict[str, float]:
    return {figure.name: figure.got for figure in city.calibration if figure.kind == "planted"}


def test_planted_numbers_are_those_in_the_columns(city: City) -> None:
    got = planted(city)
    persons, homes = city.persons, city.households
    told = 1  # the cast brings one of each, on top of what is planted
    silent = persons["living_wage"].null_count
    assert got["residents of whom no source of social statuses answers"] == silent - told
    unanswered = persons["increased_reimbursement"].null_count - silent
    assert got["residents whose increased reimbursement alone is not answered"] == unanswered - told
    over = pc.sum(persons["increased_reimbursement"]).as_py() - int(
        holds(persons, "increased_reimbursement", city.on).sum()
    )
    assert got["increased reimbursements with a period that is over"] == over - told
    two = persons.num_rows - persons["other_municipality"].null_count
    assert got["residents with a second municipality in another source"] == two - told
    errors = pc.sum(homes["family_errors"]).as_py()
    assert got["households with errors in the family composition (SSH00047)"] == errors - told
    departed = pc.sum(pc.not_equal(homes["municipality"], "44021")).as_py()
    assert got["households whose departure to another municipality is new"] == departed - told


def test_about_six_percent_of_incomes_are_missing(city: City) -> None:
    private = city.households.filter(pc.invert(city.households["collective"]))
    assert 0.055 < private["taxable_income"].null_count / private.num_rows < 0.065


def test_troubles_are_reason_codes_of_those_who_are_not_known(city: City) -> None:
    told = city.persons.filter(pc.is_valid(city.persons["source_trouble"]))
    assert set(told["source_trouble"].to_pylist()) == set(gaps.TROUBLES)
    assert told["increased_reimbursement"].null_count == told.num_rows


def test_gaps_never_touch_who_has_increased_reimbursement(city: City) -> None:
    reimbursed = city.persons.filter(city.persons["increased_reimbursement"])
    assert reimbursed["source_trouble"].null_count == reimbursed.num_rows
