"""The register as JSON-LD, with the vocabulary of Ghent's own register of processing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vanzelf.city.lawfulness.register import Data, Processing

CONTEXT = {
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "http://schema.org/",
    "toestemming": "http://data.vlaanderen.be/ns/toestemming#",
    "gdv": "http://stad.gent/data/ns/data-processing/",
}
ACTIVITY = "toestemming:VerwerkingsActiviteit"


def linked(register: Iterable[Processing], base: str) -> dict[str, Any]:
    """The whole register; `base` is the address before each identifier."""
    return {"@context": CONTEXT, "@graph": [_activity(one, base) for one in register]}


def _activity(one: Processing, base: str) -> dict[str, Any]:
    return {
        "@id": f"{base}{one.identifier}",
        "@type": ACTIVITY,
        "dct:identifier": one.identifier,
        "dct:title": _nl(one.title),
        "dct:description": _nl(one.description),
        "dct:type": _concept(one.category),
        "toestemming:verwerker": _concept(one.processor),
        "toestemming:verwerkingsgrond": _concept(one.ground),
        "gdv:verduidelijkingRechtsgrond": _nl(one.clarification),
        "gdv:hasPersonalData": [_data(data) for data in one.personal],
        "gdv:hasSensitivePersonalData": [_data(data) for data in one.sensitive],
        "gdv:grantee": [_concept(name) for name in one.recipients],
        "dct:temporal": [{"dct:title": _nl(term)} for term in one.retention],
        "schema:audience": one.audience,
    }


def _data(data: Data) -> dict[str, Any]:
    return {"dct:type": _concept(data.what), "dct:description": _nl(data.about)}


def _concept(label: str) -> dict[str, Any]:
    return {"@type": "skos:Concept", "skos:prefLabel": _nl(label)}


def _nl(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}
