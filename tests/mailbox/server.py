"""The FTPS server, in a thread."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from OpenSSL import SSL
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import TLS_FTPHandler
from pyftpdlib.ioloop import IOLoop
from pyftpdlib.servers import FTPServer

from tests.mailbox.certificates import Certificates
from vanzelf.sources.magda.bulk.names import file_names
from vanzelf.sources.magda.bulk.settings import BulkSettings
from vanzelf.sources.magda.settings.tls import Tls

USER, PASSWORD = "gent", "a password for a test"


class Server:
    """`with Server(folder) as server:` gives `server.settings`; files are in `folder/box`."""

    def __init__(self, folder: Path, certificates: Certificates | None = None) -> None:
        self.certificates = certificates or Certificates.make(folder / "certificates")
        self.box = folder / "box"
        for name in ("To_Vip", "From_Vip"):
            (self.box / name).mkdir(parents=True, exist_ok=True)
        logging.getLogger("pyftpdlib").setLevel(logging.ERROR)
        authorizer = DummyAuthorizer()
        authorizer.add_user(USER, PASSWORD, str(self.box), perm="elradfmw")
        handler = type(
            "Handler",
            (TLS_FTPHandler,),
            {
                "authorizer": authorizer,
                "ssl_context": _context(self.certificates),
                "tls_control_required": True,
                "tls_data_required": True,
                "auth_failed_timeout": 0.05,
                "certfile": str(self.certificates.server),
            },
        )
        self._loop = IOLoop()
        self._server = FTPServer(("127.0.0.1", 0), handler, ioloop=self._loop)
        self._ended = False
        self._thread = threading.Thread(target=self._serve, name="ftps", daemon=True)

    @property
    def settings(self) -> BulkSettings:
        made = self.certificates
        return BulkSettings(
            host="127.0.0.1",
            port=int(self._server.address[1]),
            user=USER,
            password=PASSWORD,
            tls=Tls(str(made.client), None, str(made.authority)),
            timeout=20,
        )

    def settings_file(self, persons_per_file: int = 10_000) -> Path:
        """The same as a file, for a process; the password goes in VANZELF_BULK_PASSWORD."""
        file = self.box.parent / "bulk.yaml"
        made = self.certificates
        file.write_text(
            f"host: 127.0.0.1\nport: {self.settings.port}\nuser: {USER}\ntimeout: 20\n"
            f"persons per file: {persons_per_file}\n"
            f"certificate: {made.client.relative_to(file.parent)}\n"
            f"authority: {made.authority.relative_to(file.parent)}\n"
        )
        return file

    def _serve(self) -> None:
        while not self._ended:
            self._loop.loop(timeout=0.05, blocking=False)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended = True
        self._thread.join()
        self._server.close_all()
        self._loop.close()


def deliver(box: Path, prefix: str, content: str) -> str:
    """Leaves a file in From_Vip, in one step; returns its name."""
    folder = box / "From_Vip"
    last = max((file.name for file in folder.iterdir()), default="")
    (name,) = file_names(prefix, datetime.now(UTC), 1, after=last)
    draft = box / f"{name}.draft"
    draft.write_text(content)
    draft.rename(folder / name)
    return name


def _context(certificates: Certificates) -> SSL.Context:
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.use_certificate_chain_file(str(certificates.server))
    context.use_privatekey_file(str(certificates.server))
    context.load_verify_locations(str(certificates.authority))
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT)
    context.set_session_cache_mode(SSL.SESS_CACHE_SERVER)
    context.set_session_id(b"vanzelf")
    return context
