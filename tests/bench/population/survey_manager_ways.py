"""From the Parquet files to a simulation, by OpenFisca-Survey-Manager."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from openfisca_core import periods
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_survey_manager.policy import simulation_builder, simulations

from tests.bench.population import openfisca_rights as six

assert simulation_builder, simulations  # they add themselves to OpenFisca's classes
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)


def one_table(system: TaxBenefitSystem, folder: Path, day: str) -> Simulation:
    """`input_data_frame`: a row per person, with the household beside it.

    Its front door takes years and months only; this is the door behind it.
    """
    homes, people = _tables(folder)
    table = people.merge(homes, on="household", how="left")
    builder: Any = SimulationBuilder()
    builder.create_entities(system)
    builder.tax_benefit_system = system
    builder.used_as_input_variables = [name for name in table if name in system.variables]
    builder._set_id_variable_by_entity_key()
    builder._set_role_variable_by_entity_key()
    period = periods.period(day)
    return builder.init_simulation_with_data_frame(input_data_frame=table, period=period)


def by_entity(system: TaxBenefitSystem, folder: Path, day: str) -> Simulation:
    """`input_data_frame_by_entity_by_period`: a table per entity."""
    homes, people = _tables(folder)
    used = [name for name in (*people, *homes) if name in system.variables]
    made: Any = Simulation
    return made.new_from_tax_benefit_system(
        tax_benefit_system=system,
        period=periods.period(day),
        data={
            "input_data_frame_by_entity_by_period": {day: {"person": people, "household": homes}},
            "used_as_input_variables": used,
        },
    )


def _tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Households and persons, with gaps filled as OpenFisca fills them: false, 0, always."""
    homes, people = (_read(folder / f"{name}.parquet") for name in ("households", "persons"))
    people = people.rename(columns={name: f"{name}_said" for name in six.PERIODS})
    people["household_id"] = people["household"]
    people["household_role_index"] = people["household"].duplicated().astype(int)
    return homes, people


def _read(file: Path) -> pd.DataFrame:
    periods_ = [f"{name}{end}" for name in six.PERIODS for end in ("", "_from", "_until")]
    wanted = {"person", "household", *periods_, *six.FLAGS, *six.NUMBERS, *six.HOME_FLAGS}
    table = pq.read_table(file, columns=[n for n in pq.read_schema(file).names if n in wanted])
    return pa.table({n: _filled(n, table[n]) for n in table.column_names}).to_pandas(
        date_as_object=False
    )


def _filled(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_boolean(column.type):
        return pc.fill_null(column, False)
    if pa.types.is_date(column.type):
        return pc.fill_null(column, pa.scalar(LAST if name.endswith("_until") else FIRST))
    return pc.fill_null(column.cast(pa.int64()), 0)
