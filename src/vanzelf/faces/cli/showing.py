"""The steps of the demonstration; what was done before is not done again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

import click

from vanzelf import rights, synthetic
from vanzelf.faces.cli.commands.serve import REAL_PEOPLE
from vanzelf.faces.cli.processes import Children, free_port

if TYPE_CHECKING:
    from vanzelf.city.awards.models import Advice
    from vanzelf.city.runs.models import Run

RIGHT = "gent/huisvuilzakken"
NEXT = "gent/schoolkorting"
QUARTER = timedelta(days=92)
PREPARER, APPROVER, CLERK = "Lies Maes", "An Peeters", "Sam De Wilde"
GIVEN = "gent/uitpas"
MARKS = {rights.Outcome.YES: "✓", rights.Outcome.NO: "–", rights.Outcome.UNKNOWN: "?"}
ASKED = "amina"  # the member of the cast whom the clerk asks about
STANDIN_PORT = 8400


@contextmanager
def step(title: str) -> Iterator[None]:
    """A line for one step, and after it the seconds that it took."""
    begun = perf_counter()
    click.secho(title, bold=True)
    yield
    click.echo(f"  ({perf_counter() - begun:.1f} s)")


def invent_city(today: date) -> None:
    """Write the invented city, as it stands today."""
    from vanzelf.city.paths import city_folder

    if (city_folder() / "persons.parquet").exists():
        return
    with step("An invented Ghent, calibrated on published figures"):
        city = synthetic.build(on=today)
        city.write(city_folder())
        counts = f"{city.persons.num_rows:,} residents, {city.households.num_rows:,} households"
        click.echo(f"  {counts}")


def prepare_city() -> None:
    """The database with its roles and tables, the staff and the register."""
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.lawfulness.domain import take_in
    from vanzelf.city.lawfulness.queries import named_file
    from vanzelf.city.paths import city_folder
    from vanzelf.city.people.domain import import_population
    from vanzelf.city.people.queries import holds_real_people
    from vanzelf.city.staff.domain import create_demo_staff
    from vanzelf.population import read

    with step("PostgreSQL: server, roles, tables"):
        migrate()
        if holds_real_people():
            raise RuntimeError(REAL_PEOPLE)
        create_demo_staff()
        take_in(file=named_file())
    with step("The register: every number encrypted, and found by a keyed index"):
        import_population(population=read(city_folder()))


def start_standin(children: Children) -> str:
    """Start a MAGDA that answers from the invented city; return its address."""
    from vanzelf.city.paths import city_folder

    port = free_port(STANDIN_PORT)
    command = [sys.executable, "-m", "vanzelf", "magda-standin"]
    children.start("magda", [*command, "--city", str(city_folder()), "--port", str(port)], {})
    address = f"http://127.0.0.1:{port}"
    children.await_address(address)
    return address


def check_everyone(today: date) -> None:
    """A run over every household: prepared, read, approved by a second person, awarded.

    A run of a right that nobody has yet is left for the visitor: to be read and approved.
    """
    from vanzelf.city.runs import domain, queries, work
    from vanzelf.city.staff.queries import find_staff

    if queries.runs():
        return
    preparer = find_staff(PREPARER)
    with step(f"Free waste bags: every household is checked, as on {today - QUARTER}"):
        run = domain.prepare(regulation_id=RIGHT, on=today - QUARTER, by=preparer, queue=False)
        run = work.evaluate(run.pk, progress=_shown())
        preview = queries.preview(run)
        if preview is None:
            raise RuntimeError(f"the run could not be evaluated: {run.problem or run.state}")
        click.echo(
            f"  yes {preview.yes:,}   not sure {preview.unknown:,}   no {preview.no:,}"
            "   (a run refuses nobody)"
        )
    with step(f"{PREPARER} reads {len(preview.sample)} files, {APPROVER} approves the frozen list"):
        for dossier in preview.sample:
            queries.dossier(dossier, preparer)
            domain.mark_read(run=run, dossier=dossier, by=preparer)
        run = domain.request_approval(run=run, by=preparer)
        run = domain.approve(
            run=run, by=find_staff(APPROVER), list_hash=preview.list_hash, queue=False
        )
    with step("The awards are written, each with its explanation"):
        work.award(run.pk, progress=_shown())
    domain.prepare(regulation_id=NEXT, on=today, by=preparer)


def check_one(today: date) -> None:
    """A clerk's question about one person, answered through real MAGDA messages; one award."""
    from vanzelf.city.awards.domain import decide, point_check
    from vanzelf.city.awards.models import PointCheck
    from vanzelf.city.staff.queries import find_staff

    if PointCheck.objects.exists():
        return
    clerk = find_staff(CLERK)
    someone = next(persona for persona in synthetic.cast() if persona.key == ASKED)
    with step(f"At the counter: {CLERK} asks MAGDA about {someone.name} ({someone.insz})"):
        advices = point_check(
            insz=someone.insz, on=today, by=clerk, reason="Vraag aan het loket (demo)"
        )
        by_right = {advice.right: advice for advice in advices}
        for right, advice in by_right.items():
            click.echo(f"  {advice.get_outcome_display():<8} {right}")
        _show_why(by_right[RIGHT])
        decide(advice=by_right[GIVEN], by=clerk, decision="award")
        click.echo(f"  {CLERK} awards {GIVEN}")


def _show_why(advice: Advice) -> None:
    """The criteria of one advice with their marks, without the data used."""
    from vanzelf.city.regulations import regulation
    from vanzelf.city.verdicts.queries import explanation

    click.echo(f"  Why, for {advice.right}:")
    for line in rights.explain(regulation(advice.right), explanation(advice) or {}):
        mark = MARKS[line.outcome] if line.outcome else "·"
        click.echo(f"    {'  ' * line.depth}{mark} {line.sentence}")


def _shown() -> Callable[[Run], None]:
    """A callback that shows a line per quarter of the work."""
    shown: set[int] = set()

    def show(run: Run) -> None:
        quarter = 4 * run.done // max(run.total, 1)
        if quarter not in shown:
            shown.add(quarter)
            click.echo(f"  {run.done:,} of {run.total:,}")

    return show
