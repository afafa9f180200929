"""Keys that end: one per day, in the folder `terms` beside the keys, for what must go by that day.

    terms/2027-03-17.key    64 hex digits; seals what may be read up to and including 17 March 2027

When the day is past the file is destroyed. What was sealed with it opens nowhere any more: not in
this database, and not in a copy of it that was made before. So these files stand in no backup that
is kept longer than they are: copy the folder as it is now, over the copy that there was.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from vanzelf.city.paths import keys_folder

PREFIX = "term-"


class KeyGone(LookupError):
    """The key of this day is not there: its day is past, or its file is lost."""


def key_id(until: date) -> str:
    """The name in a row of the key that ends with this day; names sort as their days do."""
    return f"{PREFIX}{until.isoformat()}"


def ends(key: str) -> date | None:
    """The last day of a key by its name, None for a key that does not end."""
    return date.fromisoformat(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else None


def term_key(until: date) -> bytes:
    """The key that ends with this day, made when it is not there yet."""
    file = _file(until)
    if not file.exists():
        _create(file)
    return _read(file)


def existing_key(key: str) -> bytes:
    """The key by its name; raises KeyGone."""
    until = ends(key)
    assert until is not None, "asked for keys that end only"
    try:
        return _read(_file(until))
    except (OSError, ValueError) as error:
        raise KeyGone(f"key {key} is gone: what it sealed cannot be opened any more") from error


def destroy_before(today: date) -> list[date]:
    """Destroys the keys whose last day is past; returns those days."""
    past = [until for until in last_days() if until < today]
    for until in past:
        _destroy(_file(until))
    return past


def last_days() -> list[date]:
    """The days of all keys that are there, in order."""
    return sorted(date.fromisoformat(file.stem) for file in _files())


def _files() -> Iterator[Path]:
    return _folder().glob("????-??-??.key")


def _folder() -> Path:
    folder = keys_folder() / "terms"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def _file(until: date) -> Path:
    return _folder() / f"{until.isoformat()}.key"


def _read(file: Path) -> bytes:
    key = bytes.fromhex(file.read_text())
    if len(key) != 32:
        raise ValueError(f"{file}: no usable key; put back the copy")
    return key


def _create(file: Path) -> None:
    """Writes it aside and links it into place, so that two who need it agree on one key."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_hex(32))
        stream.flush()
        os.fsync(stream.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()


def _destroy(file: Path) -> None:
    """Overwrites and removes. A disk may keep old blocks: encrypt it, as docs/keeping.md says."""
    with file.open("r+b") as stream:
        stream.write(secrets.token_bytes(64))
        stream.flush()
        os.fsync(stream.fileno())
    file.unlink()
