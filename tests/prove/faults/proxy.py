"""A proxy between asking and the stand-in, on real sockets, that lets things go wrong."""

from __future__ import annotations

import http.client
import os
import random
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.prove.faults.kinds import Change, Passing
from tests.prove.faults.world import Keys

Break = Callable[["_Handler", bytes], None]
"""Answers, or does not, in a way of its own."""


def _hang(handler: _Handler, answer: bytes) -> None:
    time.sleep(handler.proxy.patience * 2)


def _drip(handler: _Handler, answer: bytes) -> None:
    handler.head(200, len(answer))
    until = time.monotonic() + handler.proxy.patience * 2
    for byte in answer:
        handler.wfile.write(bytes([byte]))
        time.sleep(handler.proxy.patience / 20)
        if time.monotonic() > until:
            return


def _drip_headers(handler: _Handler, answer: bytes) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    until = time.monotonic() + handler.proxy.patience * 2
    while time.monotonic() < until:
        handler.wfile.write(b"X-More: yes\r\n")
        time.sleep(handler.proxy.patience / 20)


def _reset(handler: _Handler, answer: bytes) -> None:
    linger = struct.pack("ii", 1, 0)  # close without goodbye
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    os.close(handler.connection.detach())


def _reset_midway(handler: _Handler, answer: bytes) -> None:
    handler.head(200, len(answer))
    handler.wfile.write(answer[: len(answer) // 2])
    _reset(handler, answer)


def _hang_up(handler: _Handler, answer: bytes) -> None:
    """Close politely, without a word."""


def _cut(handler: _Handler, answer: bytes) -> None:
    handler.head(200, len(answer))
    handler.wfile.write(answer[: len(answer) // 2])


def _cut_without_length(handler: _Handler, answer: bytes) -> None:
    handler.head(200, None)
    handler.wfile.write(answer[: len(answer) // 2])


def _short_length(handler: _Handler, answer: bytes) -> None:
    handler.head(200, len(answer) // 2)
    handler.wfile.write(answer)


def _no_http(handler: _Handler, answer: bytes) -> None:
    handler.wfile.write(b"\x16\x03\x01 what is this\r\n\r\n")


def _many_headers(handler: _Handler, answer: bytes) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-More: yes\r\n" * 500 + b"\r\n" + answer)


def _long_header(handler: _Handler, answer: bytes) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-More: " + b"x" * 100_000 + b"\r\n\r\n" + answer)


def _bad_chunks(handler: _Handler, answer: bytes) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    handler.wfile.write(head + b"%x\r\n" % len(answer) + answer[: len(answer) // 2])


def _status(code: int) -> Break:
    def answered(handler: _Handler, answer: bytes) -> None:
        handler.head(code, len(answer))
        handler.wfile.write(answer)  # a good answer: it must not be taken all the same

    return answered


BREAKS: dict[str, Break] = {
    "timeout": _hang,
    "drip": _drip,
    "drip of headers": _drip_headers,
    "reset": _reset,
    "reset midway": _reset_midway,
    "hang up": _hang_up,
    "cut body": _cut,
    "cut body without length": _cut_without_length,
    "length too short": _short_length,
    "no HTTP": _no_http,
    "too many headers": _many_headers,
    "header too long": _long_header,
    "bad chunks": _bad_chunks,
    **{
        f"HTTP {code}": _status(code) for code in (204, 302, 401, 403, 404, 429, 500, 502, 503, 504)
    },
}


@dataclass
class Proxy:
    """Passes questions on; while `kind` is set, it strikes each with this chance."""

    upstream: str
    keys: Keys | None
    patience: float  # seconds that who asks waits for an answer
    kinds: dict[str, Change]
    rng: random.Random
    other: str = ""
    kind: str = ""
    chance: float = 1.0
    struck: list[str] = field(default_factory=list)  # references of questions
    server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def ask(self, question: bytes) -> bytes:
        """The source's own answer."""
        line = http.client.HTTPConnection(urlsplit(self.upstream).netloc, timeout=30)
        try:
            line.request("POST", "/", body=question)
            return line.getresponse().read()
        finally:
            line.close()


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy

    def do_POST(self) -> None:
        proxy = self.proxy
        kind, struck = proxy.kind, proxy.struck  # who asked may be gone when the source answers
        question = self.rfile.read(int(self.headers["Content-Length"]))
        answer = proxy.ask(question)
        with suppress(OSError):  # who asked may be gone
            if not kind or proxy.rng.random() >= proxy.chance:
                self.head(200, len(answer))
                self.wfile.write(answer)
                return
            reference = re.search(rb"<Afzender>.*?<Referte>([^<]*)", question, flags=re.S)
            struck.append(reference[1].decode())
            self._strike(kind, question, answer)

    def _strike(self, kind: str, question: bytes, answer: bytes) -> None:
        proxy = self.proxy
        if kind in BREAKS:
            BREAKS[kind](self, answer)
            return
        passing = Passing(question, answer, proxy.keys, proxy.other, proxy.ask)
        changed = proxy.kinds[kind](passing)
        self.head(200, len(changed))
        self.wfile.write(changed)

    def head(self, status: int, length: int | None) -> None:
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def running(proxy: Proxy) -> Iterator[Proxy]:
    class Handler(_Handler):
        pass

    Handler.proxy = proxy
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy.server = server
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
