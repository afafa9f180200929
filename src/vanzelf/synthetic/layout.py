"""Lays what was drawn out in the columns of the city's two tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vanzelf.synthetic import gaps as g
from vanzelf.synthetic import identity, insz, published, schema
from vanzelf.synthetic.ages import People
from vanzelf.synthetic.draw import Bools, Floats, Ints, best
from vanzelf.synthetic.incomes import Incomes
from vanzelf.synthetic.insz import Days
from vanzelf.synthetic.periods import NEVER, draw_expired, draw_period
from vanzelf.synthetic.statuses import Statuses
from vanzelf.synthetic.structure import CHILD, COLLECTIVE, Structure

Columns = dict[str, object]
MERELBEKE = "44043"
DUE = 240  # pregnancies declared at any time, at full size (invented)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything drawn for the residents outside the cast."""

    structure: Structure
    people: People
    statuses: Statuses
    incomes: Incomes
    nationalities: list[str]
    nationality: Ints  # per household, an index into nationalities
    gaps: g.Gaps
    on: np.datetime64


def person_table(
    rng: np.random.Generator, drawn: Drawn, told: int, told_households: int
) -> pa.Table:
    """The persons; so many of the cast, in so many households, stand before them."""
    structure, people = drawn.structure, drawn.people
    count = len(structure.role)
    origin = identity.draw_origin(rng, drawn.nationalities, drawn.nationality)
    year = int(drawn.on.astype("datetime64[Y]").astype(np.int64)) + 1970
    first, last = identity.draw_names(rng, structure, people, origin, year)
    civil, position = identity.draw_civil_status(rng, structure, people)
    codes = pa.array(drawn.nationalities)
    columns: Columns = {
        "person": np.arange(count) + told + 1,
        "household": structure.household + told_households + 1,
        "position": position,
        "insz": insz.numbers(people.born, insz.serials(people.born, people.female)),
        "first_name": first,
        "last_name": last,
        "birth_date": people.born,
        "sex": pc.if_else(pa.array(people.female), "F", "M"),
        "nationality": codes.take(pa.array(drawn.nationality[structure.household])),
        "civil_status": civil,
        "deceased": drawn.gaps.deceased,
        "other_municipality": pc.if_else(pa.array(drawn.gaps.two_addresses), "11002", None),
        "source_trouble": _trouble(drawn.gaps),
    }
    columns |= _status_columns(rng, drawn)
    return _table(schema.PERSONS, columns, count)


def _trouble(gaps: g.Gaps) -> pa.Array:
    mask = gaps.trouble < 0
    return pa.array(g.TROUBLES).take(pa.array(np.where(mask, 0, gaps.trouble), mask=mask))


def _status_columns(rng: np.random.Generator, drawn: Drawn) -> Columns:
    gaps, flags, columns = drawn.gaps, dict(drawn.statuses.flags), Columns()
    family = flags.pop("family_increased_reimbursement")
    silent = gaps.silent | gaps.no_answer
    columns["family_increased_reimbursement"] = pa.array(family | gaps.two_families, mask=silent)
    for name in schema.PERIODS:
        held = flags.pop(name)
        if name == "living_wage":
            begin, end = _living_wage(rng, drawn)
            columns["living_wage_since"] = begin
        else:
            begin, end = draw_period(rng, held, drawn.on)
        unknown = gaps.silent
        if name == "increased_reimbursement":
            begin, end = _with_expired(rng, gaps.expired, begin, end, drawn.on)
            held, unknown = held | gaps.expired, silent
        columns |= {
            name: pa.array(held, mask=unknown),
            f"{name}_from": begin,
            f"{name}_until": end,
        }
    declared = drawn.statuses["disability_parking_card"] & (rng.random(len(family)) < 0.12)
    adapted = declared & (rng.random(len(family)) < 0.4)
    columns["adapted_vehicle"] = pa.array(adapted, mask=~declared)
    wheelchair = adapted & (rng.random(len(family)) < 0.5)
    columns["wheelchair_system"] = pa.array(wheelchair, mask=~declared)
    return columns | {name: flags[name] for name in schema.OWN_LISTS}


def _living_wage(rng: np.random.Generator, drawn: Drawn) -> tuple[Days, Days]:
    """From the first of a month on; two in five are granted until a day in the coming year."""
    months = drawn.statuses.living_wage_months
    month = drawn.on.astype("datetime64[M]")
    begin = np.where(months > 0, (month - months + 1).astype("datetime64[D]"), NEVER)
    ahead = (month + rng.integers(3, 13, len(months))).astype("datetime64[D]")
    limited = (months > 0) & (rng.random(len(months)) < 0.4)
    return begin, np.where(limited, ahead - np.timedelta64(1, "D"), NEVER)


def _with_expired(
    rng: np.random.Generator, expired: Bools, begin: Days, end: Days, on: np.datetime64
) -> tuple[Days, Days]:
    old_begin, old_end = draw_expired(rng, expired, on)
    return np.where(expired, old_begin, begin), np.where(expired, old_end, end)


def household_table(
    rng: np.random.Generator, drawn: Drawn, numbers: pa.Array, told_households: int
) -> pa.Table:
    """The households; `numbers` are the INSZ of the drawn persons, in their order."""
    structure, gaps = drawn.structure, drawn.gaps
    count = len(structure.kind)
    collective = structure.kind == COLLECTIVE
    columns: Columns = {
        "household": np.arange(count) + told_households + 1,
        "reference_insz": numbers.take(pa.array(structure.start, mask=collective)),
        "dependants": pa.array(structure.size - 1, mask=collective),
        "family_errors": gaps.family_errors,
        "collective": collective,
        "vehicles": _vehicles(rng, structure),
        "due_date": _due_dates(rng, drawn),
    }
    columns |= identity.draw_addresses(rng, structure, drawn.on)
    columns |= _money_columns(rng, drawn, collective)
    columns["municipality"] = _municipality(gaps)
    moved = drawn.on - rng.integers(0, 25, count)
    since = np.asarray(columns["address_since"])
    columns["address_since"] = np.where(gaps.moving_away, moved, since)
    columns["waste_zone"] = pc.if_else(pa.array(gaps.moving_away), None, columns["waste_zone"])
    columns["postcode"] = pc.if_else(pa.array(gaps.moving_away), "9820", columns["postcode"])
    return _table(schema.HOUSEHOLDS, columns, count)


def _municipality(gaps: g.Gaps) -> pa.Array:
    code = pc.if_else(pa.array(gaps.moving_away), MERELBEKE, published.NIS_GHENT)
    return pc.if_else(pa.array(gaps.nis_code), None, code)


def _money_columns(rng: np.random.Generator, drawn: Drawn, collective: Bools) -> Columns:
    """Euro cents. A social inquiry was held where there is a living wage or budget help."""
    incomes, structure = drawn.incomes, drawn.structure
    helped = drawn.statuses["living_wage"] | drawn.statuses["budget_guidance"]
    inquiry = (structure.total(helped) > 0) & ~collective
    monthly = np.round(incomes.net / 12, -1)
    costs = np.round(monthly * rng.uniform(0.45, 0.9, len(monthly)), -1)
    unassessed = drawn.gaps.income | collective
    return {
        "taxable_income": _cents(incomes.taxable, unassessed),
        "gross_taxable_income": _cents(incomes.gross, unassessed),
        "net_income": _cents(incomes.net, collective),
        "poor": incomes.poor,
        "net_monthly_income": _cents(monthly, ~inquiry),
        "fixed_costs": _cents(costs, ~inquiry),
    }


def _cents(euro: Floats, unknown: Bools) -> pa.Array:
    return pa.array(np.round(euro * 100).astype(np.int64), mask=unknown)


def _vehicles(rng: np.random.Generator, structure: Structure) -> Ints:
    urban = np.array([place.urban for place in published.NEIGHBOURHOODS])[structure.neighbourhood]
    adults = np.minimum(structure.size, 2)
    cars = rng.binomial(adults, 0.68 - 0.35 * urban)
    return np.where(structure.kind == COLLECTIVE, 0, cars)


def _due_dates(rng: np.random.Generator, drawn: Drawn) -> Days:
    """Expected births, declared from the sixth month of pregnancy on."""
    structure, people = drawn.structure, drawn.people
    mother = people.female & (people.age >= 21) & (people.age <= 42) & (structure.role < CHILD)
    fertile = (structure.total(mother) > 0) & structure.private
    count = max(1, round(DUE * len(structure.role) / published.RESIDENTS))
    expecting = best(rng.random(len(fertile)), count, fertile)
    due = drawn.on + rng.integers(1, 110, len(fertile))
    return np.where(expecting, due, NEVER)


def _table(columns: tuple[schema.Column, ...], values: Columns, count: int) -> pa.Table:
    """In the schema's order; a column of which nothing was said has its default."""
    arrays = []
    for column in columns:
        value = values.get(column.name)
        if value is None:
            value = pa.array([column.default], column.type).take(
                pa.array(np.zeros(count, np.int64))
            )
        elif not isinstance(value, pa.Array | pa.ChunkedArray):
            value = pa.array(value)
        arrays.append(value.cast(column.type))
    return pa.table(arrays, schema=schema.arrow(columns))
