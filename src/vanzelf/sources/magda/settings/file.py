"""Reading the settings file: what holds for every service, and what differs for one.

    every service:
      url: https://magda.example/soap
      certificate: client.pem            # files are looked for beside this one
      key: client.key
      authority: authority.pem
      identification: stad.example/ipdc1 # who asks; else as the authorisation says
      capacity: ipdc1                    # in what capacity (hoedanigheid)
      connect timeout: 15                # seconds, as all times here
      read timeout: 30
      sign: {certificate: sign.pem, key: sign.key, algorithm: rsa-sha256}
      verify: {signer: magda.pem, algorithms: [rsa-sha256]}
      calls per minute: 300
      failures: 5                        # in a row, before a source is left alone for a while
      pause: 30
      longest pause: 600
      oldest answer: 86400
    services:
      GeefPersoon: {url: https://magda.example/persoon, version: 02.02.0000}
      GeefSociaalStatuut: {verify: {authority: authority.pem, subject: magda.example}}

`sign: false` and `verify: false` take back for one service what holds for every.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from vanzelf.sources.data import DataError, load_yaml
from vanzelf.sources.magda.settings.entries import Reader, known, mapping
from vanzelf.sources.magda.settings.service import EndpointError, ServiceSettings
from vanzelf.sources.magda.settings.tls import Tls


@dataclass(frozen=True, slots=True)
class FileSettings:
    """What the file says: of every service, and by lower-case name of those that differ."""

    general: ServiceSettings = field(default_factory=ServiceSettings)
    services: Mapping[str, ServiceSettings] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def without(cls, password: str | None) -> FileSettings:
        """As when there is no file."""
        return cls(ServiceSettings(tls=Tls(password=password)))

    def of(self, service: str) -> ServiceSettings:
        return self.services.get(service.lower(), self.general)


def read_settings(path: Path, password: str | None = None) -> FileSettings:
    """The settings in a file; `password` opens the keys. Read once, and again when it, or a file
    that it names, is written anew. Raises `EndpointError`."""
    stamps, settings = _read_before.get((path, password), ({}, None))
    if settings is None or any(_stamp(each) != stamp for each, stamp in stamps.items()):
        first = _stamp(path)
        reader = Reader(path, password)
        settings = _read(path, reader)
        stamps = {path: first} | {each: _stamp(each) for each in reader.files}
        _read_before[path, password] = stamps, settings
    return settings


_Stamp = tuple[int, int]
_read_before: dict[tuple[Path, str | None], tuple[dict[Path, _Stamp], FileSettings]] = {}


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _read(path: Path, reader: Reader) -> FileSettings:
    try:
        data = load_yaml(path)
    except DataError as error:
        raise EndpointError(str(error)) from None
    known(data, frozenset({"every service", "services"}), str(path))
    where = f"{path}, every service"
    general = mapping(data.get("every service") or {}, where)
    settings = reader.service(general, general, where)
    services = {}
    for name, entry in mapping(data.get("services") or {}, f"{path}, services").items():
        where = f"{path}, {name}"
        own = mapping(entry or {}, where)
        services[str(name).lower()] = reader.service({**general, **own}, own, where)
    return FileSettings(settings, MappingProxyType(services))
