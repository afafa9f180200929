"""Authorisations from data: the file of an authority, or one entry of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from vanzelf.sources.data import SHIPPED, DataError, as_date, parse_yaml, read_text
from vanzelf.sources.lawfulness.authorisation import KINDS, Authorisation, Purpose, Sender
from vanzelf.sources.lawfulness.groups import Group, reached
from vanzelf.sources.lawfulness.processing import Activity, read_activity

OPTIONAL: Mapping[str, object] = {"statutes": [], "regulations": [], "valid_until": None}
"""What an entry may leave out, and what it then says."""


@dataclass(frozen=True, slots=True)
class Lawfulness:
    """The purposes, processing activities and authorisations of one authority."""

    purposes: Mapping[str, Purpose]
    all: Sequence[Authorisation]
    activities: Mapping[str, Activity]


def load_authorisations(path: Path | None = None) -> Lawfulness:
    """Read purposes, activities and authorisations; None reads the invented ones that ship.

    Raises `DataError` naming the file and the entry.
    """
    path = path or SHIPPED / "authorisations.yaml"
    return _loaded(path, read_text(path))


@lru_cache(maxsize=4)
def _loaded(path: Path, text: str) -> Lawfulness:
    """Parsed once for what the file says, letter for letter: it is asked for every question."""
    return read_lawfulness(parse_yaml(text, path), str(path))


def read_lawfulness(data: Mapping[str, object], name: str) -> Lawfulness:
    """As `load_authorisations`, of data that was read; `name` is what an error calls it."""
    titles, listed = data.get("purposes"), data.get("authorisations")
    described = data.get("activities", {})
    if not (
        isinstance(titles, Mapping) and isinstance(listed, list) and isinstance(described, Mapping)
    ):
        raise DataError(
            f"{name}: needs purposes (names with a title), activities (what the register tells "
            "of each) and authorisations (a list of entries)"
        )
    purposes = {str(key): Purpose(str(key), str(title)) for key, title in titles.items()}
    activities = {
        str(key): read_activity(str(key), value, name) for key, value in described.items()
    }
    entries = [read_authorisation(entry, name, purposes, activities) for entry in listed]
    references = [entry.reference for entry in entries]
    for reference in references:
        if references.count(reference) > 1:
            raise DataError(f"{name}: authorisation {reference} stands there twice; keep one")
    return Lawfulness(MappingProxyType(purposes), tuple(entries), MappingProxyType(activities))


def read_authorisation(
    entry: object, name: str, purposes: Collection[str], activities: Collection[str]
) -> Authorisation:
    """One entry; its purposes and activity must be among those given. Raises `DataError`."""
    if not isinstance(entry, Mapping):
        raise DataError(f"{name}: {entry!r} is no authorisation (reference, kind, title, …)")
    where = f"{name}, authorisation {entry.get('reference', '?')}"
    entry = {**OPTIONAL, **entry}
    try:
        begin, end = as_date(entry["valid_from"], where), entry["valid_until"]
        until = None if end is None else as_date(end, where)
        if until is not None and until < begin:
            raise DataError(f"{where}: valid_until {until} lies before valid_from {begin}")
        return Authorisation(
            reference=str(entry["reference"]),
            kind=_known([str(entry["kind"])], "kind", KINDS, where).pop(),
            title=str(entry["title"]),
            purposes=frozenset(
                _known(_names(entry, "purposes", where), "purposes", purposes, where)
            ),
            services=_names(entry, "services", where),
            facts=_names(entry, "facts", where),
            statutes=_names(entry, "statutes", where),
            units=_groups(entry, where),
            regulations=_names(entry, "regulations", where),
            activity=_known([str(entry["activity"])], "activity", activities, where).pop(),
            link=str(entry.get("link", "")),
            sender=_sender(entry["sender"], where),
            valid_from=begin,
            valid_until=until,
            invented=bool(entry.get("invented", False)),
        )
    except KeyError as missing:
        raise DataError(f"{where}: {missing.args[0]!r} is missing") from None


def _names(entry: Mapping[str, object], key: str, where: str) -> frozenset[str]:
    names = entry[key]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise DataError(f"{where}: {key} is a list of names, such as [a, b], not {names!r}")
    return frozenset(names)


def _known(names: Collection[str], key: str, allowed: Collection[str], where: str) -> set[str]:
    strange = set(names) - set(allowed)
    if strange:
        raise DataError(
            f"{where}: {key} {', '.join(sorted(strange))} is none of {', '.join(allowed)}"
        )
    return set(names)


def _groups(entry: Mapping[str, object], where: str) -> frozenset[Group]:
    """Whom it lets us ask about. Left out is an error: everyone must be written too."""
    named = _known(_names(entry, "units", where), "units", list(Group), where)
    if not named:
        raise DataError(f"{where}: units names nobody; use {', '.join(Group)}")
    return reached(Group(name) for name in named)


def _sender(entry: object, where: str) -> Sender:
    if not isinstance(entry, Mapping) or not entry.get("identification"):
        raise DataError(f"{where}: sender is {{identification: …}}, with capacity if there is one")
    capacity = entry.get("capacity")
    return Sender(str(entry["identification"]), None if capacity is None else str(capacity))
