"""`vanzelf doctor`: which sources answer, what runs out, what waits, in one page."""

from __future__ import annotations

import json
import os
import sys

import click

from vanzelf.faces.cli.django_setup import setup_django

MARKS = ("✓", "!", "✗")  # by level
COLOURS = ("green", "yellow", "red")
NOTHING = (
    "There is no installation in {folder} yet: vanzelf serve makes one (vanzelf demo: an invented "
    "city). VANZELF_DATA or DATABASE_URL may point to another."
)


class Ill(click.ClickException):
    """So broken that nothing can be looked at."""

    exit_code = 2


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option(
    "--probe/--no-probe",
    default=True,
    help="Knock at the sources now, without asking anything; else tell what the worker found.",
)
def command(as_json: bool, probe: bool) -> None:
    """Tell how this installation is doing: sources, authorisations, lists, work and machine.

    A probe opens the line to each service as a question would, and asks nothing over it. The exit
    code is 0 when all is well, 1 when something is to be done, 2 when something is broken.
    """
    _present()
    setup_django()
    from vanzelf.city.operations.condition import condition

    if probe:
        _probe()
    found = condition(thorough=True)
    if as_json:
        data = {
            "at": found.at.isoformat(),
            "level": found.level.name.lower(),
            "findings": [one.as_data() for one in found.findings],
        }
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _show(found)
    sys.exit(int(found.level))


def _present() -> None:
    """Looking must not make a database."""
    from vanzelf.city.paths import data_folder

    folder = data_folder()
    if not os.environ.get("DATABASE_URL") and not (folder / "postgres").exists():
        raise Ill(NOTHING.format(folder=folder))


def _probe() -> None:
    from django.db import DatabaseError

    from vanzelf.city.database.server import DatabaseError as NoServer
    from vanzelf.city.operations.domain import probe_sources
    from vanzelf.sources import EndpointError
    from vanzelf.sources.data import DataError

    try:
        probe_sources()
    except (DatabaseError, EndpointError, DataError):
        pass  # what is wrong is among the findings
    except NoServer as error:
        raise Ill(str(error)) from None


def _show(found: object) -> None:
    from django.utils import translation

    from vanzelf.city.operations.condition import Condition
    from vanzelf.city.operations.finding import Area
    from vanzelf.faces.look.condition import AREAS, LEVELS, told
    from vanzelf.faces.look.wording import moment

    assert isinstance(found, Condition)
    with translation.override("en"):
        state = LEVELS[found.level][1]
        click.secho(f"{state}, {moment(found.at)}", bold=True, fg=COLOURS[found.level])
        for area in Area:
            here = [told(one) for one in found.of(area)]
            if not here:
                continue
            click.secho(f"\n{AREAS[area]}", bold=True)
            for one in here:
                click.secho(f"  {MARKS[one.level]} ", fg=COLOURS[one.level], nl=False)
                click.echo(one.text)
                if one.todo:
                    click.echo(click.wrap_text(one.todo, 96, "      ", "      "))
