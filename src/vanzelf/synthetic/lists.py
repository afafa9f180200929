"""The city's own lists as its services would deliver them: CSV files beside a manifest.

The layouts are those of `regulations/lists`: `;` between columns, days as dd/mm/yyyy.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from vanzelf.synthetic.insz import Days

HELP = {
    "budgetbegeleiding": "budget_guidance",
    "budgetbeheer": "budget_management",
    "schuldbemiddeling": "debt_mediation",
    "collectieve schuldenregeling": "collective_debt_settlement",
}
ENROLLED = {
    "ingeschreven bij de stad": "city_school_or_childcare",
    "andere school": "other_school",
}
SCHOOLS = (
    "De Linde",
    "De Zwaluw",
    "Het Klaverveld",
    "De Wilgen",
    "De Sleutelbloem",
    "Het Zonneplein",
)
MANIFEST = """\
# Which list is in which file, of which day, and whether it is whole (who is not on it, is not).
ocmw-budget: {{file: ocmw-budget.csv, as_of: {day}, complete: true}}
school-enrolments: {{file: school-enrolments.csv, as_of: {day}, complete: true}}
waste-zones: {{file: waste-zones.csv, as_of: {day}, complete: true}}
"""


def write_lists(persons: pa.Table, households: pa.Table, on: date, folder: Path) -> None:
    """Three lists and `lists.yaml`; the manifest comes last, so that it names whole files only."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in (
        ("ocmw-budget", _budget_help(persons, on)),
        ("school-enrolments", _enrolments(persons, on)),
        ("waste-zones", _waste_zones(households)),
    ):
        options = csv.WriteOptions(delimiter=";", quoting_style="needed", quoting_header="none")
        csv.write_csv(table, folder / f"{name}.csv", options)
    (folder / "lists.yaml").write_text(MANIFEST.format(day=on.isoformat()), encoding="utf-8")


def _budget_help(persons: pa.Table, on: date) -> pa.Table:
    rows = _on_a_list(persons, HELP, "hulp")
    begun = np.datetime64(on, "D") - (30 + rows["person"].to_numpy() * 37 % 900)
    return pa.table(
        {"insz": rows["insz"], "hulp": rows["hulp"], "van": _days(begun), "tot": _open(rows)}
    )


def _enrolments(persons: pa.Table, on: date) -> pa.Table:
    """Enrolled since the start of this school year (1 September)."""
    rows = _on_a_list(persons, ENROLLED, "net")
    start = date(on.year if on.month >= 9 else on.year - 1, 9, 1)
    begun = np.full(rows.num_rows, np.datetime64(start, "D"))
    school = pa.array(SCHOOLS).take(pa.array(rows["person"].to_numpy() % len(SCHOOLS)))
    return pa.table(
        {
            "insz": rows["insz"],
            "net": rows["net"],
            "instelling": school,
            "van": _days(begun),
            "tot": _open(rows),
        }
    )


def _waste_zones(households: pa.Table) -> pa.Table:
    """Every street of the city with a household in it."""
    known = households.filter(pc.is_valid(households["waste_zone"]))
    streets = known.group_by(["postcode", "street", "waste_zone"]).aggregate([])
    ordered = streets.sort_by([("postcode", "ascending"), ("street", "ascending")])
    return ordered.rename_columns(["postcode", "straat", "zone"])


def _on_a_list(persons: pa.Table, kinds: dict[str, str], column: str) -> pa.Table:
    """A row per person and kind, by INSZ and person number."""
    parts = []
    for kind, flag in kinds.items():
        listed = persons.filter(persons[flag]).select(["person", "insz"])
        parts.append(listed.append_column(column, pa.array([kind] * listed.num_rows, pa.string())))
    return pa.concat_tables(parts).combine_chunks()


def _days(days: Days) -> pa.Array:
    return pc.strftime(pa.array(days), format="%d/%m/%Y")


def _open(rows: pa.Table) -> pa.Array:
    return pa.nulls(rows.num_rows, pa.string())
