"""PostgreSQL: the server (embedded unless DATABASE_URL is set), its roles, COPY and locks."""

from vanzelf.city.database.copy import copy_rows, copy_table, refresh_statistics, reserve_ids
from vanzelf.city.database.locks import advisory_lock
from vanzelf.city.database.server import ensure_server, parameters

__all__ = [
    "advisory_lock",
    "copy_rows",
    "copy_table",
    "ensure_server",
    "parameters",
    "refresh_statistics",
    "reserve_ids",
]
