"""Whether this installation has a database: what can be told without one does not make it."""

from __future__ import annotations

import os


def has_database() -> bool:
    from vanzelf.city.paths import data_folder

    return bool(os.environ.get("DATABASE_URL")) or (data_folder() / "postgres").exists()
