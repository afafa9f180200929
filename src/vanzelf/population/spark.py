"""The same check on a cluster: the kernel inside Spark's tasks, households kept together.

    results = check(folder, rights.load(), on=day)

Persons and households are partitioned by runs of household numbers; each task gets the Arrow
tables of its households, lowers the regulations once per process and runs the same plan as one
machine does: one implementation, one meaning. Needs the extra `vanzelf[spark]` and a Java runtime.
"""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vanzelf.population.columns import CONTRADICTED
from vanzelf.population.kernel.right import LoweredRight, Outcome
from vanzelf.population.kernel.worth import Worth
from vanzelf.population.loading import People
from vanzelf.population.plan import Plan, lower
from vanzelf.population.results import NO, YES, Results
from vanzelf.population.tables import HOUSEHOLDS, PERSONS, InMemory, PopulationError
from vanzelf.rights import Regulations, load
from vanzelf.rights.facts import Catalogue

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MASTER = "local-cluster[2,1,1024]"
"""Two executors on this machine, each with one core and 1,024 MiB: a cluster in small."""
HOUSEHOLDS_PER_TASK = 1 << 15
LOOPBACK = "127.0.0.1"
ROWS = pa.schema(
    {
        "right": pa.int32(),  # its place among the ids, in order
        "unit": pa.int64(),
        "outcome": pa.int8(),
        "amounts": pa.list_(pa.int64()),  # in hundredths, a line each; null where not known
        "why": pa.int64(),  # the bits of uint64
    }
)
"""What a task gives back: a row per right and unit."""


def why_not() -> str | None:
    """What is missing to run Spark here, and what to do; None where nothing is."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "pyspark is not installed: pip install 'vanzelf[spark]'"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        return "no Java runtime: install openjdk-17-jre-headless, or set JAVA_HOME"
    return None


@contextmanager
def session(master: str = MASTER) -> Iterator[SparkSession]:
    """A Spark session that listens on the loopback only and ends with the block.

    Raises PopulationError where Spark or Java is not there.
    """
    missing = why_not()
    if missing is not None:
        raise PopulationError(missing)
    local = {
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "PYSPARK_PYTHON": sys.executable,
    }
    before = dict(os.environ)
    os.environ.update(local)
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": LOOPBACK,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.adaptive.enabled": "false",  # it would merge small partitions into one task
        "spark.sql.execution.arrow.maxRecordsPerBatch": "0",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master(master).appName("vanzelf")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()
        _end_gateway()
        for name in [one for one in os.environ if one.startswith(("SPARK_", "PYSPARK_"))]:
            os.environ.pop(name)  # Spark adds some of its own
        os.environ.update(before)


def _end_gateway() -> None:
    """Ends the Java process that this one started; Spark leaves it until Python ends."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    if gateway is None:
        return
    gateway.shutdown()
    process = getattr(gateway, "proc", None)
    if process is not None:
        process.stdin.close()
        process.wait(timeout=30)
    SparkContext._gateway = SparkContext._jvm = None


def check(
    folder: Path,
    regulations: Regulations,
    on: date,
    *,
    rights: tuple[str, ...] = (),
    folders: tuple[str, ...] = (),
    master: str = MASTER,
    why: bool = True,
    worth: bool = False,
) -> Results:
    """What `population.check` gives for the population in this folder: the same, row for row.

    `rights` are the ids to check, by default all; every machine of the cluster finds the
    population in `folder` and the regulations in `folders` (by default the shipped ones).
    Raises PopulationError, NotColumnar.
    """
    with session(master) as spark:
        plan = lower([regulations[one] for one in rights or regulations], on, regulations.facts)
        rows = evaluated(spark, folder, regulations, plan, folders, why=why, worth=worth)
        found = rows.orderBy("right", "unit").toArrow()
    return _results(found, plan)


def evaluated(
    spark: SparkSession,
    folder: Path,
    regulations: Regulations,
    plan: Plan,
    folders: tuple[str, ...] = (),
    *,
    why: bool = True,
    worth: bool = False,
) -> DataFrame:
    """The rows of all rights as a lazy frame of the form of ROWS, to aggregate or to write.

    `folders` is where each machine of the cluster finds the regulations; by default the shipped.
    """
    hashes = {right.id: regulations[right.id].content_hash for right in plan.rights}
    order, on, households_per_task = tuple(hashes.items()), plan.on, HOUSEHOLDS_PER_TASK

    def task(persons: pa.Table, households: pa.Table) -> pa.Table:
        return evaluate(persons, households, order, on, folders, why=why, worth=worth)

    from pyspark.sql import functions as f

    homes = pq.read_metadata(folder / HOUSEHOLDS).num_rows
    tasks = max(2, math.ceil(homes / households_per_task))
    spark.conf.set("spark.sql.shuffle.partitions", str(tasks))
    runs = f.floor(f.col("household") / households_per_task)
    frames = [
        spark.read.parquet(str(folder.resolve() / file))
        .select(*columns_of(folder / file, plan, regulations.facts))
        .groupBy(runs)
        for file in (PERSONS, HOUSEHOLDS)
    ]
    schema = "right int, unit long, outcome byte, amounts array<long>, why long"
    frame: DataFrame = frames[0].cogroup(frames[1]).applyInArrow(task, schema)
    return frame


def columns_of(file: Path, plan: Plan, catalogue: Catalogue) -> list[str]:
    """The columns of a file that the plan touches."""
    ids = {catalogue.at(key.path).id for key in plan.wanted}
    wanted = {
        "person",
        "household",
        "collective",
        "family_errors",
        *CONTRADICTED.values(),
        *(f"{one}{end}" for one in ids for end in ("", "_from", "_until")),
    }
    return [name for name in pq.read_schema(file).names if name in wanted]


def evaluate(
    persons: pa.Table,
    households: pa.Table,
    rights: tuple[tuple[str, str], ...],
    on: date,
    folders: tuple[str, ...] = (),
    *,
    why: bool = True,
    worth: bool = False,
) -> pa.Table:
    """The rows of these households and all who live there; pure, so that any task may run it."""
    plan, catalogue = _plan(rights, on, folders)
    tables = InMemory(households.sort_by("household"), persons.sort_by("person"))
    people = People(tables, catalogue)
    results = plan.run(
        people.block(plan.wanted),
        households=lambda: people.households[: people.private],
        persons=lambda: people.persons,
        why=why,
        worth=worth,
        threads=1,
    )
    parts = []
    for place, right in enumerate(results.rights):
        units, amounts = results.units(right), results.amounts(right)
        parts.append(
            pa.table(
                [
                    pa.array(np.full(len(units), place, np.int32)),
                    pa.array(units),
                    pa.array(results.outcomes(right)),
                    _lists(list(amounts.values()), len(units)),
                    pa.array(results.why(right).view(np.int64)),
                ],
                schema=ROWS,
            )
        )
    return pa.concat_tables(parts)


@cache
def _plan(
    rights: tuple[tuple[str, str], ...], on: date, folders: tuple[str, ...]
) -> tuple[Plan, Catalogue]:
    """The plan, made once per process of the cluster from the regulations installed there."""
    regulations = load(*folders, cases=False)
    for right, expected in rights:
        if right not in regulations or regulations[right].content_hash != expected:
            raise PopulationError(
                f"{right}: this machine of the cluster has another version of the regulation;"
                " install the same Vanzelf on all of them"
            )
    chosen = [regulations[right] for right, _ in rights]
    return lower(chosen, on, regulations.facts), regulations.facts


def _lists(amounts: list[tuple[Any, Any]], count: int) -> pa.Array:
    """The amounts of each unit as one list, a line each."""
    lines = len(amounts)
    values, known = np.zeros((count, lines), np.int64), np.ones((count, lines), bool)
    for place, (cents, there) in enumerate(amounts):
        values[:, place], known[:, place] = cents, there
    starts = pa.array(np.arange(count + 1, dtype=np.int32) * lines)
    return pa.ListArray.from_arrays(starts, pa.array(values.ravel(), mask=~known.ravel()))


def _results(rows: pa.Table, plan: Plan) -> Results:
    """Rows in the order of right and unit as one block of results."""
    edges = np.searchsorted(rows["right"].to_numpy(), np.arange(len(plan.rights) + 1))
    outcomes: dict[str, Outcome] = {}
    units: dict[str, NDArray[np.int64]] = {}
    for right, low, high in zip(plan.rights, edges[:-1], edges[1:], strict=True):
        here = rows.slice(low, high - low).combine_chunks()
        units[right.unit] = here["unit"].to_numpy()
        outcomes[right.id] = _outcome(here, right)
    numbers = {unit: partial(np.copy, found) for unit, found in units.items()}
    return Results(plan.on, plan.rights, [outcomes], numbers)


def _outcome(rows: pa.Table, right: LoweredRight) -> Outcome:
    found = rows["outcome"].to_numpy().astype(np.int8)
    amounts: Any = rows["amounts"].combine_chunks().flatten()
    worth = {}
    for offset, line in enumerate(right.lines):
        cents = amounts.take(pa.array(np.arange(len(found)) * len(right.lines) + offset))
        known = cents.is_valid().to_numpy(zero_copy_only=False)
        worth[line.id] = Worth(cents.fill_null(0).to_numpy(), known)
    yes, no = (int(np.count_nonzero(found == one)) for one in (YES, NO))
    return Outcome(found, yes, no, worth, rows["why"].to_numpy().view(np.uint64))
