"""Trials stay; of what was saved only the name, the note and its place in the list may change."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

KEEP = """
REVOKE UPDATE, DELETE, TRUNCATE ON simulations_trial, simulations_savedsimulation FROM vanzelf_app;
GRANT UPDATE (name, note, removed_at, removed_by_id) ON simulations_savedsimulation TO vanzelf_app;
"""
GIVE_BACK = "GRANT UPDATE, DELETE ON simulations_trial, simulations_savedsimulation TO vanzelf_app;"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("simulations", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(KEEP, GIVE_BACK)]
