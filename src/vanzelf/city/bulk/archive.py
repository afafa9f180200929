"""Files as they went and came, encrypted on our disk with a key that ends with their term.

A file is frames: four bytes of length, a nonce, and AES-GCM over at most 256 KiB, bound to the
name, the place of the frame, and whether it is the last. So a frame that is missing, moved or cut
off is noticed. Nothing is ever on the disk in clear.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vanzelf.city import clock
from vanzelf.city.bulk.models import Archived
from vanzelf.city.paths import data_folder
from vanzelf.city.retention import class_of
from vanzelf.city.secrets import SealError, expiring
from vanzelf.sources.data import DataError

CLASS = "bulk-files"
FRAME = 256 * 1024
LENGTH = struct.Struct(">I")
NONCE = 12
BATCH = 200


def folder() -> Path:
    """Where they are; made when it is not there."""
    found = data_folder() / "bulk"
    found.mkdir(exist_ok=True, mode=0o700)
    return found


def keep(name: str, pieces: Iterable[bytes]) -> Archived:
    """Writes a file under a name of its own; again: replaces it. The row comes first, so that no
    file stays behind without one."""
    now = clock.now()
    term = class_of(CLASS).term
    if term is None:
        raise DataError(f"retention.yaml, {CLASS}: keep is a length of time here")
    until = term.after(now.date())
    values = {"key_id": expiring.key_id(until), "at": now, "until": until}
    archived = Archived.objects.update_or_create(name=name, defaults=values)[0]
    cipher = AESGCM(expiring.term_key(until))
    descriptor = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        for number, (piece, last) in enumerate(_frames(pieces)):
            nonce = os.urandom(NONCE)
            box = nonce + cipher.encrypt(nonce, piece, _bound(name, number, last))
            stream.write(LENGTH.pack(len(box)) + box)
        stream.flush()
        os.fsync(stream.fileno())
    return archived


def read(archived: Archived) -> Iterator[bytes]:
    """The file in clear, piece by piece. Raises SealError when it is not as it was kept."""
    try:
        cipher = AESGCM(expiring.existing_key(archived.key_id))
    except expiring.KeyGone as error:
        raise SealError(f"{archived.name}: {error}") from error
    try:
        stream = (folder() / archived.name).open("rb")
    except OSError as error:
        raise SealError(f"{archived.name}: {error.strerror}") from error
    with stream:
        number, head = 0, stream.read(LENGTH.size)
        while head:
            box = stream.read(LENGTH.unpack(head)[0])
            head = stream.read(LENGTH.size)
            bound = _bound(archived.name, number, not head)
            try:
                yield cipher.decrypt(box[:NONCE], box[NONCE:], bound)
            except (InvalidTag, ValueError) as error:
                raise SealError(f"{archived.name}: frame {number} is not as kept") from error
            number += 1
    if not number:
        raise SealError(f"{archived.name}: there is nothing in it")


def past_term(today: date) -> int:
    """How many files are kept longer than they may be."""
    return Archived.objects.filter(until__lt=today).count()


def remove_past(today: date) -> int:
    """Removes files past their term, a batch at a time; returns how many."""
    removed = 0
    while batch := list(Archived.objects.filter(until__lt=today).order_by("pk")[:BATCH]):
        for one in batch:  # the file first: a row without a file is taken again
            (folder() / one.name).unlink(missing_ok=True)
        removed += Archived.objects.filter(pk__in=[one.pk for one in batch]).delete()[0]
    return removed


def forget(archived: Archived) -> None:
    """Removes one file before its term."""
    (folder() / archived.name).unlink(missing_ok=True)
    archived.delete()


def _frames(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Pieces of one size, each with whether it is the last; at least one."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) > FRAME:
            yield bytes(waiting[:FRAME]), False
            del waiting[:FRAME]
    yield bytes(waiting), True


def _bound(name: str, number: int, last: bool) -> bytes:
    return f"bulk|{name}|{number}|{'last' if last else 'more'}".encode()
