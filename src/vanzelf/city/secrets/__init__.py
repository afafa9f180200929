"""Secrets in rows: sealed values bound to their place, and an index to find them by."""

from vanzelf.city.secrets.crypto import Sealed, SealError, blind_index, open_sealed, seal
from vanzelf.city.secrets.keyring import Keyring, KeyringError, keyring

__all__ = [
    "Keyring",
    "KeyringError",
    "SealError",
    "Sealed",
    "blind_index",
    "keyring",
    "open_sealed",
    "seal",
]
