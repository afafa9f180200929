"""`vanzelf retention`: what is kept how long, and taking away what is past its term."""

from __future__ import annotations

import json
import sys

import click

from vanzelf.faces.cli.django_setup import setup_django


@click.command()
@click.option("--report", "mode", flag_value="report", default=True, help="Only look (default).")
@click.option("--apply", "mode", flag_value="apply", help="Take away what is past its term.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def command(mode: str, as_json: bool) -> None:
    """Show per class of data how long it is kept and on what ground, its oldest, and what is past
    its term; with --apply bring every class back to its term first.

    Ends with 1 when anything is past its term, or could not be taken away.
    """
    setup_django()
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.retention import sweeping
    from vanzelf.faces.cli import keeping

    migrate()
    failed = False
    if mode == "apply":
        try:
            for swept in sweeping.apply():
                failed = failed or bool(swept.problem)
                click.echo(keeping.swept_line(swept), err=as_json)
        except sweeping.RetentionError as error:
            raise click.ClickException(str(error)) from None
    report = sweeping.report()
    if as_json:
        click.echo(json.dumps(report.as_data(), ensure_ascii=False, indent=1))
    else:
        keeping.show(report)
    sys.exit(1 if failed or report.past or report.missing or report.again.differs else 0)
