"""Bringing the schema up to date, as its owner."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from vanzelf.city.database.server import ensure_server


def migrate() -> None:
    """Starts the server where needed and applies the migrations that are missing."""
    ensure_server()
    owner = connections["owner"]
    try:
        # Looking is quicker than Django's command, which also checks every permission.
        executor = MigrationExecutor(owner)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", database="owner", verbosity=0, interactive=False)
    finally:
        owner.close()
