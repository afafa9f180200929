"""The exchange itself: real FTPS on loopback, and lines that must not be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mailbox import Certificates, Server
from tests.mailbox.server import deliver
from vanzelf.sources.magda.bulk import Mailbox, MailboxError
from vanzelf.sources.magda.settings.tls import Tls

NAME = "gssvl_20260115120000000.xml"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("ftps")) as running:
        yield running


@pytest.fixture
def box(server: Server) -> Iterator[Mailbox]:
    with Mailbox.open(server.settings) as opened:
        yield opened
    for file in server.box.glob("*_Vip/*"):
        file.unlink()


def test_upload_is_not_taken_until_it_is_released(server: Server, box: Mailbox) -> None:
    box.upload(NAME, [b"one ", b"two"])
    assert [file.name for file in (server.box / "To_Vip").iterdir()] == [f"{NAME}.part"]
    assert box.held_back(NAME)
    box.release(NAME)
    assert (server.box / "To_Vip" / NAME).read_bytes() == b"one two"
    assert not box.held_back(NAME)


def test_upload_again_replaces_what_was_cut_off(server: Server, box: Mailbox) -> None:
    box.upload(NAME, [b"a longer beginning"])
    box.upload(NAME, [b"whole"])
    box.release(NAME)
    assert (server.box / "To_Vip" / NAME).read_bytes() == b"whole"


def test_download_gives_all_of_it_and_remove_takes_it_away(server: Server, box: Mailbox) -> None:
    content = "x" * 1_000_000
    name = deliver(server.box, "gssvl", content)
    (server.box / "From_Vip" / "half.tmp").write_text("not yet")
    assert box.arrived() == [name]
    assert b"".join(box.download(name)).decode() == content
    box.remove(name)
    box.remove(name)  # gone already is fine
    assert box.arrived() == []


def test_data_channel_continues_the_session(box: Mailbox) -> None:
    with box._ftp.transfercmd("NLST To_Vip") as channel:
        assert channel.session_reused
        assert channel.version() in {"TLSv1.2", "TLSv1.3"}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates.make(tmp_path_factory.mktemp("other"))


def test_server_of_another_authority_is_refused(server: Server, other: Certificates) -> None:
    tls = replace(server.settings.tls, authority=str(other.authority))
    with pytest.raises(MailboxError, match="CERTIFICATE_VERIFY_FAILED"):
        Mailbox.open(replace(server.settings, tls=tls))


def test_client_without_certificate_is_refused(server: Server) -> None:
    tls = Tls(None, None, server.settings.tls.authority)
    with pytest.raises(MailboxError):
        Mailbox.open(replace(server.settings, tls=tls))


def test_client_of_another_authority_is_refused(server: Server, other: Certificates) -> None:
    tls = replace(server.settings.tls, certificate=str(other.client))
    with pytest.raises(MailboxError):
        Mailbox.open(replace(server.settings, tls=tls))


@pytest.mark.parametrize(
    ("host", "days"), [("elsewhere.example", (-1, 30)), ("127.0.0.1", (-30, -1))]
)
def test_server_with_a_wrong_name_or_past_its_day_is_refused(
    tmp_path: Path, host: str, days: tuple[int, int]
) -> None:
    with (
        Server(tmp_path, Certificates.make(tmp_path / "own", host, days)) as server,
        pytest.raises(MailboxError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        Mailbox.open(server.settings)


def test_nobody_there_and_wrong_password_are_told(server: Server) -> None:
    with pytest.raises(MailboxError, match=r"127\.0\.0\.1:1"):
        Mailbox.open(replace(server.settings, port=1))
    with pytest.raises(MailboxError, match="the server said: 530"):
        Mailbox.open(replace(server.settings, password="wrong"))
