"""A run's preview in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vanzelf.city.runs.models import Run
    from vanzelf.city.runs.queries import Preview


def show_preview(run: Run) -> None:
    """Counts, cost, what differs, what stands out, what to read, and the hash of the list."""
    from vanzelf.city.runs.queries import preview

    found = preview(run)
    if found is None:
        raise click.ClickException(f"Run {run.pk} has no preview yet: it is {run.state}.")
    click.echo(f"Run {run.pk}: {run.regulation} on {run.on}, period {run.period} ({run.state})")
    click.echo(f"  yes {found.yes:,}   no {found.no:,}   unknown {found.unknown:,}")
    click.echo(f"  {gained(found)}")
    if recheck := run.result.get("recheck"):
        click.echo(
            f"  rechecks run {run.rechecks_id}: {recheck['more']:,} more, {recheck['raised']:,}"
            f" raised; questions: {recheck['less']:,} less, {recheck['differs']:,} other household"
        )
    if found.cost_sure_cents is not None and found.cost_bound_cents is not None:
        sure, bound = found.cost_sure_cents / 100, found.cost_bound_cents / 100
        click.echo(f"  cost of the new ones between {sure:,.2f} and {bound:,.2f} euro")
    if found.unpriced:
        click.echo(f"  {found.unpriced:,} without an amount in money, or with one not known")
    _details(found)
    click.echo(f"  dossiers to read: {found.unread} of {len(found.sample)} not read yet")
    click.echo(f"  list {found.list_hash}")


def gained(found: Preview) -> str:
    """What approval would award, and what it would not because it was awarded before."""
    text = f"{found.new:,} new, {found.covered:,} awarded already"
    return text + (f", {found.covered_partly:,} in part" if found.covered_partly else "")


def _details(found: Preview) -> None:
    for settles in found.settles[:5]:
        click.echo(f"  {settles.units:,} unknown would be settled by: {', '.join(settles.facts)}")
    for outlier in found.outliers:
        click.echo(f"  stands out: {outlier.code}, {outlier.units:,}")
    if found.previous:
        click.echo(f"  differences from run {found.previous.pk}:")
    for one in found.differences[:10]:
        turned = f"{one.before or '-'} to {one.after or '-'}"
        click.echo(f"    {turned}: {one.units:,} ({one.reason})")
    if found.breaker:
        click.echo(
            f"  BREAKER: {found.breaker.before:,} became {found.breaker.now:,}"
            f" ({found.breaker.percent} %, limit {found.breaker.limit} %)"
        )
