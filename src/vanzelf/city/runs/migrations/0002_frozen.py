"""What a run found is frozen: the app adds verdicts and members, and never changes them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FROZEN = ("runs_runverdict", "runs_runmember", "runs_runchunk")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("runs", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM vanzelf_app",
            f"GRANT UPDATE, DELETE ON {table} TO vanzelf_app",
        )
        for table in FROZEN
    ]
