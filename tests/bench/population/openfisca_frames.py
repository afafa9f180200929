"""The same simulation, made as OpenFisca's documentation shows: two frames of pandas.

"How to run a simulation on data", openfisca.org/doc/simulate/run-simulation: persons and
households are frames, their identifiers and roles are columns, each variable is set from a column.
Only the columns that the six rights look at are read.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from tests.bench.population import openfisca_rights as six

REFERENCE = "01"
FIRST, LAST = pd.Timestamp(1900, 1, 1), pd.Timestamp(2200, 1, 1)


def simulate(system: TaxBenefitSystem, folder: Path, on: date) -> Simulation:
    """A simulation of everyone in the two files, with all that the six rights look at."""
    day = on.isoformat()
    persons, households = _read(folder / "persons.parquet"), _read(folder / "households.parquet")
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", persons.person)
    household = builder.declare_entity("household", households.household)
    roles = persons.position.eq(REFERENCE).map({True: "reference", False: "member"})
    builder.join_with_persons(household, persons.household, roles)
    simulation = builder.build(system)
    for name in six.PERIODS:
        simulation.set_input(f"{name}_said", day, _flag(persons[name]))
        simulation.set_input(f"{name}_from", day, _days(persons[f"{name}_from"], FIRST))
        simulation.set_input(f"{name}_until", day, _days(persons[f"{name}_until"], LAST))
    for frame, names in ((persons, six.FLAGS), (households, six.HOME_FLAGS)):
        for name in frame.columns.intersection(names):
            simulation.set_input(name, day, _flag(frame[name]))
    for name in six.NUMBERS:
        simulation.set_input(name, day, households[name].fillna(0).astype(int))
    return simulation


def _read(file: Path) -> pd.DataFrame:
    periods = [f"{name}{end}" for name in six.PERIODS for end in ("", "_from", "_until")]
    wanted = {"person", "household", "position", *periods, *six.FLAGS, *six.NUMBERS}
    wanted |= set(six.HOME_FLAGS)
    return pd.read_parquet(file, columns=[n for n in pq.read_schema(file).names if n in wanted])


def _flag(column: pd.Series) -> pd.Series:
    return column.astype("boolean").fillna(False).astype(bool)


def _days(column: pd.Series, otherwise: pd.Timestamp) -> pd.Series:
    return pd.to_datetime(column).fillna(otherwise)
