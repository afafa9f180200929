"""`vanzelf lists`: the city's own lists, looked at, taken in and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.identity import refuse_names_for_real_people
from vanzelf.faces.cli.models.columns import columns

if TYPE_CHECKING:
    from vanzelf.city.lists.models import Delivery

DAY = click.DateTime(["%Y-%m-%d"])
FIRST = 10
BY = click.option("--by", required=True, help="Who delivers it, or takes it in.")


@click.group()
def command() -> None:
    """The city's own lists: CSV, Excel or a view, with a declared layout."""


@command.command("show")
def show() -> None:
    """How every list stands: in use until when, or not there."""
    _ready()
    from vanzelf.city import clock
    from vanzelf.city.lists.queries import standings

    rows: list[tuple[str, ...]] = [("list", "of", "counts up to", "days left", "delivery")]
    for one in standings():
        left, number = one.days_left(clock.today()), one.delivery.pk if one.delivery else "folder"
        told = (one.as_of, one.last_day, left, number) if one.known else ("-", "-", "-", "none")
        rows.append((one.layout.name, *map(str, told)))
    for line in columns(rows, indent=""):
        click.echo(line)


@command.command("layout")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def layout(file: Path) -> None:
    """Check a declared layout; tells all that is wrong with it."""
    from vanzelf.sources.data import DataError
    from vanzelf.sources.lists import read_layout

    try:
        found = read_layout(file)
    except DataError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{found.name}: {found.format}, {', '.join(found.facts)}")


@command.command("check")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mistakes", type=click.Path(dir_okay=False, path_type=Path), help="Write all here.")
@click.option("--test-numbers", is_flag=True, help="Take numbers of invented persons.")
def check(name: str, file: Path, mistakes: Path | None, test_numbers: bool) -> None:
    """Check FILE for list NAME, without keeping anything: exit code 1 when there are mistakes."""
    from vanzelf.city.lists.layouts import layout as find
    from vanzelf.sources.data import DataError
    from vanzelf.sources.lists import check_file
    from vanzelf.sources.lists.problems import table

    try:
        found = check_file(file.read_bytes(), file.name, find(name), allow_test=test_numbers)
    except (LookupError, ValueError, DataError) as error:
        raise click.ClickException(str(error.args[0])) from None
    click.echo(f"{found.read:,} rows, {len(found.problems):,} mistakes")
    _tell([str(one) for one in found.problems])
    if mistakes:
        rows = ((one.row, one.column, one.message) for one in found.problems)
        mistakes.write_text(table(("row", "column", "what to do"), rows), encoding="utf-8")
    if found.problems:
        raise SystemExit(1)


@command.command("deliver")
@click.argument("name")
@click.argument("file", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--as-of", type=DAY, help="The day of the list; of a view that is today.")
@click.option("--complete/--partial", default=None, help="Who is not on it, does not have it.")
@BY
def deliver(
    name: str, file: Path | None, as_of: datetime | None, complete: bool | None, by: str
) -> None:
    """Deliver FILE for list NAME (or read its view) and show what it would change.

    Nothing is in use before `vanzelf lists take`.
    """
    if complete is None:
        raise click.UsageError("Say who is on the list: --complete (everyone) or --partial.")
    if file is not None and as_of is None:
        raise click.UsageError("Say of which day the list is, with --as-of.")
    _ready(names=True)
    from vanzelf.city.lists import domain, reading
    from vanzelf.city.staff.queries import find_staff

    with _told():
        staff = find_staff(by)
        if file is None or as_of is None:
            found = domain.read_view(name=name, complete=complete, by=staff, queue=False)
        else:
            found = domain.deliver(
                name=name,
                data=file.read_bytes(),
                file_name=file.name,
                as_of=as_of.date(),
                complete=complete,
                by=staff,
                queue=False,
            )
        _show(reading.read(found.pk, _looked_at))


@command.command("take")
@click.argument("delivery", type=int)
@BY
@click.option("--because", default="", help="Why the list is right, where that is asked.")
def take(delivery: int, by: str, because: str) -> None:
    """Take DELIVERY in: checks and runs use it from now on."""
    _ready(names=True)
    from vanzelf.city.lists import domain
    from vanzelf.city.lists.models import Delivery
    from vanzelf.city.staff.queries import find_staff

    with _told():
        found = Delivery.objects.get(pk=delivery)
        domain.take_in(delivery=found, by=find_staff(by), reason=because)
        click.echo(f"{found.name} of {found.as_of} is in use.")


@command.command("undo")
@click.argument("delivery", type=int)
@BY
@click.option("--because", required=True, help="Why the list before it has to come back.")
def undo(delivery: int, by: str, because: str) -> None:
    """Take DELIVERY back: the one before it is in use again."""
    _ready(names=True)
    from vanzelf.city.lists import domain
    from vanzelf.city.lists.models import Delivery
    from vanzelf.city.staff.queries import find_staff

    with _told():
        found = Delivery.objects.get(pk=delivery)
        before = domain.undo(delivery=found, by=find_staff(by), reason=because)
        now = f"that of {before.as_of}" if before else "no delivery"
        click.echo(f"{found.name}: {now} is in use again.")


@contextmanager
def _told() -> Iterator[None]:
    """Refusals as click tells them."""
    from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

    from vanzelf.city.runs.states import NotNow
    from vanzelf.sources.data import DataError

    refused = (LookupError, ValueError, PermissionDenied, DataError, ObjectDoesNotExist, NotNow)
    try:
        yield
    except refused as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from None


def _ready(*, names: bool = False) -> None:
    setup_django()
    from vanzelf.city.database.migrate import migrate

    migrate()
    if names:
        refuse_names_for_real_people()


def _show(found: Delivery) -> None:
    from vanzelf.city.lists.models import State
    from vanzelf.city.lists.previewing import problems
    from vanzelf.city.lists.queries import doubts

    ground = ", ".join(found.grounds) or "no authorisation"
    click.echo(f"delivery {found.pk}: {found.read:,} rows, {found.kept:,} kept, on {ground}")
    if found.state != State.PREVIEW:
        _tell([str(one) for one in problems(found)])
        raise click.ClickException("Nothing was taken in: correct the list and deliver it again.")
    for kind in ("new", "ended", "changed", "same"):
        for fact, count in sorted(found.differences[kind].items()):
            click.echo(f"  {kind:<8} {fact:<32} {count:>9,}")
    because = " --because …" if (why := doubts(found)) else ""
    if why:
        click.echo(f"It asks for a reason: {', '.join(why)}.")
    click.echo(f"To use it: vanzelf lists take {found.pk} --by …{because}")


def _looked_at(rows: int) -> None:
    click.echo(f"\r{rows:,} rows looked at", nl=False, err=True)


def _tell(problems: list[str]) -> None:
    for problem in problems[:FIRST]:
        click.echo(f"  {problem}")
    if len(problems) > FIRST:
        click.echo(f"  and {len(problems) - FIRST:,} more")
