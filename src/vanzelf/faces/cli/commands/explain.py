"""`vanzelf explain`: a right in plain language, for nobody in particular."""

from __future__ import annotations

from datetime import datetime

import click

from vanzelf.faces.cli.regulations import day, day_option, language_option, one, print_sources
from vanzelf.rights import as_text, describe


@click.command()
@click.argument("regulation")
@day_option
@language_option
def command(regulation: str, on: datetime | None, language: str) -> None:
    """Print what REGULATION asks and gives, with its sources and what could not be verified."""
    _, right = one(regulation)
    lines = describe(right, language, on=right.reference_date(day(on)))
    click.echo(f"{right.name(language)}  ({right.id})")
    click.echo(right.summary(language))
    click.echo()
    click.echo(as_text(lines, language))
    for note in right.content.notes:
        click.echo(f"\n! {note[language]}")
    click.echo()
    authority = right.authority
    click.echo(
        f"unit: {right.unit}; once per: {right.content.once_per}; "
        f"reference date: {right.content.reference_rule}"
    )
    click.echo(f"{authority.names[language]}: {authority.appeal_clause[language]}")
    print_sources(right)
