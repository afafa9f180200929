"""The keys, outside the database: `keys.json` in the keys' folder, readable by its owner only.

    {"current": "k1", "seal": {"k1": "<64 hex>"}, "index": "<64 hex>", "derive": "<64 hex>"}

`seal` may hold older keys, to open what they sealed; `current` names the one that seals now.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from vanzelf.city.paths import keys_folder


class KeyringError(RuntimeError):
    """The keys are missing or unreadable; the message names the file."""


@dataclass(frozen=True)
class Keyring:
    """The keys of an installation. Each purpose has its own."""

    current: str
    seal: dict[str, bytes] = field(repr=False)
    index: bytes = field(repr=False)
    derived: bytes = field(repr=False)

    def derive(self, purpose: str, name: str) -> str:
        """A secret text for one purpose and name, always the same for these keys."""
        return hmac.digest(self.derived, f"{purpose}|{name}".encode(), "sha256").hex()


def keyring() -> Keyring:
    """The keys of this installation, made at the first start."""
    # Asked for every number that is sealed, so the file system is asked only once.
    return _read(os.environ.get("VANZELF_KEYS"), os.environ.get("VANZELF_DATA"))


@cache
def _read(keys: str | None, data: str | None) -> Keyring:
    file = keys_folder() / "keys.json"
    if not file.exists():
        _create(file)
    try:
        stored: dict[str, Any] = json.loads(file.read_text())
        return Keyring(
            current=stored["current"],
            seal={name: bytes.fromhex(key) for name, key in stored["seal"].items()},
            index=bytes.fromhex(stored["index"]),
            derived=bytes.fromhex(stored["derive"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise KeyringError(f"{file}: no usable keys ({error}); put back the copy") from error


def _create(file: Path) -> None:
    """Writes new keys aside and links them into place, so that two starters agree on one file."""
    keys = {
        "current": "k1",
        "seal": {"k1": secrets.token_hex(32)},
        "index": secrets.token_hex(32),
        "derive": secrets.token_hex(32),
    }
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        json.dump(keys, stream, indent=1)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # another process was first: its keys hold
    finally:
        draft.unlink()
