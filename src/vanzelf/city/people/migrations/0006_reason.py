"""A delivery that is much smaller than the one before says who took it in, and why."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("people", "0005_delivered"),
        ("staff", "0003_privacy"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="populationimport",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="populationimport",
            name="reason",
            field=models.TextField(blank=True, help_text="why a much smaller delivery is right"),
        ),
    ]
