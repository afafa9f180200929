"""`vanzelf worker`: a worker of the queues."""

from __future__ import annotations

import os

import click

from vanzelf.faces.cli.django_setup import setup_django


@click.command()
@click.option(
    "--checks",
    is_flag=True,
    help="Only the checks of the counter, which mostly wait for a source; else all the rest.",
)
def command(checks: bool) -> None:
    """Do the work that pages queue, such as runs, until it is told to stop.

    A site needs both: one worker with --checks, and one without.
    """
    setup_django()
    from vanzelf.city import jobs

    lane = jobs.CHECKS if checks else jobs.HEAVY
    os.nice(lane.nice)
    jobs.work(lane)
