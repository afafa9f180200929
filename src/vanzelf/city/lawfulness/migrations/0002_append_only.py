"""What was a ground, and what was asked under it, only grows: the database refuses a change."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("lawfulness_entry", "lawfulness_sentquestion")

RIGHTS = """
REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM vanzelf_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("lawfulness", "0001_initial"), ("access", "0002_append_only")]
    operations: ClassVar = [
        migrations.RunSQL(RIGHTS.format(table=table), f"DROP TRIGGER append_only ON {table}")
        for table in TABLES
    ]
