"""The server starts when something first connects: not when settings are read."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from vanzelf.city.database.server import DatabaseError, parameters


class DatabaseWrapper(base.DatabaseWrapper):
    """`default` connects as the app's role, `owner` as the owner of the schema."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's own parameters, with host, user, password and database filled in."""
        found = parameters(self.alias)
        if not found:
            raise DatabaseError(
                "Migrations need the owner of the schema: set DATABASE_OWNER_URL, or give an"
                " administrator's DATABASE_URL once, so that the roles can be made."
            )
        return {**super().get_connection_params(), **found}
