"""Rechecks in a terminal: earlier runs again, with the facts as the sources know them now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from vanzelf.faces.cli.effects import table

if TYPE_CHECKING:
    from vanzelf.city.runs.models import Run
    from vanzelf.city.staff.models import StaffMember

COLUMNS = {
    "more": "more",
    "raised": "raised",
    "less": "less",
    "differs": "household differs",
    "unknown": "still unknown",
}


def recheck(regulation: str | None, since: date, by: StaffMember) -> None:
    """Rechecks every finished run from `since` on, and shows by period what would change."""
    from vanzelf.city.rechecks import preparing

    runs = preparing.prepare(since=since, by=by, regulation_id=regulation)
    if not runs:
        what = f" of {regulation}" if regulation else ""
        click.echo(f"There is no finished run{what} on or after {since}: nothing to recheck.")
        return
    done = [_evaluated(run) for run in runs]
    _show(done, since)


def _evaluated(run: Run) -> Run:
    from vanzelf.city.runs import work
    from vanzelf.city.runs.models import State

    label = f"Run {run.pk}: {run.regulation} on {run.on} again"
    with click.progressbar(length=1, label=label, show_eta=True) as bar:

        def progress(now: Run) -> None:
            bar.length = now.total or 1
            bar.update(now.done - bar.pos)

        run = work.evaluate(run.pk, progress)
        bar.update((bar.length or 0) - bar.pos)
    if run.state == State.FAILED:
        raise click.ClickException(run.problem)
    if "recheck" not in run.result:
        raise click.ClickException(f"Run {run.pk} is being worked on elsewhere: try again later.")
    return run


def _show(runs: list[Run], since: date) -> None:
    click.echo(f"Runs from {since} on, with the facts as they are known now:")
    heads = ["right", "period", "on", "run", *COLUMNS.values()]
    table(heads, [_row(run) for run in runs])
    found: dict[str, Any] = {
        name: sum(run.result["recheck"][name] for run in runs) for name in (*COLUMNS, "gone")
    }
    if found["gone"]:
        click.echo(f"{found['gone']:,} are no longer in the register: nothing is said about them.")
    for run in (run for run in runs if run.result["recheck"].get("other_rules")):
        click.echo(
            f"Run {run.pk}: {run.regulation} was changed after run {run.rechecks_id}; what differs"
            " may come of that, and not of the facts."
        )
    if found["less"] + found["differs"]:
        asked = found["less"] + found["differs"]
        wait = "question waits" if asked == 1 else "questions wait"
        click.echo(f"{asked:,} {wait} for a person, on the site under Vragen.")
    proposing = [run for run in runs if run.result["new"]]
    if not proposing:
        click.echo("Nothing more is to be awarded.")
    for run in proposing:
        click.echo(f"Next, by someone else: vanzelf approve {run.pk} --by NAME")


def _row(run: Run) -> list[str]:
    found = run.result["recheck"]
    figures = [f"{found[name]:,}" for name in COLUMNS]
    return [run.regulation, run.period, f"{run.on}", str(run.pk), *figures]
