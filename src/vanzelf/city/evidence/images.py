"""Photos brought back to the picture itself, without reading the picture.

A photo of a phone tells where and when it was made, and with what; and a file may go on after its
picture with something else. Only the parts that make the picture are kept, as they are: nothing
is decoded, so nothing in a picture meets a decoder of ours. The way up of a photo is kept too.
JPEG: ITU-T T.81 annex B; its way up: Exif 2.32 §4.6.2; PNG: W3C PNG (third edition) §5.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

MOST_PIXELS = 100_000_000
"""A phone makes 12 to 50 million. More may be a picture that is made to fill a memory."""

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"IEND"}

_SOI, _EOI, _SOS, _APP0, _EXIF, _ADOBE = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEE
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # SOF: 4 and C are tables, 8 is reserved
_TABLES = {0xC4, 0xCC, *range(0xDB, 0xE0)}
_RESTARTS = range(0xD0, 0xD8)
_TURNED = 0x0112  # the tag of the way up: 1 to 8


class ImageError(ValueError):
    """It begins as a picture and is none, or is too large to open."""


class _Part(NamedTuple):
    marker: int
    body: bytes  # without marker and length; of the scan also what was scanned


def bare(content: bytes) -> bytes:
    """The picture alone. Raises ImageError."""
    try:
        return _bare_png(content) if content.startswith(PNG) else _bare_jpeg(content)
    except (struct.error, IndexError):
        raise ImageError("it stops halfway") from None


def _sized(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise ImageError(f"{width} by {height} pixels")


def _bare_png(content: bytes) -> bytes:
    made, at, kind = [PNG], len(PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from("!I4s", content, at)
        (check,) = struct.unpack_from("!I", content, at + 8 + length)
        if check != zlib.crc32(content[at + 4 : at + 8 + length]):
            raise ImageError("a part is damaged")
        if len(made) == 1:
            if kind != b"IHDR":
                raise ImageError("it does not begin with its size")
            _sized(*struct.unpack_from("!II", content, at + 8))
        if kind in _KEPT:
            made.append(content[at : at + 12 + length])
        at += 12 + length
    return b"".join(made)


def _bare_jpeg(content: bytes) -> bytes:
    made, turned, framed = [b"\xff\xd8"], 0, False
    for part in _parts(content):
        if part.marker in _FRAMES:
            height, width = struct.unpack_from("!HH", part.body, 1)
            _sized(width, height)
            framed = True
        elif part.marker == _EXIF:
            turned = turned or _way_up(part.body)
            continue
        elif part.marker == _APP0 and part.body.startswith(b"JFIF\0"):
            part = _Part(_APP0, part.body[:12] + b"\0\0")  # without the small picture in it
        elif part.marker == _ADOBE and part.body.startswith(b"Adobe"):
            part = _Part(_ADOBE, part.body[:12])  # how colours are told
        elif part.marker not in _TABLES and part.marker != _SOS:
            continue
        made.append(_written(part))
    if not framed:
        raise ImageError("it has no picture")
    if turned:
        made.insert(1, _written(_Part(_EXIF, _turned(turned))))
    return b"".join([*made, b"\xff\xd9"])


def _written(part: _Part) -> bytes:
    if part.marker == _SOS:
        return b"\xff\xda" + part.body
    return bytes((0xFF, part.marker)) + struct.pack("!H", len(part.body) + 2) + part.body


def _parts(content: bytes) -> Iterator[_Part]:
    """Every part until the end of the picture; what comes after that is not read."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ImageError("a part does not begin where it should")
        while content[at] == 0xFF:  # may be filled up
            at += 1
        marker, at = content[at], at + 1
        if marker == _EOI:
            return
        (length,) = struct.unpack_from("!H", content, at)
        end = at + length
        if length < 2 or end > len(content):
            raise ImageError("a part is longer than the file")
        if marker == _SOS:
            end = _scanned(content, end)
            yield _Part(marker, content[at:end])
        else:
            yield _Part(marker, content[at + 2 : end])
        at = end


def _scanned(content: bytes, at: int) -> int:
    """Where what was scanned ends: at the first marker that does not belong to it."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise ImageError("it has no end")
        after = content[at + 1]
        if after != 0 and after not in _RESTARTS and after != 0xFF:
            return at
        at += 1 if after == 0xFF else 2


def _way_up(exif: bytes) -> int:
    """1 to 8; 0 when it is not told."""
    if not exif.startswith(b"Exif\0\0"):
        return 0
    told = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(told[:2])
    if order is None:
        return 0
    try:
        (first,) = struct.unpack_from(order + "I", told, 4)
        (entries,) = struct.unpack_from(order + "H", told, first)
        for number in range(entries):
            tag, kind, count, value = struct.unpack_from(
                order + "HHIH", told, first + 2 + 12 * number
            )
            if (tag, kind, count) == (_TURNED, 3, 1):
                return int(value) if 1 <= value <= 8 else 0
    except struct.error:
        pass  # a damaged note about a photo is no reason to refuse the photo
    return 0


def _turned(way_up: int) -> bytes:
    """A note that tells the way up and nothing else."""
    entry = struct.pack(">HHIHH", _TURNED, 3, 1, way_up, 0)
    return b"Exif\0\0MM" + struct.pack(">HIH", 42, 8, 1) + entry + bytes(4)
