"""Findings tell of an UNKNOWN whether anything else became known."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("runs", "0004_rechecks")]
    operations: ClassVar = [
        migrations.AddField(
            "findings",
            "marks",
            django.contrib.postgres.fields.ArrayField(
                models.BinaryField(null=True),
                default=list,
                help_text="of an UNKNOWN a keyed digest of all that is known of it; of others"
                " empty",
            ),
        ),
    ]
