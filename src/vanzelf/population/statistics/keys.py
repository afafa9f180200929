"""Secret numbers: one for every household and person, one for every published cell."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b, sha256
from math import log

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
SHORTEST = 16
"""Bytes of a secret, at least."""
_BLOCK = 64  # bytes of ChaCha20 per step of its counter


class Secret:
    """The secret of an installation. Who has it can undo the protection: keep it as a key."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < SHORTEST:
            raise ValueError(f"the secret of the statistics has {len(secret)} bytes: use 32")
        self._secret = secret

    def record_keys(self, kind: str, numbers: NDArray[np.int64]) -> Keys:
        """A number per unit (`gezin` or `persoon`), always the same one for the same unit.

        The keystream of ChaCha20 at the place of the unit's number: nobody finds one from others.
        """
        if not len(numbers):
            return np.zeros(0, np.uint64)
        first, last = int(numbers.min()), int(numbers.max())
        if first < 0:
            raise ValueError(f"a {kind} has the number {first}: numbers count from 0")
        # Eight numbers stand in a block of the stream: begin where the lowest one stands.
        block = first * 8 // _BLOCK
        begin = block * _BLOCK // 8
        key = sha256(self._secret + kind.encode()).digest()
        nonce = block.to_bytes(8, "little") + bytes(8)
        stream = Cipher(algorithms.ChaCha20(key, nonce), mode=None).encryptor()
        drawn = np.frombuffer(stream.update(bytes(8 * (last - begin + 1))), dtype="<u8")
        return np.asarray(drawn[numbers - begin], dtype=np.uint64)

    def draws(self, *parts: str | int, count: int) -> Sequence[float]:
        """`count` numbers in (0, 1), uniform, that depend on the secret and on these parts."""
        said = "\x1f".join(str(part) for part in parts).encode()
        digest = blake2b(said, key=self._secret[:64], digest_size=8 * count).digest()
        return [
            (int.from_bytes(digest[i : i + 8], "little") + 1) / (2**64 + 2)
            for i in range(0, 8 * count, 8)
        ]


def geometric(draw: float, scale: float) -> int:
    """From 0 up, without an end: each next number exp(-1 / scale) times as likely."""
    return int(-log(draw) * scale)


def discrete_laplace(draws: Sequence[float], scale: float) -> int:
    """Around 0, to both sides without an end: the difference of two geometric numbers.

    Sources: Inusah and Kozubowski 2006; Ghosh, Roughgarden and Sundararajan 2009.
    """
    return geometric(draws[0], scale) - geometric(draws[1], scale)
