"""What answers that were laid for one day tell a run of another: nothing, unless with a period.

A right may look at another day than the one of its check (1 January), and two rights at different
days. What a source said for one day is neither a yes nor a no for another.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from vanzelf.city.bulk import ordering
from vanzelf.city.bulk.laying import FILE, Column, beneath, laid_day, rows_of
from vanzelf.city.bulk.models import Order
from vanzelf.city.lists import laid
from vanzelf.population import Population
from vanzelf.population.tables import PERSONS
from vanzelf.rights import Regulation
from vanzelf.sources.catalogue import shipped


def lay(people: Population, regulation: Regulation, day: date, file: Path) -> None:
    """Adds it to what was laid for a run that looks at this day; nothing when the answers beside
    the delivery are of this day, or none are there."""
    other = laid_day(people.folder)
    if other is None or other == day:
        return
    orders = list(Order.objects.filter(on=other).order_by("pk"))
    asked = {fact for order in orders for fact in order.facts}
    needed = sorted(asked & ordering.serving([regulation], shipped()).keys())
    if not needed:
        return
    table = parquet.read_table(people.folder / FILE)
    row_of = rows_of(table["insz"].to_pylist())
    found = laid.read(file) if file.exists() else laid.NOTHING
    columns = dict(found.columns)
    for fact in needed:
        column = Column(fact, orders, row_of, len(table))
        held = np.where(column.deciding >= 0, column.holds(day), _delivered(table, column.id, day))
        key = (PERSONS, column.id)
        columns[key] = beneath(columns.get(key), held)
    laid.write(laid.Laid(columns, found.reasons, found.lists), file)


def _delivered(table: pa.Table, name: str, day: date) -> NDArray[np.int8]:
    """1 who has it on this day by the delivery, 0 who has not, -1 of whom it is not known."""
    value = np.array(table[name].fill_null(False))
    known = np.array(table[name].is_valid())
    moment = np.datetime64(day, "D")
    for end, outside in (("from", np.greater), ("until", np.less)):
        if f"{name}_{end}" in table.column_names:
            days = np.array(table[f"{name}_{end}"], dtype="datetime64[D]")
            value = value & ~outside(days, moment)  # no day is not outside
    return np.where(known, value, -1).astype(np.int8)
