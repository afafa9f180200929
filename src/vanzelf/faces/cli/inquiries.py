"""`vanzelf bulk ask | go-on | asked | stop`: everyone asked in stages, as little as will do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from vanzelf.faces.cli.identity import member
from vanzelf.faces.cli.regulations import one

if TYPE_CHECKING:
    from vanzelf.city.inquiries.models import Inquiry

DAY = click.DateTime(["%Y-%m-%d"])
BY = click.option("--by", default="lies.maes", show_default=True, help="Who asks or stops.")
Told = Callable[..., AbstractContextManager[None]]


def add(group: click.Group, told: Told) -> None:
    """Adds the commands to the group; `told` sets up the city and tells what cannot be done."""

    @group.command()
    @click.argument("regulation", nargs=-1, required=True)
    @click.option("--on", type=DAY, required=True, help="The day for which is asked.")
    @click.option(
        "--one-by-one", is_flag=True, help="One member of a household after the other: more stages."
    )
    @BY
    def ask(regulation: tuple[str, ...], on: datetime, one_by_one: bool, by: str) -> None:
        """Ask what the REGULATIONs need of everyone in stages: families first, then only those of
        whom an answer can still change a verdict. The worker goes on as answers come in."""
        rights = [one(name)[1].id for name in regulation]
        with told(named=True):
            from vanzelf.city.inquiries import domain

            made = domain.start(
                regulation_ids=rights,
                on=on.date(),
                by=member(by),
                at_once=not one_by_one,
                queue=False,
            )
            click.echo(f"Inquiry {made.pk} was set up.")
            _go_on(made.pk)

    @group.command("go-on")
    @click.argument("number", type=int, required=False)
    def go_on(number: int | None) -> None:
        """Go on with inquiry NUMBER, or all, as far as the answers that came in allow."""
        with told():
            from vanzelf.city.inquiries.models import Inquiry

            left = [each for each in Inquiry.objects.order_by("pk") if not each.ended]
            chosen = [each.pk for each in left if number in (None, each.pk)]
            if not chosen:
                click.echo("No inquiry waits. Begin with: vanzelf bulk ask")
            for each in chosen:
                _go_on(each)

    @group.command()
    @click.argument("number", type=int, required=False)
    def asked(number: int | None) -> None:
        """How inquiries stand; of NUMBER every stage, and what was not asked, and why."""
        with told():
            from vanzelf.city.inquiries import queries

            found = [each for each in queries.inquiries() if number in (None, each.pk)]
            if not found:
                click.echo("Nothing was asked in stages yet. Begin with: vanzelf bulk ask")
            for each in found:
                for line in _lines(each, in_full=number is not None):
                    click.echo(line)

    @group.command()
    @click.argument("number", type=int)
    @click.option("--reason", required=True, help="Why, for whoever reads it later.")
    @BY
    def stop(number: int, reason: str, by: str) -> None:
        """Stop inquiry NUMBER: nothing more is asked, what was sent is still taken in."""
        with told(named=True):
            from vanzelf.city.inquiries import domain
            from vanzelf.city.inquiries.models import Inquiry
            from vanzelf.city.reasons import ReasonError

            found = Inquiry.objects.filter(pk=number).first()
            if found is None:
                raise LookupError(f"There is no inquiry {number}: see vanzelf bulk asked")
            try:
                domain.stop(inquiry=found, by=member(by), reason=reason)
            except ReasonError as error:
                raise click.ClickException(str(error)) from None
            click.echo("Stopped. What was sent is still taken in.")


def _go_on(number: int) -> None:
    from vanzelf.city.inquiries import work
    from vanzelf.city.inquiries.models import State
    from vanzelf.city.regulations import regulation

    found = work.go_on(number, tell=click.echo)
    if not found.ended:
        click.echo(f"Inquiry {number} waits for answers: vanzelf bulk collect, then bulk go-on")
    else:
        click.echo(f"Inquiry {number}: {found.state}. See: vanzelf bulk asked {number}")
        for right in found.rights if found.state == State.DONE else ():
            if not regulation(right).advice_only:
                click.echo(f"Next: vanzelf run {right} --on {found.on}")


def _lines(inquiry: Inquiry, *, in_full: bool) -> Iterator[str]:
    from vanzelf.city.inquiries import queries

    count, whole = sum(queries.asked(inquiry).values()), sum(inquiry.everything.values())
    told = f"{count:,} of {whole:,} questions asked" if whole else f"{count:,} questions asked"
    rights = ", ".join(inquiry.rights)
    yield f"Inquiry {inquiry.pk} ({rights}, {inquiry.on}): {inquiry.state}, {told}"
    if inquiry.problem:
        yield f"  Problem: {inquiry.problem}"
    if inquiry.stopped_reason:
        yield f"  Stopped: {inquiry.stopped_reason}"
    if not in_full:
        return
    for each in queries.stages(inquiry):
        asked = ", ".join(f"{fact} {n:,}" for fact, n in sorted(each.questions.items()))
        waits = f", waits until {each.until:%Y-%m-%d %H:%M}" if each.until else ""
        yield (
            f"  Stage {each.stage.number}: {asked}; "
            f"{each.answered:,} of {each.asked:,} answered{waits}"
        )
    for why, facts in queries.left_out(inquiry).items():
        yield f"  Not asked, {why}: " + ", ".join(f"{fact} {n:,}" for fact, n in facts.items())
    if inquiry.not_by_file:
        yield "  No list can ask: " + ", ".join(inquiry.not_by_file)
