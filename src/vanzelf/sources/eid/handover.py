"""Handing the number on a card to the page that asked for it, once.

A small server on the clerk's own computer: the page asks `POST /card` with a word of its own
making (`X-Vanzelf-Ask`), which serves for one answer. Only pages of the one site that it was
started for get one: the browser says whose page asks (`Origin`) and asks leave first, because of
that header. The number is read anew for each question and kept nowhere.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar, Self

from vanzelf.sources.eid.card import read_card
from vanzelf.sources.eid.errors import CardError
from vanzelf.sources.eid.files import Identity
from vanzelf.sources.eid.reader import waiting_for_card

PORT = 41952
ASK = "X-Vanzelf-Ask"
POLL = 0.05  # seconds, in which it notices that it may end
ASKED = re.compile(r"[0-9a-f]{32,64}")


def read_identity(seconds: float) -> Identity:
    """The identity on the card in the reader. Raises `CardError`."""
    with waiting_for_card(seconds) as channel:
        return read_card(channel).identity


@dataclass(slots=True)
class Handover:
    """The helper for one site, such as `https://rechten.stad.example`; `with` it, it serves."""

    site: str
    port: int = PORT
    patience: float = 15.0  # seconds to wait for a card
    told: Callable[[str], None] = lambda _line: None  # what happened, without the number
    _used: set[str] = field(default_factory=set)
    _reading: threading.Lock = field(default_factory=threading.Lock)
    _server: ThreadingHTTPServer = field(init=False)

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"helper": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        serving = threading.Thread(target=self._server.serve_forever, args=[POLL], daemon=True)
        serving.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def take(self, ask: str) -> bool:
        """Whether this word was not used before; it is now."""
        with self._reading:
            fresh = ASKED.fullmatch(ask) is not None and ask not in self._used
            self._used.add(ask)
        return fresh

    def answer(self) -> dict[str, str]:
        """What the page gets: the number and the card's last day, or what is the matter."""
        try:
            identity = read_identity(self.patience)
        except CardError as error:
            self.told(str(error))
            return {"trouble": str(error.trouble)}
        self.told("a number was handed to the page")
        return {"insz": identity.number, "valid_until": identity.valid_until.isoformat()}


class _Handler(BaseHTTPRequestHandler):
    helper: ClassVar[Handover]
    protocol_version = "HTTP/1.1"
    timeout = 30
    server_version, sys_version = "vanzelf-card", ""

    def do_OPTIONS(self) -> None:
        self._say(204 if self._ours() and self.path == "/card" else 403)

    def do_POST(self) -> None:
        if not self._ours():
            self._say(403, {"trouble": "another-site"})
        elif self.path != "/card":
            self._say(404, {"trouble": "no-such-thing"})
        elif not self.helper.take(self.headers.get(ASK, "")):
            self._say(409, {"trouble": "asked-before"})
        else:
            self._say(200, self.helper.answer())

    def _ours(self) -> bool:
        """From a page of our site, to this address: no other name that leads here (rebinding)."""
        port = self.helper.port
        here = self.headers.get("Host") in {f"127.0.0.1:{port}", f"localhost:{port}"}
        return here and self.headers.get("Origin") == self.helper.site

    def _say(self, status: int, data: dict[str, str] | None = None) -> None:
        body = json.dumps(data).encode() if data is not None else b""
        self.close_connection = True
        self.send_response(status)
        if self._ours():
            self.send_header("Access-Control-Allow-Origin", self.helper.site)
            self.send_header("Access-Control-Allow-Methods", "POST")
            self.send_header("Access-Control-Allow-Headers", ASK)
            self.send_header("Access-Control-Allow-Private-Network", "true")
        self.send_header("Vary", "Origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing: what is worth telling goes to `told`."""
