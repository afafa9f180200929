"""What is wrong with a model."""

from __future__ import annotations

from pathlib import Path

import click

from vanzelf import dmn
from vanzelf.dmn.errors import DmnError


def print_check(path: Path) -> int:
    """Print the problems and warnings of a model, each with its file and line; count problems."""
    try:
        model = dmn.read(path)
    except DmnError as error:
        for problem in error.problems:
            click.echo(f"✗ {problem}")
        click.echo(counted(len(error.problems), "problem"))
        return len(error.problems)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
    for problem in model.problems:
        click.echo(f"✗ {problem}")
    for warning in model.warnings:
        click.echo(f"! {warning}")
    problems, warnings = len(model.problems), len(model.warnings)
    mark = "" if problems or warnings else "✓ "
    click.echo(f"{mark}{counted(problems, 'problem')}, {counted(warnings, 'warning')}")
    return problems


def counted(number: int, what: str) -> str:
    """So many of something, in words that fit the number."""
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
