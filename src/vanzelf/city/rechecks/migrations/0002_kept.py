"""Of what a recheck found and asks the app only writes what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

WRITTEN = {
    "rechecks_raise": "became_id",
    "rechecks_question": "answer, closed_by_id, closed_at, closed_reason, superseded_by_id",
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("rechecks", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM vanzelf_app;"
            f"GRANT UPDATE ({columns}) ON {table} TO vanzelf_app;",
            f"GRANT UPDATE, DELETE ON {table} TO vanzelf_app",
        )
        for table, columns in WRITTEN.items()
    ]
