"""The dossiers that must be read before approval: four ordinary and four exceptional ones.

Which ones follows from the population and the run alone, so that nobody can choose.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from vanzelf.city.runs.models import Run, SampleDossier
from vanzelf.city.verdicts.models import Outcome

EACH = 4
ORDER = "md5(%(seed)s || v.household_id || '/' || coalesce(v.person_id, 0))"


def _drawn(outcome: str, join: str, order: str) -> str:
    """A query for ids of verdicts, the first ones in this order."""
    return f"""
        SELECT v.id FROM listed v {join}
        WHERE v.outcome = %({outcome})s ORDER BY {order}, {ORDER} LIMIT 16
    """  # noqa: S608 - put together from constants


SIZES = "JOIN verdicts_explanation e ON e.id = v.explanation_id"
TIMES = """
JOIN (SELECT reasons, count(*) AS times FROM listed
      WHERE outcome = %(yes)s GROUP BY reasons) reason USING (reasons)
"""
# Code and query of each way to be exceptional; the first rows that are not drawn yet are taken.
EXCEPTIONAL = (
    ("unknown", _drawn("unknown", "", "v.outcome")),
    ("large-household", _drawn("yes", SIZES, "cardinality(e.members) DESC")),
    ("high-amount", _drawn("yes", "", "v.amount_cents DESC NULLS LAST")),
    ("rare-reason", _drawn("yes", TIMES, "times")),
)
ORDINARY = _drawn("yes", "", "v.outcome")


def draw_sample(run: Run) -> None:
    """Draws the dossiers of a run that is loaded, once; fewer when there are fewer."""
    drawn: dict[int, tuple[SampleDossier.Kind, str]] = {}
    for code, query in EXCEPTIONAL:
        _take(drawn, _ids(query, run), 1, SampleDossier.Kind.EXCEPTIONAL, code)
    ordinary = list(_ids(ORDINARY, run))
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
    values: dict[str, int | str] = {
        "yes": Outcome.YES,
        "unknown": Outcome.UNKNOWN,
        "seed": f"{run.population_digest}/{run.regulation}/{run.on}/",
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return iter([row[0] for row in cursor.fetchall()])
