"""The report of `vanzelf retention` as lines."""

from __future__ import annotations

import click

from vanzelf.city.retention.sweeping import Report, Swept


def swept_line(swept: Swept) -> str:
    """What went of one class, or why it could not."""
    problem = f"! {swept.problem}" if swept.problem else ""
    return f"{swept.data_class}: {swept.taken:,} taken away {problem}".rstrip()


def show(report: Report) -> None:
    """A line per class and place, and what the whole comes to."""
    for kept in report.kept:
        one = kept.data_class
        mark = "*" if one.invented else ""
        click.echo(f"{one.names['en']} ({one.kept_for('en')}{mark}, then {one.then})")
        for found in kept.found:
            oldest = f", counted from {found.oldest:%Y-%m-%d}" if found.oldest else ""
            past = f"  {found.past:,} PAST THEIR TERM" if found.past else ""
            click.echo(f"  {found.where}: {found.rows:,}{oldest}{past}")
    click.echo("* a term of our own, for the demonstration: the city sets its own")
    again = report.again
    click.echo(
        f"Decisions checked again from their own record: {again.same:,} the same,"
        f" {len(again.differs):,} otherwise; not possible: {again.forgotten:,} (values past their"
        f" term), {again.changed:,} (regulation changed since)"
    )
    for what in again.differs:
        click.echo(f"! comes out otherwise: {what}")
    if report.missing:
        click.echo(
            f"! {report.missing:,} values cannot be opened: their key is not in the folder of the"
            " keys; put back its copy"
        )
    if report.old_keys:
        click.echo(f"! {report.old_keys:,} keys of past days are there still")
    applied = f"last applied {report.last:%Y-%m-%d %H:%M}" if report.last else "never applied yet"
    click.echo(f"{report.on}: {report.past:,} past their term ({applied})")
    if report.past:
        click.echo("Run `vanzelf retention --apply`, or let `vanzelf worker` do it at night.")
