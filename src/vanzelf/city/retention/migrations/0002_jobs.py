"""A job that goes is unlinked from its schedule by a trigger, with the rights of who takes it."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("retention", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(
            "GRANT UPDATE (job_id) ON procrastinate_periodic_defers TO vanzelf_retention",
            "REVOKE UPDATE (job_id) ON procrastinate_periodic_defers FROM vanzelf_retention",
        )
    ]
