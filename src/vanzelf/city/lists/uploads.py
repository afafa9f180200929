"""A file that waits for the worker: in sealed pieces, of which nothing opens after a day."""

from __future__ import annotations

import base64
from datetime import timedelta

from vanzelf.city import clock, secrets
from vanzelf.city.database import copy_rows, reserve_ids
from vanzelf.city.lists.models import Delivery, UploadPiece

TABLE, COLUMN = "lists_uploadpiece", "ciphertext"
PIECE = 2**20
"""Bytes of a piece."""
KEPT_DAYS = 1
"""So long it waits at most; it goes as soon as it was read."""


def keep(delivery: Delivery, data: bytes) -> None:
    """Seals the file and writes it, in the caller's transaction."""
    pieces = [data[start : start + PIECE] for start in range(0, len(data), PIECE)] or [b""]
    seal = secrets.sealer(TABLE, COLUMN, until=clock.today() + timedelta(days=KEPT_DAYS))
    copy_rows(
        TABLE,
        ("id", "delivery_id", "ciphertext", "key_id"),
        ("int8", "int8", "bytea", "text"),
        (
            (number, delivery.pk, *reversed(seal(base64.b64encode(piece).decode(), number)))
            for number, piece in zip(reserve_ids(TABLE, len(pieces)), pieces, strict=True)
        ),
    )


def opened(delivery: Delivery) -> bytes:
    """The file as it was handed in. Raises `SealError`, and of these `ForgottenError` after its
    term."""
    found = UploadPiece.objects.filter(delivery=delivery).order_by("pk")
    return b"".join(base64.b64decode(_text(one)) for one in found.iterator(chunk_size=8))


def remove(delivery: Delivery) -> None:
    """Nothing of the file stays."""
    UploadPiece.objects.filter(delivery=delivery).delete()


def _text(one: UploadPiece) -> str:
    sealed = secrets.Sealed(one.key_id, bytes(one.ciphertext))
    return secrets.open_sealed(sealed, table=TABLE, column=COLUMN, row=one.pk)
