"""Six shipped rights as one writes them in OpenFisca: entities, parameters, variables, formulas.

A day is the period of everything. Text is a number where it can be (an NIS code), since text
costs OpenFisca dearly. What is missing is what OpenFisca makes of it: false, 0.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = Entity("person", "persons", "", "")
ROLES = [
    {"key": "reference", "plural": "references"},
    {"key": "member", "plural": "members"},
]
HOUSEHOLD = GroupEntity("household", "households", "", "", ROLES)

PERIODS = (
    "increased_reimbursement",
    "living_wage",
    "elderly_income_guarantee",
    "income_replacement_allowance",
    "integration_allowance",
    "elderly_care_budget",
)
"""Statuses that hold from a day up to and including another."""
FLAGS = (
    "budget_guidance",
    "budget_management",
    "debt_mediation",
    "collective_debt_settlement",
    "city_school_or_childcare",
    "disability_65_percent",
    "child_care_supplement",
    "vehicle_for_permit",
)
NUMBERS = ("municipality", "dependants", "taxable_income")
HOME_FLAGS = ("lives_in_lez", "social_flat_collective_heating")

PARAMETERS = {
    "waste_bags": {
        "metadata": {"type": "single_amount", "threshold_unit": "person"},
        "brackets": [
            {"threshold": {"2023-01-01": {"value": low}}, "amount": {"2023-01-01": {"value": sum_}}}
            for low, sum_ in ((0, 4200), (1, 6300), (2, 8400), (3, 10500), (5, 12600))
        ],
    },
    "extra_credit": {"values": {"2023-01-01": {"value": 50}}},
    "school_ceiling": {"values": {"2022-09-01": {"value": 3_300_000}}},
    "energy_measure_begins": {"values": {"2021-02-01": {"value": 20210201}}},
    "energy_measure_ends": {"values": {"2021-02-01": {"value": 20230630}}},
    "outside_lez_from": {"values": {"2020-01-01": {"value": 20240427}}},
}


def _variable(name: str, entity: Any, kind: type, formula: Any = None) -> type[Variable]:
    body = {"entity": entity, "value_type": kind, "definition_period": DateUnit.DAY}
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def _status(name: str) -> list[type[Variable]]:
    """What the source said, its first and last day, and whether it holds on the day."""

    def formula(person: Any, period: Any) -> Any:
        day = np.datetime64(str(period.start))
        begun = person(f"{name}_from", period) <= day
        lasts = person(f"{name}_until", period) >= day
        return person(f"{name}_said", period) * begun * lasts

    said = _variable(f"{name}_said", PERSON, bool)
    ends = [_variable(f"{name}_{end}", PERSON, date) for end in ("from", "until")]
    return [said, *ends, _variable(name, PERSON, bool, formula)]


def _someone(household: Any, period: Any, *names: str) -> Any:
    """Whether a member has one of these; members are added up once per name."""
    found = False
    for name in names:
        found = found + household.any(household.members(name, period))
    return found


def _day(period: Any) -> int:
    start = period.start
    return int(start.year * 10_000 + start.month * 100 + start.day)


def waste_bags(household: Any, period: Any) -> Any:
    in_ghent = household("municipality", period) == 44021
    return in_ghent * _someone(
        household,
        period,
        "increased_reimbursement",
        "budget_guidance",
        "budget_management",
        "collective_debt_settlement",
    )


def waste_bags_cents(household: Any, period: Any, parameters: Any) -> Any:
    law = parameters(period)
    amount = law.waste_bags.calc(household("dependants", period))
    return household("waste_bags", period) * amount


def waste_bags_extra_cents(household: Any, period: Any, parameters: Any) -> Any:
    share = parameters(period).extra_credit
    return household("waste_bags_cents", period) * share / 100


def leisure_card(person: Any, period: Any) -> Any:
    in_ghent = person.household("municipality", period) == 44021
    helped = (
        person("budget_management", period)
        + person("budget_guidance", period)
        + person("debt_mediation", period)
    )
    social = person("living_wage", period) + person("increased_reimbursement", period)
    return in_ghent * (social + helped)


def school_discount(household: Any, period: Any, parameters: Any) -> Any:
    enrolled = _someone(household, period, "city_school_or_childcare")
    low = household("taxable_income", period) < parameters(period).school_ceiling
    return enrolled * (_someone(household, period, "living_wage") + low)


def water_tariff(household: Any, period: Any) -> Any:
    code = household("municipality", period)
    flemish = np.isin(code // 10_000, (1, 3, 4, 7)) + np.isin(code // 1_000, (23, 24))
    return flemish * _someone(
        household,
        period,
        "elderly_income_guarantee",
        "living_wage",
        "income_replacement_allowance",
        "integration_allowance",
        "elderly_care_budget",
    )


def energy_tariff(household: Any, period: Any, parameters: Any) -> Any:
    law, day = parameters(period), _day(period)
    lasting = _someone(
        household,
        period,
        "living_wage",
        "income_replacement_allowance",
        "integration_allowance",
        "disability_65_percent",
        "elderly_care_budget",
        "child_care_supplement",
        "elderly_income_guarantee",
    )
    measure = law.energy_measure_begins <= day <= law.energy_measure_ends
    for_a_while = measure * _someone(household, period, "increased_reimbursement")
    return lasting + household("social_flat_collective_heating", period) + for_a_while


def lez_tariff(person: Any, period: Any, parameters: Any) -> Any:
    outside_too = _day(period) >= parameters(period).outside_lez_from
    lives_there = person.household("lives_in_lez", period)
    vehicle = person("vehicle_for_permit", period)
    return vehicle * person("increased_reimbursement", period) * (outside_too + lives_there)


RIGHTS = {
    "gent/huisvuilzakken": "waste_bags",
    "gent/uitpas": "leisure_card",
    "gent/schoolkorting": "school_discount",
    "vlaanderen/sociaal-watertarief": "water_tariff",
    "federaal/sociaal-energietarief": "energy_tariff",
    "gent/lez-verlaagd-tarief": "lez_tariff",
}
"""Our six rights and the variable that is each in OpenFisca."""
OF_HOUSEHOLDS = (waste_bags, school_discount, water_tariff, energy_tariff)
OF_PERSONS = (leisure_card, lez_tariff)
AMOUNTS = (waste_bags_cents, waste_bags_extra_cents)


def system() -> TaxBenefitSystem:
    """The six rights, ready for populations."""
    made = TaxBenefitSystem([PERSON, HOUSEHOLD])
    made.parameters = ParameterNode("", data=PARAMETERS)
    variables = [
        *(_variable(one.__name__, HOUSEHOLD, bool, one) for one in OF_HOUSEHOLDS),
        *(_variable(one.__name__, PERSON, bool, one) for one in OF_PERSONS),
        *(_variable(one.__name__, HOUSEHOLD, int, one) for one in AMOUNTS),
        *(one for name in PERIODS for one in _status(name)),
        *(_variable(name, PERSON, bool) for name in FLAGS),
        *(_variable(name, HOUSEHOLD, int) for name in NUMBERS),
        *(_variable(name, HOUSEHOLD, bool) for name in HOME_FLAGS),
    ]
    for variable in variables:
        made.add_variable(variable)
    return made
