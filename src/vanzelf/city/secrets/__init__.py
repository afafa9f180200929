"""Secrets in rows: sealed values bound to their place, and an index to find them by."""

from vanzelf.city.secrets.crypto import (
    ForgottenError,
    Sealed,
    SealError,
    blind_index,
    blind_indexes,
    fingerprints,
    open_sealed,
    seal,
    sealer,
)
from vanzelf.city.secrets.keyring import Keyring, KeyringError, keyring

__all__ = [
    "ForgottenError",
    "Keyring",
    "KeyringError",
    "SealError",
    "Sealed",
    "blind_index",
    "blind_indexes",
    "fingerprints",
    "keyring",
    "open_sealed",
    "seal",
    "sealer",
]
