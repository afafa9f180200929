"""Small photos, made by hand, with what a phone adds to them."""

from __future__ import annotations

import struct
import zlib

SECRET = b"51.0543N 3.7174E, telefoon van An"


def png(width: int = 3, height: int = 2, *, note: bytes = b"", after: bytes = b"") -> bytes:
    """A grey picture; with a note in its text, and something behind its end."""
    rows = b"".join(b"\0" + bytes(range(width % 256)) for _ in range(height if height < 99 else 1))
    parts = [(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0))]
    if note:
        parts.append((b"tEXt", b"Comment\0" + note))
    parts += [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts) + after


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))


def jpeg(
    width: int = 8, height: int = 8, *, note: bytes = b"", way_up: int = 0, after: bytes = b""
) -> bytes:
    """One grey block: table, frame, table, scan; before these what a phone tells."""
    parts = [_segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01" + b"\x7f\x7f\x7f")]
    if note:
        parts.append(_segment(0xE1, _exif(way_up, note)))
        parts += [_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + note), _segment(0xFE, note)]
    elif way_up:
        parts.append(_segment(0xE1, _exif(way_up, b"")))
    parts += [
        _segment(0xDB, b"\0" + bytes([1] * 64)),
        _segment(0xC0, struct.pack("!BHHB", 8, height, width, 1) + b"\x01\x11\0"),
        _segment(0xC4, b"\0" + bytes([1] + [0] * 15) + b"\0"),
        _segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\0"),
        _segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x3f\xff\0\xff\xd0\x3f",
    ]
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xd9" + after


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack("!H", len(body) + 2) + body


def _exif(way_up: int, note: bytes) -> bytes:
    """Little-endian, as most phones write it: who made it, and then the way up."""
    entries = [struct.pack("<HHII", 0x010F, 2, len(note), 38)]
    entries.append(struct.pack("<HHIHH", 0x0112, 3, 1, way_up, 0))
    table = struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)
    return b"Exif\0\0II" + struct.pack("<HI", 42, 8) + table + note
