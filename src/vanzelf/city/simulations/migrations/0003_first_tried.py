"""When a delivery of the register was first tried; it stays as it was written."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

KEEP = "REVOKE UPDATE, DELETE, TRUNCATE ON simulations_firsttried FROM vanzelf_app;"
GIVE_BACK = "GRANT UPDATE, DELETE ON simulations_firsttried TO vanzelf_app;"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("simulations", "0002_kept")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="FirstTried",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "population",
                    models.CharField(
                        help_text="digest of the files of the delivery", max_length=64
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["population", "at"], name="simulations_first_tried")
                ],
            },
        ),
        migrations.RunSQL(KEEP, GIVE_BACK),
    ]
