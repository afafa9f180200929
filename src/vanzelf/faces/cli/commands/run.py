"""`vanzelf run`: check a regulation over everyone, in the foreground."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.identity import member, refuse_names_for_real_people
from vanzelf.faces.cli.rechecks import recheck
from vanzelf.faces.cli.regulations import one

if TYPE_CHECKING:
    from vanzelf.city.runs.models import Run

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("regulation", required=False)
@click.option("--on", type=DAY, help="The day for which is checked.")
@click.option(
    "--recheck-from",
    type=DAY,
    help="Look again at the finished runs on this day or later (of REGULATION, or of all).",
)
@click.option(
    "--city",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the population; default: the one of this installation.",
)
@click.option("--by", default="lies.maes", show_default=True, help="Who prepares the run.")
@click.option("--resume", is_flag=True, help="Take up the last unfinished run of this day.")
def command(
    regulation: str | None,
    on: datetime | None,
    recheck_from: datetime | None,
    city: Path | None,
    by: str,
    resume: bool,
) -> None:
    """Check REGULATION over the whole city and show what it would give.

    A run that was interrupted goes on where it was with --resume; one that was approved is then
    awarded. Nothing is awarded before a second person approves: vanzelf approve.

    When a source corrected the past, --recheck-from shows whose verdict changes for which period:
    more is proposed for approval, less becomes a question for a person, on the site.
    """
    if (on is None) == (recheck_from is None) or (recheck_from and resume):
        raise click.UsageError("Give the day of a run with --on, or --recheck-from a day.")
    if on is not None and regulation is None:
        raise click.UsageError("Which regulation? Only --recheck-from works for all of them.")
    right = one(regulation)[1].id if regulation else None
    if city is not None:
        os.environ["VANZELF_CITY"] = str(city.resolve())
    setup_django()
    from django.core.exceptions import PermissionDenied

    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.people.register import RegisterError
    from vanzelf.city.runs.states import NotNow
    from vanzelf.population import PopulationError

    migrate()
    if not resume:  # which names nobody
        refuse_names_for_real_people()
    try:
        if recheck_from is not None:
            recheck(right, recheck_from.date(), member(by))
        elif right is not None and on is not None:
            _work(_unfinished(right, on) if resume else _prepared(right, on, by))
    except (LookupError, NotNow, PermissionDenied, PopulationError, RegisterError) as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from None


def _prepared(regulation: str, on: datetime, by: str) -> Run:
    from vanzelf.city.runs import domain

    return domain.prepare(regulation_id=regulation, on=on.date(), by=member(by), queue=False)


def _unfinished(regulation: str, on: datetime) -> Run:
    from vanzelf.city.runs.queries import unfinished

    run = unfinished(regulation, on.date())
    if run is None:
        raise click.ClickException(f"No run of {regulation} on {on:%Y-%m-%d} is unfinished.")
    return run


def _work(run: Run) -> None:
    from vanzelf.city.runs import work
    from vanzelf.city.runs.models import State
    from vanzelf.faces.cli.previews import show_preview

    awarding = run.state in {State.APPROVED, State.AWARDING}
    label = f"Run {run.pk}: {'awarding' if awarding else 'evaluating'} {run.regulation}"
    with click.progressbar(length=1, label=label, show_eta=True) as bar:

        def progress(now: Run) -> None:
            bar.length = now.total or 1
            bar.update(now.done - bar.pos)

        run = (work.award if awarding else work.evaluate)(run.pk, progress)
        bar.update((bar.length or 0) - bar.pos)
    if run.state == State.FAILED:
        raise click.ClickException(run.problem)
    if awarding:
        click.echo(f"Run {run.pk}: {run.awards.count():,} awards.")
    else:
        show_preview(run)
        click.echo(f"Next, by someone else: vanzelf approve {run.pk} --by NAME")
