"""`vanzelf city`: write the invented city and show each calibration beside its target."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from time import perf_counter

import click

from vanzelf import synthetic
from vanzelf.synthetic import published, region


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".data/city"),
    show_default=True,
    help="Folder to write to.",
)
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same city.")
@click.option(
    "--residents",
    default=published.RESIDENTS,
    show_default=True,
    help="How many residents; the other totals scale with it.",
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=synthetic.REFERENCE_DAY.isoformat(),
    show_default=True,
    help="Reference day: the city as it stood on that day.",
)
@click.option(
    "--times",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Write a region: the city so many times over, without the city's lists.",
)
@click.option("--quiet", is_flag=True, help="Print only a line at the end.")
def command(out: Path, seed: int, residents: int, on: datetime, times: int, quiet: bool) -> None:
    """Write an invented Ghent as Parquet: persons, households, calibration."""
    begun = perf_counter()
    try:
        city = synthetic.build(seed=seed, residents=residents, on=on.date())
        if times == 1:
            city.write(out)
        else:
            region.write(city, out, times)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        message = f"{error.filename or out} cannot be written: {error.strerror or error}"
        raise click.ClickException(f"{message}; choose another folder with --out") from None
    if not quiet:
        for figure in city.calibration:
            click.echo(_line(figure))
    missed = [figure.name for figure in city.calibration if not figure.met]
    if missed:
        click.echo(f"Outside the tolerance: {'; '.join(missed)}")
    click.echo(
        f"{city.persons.num_rows * times:,} residents in"
        f" {city.households.num_rows * times:,} households"
        f" in {out}, {perf_counter() - begun:.1f} s"
    )
    if any(not figure.met and figure.kind == "hard" for figure in city.calibration):
        raise click.ClickException("a hard total was not met: the city is not usable")


def _line(figure: synthetic.Calibration) -> str:
    target = "" if figure.target is None else _number(figure.target)
    mark = " " if figure.met else "!"
    return (
        f"{mark} {figure.name:<66} {target:>9} {_number(figure.got):>9}"
        f"  {figure.kind:<7} {figure.source}"
    )


def _number(value: float) -> str:
    return f"{value:,.4g}" if 0 < value < 100 and value != int(value) else f"{value:,.0f}"
