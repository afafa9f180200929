"""The stand-in behind TLS, taking only signed questions and signing its answers."""

from __future__ import annotations

import ssl
import sys
from dataclasses import dataclass
from datetime import datetime
from http.server import ThreadingHTTPServer
from typing import Any

from lxml import etree

from vanzelf.sources.magda.question import SOAP
from vanzelf.sources.magda.security import Distrusted, Trust, sign, verified_body
from vanzelf.sources.magda.settings import ServiceSettings, Signing, Tls
from vanzelf.sources.magda.standin.request import BadRequest
from vanzelf.sources.magda.xml import UnreadableXml


@dataclass(frozen=True, slots=True)
class Secure:
    """What is not given, is not done."""

    tls: Tls | None = None  # with an authority: whoever asks shows a certificate of it
    trust: Trust | None = None  # whose signature a question must have
    signing: Signing | None = None  # how answers are signed

    @classmethod
    def of(cls, settings: ServiceSettings) -> Secure:
        """As a settings file says, read from the other side."""
        tls = settings.tls if settings.tls.certificate else None
        return cls(tls, settings.trust, settings.signing)

    def serve(self, server: ThreadingHTTPServer) -> None:
        """Put TLS before what this server accepts; each thread shakes hands for itself."""
        if self.tls is None or self.tls.certificate is None:
            return
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.tls.certificate, self.tls.key, self.tls.password or "")
        if self.tls.authority:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(self.tls.authority)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )

    @property
    def scheme(self) -> str:
        return "http" if self.tls is None else "https"

    def opened(self, message: bytes, now: datetime) -> bytes:
        """The question as it was signed. Raises `BadRequest`."""
        if self.trust is None:
            return message
        try:
            body = verified_body(message, self.trust, now)
        except (Distrusted, UnreadableXml) as error:
            raise BadRequest(str(error)) from None
        root = etree.Element(f"{{{SOAP}}}Envelope")
        root.append(body)
        return etree.tostring(root)

    def closed(self, message: bytes) -> bytes:
        """The answer, signed."""
        if self.signing is None:
            return message
        return sign(message, self.signing.identity, self.signing.algorithm)


class Server(ThreadingHTTPServer):
    """Silent about lines that break: a certificate that was refused, someone who hung up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)
