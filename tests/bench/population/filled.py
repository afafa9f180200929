"""The invented city with every gap filled: what the six rights look at is known of everyone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vanzelf.synthetic import City

DECLARED = ("disability_65_percent", "child_care_supplement")
"""Facts of persons that only residents declare: false here."""
AT_HOME = ("social_flat_collective_heating", "shared_water_meter")
DOUBTS = ("other_municipality", "source_trouble")


def fill(city: City, folder: Path) -> None:
    """Writes the city's two files without gaps, with the facts that only residents can tell."""
    marks = {"seed": city.seed, "on": city.on.isoformat(), "invented": True}
    metadata = {"vanzelf": json.dumps(marks)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (("persons", persons(city)), ("households", households(city))):
        pa.parquet.write_table(
            table.replace_schema_metadata(metadata), folder / f"{name}.parquet", compression="zstd"
        )


def persons(city: City) -> pa.Table:
    table = _without_null_flags(city.persons)
    for name in DOUBTS:
        table = _put(table, name, pa.nulls(table.num_rows, table.schema.field(name).type))
    for name in DECLARED:
        table = _put(table, name, pa.array(np.zeros(table.num_rows, dtype=bool)))
    cars = city.households["vehicles"].to_numpy() > 0
    at = table["household"].to_numpy() - 1
    leads = pc.equal(table["position"], "01").to_numpy()
    return _put(table, "vehicle_for_permit", pa.array(cars[at] & leads))


def households(city: City) -> pa.Table:
    table = _without_null_flags(city.households)
    count = table.num_rows
    table = _put(table, "municipality", pc.fill_null(table["municipality"], "44021"))
    income = pc.coalesce(table["taxable_income"], table["net_income"], 0)
    table = _put(table, "taxable_income", income)
    table = _put(table, "family_errors", pa.array(np.zeros(count, dtype=bool)))
    for name in AT_HOME:
        table = _put(table, name, pa.array(np.zeros(count, dtype=bool)))
    return table


def _without_null_flags(table: pa.Table) -> pa.Table:
    for field in table.schema:
        if pa.types.is_boolean(field.type):
            table = _put(table, field.name, pc.fill_null(table[field.name], False))
    return table


def _put(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.append_column(name, values) if place < 0 else table.set_column(place, name, values)
