"""What is sealed is found by the day with which its key ends."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("verdicts", "0002_members")]
    operations: ClassVar = [
        migrations.AddIndex(
            "explanation",
            models.Index(
                fields=["key_id"], condition=Q(sealed__isnull=False), name="verdicts_sealed_until"
            ),
        ),
    ]
