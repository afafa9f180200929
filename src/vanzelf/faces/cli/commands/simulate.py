"""`vanzelf simulate`: what a change of a regulation would do, and cost."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import click

from vanzelf.faces.cli.effects import (
    NOTE,
    show,
    show_by,
    show_family,
    show_overlap,
    show_take_up,
)
from vanzelf.faces.cli.regulations import one
from vanzelf.faces.cli.statistics import (
    population_of,
    population_options,
    printed,
    secret,
    shares,
    write,
)
from vanzelf.faces.look.tables import effect_csv
from vanzelf.population import NotColumnar, Population, PopulationError, check
from vanzelf.population.simulation import (
    Change,
    ChangeError,
    Effect,
    Family,
    Overlap,
    Simulator,
    changed,
    cliffs,
    overlap_of,
    read_change,
)
from vanzelf.rights import Regulation


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
@population_options
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
@click.option("--overlap", is_flag=True, help="How many have it and another right.")
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
    pdf_file: Path | None,
    overlap: bool,
) -> None:
    """Show what a change of RIGHT would do to everyone, and what it would cost.

    \b
    vanzelf simulate schoolkorting --set 'inkomensgrens opvang=35000' --by neighbourhood
    vanzelf simulate huisvuilzakken --set 'bedrag per gezin[0]=50' --without 'hulp bij budget'
    """  # fmt: skip
    regulations, regulation = one(right)
    saved = _saved(compare) if compare else None
    asked = shares(take_up) if take_up else None
    living = _family(family) if family else None
    try:
        population, checked = population_of(folder, on, regulations.facts)
        change = read_change(regulation, checked, sets, without, instead)
        effect = _effect(population, regulation, change, checked)
        then = {**regulations, regulation.id: changed(regulation, change)}
        show(effect, regulation, saved)
        for dimension in by:
            show_by(effect, dimension)
        if asked:
            show_take_up(effect, asked)
        if overlap:
            sides = (_overlap(population, rights, checked) for rights in (regulations, then))
            show_overlap(regulation.id, *sides)
    except (ChangeError, NotColumnar, PopulationError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"\n{NOTE}")
    if living:
        for label, rights in (("now", regulations), ("with the change", then)):
            show_family(label, cliffs(rights.values(), regulations.facts, living, checked))
    write(save, lambda: json.dumps(effect.as_data(), indent=1, ensure_ascii=False) + "\n")
    write(csv_file, lambda: effect_csv(effect))
    write(pdf_file, printed(lambda made: _pdf(effect, regulation, saved, population, made)))


def _saved(file: Path) -> Effect:
    try:
        return Effect.from_data(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file}: {error}; write one with --save") from None


def _family(text: str) -> Family:
    try:
        return Family(tuple(int(age) for age in text.split(",")))
    except ValueError:
        message = f"{text!r}: write ages such as 35,8,4, of whom one is an adult"
        raise click.BadParameter(message, param_hint="--family") from None


def _effect(population: Population, regulation: Regulation, change: Change, on: date) -> Effect:
    with click.progressbar(length=2, label=f"Checking {regulation.id}", file=sys.stderr) as bar:
        simulator = Simulator(population, regulation, on, secret())
        bar.update(1)
        effect = simulator.effect(change)
        bar.update(1)
    return effect


def _overlap(population: Population, rights: Mapping[str, Regulation], on: date) -> Overlap:
    listed = tuple(rights.values())
    results = check(population, listed, on, why=False)
    return overlap_of(population, listed, results, secret())


def _pdf(
    effect: Effect,
    regulation: Regulation,
    saved: Effect | None,
    population: Population,
    made: date,
) -> bytes:
    from vanzelf.faces.look.paper import effect_pdf

    return effect_pdf(effect, regulation, saved, made=made, invented=population.invented)
