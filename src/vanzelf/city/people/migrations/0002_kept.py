"""People and households are not deleted by the app. So rows in bulk (memberships, verdicts of a
run) may point to them without a foreign key that checks each of a million rows one by one."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            f"REVOKE DELETE, TRUNCATE ON {table} FROM vanzelf_app",
            f"GRANT DELETE ON {table} TO vanzelf_app",
        )
        for table in ("people_person", "people_household")
    ]
