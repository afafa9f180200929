"""`vanzelf dmn`: look into a decision model, check it, and take its decisions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from vanzelf import feel
from vanzelf.dmn.errors import DmnError
from vanzelf.faces.cli.models.checking import print_check
from vanzelf.faces.cli.models.contents import print_contents
from vanzelf.faces.cli.models.inputs import given_inputs
from vanzelf.faces.cli.models.opening import opened, unknown_name
from vanzelf.faces.cli.models.outcomes import as_json, print_outcome
from vanzelf.sources.clock import BRUSSELS

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Look into a decision model of the DMN standard, check it, and take its decisions."""


@command.command()
@click.argument("file", type=_FILE)
@click.argument("decision")
@click.option(
    "--input", "-i", "pairs", multiple=True, metavar="NAME=FEEL",
    help="""An input as a FEEL literal: 'Age=42', 'Status="gold"', 'Day=date("2026-01-15")'.""",
)  # fmt: skip
@click.option("--inputs", "inputs_file", type=_FILE, help="Inputs in a JSON or YAML file.")
@click.option(
    "--unknown",
    is_flag=True,
    help="What is not given is unknown, instead of null; say what misses.",
)
@click.option("--explain", is_flag=True, help="Show where the value came from.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def decide(
    file: Path,
    decision: str,
    pairs: tuple[str, ...],
    inputs_file: Path | None,
    unknown: bool,
    explain: bool,
    json_wanted: bool,
) -> None:
    """Take DECISION (or call that decision service) of the model in FILE.

    Inputs on the command line go before those in a file. What is not given is null, as the
    standard says; with --unknown the outcome says what it would still depend on.
    """
    model = opened(file)
    service = decision in model.services and decision not in model.decisions
    if not service and decision not in model.decisions:
        names = [*model.decisions, *model.services]
        raise click.BadParameter(unknown_name("decision", decision, names), param_hint="DECISION")
    inputs = given_inputs(pairs, inputs_file, model)
    ask = model.call if service else model.decide
    try:
        outcome = ask(
            decision, inputs,
            absent=feel.UNKNOWN if unknown else None,
            now=datetime.now(BRUSSELS), explain=explain,
        )  # fmt: skip
    except DmnError as error:
        raise click.ClickException(str(error)) from None
    if json_wanted:
        click.echo(as_json(decision, outcome))
    else:
        print_outcome(model, decision, inputs, outcome)


@command.command()
@click.argument("file", type=_FILE)
def show(file: Path) -> None:
    """Print what is in the model in FILE: inputs, decisions, services, knowledge models, types."""
    print_contents(opened(file))


@command.command()
@click.argument("file", type=_FILE)
def check(file: Path) -> None:
    """Print what is wrong with the model in FILE, and where standard FEEL would turn missing data
    into an answer.

    Ends with 1 when there are problems; warnings are no problems.
    """
    if print_check(file):
        raise SystemExit(1)
