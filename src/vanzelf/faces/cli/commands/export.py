"""`vanzelf export`: a regulation as a decision model that other tools open."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from vanzelf.dmn import Model
from vanzelf.dmn.writing import write
from vanzelf.faces.cli.regulations import day, day_option, one
from vanzelf.rights.export import SUMMARY, ExportError, export


@click.command()
@click.argument("regulation")
@day_option
@click.option(
    "--out", "-o", type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; default: the last part of its name, with .dmn.",
)  # fmt: skip
@click.option(
    "--dmn", "version", type=click.Choice(["1.3", "1.4", "1.5"]), default="1.3", show_default=True,
    help="The version of the standard; modellers built on dmn-js open 1.3 at most.",
)  # fmt: skip
def command(regulation: str, on: datetime | None, out: Path | None, version: str) -> None:
    """Write REGULATION as a DMN file, as it is for a check on that day.

    Tells what the standard has no words for.
    """
    _, right = one(regulation)
    try:
        exported = export(right, day(on))
    except ExportError as error:
        raise click.ClickException(str(error)) from None
    file = out or Path(f"{right.id.rpartition('/')[2]}.dmn")
    try:
        file.write_bytes(write(exported.definitions, version=version))
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from None
    asked = ", ".join(item.name for item in exported.definitions.input_data)
    click.echo(f"{file}: decision {exported.outcome!r} of {asked}")
    for remark in exported.remarks:
        click.echo(f"! {remark}")
    for warning in Model(exported.definitions).warnings:
        # What the export adds itself (functions, the summary) is meant to be null then.
        if warning.element.startswith("decision") and SUMMARY not in warning.element:
            click.echo(f"! null: {warning.element}: {warning.why}")
