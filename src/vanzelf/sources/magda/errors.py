"""What an error in an answer means: the table of `errors.yaml`, by (Oorsprong, Identificatie)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from vanzelf.sources.data import load_yaml_once
from vanzelf.sources.types import Reason


class ErrorClass(StrEnum):
    NO_DATA = "no-data"
    TRANSIENT = "transient"
    AUTHORISATION = "authorisation"
    NOT_REGISTERED = "not-registered"
    REGISTERED = "registered"
    IDENTITY = "identity"
    NEW_NUMBER = "new-number"
    BAD_INPUT = "bad-input"
    INCOMPLETE = "incomplete"
    TOLERATE = "tolerate"
    HUMAN = "human"


HARMLESS = frozenset({ErrorClass.TOLERATE, ErrorClass.INCOMPLETE, ErrorClass.REGISTERED})
"""Classes beside which an answer is still read."""


@dataclass(frozen=True, slots=True)
class SourceError:
    """One Uitzondering."""

    code: str  # Identificatie
    origin: str  # Oorsprong
    kind: str  # FOUT, WAARSCHUWING or INFORMATIE
    diagnosis: str = ""
    circumstance: str = ""
    annotations: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.origin}/{self.code}"


@dataclass(frozen=True, slots=True)
class Meaning:
    error_class: ErrorClass
    reason: Reason | None


def meaning(error: SourceError) -> Meaning:
    """What this error does to the answer; a code that is not in the table is for a person."""
    table = _table()
    found = table.get(error.name) or table.get(f"*/{error.code}")
    if found is not None:
        return found
    if error.kind == "INFORMATIE":
        return Meaning(ErrorClass.TOLERATE, None)
    return Meaning(ErrorClass.HUMAN, Reason.FAULT)


@cache
def _table() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}
    classes = load_yaml_once(Path(__file__).with_name("errors.yaml"))["classes"]
    for name, entry in classes.items():
        error_class = ErrorClass(entry.get("class", name))
        reason = Reason(entry["reason"]) if "reason" in entry else None
        table |= {code: Meaning(error_class, reason) for code in entry["codes"]}
    return table
