"""Per household a digest of what was delivered, so that an import takes up only what changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

# Empty bytes are no digest: the next delivery takes up every household that was in the last one.
IN_THE_LATEST = r"""
UPDATE people_household SET delivered = '\x'
WHERE id IN (SELECT household_id FROM people_presence WHERE until_id IS NULL)
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0004_presence")]
    operations: ClassVar = [
        migrations.AddField(
            "household",
            "delivered",
            models.BinaryField(
                null=True,
                help_text="keyed digest of what the latest delivery says; empty: not in it",
            ),
        ),
        migrations.RunSQL(IN_THE_LATEST, migrations.RunSQL.noop),
    ]
