"""Runs keep what they found of everyone in columns, and the delivery instead of its members."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# The last delivery with these bytes that was there when the run was evaluated.
DELIVERY = """
UPDATE runs_run r SET
    delivery_id = (
        SELECT max(i.id) FROM people_populationimport i
        WHERE i.digest = r.population_digest
          AND i.at <= coalesce((SELECT min(c.at) FROM runs_runchunk c WHERE c.run_id = r.id),
                               r.created_at + interval '1 day')),
    personal = EXISTS (
        SELECT 1 FROM runs_runverdict v WHERE v.run_id = r.id AND v.person_id IS NOT NULL)
"""
SAID = """
INSERT INTO runs_said (texts)
SELECT reasons FROM runs_runverdict UNION SELECT missing FROM runs_runverdict
"""
FINDINGS = """
INSERT INTO runs_findings
    (run_id, number, households, persons, outcomes, cents, worth, reasons, missing)
SELECT run_id, number, array_agg(household_id ORDER BY id), array_agg(person_id ORDER BY id),
       array_agg(outcome ORDER BY id), array_agg(coalesce(amount_cents, upper_cents) ORDER BY id),
       array_agg(NULL::text ORDER BY id), array_agg(reasons_id ORDER BY id),
       array_agg(missing_id ORDER BY id)
FROM (
    SELECT v.*, r.id AS reasons_id, m.id AS missing_id,
           (dense_rank() OVER (PARTITION BY v.run_id ORDER BY v.household_id) - 1) / 5000 AS number
    FROM runs_runverdict v
    JOIN runs_said r ON r.texts = v.reasons JOIN runs_said m ON m.texts = v.missing
) found
GROUP BY run_id, number
"""
FROZEN = """
REVOKE UPDATE, DELETE, TRUNCATE ON runs_findings, runs_said FROM vanzelf_app;
SET CONSTRAINTS ALL IMMEDIATE;
"""
big = models.BigIntegerField
many = django.contrib.postgres.fields.ArrayField


class Migration(migrations.Migration):
    dependencies: ClassVar = [("runs", "0002_frozen"), ("people", "0004_presence")]
    operations: ClassVar = [
        migrations.AddField(
            "run",
            "delivery",
            models.ForeignKey(
                help_text="whose data are looked at: the presences of this delivery",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.populationimport",
            ),
        ),
        migrations.AddField(
            "run",
            "personal",
            models.BooleanField(default=False, help_text="a right of persons, not households"),
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("texts", many(models.CharField(max_length=200), unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Findings",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "run",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="runs.run",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="of the piece")),
                ("households", many(big())),
                (
                    "persons",
                    many(big(null=True), help_text="empty elements for a right of households"),
                ),
                ("outcomes", many(models.SmallIntegerField())),
                (
                    "cents",
                    many(
                        big(null=True),
                        help_text="euro cents: the amounts in money together; of an UNKNOWN what"
                        " a YES would give",
                    ),
                ),
                (
                    "worth",
                    many(
                        models.TextField(null=True),
                        help_text="per line of the amount hundredths, ? where not known; of a NO"
                        " empty",
                    ),
                ),
                ("reasons", many(big(), help_text="ids of Said")),
                ("missing", many(big(), help_text="ids of Said")),
            ],
        ),
        migrations.RunSQL([DELIVERY, SAID, FINDINGS, FROZEN], migrations.RunSQL.noop),
        migrations.DeleteModel("RunMember"),
    ]
