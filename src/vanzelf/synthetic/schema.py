"""The columns of the invented city: type, what stands there when nothing is said, meaning.

Columns that carry a fact bear the fact's ASCII id. A null means: not known.
"""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa


class Column(NamedTuple):
    """One column: `default` fills it for persons of the cast about whom nothing is said."""

    name: str
    type: pa.DataType
    meaning: str
    default: object = None


TEXT, FLAG, DAY, CENTS, COUNT = pa.string(), pa.bool_(), pa.date32(), pa.int64(), pa.int64()

# Statuses that hold over a period: each has `…_from` and `…_until` (both inclusive, null is open).
PERIODS = (
    "increased_reimbursement",
    "living_wage",
    "elderly_income_guarantee",
    "income_replacement_allowance",
    "integration_allowance",
    "elderly_care_budget",
    "disability_parking_card",
)
OWN_LISTS = (
    "budget_guidance",
    "budget_management",
    "debt_mediation",
    "collective_debt_settlement",
    "city_school_or_childcare",
    "other_school",
)


def _statuses() -> tuple[Column, ...]:
    columns: list[Column] = []
    for name in PERIODS:
        columns += [
            Column(name, FLAG, "as the source answered; holds only within its period", False),
            Column(f"{name}_from", DAY, "first day, inclusive; null is open"),
            Column(f"{name}_until", DAY, "last day, inclusive; null is open"),
        ]
    return tuple(columns)


PERSONS = (
    Column("person", COUNT, "number from 1"),
    Column("household", COUNT, "the household, households.household"),
    Column("position", TEXT, "code in the register: 01 reference person, 02 spouse, 03 child, …"),
    Column("insz", TEXT, "eleven digits in TST form (month + 60), check digits valid, unique"),
    Column("first_name", TEXT, "invented"),
    Column("last_name", TEXT, "invented"),
    Column("birth_date", DAY, "day of birth"),
    Column("sex", TEXT, "M or F"),
    Column("nationality", TEXT, "ISO 3166 code of the country", "BE"),
    Column(
        "civil_status", TEXT, "code: 10 single, 20 married, 30 widowed, 40 divorced, 80 partner"
    ),
    Column(
        "deceased", FLAG, "the register has the death, the household still lists the person", False
    ),
    Column("other_municipality", TEXT, "contradiction: a second source gives this NIS code"),
    *_statuses(),
    Column(
        "family_increased_reimbursement",
        FLAG,
        "the health fund's family, not the register's",
        False,
    ),
    Column("living_wage_since", DAY, "start of the uninterrupted living wage"),
    *(Column(name, FLAG, "on a list of the city", False) for name in OWN_LISTS),
    Column("adapted_vehicle", FLAG, "declared; null for who declared nothing"),
    Column("wheelchair_system", FLAG, "declared; null for who declared nothing"),
    Column(
        "source_trouble", TEXT, "why the social statuses are not known, a reason code of sources"
    ),
)

HOUSEHOLDS = (
    Column("household", COUNT, "number from 1; private ones first, collective ones last"),
    Column("reference_insz", TEXT, "null for a collective household"),
    Column("municipality", TEXT, "NIS code; 44021 is Ghent; null where the code is missing"),
    Column("postcode", TEXT, "of the address"),
    Column("street", TEXT, "invented"),
    Column("number", TEXT, "house number"),
    Column("box", TEXT, "null where there is none"),
    Column("neighbourhood", TEXT, "one of the 25, as in the open data of the city"),
    Column("waste_zone", TEXT, "Z (bags) or container; null outside Ghent"),
    Column("lives_in_lez", FLAG, "the address lies in the low-emission zone", False),
    Column("address_since", DAY, "first day at this address"),
    Column(
        "previous_municipality",
        TEXT,
        "NIS code where the household came from; null: abroad or unknown",
    ),
    Column("dependants", COUNT, "members of the household besides the reference person"),
    Column("taxable_income", CENTS, "euro cents per year, latest tax assessment"),
    Column("gross_taxable_income", CENTS, "euro cents per year, before deductions"),
    Column(
        "net_income",
        CENTS,
        "euro cents per year, all income; no source gives it, it shapes the city",
    ),
    Column(
        "poor",
        FLAG,
        "net income per consumption unit under the poverty line; shapes the city",
        False,
    ),
    Column("net_monthly_income", CENTS, "euro cents per month, where a social inquiry was held"),
    Column("fixed_costs", CENTS, "euro cents per month, where a social inquiry was held"),
    Column("due_date", DAY, "expected birth, where it was declared"),
    Column("vehicles", COUNT, "cars registered at the address", 0),
    Column("family_errors", FLAG, "the register's household is in doubt (SSH00047)", False),
    Column("collective", FLAG, "care home, student home, cloister: not a private household", False),
)


def arrow(columns: tuple[Column, ...]) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema([(column.name, column.type) for column in columns])
