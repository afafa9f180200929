"""Reading long XML of strangers piece by piece: no DTD, no entities, nothing big at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, cast

from lxml import etree

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.xml import Element, UnreadableXml

MAX_RECORD = 1_000_000
"""Bytes between one record and the next; who sends more wants our memory."""

_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


class _Source:
    """Pieces of bytes as the file that lxml reads; refuses what we do not take."""

    def __init__(self, pieces: Iterable[bytes], limit: int) -> None:
        self._pieces = filter(None, pieces)
        self._limit = limit
        self._left, self._tail = b"", b""
        self._total = 0
        self.since = 0  # bytes since the last record

    def read(self, size: int = -1) -> bytes:
        piece = self._left or next(self._pieces, b"")
        size = len(piece) if size < 0 else size
        now, self._left = piece[:size], piece[size:]
        self._check(now)
        return now

    def _check(self, now: bytes) -> None:
        self._total += len(now)
        self.since += len(now)
        if self._total > self._limit:
            raise UnreadableXml(f"the file is larger than {self._limit} bytes")
        if self.since > MAX_RECORD + len(now):
            raise UnreadableXml(f"one record is larger than {MAX_RECORD} bytes")
        seen = self._tail + now
        if any(mark in seen for mark in _DECLARATIONS):
            raise UnreadableXml("the file has a DTD or entities")
        self._tail = seen[-len(_DECLARATIONS[0]) :]


def records(
    pieces: Iterable[bytes], root: str, names: Iterable[str], limit: int
) -> Iterator[tuple[str, Element]]:
    """The elements with these local names, in order, each with what is in it; then it is let go.

    `root` is what the file must be, `limit` its size in bytes. Raises `UnreadableXml`: also in
    the middle, when a file was cut short; what came before is then no whole file.
    """
    source = _Source(pieces, limit)
    begun = False
    try:
        parser = etree.iterparse(
            cast("IO[bytes]", source),
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in (root, *names)],
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in parser:
            name = xml.local(element)
            if not begun and (name != root or element.getparent() is not None):
                break
            begun = True
            if event == "end" and name != root:
                source.since = 0
                yield name, element
                _let_go(element)
    except etree.XMLSyntaxError as error:
        raise UnreadableXml(f"the file is not whole XML: {error.msg}") from None
    if not begun:
        raise UnreadableXml(f"the file is no {root}")


def _let_go(element: Element) -> None:
    """Frees it and those before it, which were read too."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
