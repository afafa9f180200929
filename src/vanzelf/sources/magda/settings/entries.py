"""One entry of the settings file: names and values, made into what is set for a service."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from vanzelf.sources.endurance import Limits
from vanzelf.sources.lawfulness import Sender
from vanzelf.sources.magda.security import (
    Algorithm,
    KeyFileError,
    SigningIdentity,
    Trust,
    certificates,
)
from vanzelf.sources.magda.settings.service import (
    EndpointError,
    ServiceSettings,
    Signing,
    seconds,
)
from vanzelf.sources.magda.settings.tls import Tls

KEYS = frozenset(
    {
        *("url", "certificate", "key", "authority", "identification", "capacity", "version"),
        *("namespace", "connect timeout", "read timeout", "sign", "verify", "calls per minute"),
        *("failures", "pause", "longest pause", "oldest answer"),
    }
)
SIGN = frozenset({"certificate", "key", "algorithm"})
VERIFY = frozenset({"signer", "authority", "subject", "algorithms"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads entries of one file."""

    path: Path
    password: str | None  # of the keys
    files: set[Path] = field(default_factory=set)  # that were named

    def service(
        self, entry: Mapping[str, Any], own: Mapping[str, Any], where: str
    ) -> ServiceSettings:
        """One service; `own` is what was written there itself, and is told of when it is wrong."""
        known(own, KEYS, where)
        _version(entry, where)
        default = ServiceSettings()
        try:
            return ServiceSettings(
                url=_text(entry, "url", where),
                connect_timeout=_seconds(entry, "connect timeout", default.connect_timeout, where),
                read_timeout=_seconds(entry, "read timeout", default.read_timeout, where),
                tls=self._tls(entry, where),
                sender=_sender(entry, where),
                version=_text(entry, "version", where),
                namespace=_text(entry, "namespace", where),
                signing=self._signing(entry.get("sign"), where),
                trust=self._trust(entry.get("verify"), where),
                limits=_limits(entry, where),
                oldest_answer=timedelta(
                    seconds=_seconds(
                        entry, "oldest answer", default.oldest_answer.total_seconds(), where
                    )
                ),
            )
        except KeyFileError as error:
            raise EndpointError(f"{where}: {error}") from None

    def _tls(self, entry: Mapping[str, Any], where: str) -> Tls:
        named = [self._file(entry, name, where) for name in ("certificate", "key", "authority")]
        certificate, key, authority = (str(each) if each else None for each in named)
        return Tls(certificate, key, authority, self.password)

    def _signing(self, entry: object, where: str) -> Signing | None:
        if entry is None or entry is False:
            return None
        where = f"{where}, sign"
        said = mapping(entry, where)
        known(said, SIGN, where)
        certificate = self._file(said, "certificate", where)
        if certificate is None:
            raise EndpointError(f"{where}: certificate is missing: a PEM file with the chain")
        identity = SigningIdentity.read(certificate, self._file(said, "key", where), self.password)
        return Signing(identity, _algorithm(said.get("algorithm", "rsa-sha256"), where))

    def _trust(self, entry: object, where: str) -> Trust | None:
        if entry is None or entry is False:
            return None
        where = f"{where}, verify"
        said = mapping(entry, where)
        known(said, VERIFY, where)
        signer, authority = (self._file(said, name, where) for name in ("signer", "authority"))
        listed = said.get("algorithms", ["rsa-sha256"])
        if not isinstance(listed, list) or not listed:
            raise EndpointError(f"{where}: algorithms is a list, such as [rsa-sha256]")
        subject = _text(said, "subject", where) or ""
        if (signer is None) == (authority is None) or bool(subject) != bool(authority):
            raise EndpointError(
                f"{where}: name the signer's own certificate (signer: FILE), or an authority and "
                "whom it must vouch for (authority: FILE, subject: common name)"
            )
        return Trust(
            pinned=certificates(signer) if signer else (),
            authorities=certificates(authority) if authority else (),
            subject=subject,
            algorithms=frozenset(_algorithm(each, where) for each in listed),
        )

    def _file(self, entry: Mapping[str, Any], name: str, where: str) -> Path | None:
        said = _text(entry, name, where)
        if said is None:
            return None
        found = self.path.parent / said
        if not found.is_file():
            raise EndpointError(f"{where}: {name}: there is no file {found}")
        self.files.add(found)
        return found


def _sender(entry: Mapping[str, Any], where: str) -> Sender | None:
    who, capacity = _text(entry, "identification", where), _text(entry, "capacity", where)
    if who is None and capacity is not None:
        raise EndpointError(f"{where}: a capacity needs the identification that has it")
    return None if who is None else Sender(who, capacity)


def _limits(entry: Mapping[str, Any], where: str) -> Limits:
    default = Limits()
    calls = entry.get("calls per minute")
    return Limits(
        calls_per_minute=None if calls is None else _count(calls, f"{where}, calls per minute"),
        failures=_count(entry.get("failures", default.failures), f"{where}, failures"),
        pause=_seconds(entry, "pause", default.pause, where),
        longest_pause=_seconds(entry, "longest pause", default.longest_pause, where),
    )


def _algorithm(value: object, where: str) -> Algorithm:
    try:
        return Algorithm(str(value))
    except ValueError:
        names = ", ".join(Algorithm)
        raise EndpointError(f"{where}: {value!r} is none of the algorithms {names}") from None


def _version(entry: Mapping[str, Any], where: str) -> None:
    version = _text(entry, "version", where)
    if version is not None and not re.fullmatch(r"[0-9]{2}\.[0-9]{2}\.[0-9]{4}", version):
        raise EndpointError(f"{where}: a version is written as 02.02.0000, not {version!r}")


def _seconds(entry: Mapping[str, Any], name: str, default: float, where: str) -> float:
    return seconds(entry[name], f"{where}, {name}") if name in entry else default


def _count(value: object, where: str) -> int:
    if type(value) is not int or value < 1:
        raise EndpointError(f"{where} is a whole number above 0: {value!r}")
    return value


def _text(entry: Mapping[str, Any], name: str, where: str) -> str | None:
    value = entry.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise EndpointError(f"{where}: {name} is a text, not {value!r}; write it in quotes")
    return value.strip()


def mapping(value: object, where: str) -> Mapping[str, Any]:
    """Raises `EndpointError` when it is none."""
    if not isinstance(value, Mapping):
        raise EndpointError(f"{where}: expected names with values, not {value!r}")
    return value


def known(entry: Mapping[str, Any], names: frozenset[str], where: str) -> None:
    """Raises `EndpointError` for a name that cannot be set."""
    strange = sorted(str(name) for name in entry if name not in names)
    if strange:
        listed = ", ".join(sorted(names))
        raise EndpointError(f"{where}: unknown: {', '.join(strange)}; what can be set: {listed}")
