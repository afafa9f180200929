"""Where files go and come from, out of a YAML file that VANZELF_BULK names.

    host: ftps.example            # FTP with TLS on the same port (explicit), as To_Vip and From_Vip
    port: 21
    user: gent
    certificate: client.pem       # files are looked for beside this one
    key: client.key
    authority: authority.pem
    operation: OPVRAGEN           # the Operatie of a list
    project: vanzelf              # the ProjectIdentificator of feedback
    persons per file: 10000
    timeout: 60                   # seconds of silence
    largest file: 2000000000      # bytes
    answer within: 5              # days; who is not answered by then stays unknown
    by message: 500               # registrations to take back; when there are more, by file

The passwords stand in VANZELF_BULK_PASSWORD (of the user) and VANZELF_BULK_KEY_PASSWORD (of the
key), not in the file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vanzelf.sources.data import DataError, load_yaml
from vanzelf.sources.magda.bulk.names import FEEDBACK, MUTATIONS
from vanzelf.sources.magda.settings.tls import Tls

TEXTS = ("host", "user", "operation", "project", "to", "from", "mutations", "feedback")
NUMBERS = ("port", "persons per file", "timeout", "largest file", "answer within", "by message")
FILES = ("certificate", "key", "authority")


@dataclass(frozen=True, slots=True)
class BulkSettings:
    """How files are exchanged. `operation` and the prefixes of mutations and feedback are
    guesses: these services were not seen."""

    host: str
    port: int = 21
    user: str = "anonymous"
    password: str = field(default="", repr=False)
    tls: Tls = field(default_factory=Tls)
    to_folder: str = "To_Vip"
    from_folder: str = "From_Vip"
    operation: str = "OPVRAGEN"
    project: str = "vanzelf"
    mutations: str = MUTATIONS
    feedback: str = FEEDBACK
    persons_per_file: int = 10_000
    timeout: int = 60
    largest_file: int = 2_000_000_000
    answer_within: int = 5
    by_message: int = 500

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> BulkSettings:
        """Raises `DataError`, which says what to set."""
        env = os.environ if environment is None else environment
        named = env.get("VANZELF_BULK")
        if not named:
            raise DataError(
                "no place for files: let VANZELF_BULK name a YAML file with host, user…"
            )
        return _settings(Path(named), env)


def _settings(path: Path, env: Mapping[str, str]) -> BulkSettings:
    data = load_yaml(path)
    strange = sorted(str(name) for name in data if name not in (*TEXTS, *NUMBERS, *FILES))
    if strange:
        known = ", ".join((*TEXTS, *NUMBERS, *FILES))
        raise DataError(f"{path}: unknown: {', '.join(strange)}; what can be set: {known}")
    if "host" not in data:
        raise DataError(f"{path}: host is missing: the name of the server")
    names = {"to": "to_folder", "from": "from_folder"}
    given: dict[str, Any] = {
        names.get(name, name.replace(" ", "_")): _text(data[name], f"{path}, {name}")
        for name in TEXTS
        if name in data
    }
    given |= {
        name.replace(" ", "_"): _number(data[name], f"{path}, {name}")
        for name in NUMBERS
        if name in data
    }
    files = (_file(path, data.get(name), name) for name in FILES)
    certificate, key, authority = files
    return BulkSettings(
        **given,
        password=env.get("VANZELF_BULK_PASSWORD", ""),
        tls=Tls(certificate, key, authority, env.get("VANZELF_BULK_KEY_PASSWORD")),
    )


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"{where} is a text, not {value!r}; write it in quotes")
    return value.strip()


def _number(value: object, where: str) -> int:
    if type(value) is not int or value < 1:
        raise DataError(f"{where} is a whole number above 0: {value!r}")
    return value


def _file(path: Path, value: object, name: str) -> str | None:
    if value is None:
        return None
    found = path.parent / _text(value, f"{path}, {name}")
    if not found.is_file():
        raise DataError(f"{path}: {name}: there is no file {found}")
    return str(found)
