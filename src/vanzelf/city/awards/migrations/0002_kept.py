"""What was decided, and on what ground, is written once: the app takes nothing of it away."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

WRITTEN_ONCE = ("verdicts_explanation", "awards_decision")
NOT_DELETED = ("awards_award", "awards_advice", "awards_pointcheck")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("awards", "0001_initial"), ("verdicts", "0002_members")]
    operations: ClassVar = [
        *(
            migrations.RunSQL(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM vanzelf_app",
                f"GRANT UPDATE, DELETE ON {table} TO vanzelf_app",
            )
            for table in WRITTEN_ONCE
        ),
        *(
            migrations.RunSQL(
                f"REVOKE DELETE, TRUNCATE ON {table} FROM vanzelf_app",
                f"GRANT DELETE ON {table} TO vanzelf_app",
            )
            for table in NOT_DELETED
        ),
    ]
