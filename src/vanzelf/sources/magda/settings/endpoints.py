"""Where each service is, as the environment says, and as the settings file says under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from vanzelf.sources.magda.settings.file import FileSettings, read_settings
from vanzelf.sources.magda.settings.service import LOCAL, EndpointError, ServiceSettings, seconds

PREFIX = "VANZELF_MAGDA_"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """What is set here goes before the file; `service` gives both together."""

    default: str | None = None  # the address of every service that has none of its own
    by_service: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    connect_timeout: float | None = None  # seconds
    read_timeout: float | None = None
    certificate: str | None = None  # PEM file with our certificate, for mutual TLS
    authority: str | None = None  # PEM file of the authority that signed the service's
    key: str | None = None  # PEM file; None: in that of the certificate
    file: FileSettings = field(default_factory=FileSettings)

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Endpoints:
        """VANZELF_MAGDA_URL for all services, VANZELF_MAGDA_URL_GEEFPERSOON for one; also
        _CONNECT_TIMEOUT, _READ_TIMEOUT, _CERTIFICATE, _KEY, _KEY_PASSWORD, _AUTHORITY, and
        _SETTINGS: the file with the rest. Raises `EndpointError`."""
        ours = {
            key.removeprefix(PREFIX): value.strip()
            for key, value in environment.items()
            if key.startswith(PREFIX) and value.strip()
        }
        by_service = {
            key.removeprefix("URL_").lower(): url
            for key, url in ours.items()
            if key.startswith("URL_")
        }
        path = ours.get("SETTINGS")
        password = ours.get("KEY_PASSWORD")
        return cls(
            default=ours.get("URL"),
            by_service=MappingProxyType(by_service),
            connect_timeout=_seconds(ours, "CONNECT_TIMEOUT"),
            read_timeout=_seconds(ours, "READ_TIMEOUT"),
            certificate=ours.get("CERTIFICATE"),
            authority=ours.get("AUTHORITY"),
            key=ours.get("KEY"),
            file=read_settings(Path(path), password) if path else FileSettings.without(password),
        )

    def service(self, name: str) -> ServiceSettings:
        """All that is set for one service."""
        set_in_file = self.file.of(name)
        tls = set_in_file.tls
        if self.certificate:
            tls = replace(tls, certificate=self.certificate, key=self.key)
        if self.authority:
            tls = replace(tls, authority=self.authority)
        return replace(
            set_in_file,
            url=self.by_service.get(name.lower(), self.default or set_in_file.url),
            connect_timeout=self.connect_timeout or set_in_file.connect_timeout,
            read_timeout=self.read_timeout or set_in_file.read_timeout,
            tls=tls,
        )

    def of(self, service: str) -> str:
        """The address of a service. Raises `EndpointError`."""
        return self.service(service).address(service).geturl()

    def check(self) -> None:
        """Raises `EndpointError` when no address is set, or one that is none."""
        if not self._urls():
            raise EndpointError(
                "no address of MAGDA: set VANZELF_MAGDA_URL "
                "(one service elsewhere: VANZELF_MAGDA_URL_GEEFPERSOON …)"
            )
        for service in sorted({*self.by_service, *self.file.services}):
            if self.service(service).url:
                self.of(service)
        if self.service("").url:
            self.service("").address("every service")

    @property
    def loopback(self) -> bool:
        """Whether every address that is set is on this machine, so a stand-in."""
        urls = self._urls()
        return bool(urls) and all(urlsplit(url).hostname in LOCAL for url in urls)

    def _urls(self) -> list[str]:
        names = ["", *self.by_service, *self.file.services]
        return [url for url in (self.service(name).url for name in names) if url]


def _seconds(settings: Mapping[str, str], name: str) -> float | None:
    return seconds(settings[name], PREFIX + name) if name in settings else None
