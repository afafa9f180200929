"""The main job at full size: a run over every household, from preparing it to the last award; and
every night again, after a delivery in which few people changed."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

from tests.apart import set_up
from tests.bench.measure import Figure
from vanzelf import population, synthetic

RIGHT = "gent/huisvuilzakken"
AGAIN = "Opnieuw voor de meting, niets aan de hand."
ROUNDS = 3
CHANGED = ("last_name", "increased_reimbursement", "household")


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
        rounds = [_run(withdrawn=True) for _ in range(ROUNDS)]
        awards = f"{rounds[0][1]:,} awards for {len(everyone):,} households"
        title = f"The waste-bag run: evaluated, previewed, approved, {awards} written"
        yield Figure(title, tuple(seconds for seconds, _ in rounds), 20)
        _run()
        nights = []
        for night in range(ROUNDS):
            changed = deliver_anew(folder, seed=night)
            nights.append(_run())
        title = f"The same at night: a delivery with {changed:,} persons changed taken in, then all"
        title += f" of the above; {nights[0][1]:,} new awards the first night"
        yield Figure(title, tuple(seconds for seconds, _ in nights), 5)


def deliver_anew(folder: Path, seed: int) -> int:
    """Changes one in two hundred persons in the files of a city; returns how many: a third of them
    have another name, a third gain or lose an allowance, a third move in elsewhere."""
    draw = random.Random(seed)
    file = folder / "persons.parquet"
    table = parquet.read_table(file)
    homes = parquet.read_table(folder / "households.parquet", columns=["household", "collective"])
    private = [one["household"] for one in homes.to_pylist() if not one["collective"]]
    columns = {name: table[name].to_pylist() for name in CHANGED}
    positions = table["position"].to_pylist()
    chosen = draw.sample(range(len(table)), len(table) // 200)
    for count, row in enumerate(chosen):
        if count % 3 == 0:
            columns["last_name"][row] = draw.choice(columns["last_name"])
        elif count % 3 == 1 or positions[row] == "01":  # who is the reference person stays
            columns["increased_reimbursement"][row] = not columns["increased_reimbursement"][row]
        else:
            columns["household"][row] = draw.choice(private)
    for name, values in columns.items():
        place = table.schema.get_field_index(name)
        table = table.set_column(
            place, table.schema.field(name), pa.array(values, table.schema.field(name).type)
        )
    order = np.argsort(table["household"].to_numpy(), kind="stable")
    parquet.write_table(table.take(pa.array(order)), file)
    return len(chosen)


def _run(*, withdrawn: bool = False) -> tuple[float, int]:
    """Seconds of one run, the register taken in included, and how many awards it wrote. When it is
    withdrawn afterwards, the next run awards everyone again."""
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
    awards = queries.awarded(run)
    if withdrawn:
        domain.withdraw(run=run, by=approver, reason=AGAIN)
    return seconds, awards
