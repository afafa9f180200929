"""The stand-in's HTTP server: one POST, one answer, on loopback only."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

from vanzelf.sources.magda.standin import enrolment, replies
from vanzelf.sources.magda.standin.faults import Answers, State, faulty
from vanzelf.sources.magda.standin.request import BadRequest, Request, read_request
from vanzelf.sources.magda.standin.secure import Secure, Server
from vanzelf.sources.magda.standin.switches import Fault, SwitchError, Switches, SwitchFile
from vanzelf.sources.magda.xml import MAX_BYTES, Element


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came."""

    headers: dict[str, str]
    body: bytes
    request: Request


class _Handler(BaseHTTPRequestHandler):
    owner: Standin

    def do_POST(self) -> None:
        try:
            size = int(self.headers.get("Content-Length", "-1"))
            if not 0 <= size <= MAX_BYTES:
                raise BadRequest("a question needs a Content-Length, within bounds")
            body = self.rfile.read(size)
            request = read_request(self.owner.secure.opened(body, self.owner.now()))
        except (BadRequest, ValueError) as error:
            self._send(500, replies.enveloped(replies.fault("Client", str(error))))
            return
        self.owner.note(Received(dict(self.headers.items()), body, request))
        try:
            switches = self.owner.current()
        except SwitchError as error:
            self._send(500, replies.enveloped(replies.fault("Server", str(error))))
            return
        time.sleep(switches.delay)
        fault = self.owner.fault_for(request, switches)
        response = replies.enveloped(self.owner.respond(request, fault))
        message = self.owner.secure.closed(response)
        with contextlib.suppress(ConnectionError):  # who asked may have stopped waiting
            self._transmit(message, fault.kind if fault else "")

    def _transmit(self, message: bytes, kind: str) -> None:
        """Send the answer, or break off the way this fault does."""
        if kind == "http500":
            self._send(500, b"out of order")
        elif kind == "garbage":
            self._send(200, b"<<< \x00 this is not an answer")
        elif kind == "cut":
            self._send(200, message[: len(message) // 2], announced=len(message))
        elif kind == "reset":
            linger = struct.pack("ii", 1, 0)  # close without goodbye
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            os.close(self.connection.detach())
        else:
            self._send(200, message)

    def _send(self, status: int, body: bytes, announced: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/xml;charset=UTF-8")
        self.send_header("Content-Length", str(len(body) if announced is None else announced))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: requests carry numbers of persons, and go to the log file only when asked."""


@dataclass(slots=True)
class Standin:
    """Serves while it is entered. `url` is known then; `received` grows."""

    answers: Answers
    switches: Switches | SwitchFile = field(default_factory=Switches)
    port: int = 0
    log: Path | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    received: list[Received] = field(default_factory=list)
    state: State = field(default_factory=State)
    secure: Secure = field(default_factory=Secure)
    _failures: Counter[tuple[str, str]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Standin:
        self.start()
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()

    def start(self) -> None:
        """Bind to the port; raises `OSError` when it is taken."""
        standin = self

        class Handler(_Handler):
            owner = standin

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.secure.serve(self._server)

    @property
    def server(self) -> ThreadingHTTPServer:
        if self._server is None:
            raise RuntimeError("the stand-in was not started")
        return self._server

    @property
    def url(self) -> str:
        return f"{self.secure.scheme}://127.0.0.1:{self.server.server_address[1]}"

    def note(self, received: Received) -> None:
        request = received.request
        with self._lock:
            self.received.append(received)
            if self.log:
                line = {
                    "at": self.now().isoformat(),
                    "service": request.service,
                    "version": request.version,
                    "insz": request.insz,
                    "statutes": request.statutes,
                    "sender": dict(request.sender),
                }
                with self.log.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(line) + "\n")

    def current(self) -> Switches:
        return self.switches.current() if isinstance(self.switches, SwitchFile) else self.switches

    def fault_for(self, request: Request, switches: Switches) -> Fault | None:
        """The fault for this request, counting when only the first few fail."""
        fault = switches.fault(request.insz)
        if fault is None or not switches.fail_first:
            return fault
        with self._lock:
            key = (request.service, request.insz)
            self._failures[key] += 1
            return fault if self._failures[key] <= switches.fail_first else None

    def respond(self, request: Request, fault: Fault | None) -> Element:
        """The content of the Body of the answer."""
        made = faulty(self.answers, self.state, request, fault) if fault else None
        response = self.answers.find(request) if made is None else made
        if made is None and request.service in enrolment.SERVICES:
            with self._lock:
                response = self.state.enrolment.take_in(request, response)
        return replies.addressed(response, request, self.now())
