"""Columns of lists in a sealed file, for the processes of one run. No Django, no database."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vanzelf.city.paths import data_folder
from vanzelf.city.secrets import keyring

NONCE = 12


@dataclass(frozen=True)
class Laid:
    """Columns by (table, name), a row per person or household in the order of the population; why
    what is not known is not, by the path of the fact; and the delivery of each list."""

    columns: dict[tuple[str, str], pa.Array]
    reasons: dict[str, str]
    lists: dict[str, int]


NOTHING = Laid({}, {}, {})


def file_of(run: int) -> Path:
    """Where what was laid for a run is."""
    return data_folder() / "laid" / f"run-{run}"


def write(laid: Laid, file: Path) -> None:
    """Writes it sealed, wholly or not at all."""
    parts = [(key, _bytes(column)) for key, column in laid.columns.items()]
    head = {
        "columns": [[table, name, len(part)] for (table, name), part in parts],
        "reasons": laid.reasons,
        "lists": laid.lists,
    }
    text = b"\n".join([json.dumps(head).encode(), b"".join(part for _, part in parts)])
    nonce = os.urandom(NONCE)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_bytes(nonce + _cipher().encrypt(nonce, text, file.name.encode()))
    draft.replace(file)


def read(file: Path) -> Laid:
    """What was laid; raises InvalidTag when the file was changed or belongs to another run."""
    box = file.read_bytes()
    text = _cipher().decrypt(box[:NONCE], box[NONCE:], file.name.encode())
    line, _, rest = text.partition(b"\n")
    head, columns, start = json.loads(line), {}, 0
    for table, name, size in head["columns"]:
        with pa.ipc.open_stream(rest[start : start + size]) as reader:
            columns[table, name] = reader.read_all()["column"].combine_chunks()
        start += size
    return Laid(columns, head["reasons"], head["lists"])


def _bytes(column: pa.Array) -> bytes:
    stream = pa.BufferOutputStream()
    table = pa.table({"column": column})
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    return bytes(stream.getvalue())


def _cipher() -> AESGCM:
    return AESGCM(bytes.fromhex(keyring().derive("lists", "laid over a run")))
