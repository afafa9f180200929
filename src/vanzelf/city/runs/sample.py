"""The dossiers that must be read before approval: four ordinary and four exceptional ones.

Which ones follows from the population and the run alone, so that nobody can choose.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from vanzelf.city.runs.models import Run, SampleDossier

EACH = 4
ORDER = "md5(%(seed)s || v.household_id || '/' || coalesce(v.person_id, 0))"
SIZE = """
(SELECT count(*) FROM runs_runmember m
 WHERE m.run_id = v.run_id AND m.household_id = v.household_id)
"""
TIMES = """
(SELECT count(*) FROM runs_runverdict o
 WHERE o.run_id = v.run_id AND o.outcome = 1 AND o.reasons = v.reasons)
"""
YES = "SELECT v.id FROM runs_runverdict v WHERE v.run_id = %(run)s AND v.outcome = 1"
# Code and query of each way to be exceptional; the first rows that are not drawn yet are taken.
EXCEPTIONAL = (
    ("unknown", YES.replace("outcome = 1", "outcome = 2") + f" ORDER BY {ORDER} LIMIT 8"),
    ("large-household", YES + f" ORDER BY {SIZE} DESC, {ORDER} LIMIT 8"),
    ("high-amount", YES + f" ORDER BY v.amount_cents DESC NULLS LAST, {ORDER} LIMIT 8"),
    ("rare-reason", YES + f" ORDER BY {TIMES}, {ORDER} LIMIT 8"),
)


def draw_sample(run: Run) -> None:
    """Draws the dossiers of a run, once; fewer when there are fewer."""
    drawn: dict[int, tuple[SampleDossier.Kind, str]] = {}
    for code, query in EXCEPTIONAL:
        _take(drawn, _ids(query, run), 1, SampleDossier.Kind.EXCEPTIONAL, code)
    ordinary = list(_ids(f"{YES} ORDER BY {ORDER} LIMIT 16", run))
    _take(drawn, ordinary, EACH, SampleDossier.Kind.ORDINARY, "ordinary")
    short = 2 * EACH - len(drawn)
    _take(drawn, ordinary, short, SampleDossier.Kind.ORDINARY, "ordinary")
    in_order = sorted(drawn.items(), key=lambda item: item[1][0], reverse=True)
    SampleDossier.objects.bulk_create(
        SampleDossier(run=run, verdict_id=verdict, number=number, kind=kind, why=why)
        for number, (verdict, (kind, why)) in enumerate(in_order, start=1)
    )


def _take(
    drawn: dict[int, tuple[SampleDossier.Kind, str]],
    ids: Iterator[int] | list[int],
    count: int,
    kind: SampleDossier.Kind,
    why: str,
) -> None:
    fresh = (verdict for verdict in ids if verdict not in drawn)
    for _, verdict in zip(range(count), fresh, strict=False):
        drawn[verdict] = (kind, why)


def _ids(query: str, run: Run) -> Iterator[int]:
    seed = f"{run.population_digest}/{run.regulation}/{run.on}/"
    with connection.cursor() as cursor:
        cursor.execute(query, {"run": run.pk, "seed": seed})
        return iter([row[0] for row in cursor.fetchall()])
