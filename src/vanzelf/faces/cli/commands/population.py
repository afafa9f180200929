"""`vanzelf population`: every right for everyone, in columns."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import click
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from vanzelf.faces.cli.models.columns import columns
from vanzelf.faces.cli.regulations import SETTING, at_hand, one
from vanzelf.population import Bounds, PopulationError, Results, check, read, spark
from vanzelf.rights import Regulations, beside_shipped

HEAD = ("right", "unit", "yes", "no", "unknown", "sure", "at most", "open")


@click.group()
def command() -> None:
    """Rights over a whole population."""


@command.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day of the check."
)
@click.option("--rights", "names", multiple=True, help="Only this right; may be repeated.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a row per right and unit to this Parquet file.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="On this machine, or on a Spark cluster (pip install 'vanzelf[spark]').",
)
@click.option("--master", help="The Spark cluster; by default one in small on this machine.")
def check_(
    folder: Path,
    on: datetime,
    names: tuple[str, ...],
    out: Path | None,
    engine: str,
    master: str | None,
) -> None:
    """Check rights for everyone in FOLDER, which has persons.parquet and households.parquet.

    Per right: how many have it, how many not, of how many it is not known; and what it costs per
    period in euros: surely, and at most if every unknown turned out to have it.
    """
    begun = perf_counter()
    regulations = at_hand()
    chosen = [one(name)[1] for name in names] if names else list(regulations.values())
    try:
        asked = {"why": out is not None, "worth": True}
        if engine == "spark":
            ids = tuple(right.id for right in chosen)
            results = on_cluster(folder, regulations, on.date(), ids, master, asked)
        else:
            population = read(folder, catalogue=regulations.facts)
            results = check(population, chosen, on.date(), **asked)
        if out is not None:
            write(results, out)
    except PopulationError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        what = error.strerror or error
        raise click.ClickException(f"{error.filename or out}: {what}") from None
    for line in columns([HEAD, *(_row(results, right) for right in results.rights)], indent=""):
        click.echo(line)
    click.echo(f"{len(results.rights)} rights, {perf_counter() - begun:.1f} s")


def on_cluster(
    folder: Path,
    regulations: Regulations,
    on: date,
    ids: tuple[str, ...],
    master: str | None,
    asked: dict[str, bool],
) -> Results:
    """The same on Spark, where each machine has the same folders."""
    own = beside_shipped(os.environ.get(SETTING, ""))
    folders = tuple(str(one.resolve()) for one in own)
    where = master or spark.MASTER
    return spark.check(folder, regulations, on, rights=ids, folders=folders, master=where, **asked)


def _row(results: Results, right: str) -> tuple[str, ...]:
    counts = results.counts(right)
    money = any(line.kind == "money" for line in results.lines(right))
    cost = results.cost(right) if money else None
    return (
        right,
        results.unit(right),
        f"{counts.yes:,}",
        f"{counts.no:,}",
        f"{counts.unknown:,}",
        *_euros(cost),
    )


def _euros(cost: Bounds | None) -> tuple[str, str, str]:
    if cost is None:
        return "", "", ""
    return f"€ {cost.sure / 100:,.2f}", f"€ {cost.at_most / 100:,.2f}", f"{cost.open:,}"


def write(results: Results, out: Path) -> None:
    """right, unit, outcome, cents (of all lines of money; null where not known) and why, of which
    bit i is fact i of that right in the metadata; wholly or not at all. Raises OSError."""
    facts = {right: results.facts_of(right) for right in results.rights}
    told = {"vanzelf": json.dumps({"on": results.on.isoformat(), "facts": facts})}
    schema = pa.schema(
        {
            "right": pa.dictionary(pa.int32(), pa.string()),
            "unit": pa.int64(),
            "outcome": pa.int8(),
            "cents": pa.int64(),
            "why": pa.uint64(),
        }
    ).with_metadata(told)
    draft = out.with_name(f".{out.name}.draft")
    try:
        with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
            for place, right in enumerate(results.rights):
                writer.write_table(_table(results, right, place, schema))
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


def _table(results: Results, right: str, place: int, schema: pa.Schema) -> pa.Table:
    outcomes = results.outcomes(right)
    cents, known = np.zeros(len(outcomes), np.int64), np.ones(len(outcomes), bool)
    amounts = results.amounts(right)
    for line in results.lines(right):
        if line.kind == "money":
            of_line, of_line_known = amounts[line.id]
            cents, known = cents + of_line, known & of_line_known
    codes = pa.array(np.full(len(outcomes), place, np.int32))
    values = [
        pa.DictionaryArray.from_arrays(codes, pa.array(results.rights)),
        pa.array(results.units(right)),
        pa.array(outcomes),
        pa.array(cents, mask=~known),
        pa.array(results.why(right)),
    ]
    return pa.Table.from_arrays(values, schema=schema)
