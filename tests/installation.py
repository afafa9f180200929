"""An installation to test against: the real server, embedded, in a folder of its own.

A `conftest.py` that needs the database says so in one line:

    from tests.installation import *

and its tests ask for a fixture: `db` (everything a test writes is rolled back), `committed_db`
(what is written is committed, and every table is emptied after the test), or `database` (no more
than a migrated database). Under xdist every worker has an installation of its own: tests destroy
keys, and keep files by names that others use as well. The server ends, and its folder goes, with
the last process that uses it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg
import pytest

__all__ = ["committed_db", "database", "db"]

# Short, because the path of a Unix socket has room for some hundred characters.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}")[:8]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
FOLDER = Path(tempfile.gettempdir()) / f"vz-{RUN}-{WORKER}"

os.environ.update(
    DJANGO_SETTINGS_MODULE="vanzelf.site.settings",
    VANZELF_DATA=str(FOLDER),
    VANZELF_DATABASE=f"vanzelf_test_{WORKER}",
    VANZELF_DATABASE_END="delete",
    VANZELF_DEMO="1",
    VANZELF_PROCESSES="1",  # for a small city, starting processes costs more than it brings
)
for _name in ("VANZELF_KEYS", "VANZELF_CITY", "VANZELF_MAGDA_URL"):
    os.environ.pop(_name, None)
django.setup()


@atexit.register  # before the server registers its own, and so after that one
def _tidy() -> None:
    if not (FOLDER / "postgres").exists():
        shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """A migrated database for this worker; gives the app's dsn."""
    from django.db import connections

    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.database.server import ensure_server

    dsn = ensure_server()
    with _admin() as admin:
        admin.execute("ALTER SYSTEM SET fsync = off")  # nothing here outlives the test
        admin.execute("SELECT pg_reload_conf()")
    migrate()
    yield dsn
    for connection in connections.all():
        connection.close()
        connection.close_pool()


@pytest.fixture
def db(database: str) -> Iterator[None]:
    """The database for one test; what it writes is rolled back."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def committed_db(database: str) -> Iterator[str]:
    """The database for a test that commits, or looks from several processes; emptied after it."""
    yield database
    empty()


def empty() -> None:
    """Empties every table, the append-only ones too: as administrator, with triggers off."""
    with _admin(os.environ["VANZELF_DATABASE"]) as admin:
        tables = admin.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename NOT IN"
            " ('django_migrations', 'django_content_type', 'auth_permission')"
        ).fetchone()
        admin.execute("SET session_replication_role = replica")
        admin.execute("TRUNCATE " + tables[0] + " RESTART IDENTITY CASCADE")


def _admin(database: str = "postgres") -> psycopg.Connection:
    from vanzelf.city.database.server import administrator

    return psycopg.connect(**{**administrator(), "dbname": database}, autocommit=True)
