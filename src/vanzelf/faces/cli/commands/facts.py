"""`vanzelf facts`: what the sources say of one person, on one day."""

from __future__ import annotations

import json
from datetime import datetime

import click

from vanzelf.faces.cli.asking import Asking, asking_options
from vanzelf.faces.cli.regulations import day, one
from vanzelf.sources import Household, Reading

MEMBERS = "gezinsleden"


@click.command()
@click.argument("insz")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Day that is asked about; default: today."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--flags", is_flag=True, help="With --json: also what was odd about an answer.")
@click.option("--right", "regulation", help="Ask only what can change the verdict on this right.")
@asking_options
def command(
    insz: str,
    on: datetime | None,
    as_json: bool,
    flags: bool,
    regulation: str | None,
    asking: Asking,
) -> None:
    """Print what the sources say of the person with this INSZ.

    With --right, others of the household are asked about too where that right needs it; only what
    they give is not printed. What was left out, and why, is told beside it.

    MAGDA is at VANZELF_MAGDA_URL (one service elsewhere: VANZELF_MAGDA_URL_GEEFPERSOON …).
    What is not known is null, with the reason.
    """
    household = _asked(insz, on, regulation, asking)
    readings = _readings(household)
    if as_json:
        data = {name: reading.as_data() for name, reading in readings.items()}
        if flags:
            data = {name: data[name] | {"flags": list(readings[name].flags)} for name in data}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        for name, reading in readings.items():
            click.echo(_line(name, reading))
        asking.tell_refused(household)
    asking.tell_not_needed(household)


def _asked(insz: str, on: datetime | None, regulation: str | None, asking: Asking) -> Household:
    if regulation is None:
        return asking.household(insz, on.date() if on else None, everyone=False)
    _, right = one(regulation)
    checked_on = day(on)
    return asking.household(
        insz, right.reference_date(checked_on), right=right, checked_on=checked_on
    )


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
