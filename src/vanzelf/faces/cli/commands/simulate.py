"""`vanzelf simulate`: what a change of a regulation would do, and cost."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click

from vanzelf.faces.cli.effects import NOTE, show, show_by, show_family, show_take_up, write_csv
from vanzelf.faces.cli.regulations import day, one
from vanzelf.population import Population, PopulationError, read
from vanzelf.population.simulation import (
    Change,
    ChangeError,
    Effect,
    Family,
    Simulator,
    TakeUp,
    changed,
    cliffs,
    read_change,
)
from vanzelf.population.statistics import DIMENSIONS, Secret
from vanzelf.rights import Catalogue, Regulation


@click.command()
@click.argument("right")
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another value for a parameter; NAME[ROW]=VALUE for a row of a table.",
)
@click.option("--without", multiple=True, metavar="CRITERION", help="Leave a criterion out.")
@click.option(
    "--instead",
    multiple=True,
    metavar="CRITERION=EXPRESSION",
    help="Another expression for a criterion.",
)
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(DIMENSIONS),
    help="A table by this; may be given more than once.",
)
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the check; default: the reference day of the population.",
)
@click.option(
    "--population",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with the population; default: the one of this installation.",
)
@click.option("--save", type=click.Path(dir_okay=False, path_type=Path), help="Write it as JSON.")
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Show a saved one beside it.",
)
@click.option(
    "--take-up",
    metavar="LOW-HIGH",
    help="Of a hundred who are entitled, how many ask today: what it costs now, and by itself.",
)
@click.option(
    "--family",
    metavar="AGES",
    help="Ages such as 35,8,4: where the benefits of this family end as its income rises.",
)
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every number as CSV.",
)
def command(
    right: str,
    sets: tuple[str, ...],
    without: tuple[str, ...],
    instead: tuple[str, ...],
    by: tuple[str, ...],
    on: datetime | None,
    folder: Path | None,
    save: Path | None,
    compare: Path | None,
    take_up: str | None,
    family: str | None,
    csv_file: Path | None,
) -> None:
    """Show what a change of RIGHT would do to everyone, and what it would cost.

    \b
    vanzelf simulate schoolkorting --set 'inkomensgrens opvang=35000' --by neighbourhood
    vanzelf simulate huisvuilzakken --set 'bedrag per gezin[0]=50' --without 'hulp bij budget'
    """  # fmt: skip
    regulations, regulation = one(right)
    saved = _saved(compare) if compare else None
    shares = _shares(take_up) if take_up else None
    living = _family(family) if family else None
    try:
        population, checked = _population(folder, on, regulations.facts)
        change = read_change(regulation, checked, sets, without, instead)
        effect = _effect(population, regulation, change, checked)
    except (ChangeError, PopulationError) as error:
        raise click.ClickException(str(error)) from None
    show(effect, regulation, saved)
    for dimension in by:
        show_by(effect, dimension)
    if shares:
        show_take_up(effect, shares)
    click.echo(f"\n{NOTE}")
    if living:
        then = {**regulations, regulation.id: changed(regulation, change)}
        for label, rights in (("now", regulations), ("with the change", then)):
            show_family(label, cliffs(rights.values(), regulations.facts, living, checked))
    try:
        if save:
            text = json.dumps(effect.as_data(), indent=1, ensure_ascii=False)
            save.write_text(text + "\n", encoding="utf-8")
        if csv_file:
            write_csv(csv_file, effect)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror or error}") from None


def _saved(file: Path) -> Effect:
    try:
        return Effect.from_data(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file}: {error}; write one with --save") from None


def _shares(text: str) -> TakeUp:
    low, _, high = text.partition("-")
    try:
        return TakeUp(float(low) / 100, float(high or low) / 100)
    except ValueError:
        message = f"{text!r}: write percentages such as 40-60"
        raise click.BadParameter(message, param_hint="--take-up") from None


def _family(text: str) -> Family:
    try:
        return Family(tuple(int(age) for age in text.split(",")))
    except ValueError:
        message = f"{text!r}: write ages such as 35,8,4, of whom one is an adult"
        raise click.BadParameter(message, param_hint="--family") from None


def _population(
    folder: Path | None, on: datetime | None, facts: Catalogue
) -> tuple[Population, date]:
    from vanzelf.city.paths import city_folder

    where = folder or city_folder()
    if not (where / "persons.parquet").exists():
        message = f"{where}: there is no population here; write one: vanzelf city --out {where}"
        raise click.ClickException(message)
    population = read(where, catalogue=facts)
    return population, on.date() if on else population.on or day(None)


def _effect(population: Population, regulation: Regulation, change: Change, on: date) -> Effect:
    from vanzelf.city.secrets.keyring import keyring

    secret = Secret(bytes.fromhex(keyring().derive("statistics", "cells")))
    with click.progressbar(length=2, label=f"Checking {regulation.id}", file=sys.stderr) as bar:
        simulator = Simulator(population, regulation, on, secret)
        bar.update(1)
        effect = simulator.effect(change)
        bar.update(1)
    return effect
