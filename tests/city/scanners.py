"""Scanners for tests: ClamAV itself with one signature of our own, and a stand-in that speaks its
protocol (clamd(8), INSTREAM and VERSION) over a real socket and may fail on purpose."""

from __future__ import annotations

import shutil
import socket
import socketserver
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vanzelf.city.evidence.scanner import Scanner

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!$H+H*"
"""What every scanner takes for harmful and is not (eicar.org), in two pieces for the scanner of
whoever keeps this file."""
LARGEST = 1_000_000  # of the stand-in, its StreamMaxLength


@contextmanager
def clamd() -> Iterator[Scanner]:
    """A ClamAV of our own that knows EICAR wherever it stands in a file, and nothing else."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        pytest.skip("no ClamAV: install the package clamav-daemon")
    folder = Path(tempfile.mkdtemp(prefix="clamd"))  # a socket's path is short
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Eicar.Own:0:*:{EICAR.hex()}\n")
    (folder / "settings").write_text(
        f"DatabaseDirectory {folder}/signatures\nLocalSocket {folder}/s\nForeground yes\n"
    )
    with (folder / "log").open("wb") as log:
        service = subprocess.Popen(
            [program, "-c", str(folder / "settings")], stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(service, folder)
        yield Scanner(f"{folder}/s")
    finally:
        service.terminate()
        service.wait(10)
        shutil.rmtree(folder)


def _wait_for(service: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + 20
    while True:
        with socket.socket(socket.AF_UNIX) as knock:
            if knock.connect_ex(f"{folder}/s") == 0:
                return
        assert service.poll() is None, (folder / "log").read_text()
        assert time.monotonic() < until, "clamd does not answer"
        time.sleep(0.05)


class Standin(socketserver.ThreadingTCPServer):
    """Says of a file with EICAR in it that it is harmful; `mode` says how it fails."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.mode = "well"
        self.asked = 0
        self.version = b"ClamAV 1.4.6/27500/Mon Jul 13 08:25:14 2026"

    @property
    def place(self) -> str:
        """As VANZELF_SCANNER has it."""
        host, port = self.server_address[:2]
        return f"tcp:{host!s}:{port}"


class _Asked(socketserver.StreamRequestHandler):
    server: Standin

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        self.server.asked += 1
        if command == b"zVERSION\0":
            said = self.server.version
        elif command == b"zINSTREAM\0":
            said = self._scanned()
        else:
            said = b"UNKNOWN COMMAND"
        if self.server.mode == "silent":
            time.sleep(1)  # longer than whoever asks in a test has patience
        elif self.server.mode == "broken-off":
            self.wfile.write(said[:5])
        elif self.server.mode == "endless":
            self.wfile.write(b"x" * 100_000)
        elif self.server.mode == "another":
            self.wfile.write(b"HTTP/1.1 400 Bad Request\r\n\0")
        else:
            self.wfile.write(said + b"\0")

    def _scanned(self) -> bytes:
        content = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
            if len(content) > LARGEST:
                return b"INSTREAM size limit exceeded. ERROR"
        if self.server.mode == "error":
            return b"stream: Can't allocate memory ERROR"
        return b"stream: Eicar.Own FOUND" if EICAR in content else b"stream: OK"


@contextmanager
def standin() -> Iterator[Standin]:
    """A stand-in that listens on a free port of this machine."""
    with Standin() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
