"""Who was in which household according to which delivery, made from the memberships so far."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

# A membership began with the first delivery taken in at or after the moment we knew of it, and
# ended with the first one after its last day. In a care home or cloister nobody is the reference
# person (01): that tells such a household from a private one.
SO_FAR = """
INSERT INTO people_presence (person_id, household_id, place, private, since_id, until_id)
SELECT DISTINCT ON (m.person_id, since.id)
       m.person_id, m.household_id, m.place, home.private, since.id, until.id
FROM people_membership m
JOIN people_household h ON h.id = m.household_id AND h.register_number IS NOT NULL
JOIN (SELECT household_id, bool_or(position = '01') AS private FROM people_membership
      GROUP BY household_id) home ON home.household_id = m.household_id
JOIN LATERAL (SELECT id FROM people_populationimport i WHERE i.at >= m.known_from
              ORDER BY id LIMIT 1) since ON true
LEFT JOIN LATERAL (SELECT id FROM people_populationimport i
                   WHERE i.id > since.id
                     AND (i.at AT TIME ZONE 'Europe/Brussels')::date > m.valid_until
                   ORDER BY id LIMIT 1) until ON true
WHERE m.known_until IS NULL AND (m.valid_until IS NULL OR until.id IS NOT NULL)
ORDER BY m.person_id, since.id, m.id DESC
"""
RIGHTS = """
REVOKE UPDATE, DELETE, TRUNCATE ON people_presence FROM vanzelf_app;
GRANT UPDATE (until_id) ON people_presence TO vanzelf_app;
REVOKE UPDATE, DELETE, TRUNCATE ON people_populationimport FROM vanzelf_app;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0003_members")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person",
                        "since",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "place",
                    models.PositiveSmallIntegerField(help_text="order of delivery, from 0"),
                ),
                (
                    "private",
                    models.BooleanField(help_text="not a care home, student home or cloister"),
                ),
                (
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="people.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="people.person",
                    ),
                ),
                (
                    "since",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.populationimport",
                    ),
                ),
                (
                    "until",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="the first delivery in which this is no longer so;"
                        " empty: it still is",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.populationimport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("person",),
                        name="people_present_once",
                    )
                ]
            },
        ),
        migrations.RunSQL(SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, "GRANT UPDATE, DELETE ON people_populationimport TO vanzelf_app"),
    ]
