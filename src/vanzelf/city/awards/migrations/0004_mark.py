"""The latest verdict keeps by what its run would see that something else became known."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("awards", "0003_worth")]
    operations: ClassVar = [
        migrations.AddField(
            "latestverdict",
            "mark",
            models.BinaryField(help_text="as the findings of its run have it", null=True),
        ),
    ]
