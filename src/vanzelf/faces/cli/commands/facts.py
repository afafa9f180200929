"""`vanzelf facts`: what the sources say of one person, on one day."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import click

from vanzelf.sources import (
    EndpointError,
    Endpoints,
    Household,
    Reading,
    gather,
    load_authorisations,
)
from vanzelf.sources.clock import BRUSSELS
from vanzelf.sources.data import DataError
from vanzelf.sources.insz import InszError, parse
from vanzelf.sources.lists import ListError, OwnList, load_folder

MEMBERS = "gezinsleden"


@click.command()
@click.argument("insz")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Day that is asked about; default: today."
)
@click.option("--purpose", default="controle", show_default=True, help="What the facts are for.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--authorisations",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar="VANZELF_AUTHORISATIONS",
    help="The authority's own authorisations.yaml; default: the invented ones for the demo.",
)
@click.option(
    "--lists",
    "lists_folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="VANZELF_LISTS",
    help="Folder with the city's own lists and lists.yaml.",
)
@click.option(
    "--test-numbers/--no-test-numbers",
    envvar="VANZELF_TEST_NUMBERS",
    default=None,
    help="Take numbers of invented persons; default: when MAGDA is a stand-in on this machine.",
)
def command(
    insz: str,
    on: datetime | None,
    purpose: str,
    as_json: bool,
    authorisations: Path | None,
    lists_folder: Path | None,
    test_numbers: bool | None,
) -> None:
    """Print what the sources say of the person with this INSZ.

    MAGDA is at VANZELF_MAGDA_URL (one service elsewhere: VANZELF_MAGDA_URL_GEEFPERSOON …).
    What is not known is null, with the reason.
    """
    now = datetime.now(BRUSSELS)
    try:
        endpoints = Endpoints.from_env(os.environ)
        allow_test = endpoints.loopback if test_numbers is None else test_numbers
        number = parse(insz, allow_test).number
        ground = load_authorisations(authorisations)
        lists: list[OwnList] = []
        if lists_folder:
            lists = load_folder(lists_folder, allow_test=allow_test)
        household = gather(
            number,
            on.date() if on else now.date(),
            purpose=purpose,
            authorisations=ground.all,
            endpoints=endpoints,
            now=now,
            lists=lists,
            everyone=False,
        )
    except InszError as error:
        raise click.BadParameter(str(error), param_hint="INSZ") from None
    except (EndpointError, DataError, ListError) as error:
        raise click.UsageError(str(error)) from None
    readings = _readings(household)
    if as_json:
        data = {name: reading.as_data() for name, reading in readings.items()}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        for name, reading in readings.items():
            click.echo(_line(name, reading))


def _readings(household: Household) -> dict[str, Reading]:
    """The facts of the person, then those of the household they belong to."""
    of_household = dict(household.readings)
    members = of_household.pop("leden")
    return {**household.person.readings, MEMBERS: members} | {
        name: reading
        for name, reading in of_household.items()
        if name not in household.person.readings
    }


def _line(name: str, reading: Reading) -> str:
    data = reading.as_data()
    value = data["value"]
    if reading.reason:
        shown = f"niet gekend ({reading.reason})"
    elif isinstance(value, bool):
        shown = "ja" if value else "nee"
    else:
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    since = f" van {data['from']}" if data["from"] else ""
    until = f" tot en met {data['until']}" if data["until"] else ""
    flags = f"  [{', '.join(reading.flags)}]" if reading.flags else ""
    return f"{name}: {shown}{since}{until}  ({reading.source}){flags}"
