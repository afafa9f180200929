"""The log may grow and be read. Nobody changes it: not the app by its rights, and not the owner,
who would first have to take a trigger away, which leaves a trace in the schema."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("access_look", "access_looksubject")

RIGHTS = """
REVOKE ALL ON {table} FROM vanzelf_app;
GRANT SELECT, INSERT ON {table} TO vanzelf_log;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % only grows: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_change()"),
        *(
            migrations.RunSQL(RIGHTS.format(table=table), f"DROP TRIGGER append_only ON {table}")
            for table in TABLES
        ),
    ]
