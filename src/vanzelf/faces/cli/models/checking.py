"""What is wrong with a model."""

from __future__ import annotations

from pathlib import Path

import click

from vanzelf import dmn
from vanzelf.dmn.errors import DmnError
from vanzelf.faces.cli.models.opening import warnings_of


def print_check(path: Path) -> int:
    """Print the problems and warnings of a model, each with its file and line; count problems."""
    try:
        model = dmn.read(path)
    except DmnError as error:
        for problem in error.problems:
            click.echo(f"✗ {problem}")
        click.echo(_counted(len(error.problems), "problem"))
        return len(error.problems)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
    for problem in model.problems:
        click.echo(f"✗ {problem}")
    for warning in warnings_of(model):
        click.echo(f"! {warning}")
    problems, warnings = len(model.problems), len(warnings_of(model))
    mark = "" if problems or warnings else "✓ "
    click.echo(f"{mark}{_counted(problems, 'problem')}, {_counted(warnings, 'warning')}")
    return problems


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
