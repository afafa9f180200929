"""The latest verdict keeps what the findings of its run say of its amounts."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("awards", "0002_kept")]
    operations: ClassVar = [
        migrations.AddField(
            "latestverdict",
            "worth",
            models.TextField(
                help_text="as the findings of its run have it; empty: not from a run", null=True
            ),
        ),
    ]
