"""Probing a service: over a real line, with TLS where it has that, and nothing asked."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.mailbox.certificates import Certificates
from vanzelf.sources import Endpoints
from vanzelf.sources.magda.probing import Outcome, Probed, probe
from vanzelf.sources.magda.standin import AnswerFiles, Standin


def probed(endpoints: Endpoints) -> Probed:
    (found,) = probe(endpoints, ["GeefPersoon"], timeout=0.5)
    return found


class Counting(BaseHTTPRequestHandler):
    status = 405

    def do_HEAD(self) -> None:
        self.server.seen.append(self.path)  # type: ignore[attr-defined]  # given below
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing: the test looks at `seen`."""


@contextmanager
def served(
    status: int = 405, context: ssl.SSLContext | None = None
) -> Iterator[tuple[str, list[str]]]:
    handler = type("Handler", (Counting,), {"status": status})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.seen = []  # type: ignore[attr-defined]  # what came
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        scheme = "https" if context else "http"
        yield f"{scheme}://127.0.0.1:{server.server_port}/soap", server.seen  # type: ignore[attr-defined]
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "answers"), (405, "answers"), (500, "answers"), (503, "gateway"), (504, "gateway")],
)
def test_whatever_answers_is_there(status: int, outcome: str) -> None:
    with served(status) as (url, _):
        assert probed(Endpoints(url)).outcome == outcome


def test_standin_answers_and_is_asked_nothing(tmp_path: Path) -> None:
    with Standin(AnswerFiles(tmp_path)) as magda:
        found = probed(Endpoints(magda.url))
        assert (found.outcome, found.certificate_ends, magda.received) == ("answers", None, [])


def test_services_at_one_address_are_probed_together() -> None:
    with served() as (url, seen):
        found = probe(Endpoints(url), ["GeefPersoon", "GeefSociaalStatuut", "GeefPersoon"])
        assert [one.service for one in found] == ["GeefPersoon", "GeefSociaalStatuut"]
        assert seen == ["/soap"]


def test_nobody_there_is_refused() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    assert probed(Endpoints(f"http://127.0.0.1:{port}")).outcome is Outcome.REFUSED


def test_silence_is_slow_and_ends_in_time() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        found = probed(Endpoints(f"http://127.0.0.1:{silent.getsockname()[1]}"))
    assert found.outcome is Outcome.SLOW
    assert found.seconds >= 0.5


def test_no_address_is_told_as_such() -> None:
    assert probed(Endpoints()).outcome is Outcome.NO_ADDRESS
    assert probed(Endpoints("ftp://127.0.0.1")).outcome is Outcome.NO_ADDRESS


def server_side(made: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.server)
    context.load_verify_locations(made.authority)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def test_line_with_tls_tells_until_when_the_certificate_holds(tmp_path: Path) -> None:
    made = Certificates.make(tmp_path, days=(-1, 30))
    with served(context=server_side(made)) as (url, _):
        trusting = Endpoints(url, authority=str(made.authority), certificate=str(made.client))
        found = probed(trusting)
    assert (found.outcome, found.version) == (Outcome.ANSWERS, "TLSv1.3")
    assert found.certificate_ends is not None
    assert abs(found.certificate_ends - datetime.now(UTC) - timedelta(days=30)) < timedelta(hours=1)


def test_line_that_is_not_trusted_is_told_as_such(tmp_path: Path) -> None:
    made = Certificates.make(tmp_path / "ours")
    other = Certificates.make(tmp_path / "others")
    ended = Certificates.make(tmp_path / "ended", days=(-2, -1))
    with served(context=server_side(made)) as (url, _):
        wrong = Endpoints(url, authority=str(other.authority), certificate=str(made.client))
        assert probed(wrong).outcome is Outcome.UNTRUSTED
    with served(context=server_side(ended)) as (url, _):
        past = Endpoints(url, authority=str(ended.authority), certificate=str(ended.client))
        assert probed(past).outcome is Outcome.UNTRUSTED


def test_certificate_of_ours_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    gone = Endpoints("https://127.0.0.1:9", certificate=str(tmp_path / "gone.pem"))
    assert probed(gone).outcome is Outcome.NO_ADDRESS
