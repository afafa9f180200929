"""AES-GCM bound to table, column and row; HMAC-SHA-256 to find a value without opening it; keyed
BLAKE2b to see that one changed."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vanzelf.city.secrets import expiring
from vanzelf.city.secrets.keyring import keyring

NONCE = 12
FINGERPRINT = 16


class SealError(ValueError):
    """A ciphertext cannot be opened here: moved from another row, changed, or its key is gone."""


class ForgottenError(SealError):
    """The key of a ciphertext ended with its term: nobody can open it any more."""


class Sealed(NamedTuple):
    """A ciphertext (nonce, then AES-GCM's output) and the key that it is sealed with."""

    key_id: str
    ciphertext: bytes


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _place(table: str, column: str, row: int) -> bytes:
    return f"{table}|{column}|{row}".encode()


def seal(text: str, *, table: str, column: str, row: int, until: date | None = None) -> Sealed:
    """Seals `text` for one place: in another row or column it will not open. With `until`, nor
    after that day, wherever a copy of the row may be."""
    return sealer(table, column, until=until)(text, row)


def sealer(table: str, column: str, *, until: date | None = None) -> Callable[[str, int], Sealed]:
    """Seals texts for rows of one column: the keys are asked once, for a whole city."""
    if until is None:
        keys = keyring()
        name, encrypt = keys.current, _cipher(keys.seal[keys.current]).encrypt
    else:  # not kept in memory: when the key is destroyed, it is gone
        name, encrypt = expiring.key_id(until), AESGCM(expiring.term_key(until)).encrypt

    def sealed(text: str, row: int) -> Sealed:
        nonce = os.urandom(NONCE)
        box = encrypt(nonce, text.encode(), _place(table, column, row))
        return Sealed(name, nonce + box)

    return sealed


def open_sealed(sealed: Sealed, *, table: str, column: str, row: int) -> str:
    """The text that `seal` was given for this place; raises SealError, and of these
    ForgottenError when its term is past."""
    where = f"{table}.{column} row {row}"
    box = bytes(sealed.ciphertext)
    try:
        decrypt = _opener(sealed.key_id).decrypt
        return decrypt(box[:NONCE], box[NONCE:], _place(table, column, row)).decode()
    except expiring.KeyGone as error:
        raise ForgottenError(f"{where}: {error}") from error
    except KeyError as error:
        raise SealError(f"{where}: key {sealed.key_id} is not in the keyring") from error
    except InvalidTag as error:
        raise SealError(f"{where}: the ciphertext is not of this row") from error


def _opener(key_id: str) -> AESGCM:
    if expiring.ends(key_id) is None:
        return _cipher(keyring().seal[key_id])
    return AESGCM(expiring.existing_key(key_id))


def blind_index(text: str) -> bytes:
    """32 bytes by which an equal text is found; without the index key it tells nothing."""
    return hmac.digest(keyring().index, text.encode(), "sha256")


def blind_indexes(texts: Iterable[str]) -> list[bytes]:
    """`blind_index` of each: the keyring is asked once, which for a whole city is half the time."""
    key = keyring().index
    return [hmac.digest(key, text.encode(), "sha256") for text in texts]


def fingerprints(texts: Iterable[str]) -> list[bytes]:
    """16 bytes of each text, equal for equal texts: they show that something changed, and tell
    nothing of what. Nothing is found by them, so they have a key of their own."""
    key = bytes.fromhex(keyring().derive("fingerprint", "texts"))
    digest = hashlib.blake2b
    return [digest(text.encode(), digest_size=FINGERPRINT, key=key).digest() for text in texts]
