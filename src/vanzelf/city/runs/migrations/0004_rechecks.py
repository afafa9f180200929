"""A run may look again at an earlier one, with the facts as they are known now."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("runs", "0003_findings")]
    operations: ClassVar = [
        migrations.AddField(
            "run",
            "rechecks",
            models.ForeignKey(
                help_text="the earlier run that is looked at again, with the facts as known now",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="runs.run",
            ),
        )
    ]
