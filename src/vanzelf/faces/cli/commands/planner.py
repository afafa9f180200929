"""`vanzelf planner`: what asking about a right comes to for a whole population."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from vanzelf import population
from vanzelf.faces.cli.regulations import at_hand, day_option, one
from vanzelf.population import Population, PopulationError
from vanzelf.rights import Regulation
from vanzelf.sources import load_authorisations
from vanzelf.sources.data import DataError
from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.planning import report


@click.command()
@click.argument("rights", nargs=-1, metavar="[RIGHT]...")
@click.option(
    "--city",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(".data/city"),
    show_default=True,
    help="A population as `vanzelf city` writes it, with the answers of all sources in it.",
)
@day_option
@click.option("--purpose", default="toekenning", show_default=True, help="What the facts are for.")
@click.option(
    "--authorisations",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar="VANZELF_AUTHORISATIONS",
    help="The authority's own authorisations.yaml; default: the invented ones for the demo.",
)
@click.option("--at-once", is_flag=True, help="Ask all members of a household in one round.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    rights: tuple[str, ...],
    folder: Path,
    on: datetime | None,
    purpose: str,
    authorisations: Path | None,
    at_once: bool,
    as_json: bool,
) -> None:
    """Count the questions about each RIGHT (default: all) when everyone in a city is checked.

    A question is one fact of one person that leaves the city; its own lists and register do not.
    Beside what is asked stand asking everything, and the least that any planner could ask.
    """
    chosen = [one(name)[1] for name in rights] or list(at_hand().values())
    try:
        city = population.read(folder)
        grounds = load_authorisations(authorisations).all
        _tell(chosen, city, on, grounds, purpose, at_once, as_json)
    except (PopulationError, DataError) as error:
        raise click.ClickException(str(error)) from None


def _tell(
    chosen: list[Regulation],
    city: Population,
    on: datetime | None,
    grounds: Sequence[Authorisation],
    purpose: str,
    at_once: bool,
    as_json: bool,
) -> None:
    checked_on = on.date() if on else city.on
    if checked_on is None:
        raise click.UsageError("this population has no reference day: give --on")
    if not as_json:
        _row(report.HEADS)
    for right in chosen:
        found = list(
            report.lines(right, city, checked_on, grounds, purpose=purpose, at_once=at_once)
        )
        for line in found:
            if as_json:
                click.echo(json.dumps({"answers": line.answers, **asdict(line.measured)}))
        if not as_json:
            for row in report.table((right.id, line) for line in found):
                _row(row)
            if not found:
                click.echo(f"{right.id:<34}no source outside the city may be asked about it")


def _row(cells: tuple[str, ...]) -> None:
    right, answers, *numbers = cells
    click.echo(f"{right:<34}{answers:<16}" + "".join(f"{number:>12}" for number in numbers))
