"""What the commands about everyone share: the population, the secret, the files they write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.regulations import day
from vanzelf.population import Population, read
from vanzelf.population.simulation import TakeUp
from vanzelf.population.statistics import DIMENSIONS, Secret
from vanzelf.rights import Catalogue

_Command = TypeVar("_Command", bound=Callable[..., Any])
_FILE = click.Path(dir_okay=False, path_type=Path)


def population_options(command: _Command) -> _Command:
    """`--by`, `--on`, `--population`, `--csv`, `--pdf`."""
    options = (
        click.option(
            "--by", multiple=True, type=click.Choice(DIMENSIONS),
            help="A table by this; may be given more than once.",
        ),
        click.option(
            "--on", type=click.DateTime(["%Y-%m-%d"]),
            help="Day of the check; default: the reference day of the population.",
        ),
        click.option(
            "--population", "folder", type=click.Path(file_okay=False, path_type=Path),
            help="Folder with the population; default: the one of this installation.",
        ),
        click.option("--csv", "csv_file", type=_FILE, help="Write every number as CSV."),
        click.option(
            "--pdf", "pdf_file", type=_FILE,
            help="Write a document in Dutch, with maps and tables (PDF/A-2a, PDF/UA-1).",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def population_of(
    folder: Path | None, on: datetime | None, facts: Catalogue
) -> tuple[Population, date]:
    """The population in a folder and the day of the check. Raises PopulationError."""
    from vanzelf.city.paths import city_folder

    where = folder or city_folder()
    if not (where / "persons.parquet").exists():
        message = f"{where}: there is no population here; write one: vanzelf city --out {where}"
        raise click.ClickException(message)
    population = read(where, catalogue=facts)
    return population, on.date() if on else population.on or day(None)


def secret() -> Secret:
    """That of the installation."""
    from vanzelf.city.secrets.keyring import keyring

    return Secret(bytes.fromhex(keyring().derive("statistics", "cells")))


def shares(text: str) -> TakeUp:
    """An assumption as it is written: `40-60`."""
    low, _, high = text.partition("-")
    try:
        return TakeUp(float(low) / 100, float(high or low) / 100)
    except ValueError:
        message = f"{text!r}: write percentages such as 40-60"
        raise click.BadParameter(message, param_hint="--take-up") from None


def write(file: Path | None, made: Callable[[], str | bytes]) -> None:
    """Writes what is made, when a file is asked for; wholly or not at all."""
    if file is None:
        return
    content = made()
    draft = file.with_name(f".{file.name}.draft")
    try:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
        draft.replace(file)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from None
    finally:
        draft.unlink(missing_ok=True)


def printed(make: Callable[[date], bytes]) -> Callable[[], bytes]:
    """A document as `make` sets it, made today; the words of the pages are in Django."""

    def made() -> bytes:
        setup_django()
        return make(day(None))

    return made
