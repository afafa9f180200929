"""The main job at full size: a run over every household, from preparing it to the last award."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.apart import set_up
from tests.bench.measure import Figure
from vanzelf import population, synthetic

RIGHT = "gent/huisvuilzakken"
AGAIN = "Opnieuw voor de meting, niets aan de hand."
ROUNDS = 3


def whole_city() -> Iterator[Figure]:
    """Taking in the register once; then the run, as often as the rounds say."""
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as name:
        set_up(Path(name))
        from vanzelf.city.database.migrate import migrate
        from vanzelf.city.people.domain import import_population
        from vanzelf.city.staff.domain import create_demo_staff

        folder = Path(name) / "city"
        synthetic.build().write(folder)
        migrate()
        create_demo_staff()
        begun = perf_counter()
        everyone = population.read(folder)
        taken_in = import_population(population=everyone)
        title = f"The register: {taken_in.persons:,} persons taken in"
        yield Figure(title, (perf_counter() - begun,))
        rounds = [_run() for _ in range(ROUNDS)]
        awards = f"{rounds[0][1]:,} awards for {len(everyone):,} households"
        title = f"The waste-bag run: evaluated, previewed, approved, {awards} written"
        yield Figure(title, tuple(seconds for seconds, _ in rounds), 60)


def _run() -> tuple[float, int]:
    """Seconds and awards of one run; afterwards it is withdrawn, so that the next awards again."""
    from vanzelf.city.runs import domain, queries, work
    from vanzelf.city.staff.queries import find_staff

    preparer, approver = find_staff("Lies Maes"), find_staff("An Peeters")
    begun = perf_counter()
    run = domain.prepare(regulation_id=RIGHT, on=synthetic.REFERENCE_DAY, by=preparer, queue=False)
    run = work.evaluate(run.pk)
    preview = queries.preview(run)
    if preview is None:
        raise RuntimeError(run.problem)
    for dossier in preview.sample:
        queries.dossier(dossier, preparer)
        domain.mark_read(run=run, dossier=dossier, by=preparer)
    run = domain.request_approval(run=run, by=preparer)
    run = domain.approve(run=run, by=approver, list_hash=preview.list_hash, queue=False)
    run = work.award(run.pk)
    seconds = perf_counter() - begun
    domain.withdraw(run=run, by=approver, reason=AGAIN)
    return seconds, preview.yes
