"""Probing the place for files: signed in over real FTPS, looked into, and left as it was."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.mailbox import Server
from tests.mailbox.certificates import Certificates
from vanzelf.sources.magda.bulk.probing import MAILBOX, probe_mailbox
from vanzelf.sources.magda.probing import Outcome
from vanzelf.sources.magda.settings.tls import Tls


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path) as running:
        yield running


def left(server: Server, folder: str, *names: str) -> None:
    for name in names:
        (server.box / folder / name).write_text("<a/>")


def test_counts_whole_files_and_leaves_them(server: Server) -> None:
    left(server, "From_Vip", "gssvl_20260115080000000.xml", "pmss_20260115080000001.xml", "x.draft")
    left(server, "To_Vip", "gssvl_20260115080000002.xml", "gssvl_20260115080000003.xml.part")
    before = sorted(server.box.rglob("*"))
    found = probe_mailbox(server.settings)
    assert (found.probed.service, found.probed.outcome) == (MAILBOX, Outcome.ANSWERS)
    assert (found.arrived, found.untaken) == (2, 1)
    assert found.probed.version.startswith("TLSv1.")
    ends = found.probed.certificate_ends
    assert ends is not None
    assert abs(ends - datetime.now(UTC) - timedelta(days=30)) < timedelta(hours=1)
    assert sorted(server.box.rglob("*")) == before


def test_wrong_password_is_told_apart(server: Server) -> None:
    found = probe_mailbox(replace(server.settings, password="of last year"))
    assert (found.probed.outcome, found.arrived) == (Outcome.LOGIN, None)


@pytest.mark.parametrize("folder", ["From_Vip", "To_Vip"])
def test_folder_that_is_not_there_is_told_apart(server: Server, folder: str) -> None:
    shutil.rmtree(server.box / folder)
    assert probe_mailbox(server.settings).probed.outcome is Outcome.FOLDER


def test_server_with_another_authority_is_not_trusted(server: Server, tmp_path: Path) -> None:
    other = Certificates.make(tmp_path / "others")
    tls = Tls(str(other.client), None, str(other.authority))
    assert probe_mailbox(replace(server.settings, tls=tls)).probed.outcome is Outcome.UNTRUSTED


def test_nobody_there_is_refused_and_silence_is_slow(server: Server) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        there = replace(server.settings, port=silent.getsockname()[1])
        assert probe_mailbox(there, timeout=1).probed.outcome is Outcome.SLOW
    assert probe_mailbox(there).probed.outcome is Outcome.REFUSED


def test_certificate_of_ours_that_is_not_there_is_told_apart(server: Server) -> None:
    tls = replace(server.settings.tls, certificate=str(server.box / "gone.pem"))
    found = probe_mailbox(replace(server.settings, tls=tls))
    assert found.probed.outcome is Outcome.NO_ADDRESS
