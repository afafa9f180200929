"""Child processes that start, live and end together."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType

GRACE = 10.0  # seconds that a child has to end by itself


class Interrupted(Exception):
    """Someone asked to stop (Ctrl-C, or a polite kill)."""


class Children:
    """Starts children, watches them, and ends all of them when the first one ends.

    Children get a session of their own, so that Ctrl-C in a terminal reaches only the parent,
    which then ends them in the reverse order of their start.
    """

    def __init__(self, log_folder: Path) -> None:
        self.log_folder = log_folder
        self.children: list[tuple[str, subprocess.Popen[bytes]]] = []

    def __enter__(self) -> Children:
        self.log_folder.mkdir(parents=True, exist_ok=True)
        self.log_folder.chmod(0o700)  # whatever the umask, and when it was there
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGINT, _interrupt)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for _, child in reversed(self.children):
            _end(child)

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start one child; what it prints goes to a log file with its name."""
        with (self.log_folder / f"{name}.log").open("ab") as log:
            child = subprocess.Popen(  # noqa: S603 - the commands are our own
                command,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.children.append((name, child))

    def check(self) -> None:
        """Raise when a child has ended, with the last lines that it wrote."""
        for name, child in self.children:
            if child.poll() is not None:
                lines = (self.log_folder / f"{name}.log").read_text(errors="replace").splitlines()
                tail = "\n".join(lines[-15:])
                raise RuntimeError(f"{name} ended with status {child.returncode}:\n{tail}")

    def await_address(self, address: str, *, seconds: float = 60.0) -> None:
        """Wait until something answers there over HTTP, whatever it answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.check()
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                with contextlib.suppress(urllib.error.HTTPError):  # an answer all the same
                    urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - loopback
                return
            time.sleep(0.1)
        raise RuntimeError(f"nothing answered at {address} within {seconds:.0f} seconds")

    def stay(self) -> None:
        """Stay in the foreground until someone asks to stop or a child ends."""
        while True:
            self.check()
            time.sleep(0.5)


def free_port(wanted: int, host: str = "127.0.0.1") -> int:
    """The wanted port, or any free one when it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, port))
                return int(probe.getsockname()[1])
    raise RuntimeError(f"no free port on {host}")


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    child.terminate()
    try:
        child.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupted
