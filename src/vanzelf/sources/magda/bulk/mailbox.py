"""The place where files are left and picked up: FTP over TLS, on both channels.

A file is uploaded under a name that MAGDA does not take, and then given its own: so it is taken
whole or not at all, and who was interrupted can see at the server whether it was given already.
(Inferred: that MAGDA takes only `<prefix>_<moment>.xml`.)
"""

from __future__ import annotations

import ftplib
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from vanzelf.sources.magda.bulk.names import prefix_of
from vanzelf.sources.magda.bulk.settings import BulkSettings
from vanzelf.sources.magda.probing import certificate_ends

UNDER_WAY = ".part"
BLOCK = 256 * 1024


class MailboxError(Exception):
    """The exchange did not work now, and why; nothing is known of what was not confirmed."""


class Mailbox:
    """A signed-in connection. Every method may raise `MailboxError`; then open a new one."""

    def __init__(self, ftp: _Ftps, settings: BulkSettings) -> None:
        self._ftp, self._settings = ftp, settings

    @classmethod
    def open(cls, settings: BulkSettings) -> Self:
        """Connects, checks whom with, shows our certificate, signs in."""
        with _told(f"{settings.host}:{settings.port}"):
            ftp = _Ftps(context=settings.tls.context(), timeout=settings.timeout)
            try:
                ftp.connect(settings.host, settings.port)
                ftp.login(settings.user, settings.password)  # after AUTH TLS
                ftp.prot_p()
                ftp.voidcmd("TYPE I")
            except BaseException:
                ftp.close()
                raise
            return cls(ftp, settings)

    def upload(self, name: str, pieces: Iterable[bytes]) -> None:
        """Puts the whole file there, not yet for MAGDA to take; an earlier attempt is replaced."""
        path = f"{self._settings.to_folder}/{name}{UNDER_WAY}"
        with _told(f"uploading {name}"), self._ftp.transfercmd(f"STOR {path}") as channel:
            for piece in pieces:
                channel.sendall(piece)
            _end(channel)
            self._ftp.voidresp()

    def release(self, name: str) -> None:
        """Gives an uploaded file its own name: from here on it is MAGDA's."""
        path = f"{self._settings.to_folder}/{name}"
        with _told(f"releasing {name}"):
            self._ftp.rename(f"{path}{UNDER_WAY}", path)

    def discard(self, name: str) -> None:
        """Takes an uploaded file away that was not released."""
        with _told(f"discarding {name}"):
            self._ftp.delete(f"{self._settings.to_folder}/{name}{UNDER_WAY}")

    def held_back(self, name: str) -> bool:
        """Whether an uploaded file still waits to be released."""
        return f"{name}{UNDER_WAY}" in self._listed(self._settings.to_folder)

    def arrived(self) -> list[str]:
        """The whole files that wait for us, the oldest name first."""
        return sorted(filter(prefix_of, self._listed(self._settings.from_folder)))

    def untaken(self) -> list[str]:
        """Our whole files that were not taken yet, the oldest name first."""
        return sorted(filter(prefix_of, self._listed(self._settings.to_folder)))

    @property
    def certificate_ends(self) -> datetime | None:
        """When the certificate of the server ends."""
        sock = self._ftp.sock
        return certificate_ends(sock) if isinstance(sock, ssl.SSLSocket) else None

    @property
    def tls_version(self) -> str:
        sock = self._ftp.sock
        return (sock.version() or "") if isinstance(sock, ssl.SSLSocket) else ""

    def size(self, name: str) -> int:
        """Bytes of a file that waits for us, as the server says."""
        with _told(f"size of {name}"):
            return self._ftp.size(f"{self._settings.from_folder}/{name}") or 0

    def download(self, name: str) -> Iterator[bytes]:
        """The file, piece by piece; when it ends without an error, it was whole."""
        path = f"{self._settings.from_folder}/{name}"
        with _told(f"downloading {name}"), self._ftp.transfercmd(f"RETR {path}") as channel:
            while piece := channel.recv(BLOCK):
                yield piece
            _end(channel)
            self._ftp.voidresp()

    def remove(self, name: str) -> None:
        """Takes a file that we have away from the server; gone already is fine."""
        with _told(f"removing {name}"):
            if name in self._listed(self._settings.from_folder):
                self._ftp.delete(f"{self._settings.from_folder}/{name}")

    def close(self) -> None:
        try:
            self._ftp.quit()
        except (OSError, EOFError, ftplib.Error):
            self._ftp.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        else:  # the connection may be in the middle of something
            self._ftp.close()

    def _listed(self, folder: str) -> list[str]:
        """The names in a folder. Whole when the server says so: a server with nothing to list may
        close the data channel at once."""
        with _told(f"listing {folder}"):
            self._ftp.voidcmd("TYPE A")
            with self._ftp.transfercmd(f"NLST {folder}") as channel:
                text = b"".join(iter(lambda: channel.recv(BLOCK), b""))
            self._ftp.voidresp()
            self._ftp.voidcmd("TYPE I")
        return [name.rpartition("/")[2] for name in text.decode("utf-8", "replace").splitlines()]


class _Ftps(ftplib.FTP_TLS):
    """FTP over TLS that continues the session of the control channel on the data channel: the
    server can then tell that both have the same client, and the handshake is short."""

    def ntransfercmd(
        self, cmd: str, rest: int | str | None = None
    ) -> tuple[socket.socket, int | None]:
        connection, size = super(ftplib.FTP_TLS, self).ntransfercmd(cmd, rest)
        control = self.sock
        if not isinstance(control, ssl.SSLSocket):
            connection.close()
            raise ssl.SSLError("the control channel is not protected")
        try:
            secured = self.context.wrap_socket(
                connection, server_hostname=self.host, session=control.session
            )
        except BaseException:
            connection.close()
            raise
        return secured, size


def _end(channel: socket.socket) -> None:
    """Says that this was all, under TLS: a cut line is told apart from the end of a file."""
    if isinstance(channel, ssl.SSLSocket):
        channel.unwrap()


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except ssl.SSLError as error:
        raise MailboxError(f"{what}: TLS: {error.reason or error}") from None
    except ftplib.Error as error:
        raise MailboxError(f"{what}: the server said: {error}") from None
    except (OSError, EOFError) as error:
        raise MailboxError(f"{what}: {error or type(error).__name__}") from None
