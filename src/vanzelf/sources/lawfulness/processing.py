"""Processing activities: what the register of processing tells beside what can be derived.

The fields are those that Ghent publishes of each activity (VerwerkingsActiviteit). Which data, how
sensitive, about whom and on what ground follows from the authorisations themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vanzelf.sources.data import DataError

GROUNDS = (
    "toestemming",
    "overeenkomst",
    "wettelijke verplichting",
    "vitale belangen",
    "taak van algemeen belang",
    "gerechtvaardigd belang",
)
"""Rechtmatigheid: the six grounds of GDPR, article 6(1), a to f."""

AUDIENCES = ("burger", "werknemer stad")
"""Doelgroep, as Ghent's register names them."""

_TEXTS = ("title", "description", "category", "processor", "ground", "clarification")


@dataclass(frozen=True, slots=True)
class Activity:
    """One entry of the register (GDPR, article 30)."""

    id: str
    title: str
    description: str
    category: str  # categorie: what kind of work it is
    processor: str  # verwerkende dienst
    ground: str  # rechtmatigheid: one of `GROUNDS`
    clarification: str  # verduidelijking rechtsgrond: which law, decree or regulation
    recipients: tuple[str, ...] = ()  # ontvangers outside the processing service
    audience: str = AUDIENCES[0]
    data: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # own data, by about whom
    retention: tuple[str, ...] = ()  # classes of data of the retention plan
    invented: bool = False


def read_activity(key: str, entry: object, name: str) -> Activity:
    """One activity of an authority's file. Raises `DataError`."""
    where = f"{name}, activity {key}"
    if not isinstance(entry, Mapping):
        raise DataError(f"{where}: needs {', '.join(_TEXTS)}, and recipients and audience if any")
    missing = [text for text in _TEXTS if not entry.get(text)]
    if missing:
        raise DataError(f"{where}: {', '.join(missing)} is missing")
    ground, audience = str(entry["ground"]), str(entry.get("audience", AUDIENCES[0]))
    if ground not in GROUNDS:
        raise DataError(f"{where}: ground {ground!r} is none of {', '.join(GROUNDS)}")
    if audience not in AUDIENCES:
        raise DataError(f"{where}: audience {audience!r} is none of {', '.join(AUDIENCES)}")
    data = entry.get("data", {})
    if not isinstance(data, Mapping):
        raise DataError(f"{where}: data names, by about whom, kinds of data, not {data!r}")
    return Activity(
        id=key,
        recipients=_texts(entry.get("recipients", []), f"{where}: recipients"),
        audience=audience,
        data={str(about): _texts(kinds, f"{where}: data") for about, kinds in data.items()},
        retention=_texts(entry.get("retention", []), f"{where}: retention"),
        invented=bool(entry.get("invented", False)),
        **{text: " ".join(str(entry[text]).split()) for text in _TEXTS},
    )


def _texts(listed: object, where: str) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise DataError(f"{where} is a list of texts, not {listed!r}")
    return tuple(listed)
