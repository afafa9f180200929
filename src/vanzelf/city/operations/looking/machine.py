"""The database, the keys, the disk, and the register that was delivered."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from vanzelf.city import clock
from vanzelf.city.operations.finding import Area, Finding, Level, Value
from vanzelf.city.operations.looking import scanner
from vanzelf.city.paths import data_folder, keys_folder
from vanzelf.city.people.models import PopulationImport
from vanzelf.city.retention.forgetting import missing_keys
from vanzelf.city.retention.models import Sweep
from vanzelf.city.secrets import KeyringError, keyring

GIGABYTE = 10**9
LITTLE, NONE = 10 * GIGABYTE, GIGABYTE
SWEPT = timedelta(days=2)  # the terms are applied every night
OLD = timedelta(days=100)  # a register; it is delivered each quarter


def findings() -> Iterator[Finding]:
    yield from _database()
    yield _keys()
    yield _disk()
    yield _register()
    yield _terms()
    yield from scanner.findings()


def _database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database())"
        )
        version, size = cursor.fetchone()
    yield _found("database", version=version.split()[0], gigabytes=size / GIGABYTE)


def thorough() -> Iterator[Finding]:
    """What takes a second to look at in a whole city."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield _found("migrations", Level.BROKEN, count=len(missing))
    lost = missing_keys()
    if lost:
        yield _found("keys-missing", Level.BROKEN, count=len(lost))


def _keys() -> Finding:
    file = keys_folder() / "keys.json"
    try:
        keyring()
    except KeyringError as error:
        return _found("no-keys", Level.BROKEN, why=str(error))
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return _found("keys-open", Level.BROKEN, file=str(file))
    return _found("keys", file=str(file))


def _disk() -> Finding:
    free = shutil.disk_usage(data_folder()).free
    level = Level.BROKEN if free < NONE else Level.SOON if free < LITTLE else Level.WELL
    return _found("disk" if level is Level.WELL else "disk-full", level, gigabytes=free / GIGABYTE)


def _register() -> Finding:
    last = PopulationImport.objects.order_by("-pk").first()
    if last is None:
        return _found("no-register", Level.SOON)
    level = Level.SOON if clock.now() - last.at > OLD else Level.WELL
    return _found(
        "register" if level is Level.WELL else "register-old",
        level,
        at=last.at,
        persons=last.persons,
    )


def _terms() -> Finding:
    """Whether what is past its term was taken away."""
    last = Sweep.objects.filter(data_class="").order_by("-at").first()
    if last is None:
        return _found("terms-never", Level.SOON)
    if clock.now() - last.at > SWEPT or last.past:
        return _found("terms-late", Level.SOON, at=last.at, count=last.past)
    return _found("terms", at=last.at)


def _found(code: str, level: Level = Level.WELL, **values: Value) -> Finding:
    return Finding(Area.MACHINE, code, level, values)
