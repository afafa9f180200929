"""`vanzelf report`: what every right would cost if everyone asked, and who misses it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.effects import NOTE
from vanzelf.faces.cli.reaches import show, show_by
from vanzelf.faces.cli.regulations import at_hand, one
from vanzelf.faces.cli.statistics import (
    population_of,
    population_options,
    printed,
    secret,
    shares,
    write,
)
from vanzelf.faces.look.tables import report_csv
from vanzelf.population import NotColumnar, Population, PopulationError
from vanzelf.population.simulation import Report, TakeUp, report
from vanzelf.rights import Regulation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_AWARDS = "The awards could not be read, so reach is assumed: {}"


@click.command()
@click.argument("rights", nargs=-1, metavar="[RIGHT]...")
@population_options
@click.option(
    "--take-up",
    metavar="LOW-HIGH",
    help="Of a hundred who are entitled, so many ask, where no awards tell it; default: 30-60.",
)
def command(
    rights: tuple[str, ...],
    by: tuple[str, ...],
    on: datetime | None,
    folder: Path | None,
    csv_file: Path | None,
    pdf_file: Path | None,
    take_up: str | None,
) -> None:
    """Show who is entitled, who is reached and who misses it, and what it would cost by itself.

    For every RIGHT, or for all. Who is reached is read from the awards that this installation
    made for the period; for a right without awards it is an assumption.

    \b
    vanzelf report huisvuilzakken --by neighbourhood
    vanzelf report --pdf bereik.pdf --csv bereik.csv
    """  # fmt: skip
    chosen = _chosen(rights)
    asked = shares(take_up) if take_up else TakeUp()
    try:
        population, checked = population_of(folder, on, at_hand().facts)
        found = _report(
            population, chosen, checked, asked, _reached(folder, population, chosen, checked)
        )
    except (NotColumnar, PopulationError) as error:
        raise click.ClickException(str(error)) from None
    show(found, chosen)
    for reach in found.rights:
        for dimension in by:
            show_by(reach, dimension)
    click.echo(f"\n{NOTE}")
    write(csv_file, lambda: report_csv(found))
    write(pdf_file, printed(lambda made: _pdf(found, chosen, population, made)))


def _chosen(names: tuple[str, ...]) -> dict[str, Regulation]:
    """The rights that were named, each once; without names all of them."""
    if not names:
        return dict(at_hand())
    found = [one(name)[1] for name in names]
    return {right.id: right for right in found}


def _report(
    population: Population,
    chosen: Mapping[str, Regulation],
    on: date,
    asked: TakeUp,
    reached: Mapping[str, NDArray[np.int64]],
) -> Report:
    label = f"Checking {len(chosen)} rights"
    with click.progressbar(length=len(chosen), label=label, file=sys.stderr) as bar:
        assumed = dict.fromkeys(chosen, asked)
        return report(
            population, chosen.values(), on, secret(), assumed, reached, lambda _: bar.update(1)
        )


def _reached(
    folder: Path | None, population: Population, chosen: Mapping[str, Regulation], on: date
) -> Mapping[str, NDArray[np.int64]]:
    """Whom awards reached, when there is a database and it is about this population."""
    from vanzelf.city.paths import city_folder, data_folder

    own = folder is None or folder.resolve() == city_folder()
    if not own or not (os.environ.get("DATABASE_URL") or (data_folder() / "postgres").exists()):
        return {}
    setup_django()
    from django.db import Error

    from vanzelf.city.awards.reached import last_runs, reached

    try:
        return reached(population, chosen.values(), on, last_runs())
    except (Error, OSError) as error:
        click.echo(NO_AWARDS.format(str(error).strip().partition("\n")[0]), err=True)
        return {}


def _pdf(
    found: Report, chosen: Mapping[str, Regulation], population: Population, made: date
) -> bytes:
    from vanzelf.faces.look.paper import report_pdf

    return report_pdf(found, chosen, made=made, invented=population.invented)
