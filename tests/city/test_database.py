"""The roles of the database, on the real one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from vanzelf.city.database import advisory_lock, parameters, server
from vanzelf.city.database.server import administrator

LOGS = ("access_look", "access_looksubject")
FROZEN = ("runs_runverdict", "runs_findings", "runs_said", "runs_runchunk")


def scalar(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_app_connects_as_a_role_that_is_no_superuser(db: None) -> None:
    assert scalar("SELECT current_user") == "vanzelf_app"
    statement = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = "
    assert scalar(statement + "current_user") is False


@pytest.mark.parametrize("table", LOGS)
@pytest.mark.parametrize("verb", ["UPDATE {} SET look_id = 1", "DELETE FROM {}", "TRUNCATE {}"])
def test_log_refuses_a_change_by_the_app(database: str, table: str, verb: str) -> None:
    statement = verb.format(table)
    if table == "access_look":
        statement = statement.replace("look_id = 1", "actor = 'iemand anders'")
    with (
        psycopg.connect(database) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(statement)


@pytest.mark.parametrize("table", LOGS)
def test_log_refuses_a_change_by_the_owner(database: str, table: str) -> None:
    with (
        psycopg.connect(**parameters("owner")) as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"),
    ):
        owner.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", FROZEN)
def test_what_a_run_found_refuses_a_change(database: str, table: str) -> None:
    with (
        psycopg.connect(database) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["verdicts_explanation", "awards_decision"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_decided_and_why_refuses_a_change(database: str, table: str, verb: str) -> None:
    with (
        psycopg.connect(database) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(verb.format(table))


def test_server_logs_no_text_of_a_statement_that_fails(database: str) -> None:
    with psycopg.connect(database) as app:
        settings = [
            app.execute(f"SHOW {name}").fetchone()[0]
            for name in ("log_min_error_statement", "log_error_verbosity")
        ]
    assert settings == ["panic", "terse"]


def test_models_and_migrations_agree(database: str) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_app_makes_no_tables(database: str) -> None:
    with (
        psycopg.connect(database) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute("CREATE TABLE mine (id int)")


def test_own_server_of_an_administrator_gets_the_roles(database: str) -> None:
    admin = make_conninfo(**administrator())
    found = server._own(admin, "", "vanzelf_test_own")
    try:
        users = []
        for alias in ("default", "owner"):
            with psycopg.connect(**found[alias]) as connection_:
                users.append(connection_.execute("SELECT current_user").fetchone())
        assert users == [("vanzelf_app",), ("vanzelf_owner",)]
    finally:
        with psycopg.connect(admin, autocommit=True) as connection_:
            connection_.execute("DROP DATABASE vanzelf_test_own")


def test_own_server_with_a_plain_login_makes_nothing(database: str) -> None:
    found = server._own(database, "", "")
    assert found == {"default": conninfo_to_dict(database), "owner": {}}


def test_own_server_that_is_not_there_says_so(database: str) -> None:
    with pytest.raises(server.DatabaseError, match="DATABASE_URL cannot be reached"):
        server._own("postgresql://nobody@127.0.0.1:9/none", "", "")


def test_socket_trusts_nobody_without_a_password(database: str) -> None:
    admin = administrator()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(**{**admin, "password": "geraden", "dbname": "postgres"})


def test_advisory_lock_is_held_by_one_session(database: str) -> None:
    with psycopg.connect(database) as other, advisory_lock("a run") as held:
        statement = "SELECT pg_try_advisory_lock(hashtextextended('a run', 0))"
        taken = other.execute(statement).fetchone()
    assert (held, taken) == (True, (False,))


def test_threads_that_look_for_the_server_together_all_find_it(database: str) -> None:
    """As at the first pages after a start."""
    server._embedded.cache_clear()
    server._start.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: server.parameters("default"), range(16)))
    assert all(one == found[0] for one in found)
