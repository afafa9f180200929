"""Authorisations and activities as data again: what a database keeps, and `loading` reads."""

from __future__ import annotations

import json
from dataclasses import asdict

from vanzelf.sources.lawfulness.authorisation import Authorisation
from vanzelf.sources.lawfulness.processing import Activity


def authorisation_data(authorisation: Authorisation) -> dict[str, object]:
    """JSON-able, in the form of authorisations.yaml; the same authorisation gives the same data."""
    sender = {"identification": authorisation.sender.identification}
    if authorisation.sender.capacity is not None:
        sender["capacity"] = authorisation.sender.capacity
    until = authorisation.valid_until
    return {
        "reference": authorisation.reference,
        "kind": authorisation.kind,
        "title": authorisation.title,
        "purposes": sorted(authorisation.purposes),
        "services": sorted(authorisation.services),
        "facts": sorted(authorisation.facts),
        "statutes": sorted(authorisation.statutes),
        "units": sorted(authorisation.units),
        "regulations": sorted(authorisation.regulations),
        "activity": authorisation.activity,
        "link": authorisation.link,
        "sender": sender,
        "valid_from": authorisation.valid_from.isoformat(),
        "valid_until": None if until is None else until.isoformat(),
        "invented": authorisation.invented,
    }


def activity_data(activity: Activity) -> dict[str, object]:
    """JSON-able, in the form of authorisations.yaml, without its id."""
    data = asdict(activity)
    del data["id"]
    plain: dict[str, object] = json.loads(json.dumps(data))
    return plain
