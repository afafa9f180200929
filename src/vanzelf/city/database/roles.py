"""The database's roles, made once with the rights of an administrator.

- `vanzelf_owner` owns the schema and runs the migrations;
- `vanzelf_app` is what the site and the workers connect as: it reads and writes rows, no more;
- `vanzelf_log` is held by the app and may add to the logs and read them; nobody may change them;
- `vanzelf_retention` may take away what is past its term: the app puts it on for that work only.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

OWNER = "vanzelf_owner"
APP = "vanzelf_app"
LOG = "vanzelf_log"
RETENTION = "vanzelf_retention"
ROLES = ((OWNER, "LOGIN"), (APP, "LOGIN"), (LOG, "NOLOGIN"), (RETENTION, "NOLOGIN"))


def ready(admin: psycopg.Connection, database: str) -> bool:
    """Whether the roles and the database are there already."""
    found = admin.execute(
        "SELECT (SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)) = %s"
        " AND EXISTS (SELECT 1 FROM pg_database WHERE datname = %s)",
        [[role for role, _ in ROLES], len(ROLES), database],
    ).fetchone()
    return bool(found and found[0])


def create_roles(admin: psycopg.Connection, passwords: dict[str, str]) -> None:
    """Makes the roles where they are missing and sets their passwords."""
    for role, options in ROLES:
        name = sql.Identifier(role)
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            admin.execute(sql.SQL("CREATE ROLE {} " + options).format(name))
        admin.execute(sql.SQL("ALTER ROLE {} NOSUPERUSER NOCREATEDB NOCREATEROLE").format(name))
        if role in passwords:
            password = sql.Literal(passwords[role])
            admin.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, password))
    admin.execute(
        sql.SQL("GRANT {} TO {}").format(sql.Identifier(LOG), sql.Identifier(APP)),
    )
    if admin.info.server_version >= 160000:  # before, a role that is held is always on
        to_put_on = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE")
        admin.execute(to_put_on.format(sql.Identifier(RETENTION), sql.Identifier(APP)))
    if admin.info.parameter_status("is_superuser") == "on":  # only they may set it
        _keep_values_out_of_the_log(admin)


def _keep_values_out_of_the_log(admin: psycopg.Connection) -> None:
    """A statement that fails is logged without its text and detail: both hold people's data."""
    for role in (OWNER, APP):
        for setting, value in (
            ("log_min_error_statement", "panic"),
            ("log_error_verbosity", "terse"),
        ):
            admin.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(
                    sql.Identifier(role), sql.Identifier(setting), sql.Literal(value)
                )
            )


def create_database(admin: psycopg.Connection, database: str) -> None:
    """Makes the database, owned by the owner; sorting is by code point, the same everywhere."""
    if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        return
    admin.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0").format(
            sql.Identifier(database), sql.Identifier(OWNER)
        )
    )


def grant(admin: psycopg.Connection) -> None:
    """Rights inside the database: what the owner makes later, the app may use as rows."""
    app, owner = sql.Identifier(APP), sql.Identifier(OWNER)
    # From PostgreSQL 17 on: to refresh the planner's statistics after a great many rows.
    maintain = ", MAINTAIN" if admin.info.server_version >= 170000 else ""
    for text in (
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE" + maintain + " ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO {app}",
    ):
        admin.execute(sql.SQL(text).format(app=app, owner=owner))
