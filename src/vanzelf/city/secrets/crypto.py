"""AES-GCM bound to table, column and row; HMAC-SHA-256 to find a value without opening it."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vanzelf.city.secrets.keyring import keyring

NONCE = 12


class SealError(ValueError):
    """A ciphertext cannot be opened here: moved from another row, changed, or its key is gone."""


class Sealed(NamedTuple):
    """A ciphertext (nonce, then AES-GCM's output) and the key that it is sealed with."""

    key_id: str
    ciphertext: bytes


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _place(table: str, column: str, row: int) -> bytes:
    return f"{table}|{column}|{row}".encode()


def seal(text: str, *, table: str, column: str, row: int) -> Sealed:
    """Seals `text` for one place: in another row or column it will not open."""
    return sealer(table, column)(text, row)


def sealer(table: str, column: str) -> Callable[[str, int], Sealed]:
    """Seals texts for rows of one column: the keyring is asked once, for a whole city."""
    keys = keyring()
    encrypt = _cipher(keys.seal[keys.current]).encrypt

    def sealed(text: str, row: int) -> Sealed:
        nonce = os.urandom(NONCE)
        box = encrypt(nonce, text.encode(), _place(table, column, row))
        return Sealed(keys.current, nonce + box)

    return sealed


def open_sealed(sealed: Sealed, *, table: str, column: str, row: int) -> str:
    """The text that `seal` was given for this place; raises SealError."""
    key = keyring().seal.get(sealed.key_id)
    if key is None:
        raise SealError(f"{table}.{column} row {row}: key {sealed.key_id} is not in the keyring")
    box = bytes(sealed.ciphertext)
    try:
        return _cipher(key).decrypt(box[:NONCE], box[NONCE:], _place(table, column, row)).decode()
    except InvalidTag as error:
        raise SealError(f"{table}.{column} row {row}: the ciphertext is not of this row") from error


def blind_index(text: str) -> bytes:
    """32 bytes by which an equal text is found; without the index key it tells nothing."""
    return hmac.digest(keyring().index, text.encode(), "sha256")


def blind_indexes(texts: Iterable[str]) -> list[bytes]:
    """`blind_index` of each: the keyring is asked once, which for a whole city is half the time."""
    key = keyring().index
    return [hmac.digest(key, text.encode(), "sha256") for text in texts]
