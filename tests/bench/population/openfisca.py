"""Against OpenFisca-core: six rights of everyone in Ghent, from the same Parquet files.

OpenFisca gets the columns as NumPy arrays, the quickest way in that it has.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from tests.bench.population import openfisca_rights as six

Columns = dict[str, NDArray[Any]]
WANTED = (*six.RIGHTS.values(), *(one.__name__ for one in six.AMOUNTS))
FIRST, LAST = np.datetime64("0001-01-01"), np.datetime64("9999-12-31")


def simulate(system: TaxBenefitSystem, folder: Path, on: date) -> Simulation:
    """A simulation of everyone in the two files, with all that the six rights look at."""
    homes, people = _read(folder / "households.parquet"), _read(folder / "persons.parquet")
    day = on.isoformat()
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", people["person"].to_numpy())
    household = builder.declare_entity("household", homes["household"].to_numpy())
    at = people["household"].to_numpy()
    builder.join_with_persons(household, at, np.zeros(len(at), dtype=np.int64))
    simulation = builder.build(system)
    for name, values in (_persons(people) | _households(homes)).items():
        simulation.set_input(name, day, values)
    return simulation


def calculate(simulation: Simulation, on: date) -> Columns:
    """The six rights, and what the first is worth."""
    return {name: simulation.calculate(name, on.isoformat()) for name in WANTED}


def forget(simulation: Simulation, on: date) -> None:
    """Drops what was calculated, and keeps what was put in."""
    day = on.isoformat()
    for name in (*WANTED, *six.PERIODS):
        simulation.delete_arrays(name, day)


def _read(file: Path) -> pa.Table:
    periods = [f"{name}{end}" for name in six.PERIODS for end in ("", "_from", "_until")]
    wanted = {"person", "household", *periods, *six.FLAGS, *six.NUMBERS, *six.HOME_FLAGS}
    there = pq.read_schema(file).names
    return pq.read_table(file, columns=[name for name in there if name in wanted])


def _persons(people: pa.Table) -> Columns:
    columns: Columns = {}
    for name in six.PERIODS:
        columns[f"{name}_said"] = _flag(people[name])
        columns[f"{name}_from"] = _day(people[f"{name}_from"], FIRST)
        columns[f"{name}_until"] = _day(people[f"{name}_until"], LAST)
    return columns | {n: _flag(people[n]) for n in six.FLAGS if n in people.column_names}


def _households(homes: pa.Table) -> Columns:
    columns: Columns = {
        "municipality": _number(pc.cast(homes["municipality"], pa.int64())),
        "dependants": _number(homes["dependants"]),
        "taxable_income": _number(homes["taxable_income"]),
    }
    return columns | {n: _flag(homes[n]) for n in six.HOME_FLAGS if n in homes.column_names}


def _flag(column: pa.ChunkedArray) -> NDArray[np.bool_]:
    return pc.fill_null(column, False).to_numpy()


def _number(column: pa.ChunkedArray) -> NDArray[np.int64]:
    return pc.fill_null(column, 0).to_numpy()


def _day(column: pa.ChunkedArray, otherwise: np.datetime64) -> NDArray[np.datetime64]:
    days = column.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(days), otherwise, days)
