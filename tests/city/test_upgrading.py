"""Runs of before findings were kept in columns: after the upgrade they say the same."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from tests.city.conftest import BAGS, Town
from vanzelf.city.runs.models import Run, RunVerdict

PASS = "gent/uitpas"
UNITS = """
SELECT household_id, person_id, outcome, cents, reasons, missing FROM (
    SELECT unnest(households) AS household_id, unnest(persons) AS person_id,
           unnest(outcomes) AS outcome, unnest(cents) AS cents,
           unnest(reasons) AS reasons, unnest(missing) AS missing
    FROM {table} WHERE run_id = %s
) unit
"""


@pytest.mark.parametrize("right", [BAGS, PASS])
def test_run_of_before_keeps_what_it_found_and_whose_data_it_looked_at(
    town: Town, right: str
) -> None:
    migration = import_module("vanzelf.city.runs.migrations.0003_findings")
    run = town.evaluated(right)
    delivery, personal = run.delivery, run.personal
    listed = set(RunVerdict.objects.filter(run=run).values_list("household_id", "person_id"))
    Run.objects.filter(pk=run.pk).update(delivery=None, personal=not personal)
    with connection.cursor() as cursor:
        cursor.execute(migration.DELIVERY)
        cursor.execute("CREATE TEMPORARY TABLE made (LIKE runs_findings) ON COMMIT DROP")
        cursor.execute("ALTER TABLE made ALTER marks DROP NOT NULL")
        cursor.execute(migration.FINDINGS.replace("INTO runs_findings", "INTO made"))
        cursor.execute(UNITS.format(table="made"), [run.pk])
        made = set(cursor.fetchall())
        cursor.execute(UNITS.format(table="runs_findings"), [run.pk])
        found = {row for row in cursor.fetchall() if row[:2] in listed}
    run.refresh_from_db()
    assert (run.delivery, run.personal) == (delivery, personal)
    assert made == found
    assert len(made) == len(listed) > 0
