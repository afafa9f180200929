"""`vanzelf approve`: ask for approval, or give it as a second person, and award."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.identity import refuse_names_for_real_people

if TYPE_CHECKING:
    from vanzelf.city.runs.models import Run
    from vanzelf.city.staff.models import StaffMember


@click.command()
@click.argument("run", type=int)
@click.option("--by", required=True, help="Who approves: someone else than who prepared.")
@click.option("--hash", "list_hash", help="Hash of the list as the preview showed it.")
@click.option("--reader", help="Who read the dossiers of the sample and asks for approval.")
@click.option("--because", default="", help="Why the breaker may be set aside.")
def command(run: int, by: str, list_hash: str | None, reader: str | None, because: str) -> None:
    """Approve RUN and award what its list says; without --hash only show the preview.

    Approval has to be asked first, by someone who read the sample: on the site, or here with
    --reader NAME, which shows the eight dossiers.
    """
    setup_django()
    from django.core.exceptions import PermissionDenied

    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.runs.models import Run
    from vanzelf.city.staff.queries import find_staff
    from vanzelf.faces.cli.previews import show_preview

    migrate()
    refuse_names_for_real_people()
    try:
        found = Run.objects.get(pk=run)
        if reader:
            found = _request(found, find_staff(reader), because)
        show_preview(found)
        if list_hash is None:
            click.echo(
                f"To approve: vanzelf approve {run} --by {shlex.quote(by)} --hash {found.list_hash}"
            )
            return
        _approve(found, find_staff(by), list_hash)
    except Run.DoesNotExist:
        raise click.ClickException(f"There is no run {run}.") from None
    except (LookupError, ValueError, PermissionDenied) as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from None


def _request(run: Run, reader: StaffMember, because: str) -> Run:
    from vanzelf.city.runs import domain, queries

    for sample in run.sample.filter(read_by=None):
        dossier = queries.dossier(sample, reader)
        verdict = dossier.verdict
        amount = "" if verdict.amount_cents is None else f", {verdict.amount_cents / 100:.2f} euro"
        click.echo(
            f"  dossier {sample.number} ({sample.kind}, {sample.why}): {len(dossier.members)}"
            f" persons, {verdict.get_outcome_display()}{amount}; {', '.join(verdict.reasons)}"
        )
        if not click.confirm("  read?", default=False):
            raise click.ClickException("Approval is asked when every dossier has been read.")
        domain.mark_read(run=run, dossier=sample, by=reader)
    return domain.request_approval(run=run, by=reader, override_reason=because)


def _approve(run: Run, by: StaffMember, list_hash: str) -> None:
    from vanzelf.city.runs import domain, work

    run = domain.approve(run=run, by=by, list_hash=list_hash, queue=False)
    with click.progressbar(length=1, label=f"Run {run.pk}: awarding") as bar:

        def progress(now: Run) -> None:
            bar.length = now.total or 1
            bar.update(now.done - bar.pos)

        run = work.award(run.pk, progress)
    if run.problem:
        raise click.ClickException(run.problem)
    click.echo(f"Run {run.pk}: {run.awards.count():,} awards, once each.")
