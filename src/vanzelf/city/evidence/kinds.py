"""Which files are taken as evidence, told by what is in them and never by their name."""

from __future__ import annotations

import re
import unicodedata

from vanzelf.city.evidence.images import JPEG, PNG, ImageError, bare

LARGEST = 5_000_000  # bytes
LONGEST_NAME = 100
PDF = b"%PDF-"
KINDS = {PDF: "application/pdf", JPEG: "image/jpeg", PNG: "image/png"}
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


class EvidenceError(ValueError):
    """A file that is not taken, or cannot go; the message is fit to show."""


def kind_of(content: bytes) -> str:
    """The type of a file that is taken. Raises `EvidenceError`."""
    if len(content) > LARGEST:
        raise EvidenceError("Dit bestand is groter dan 5 MB. Maak een kleinere foto of pdf.")
    for beginning, kind in KINDS.items():
        if content.startswith(beginning):
            return kind
    raise EvidenceError("Dit is geen pdf en geen foto (jpg of png). Kies een ander bestand.")


def defused(content: bytes, kind: str) -> bytes:
    """What is kept of a file of this kind: of a photo only its picture. Raises `EvidenceError`."""
    if kind == KINDS[PDF]:
        return content
    try:
        return bare(content)
    except ImageError:
        raise EvidenceError(
            "Deze foto is beschadigd of veel te groot. Maak een nieuwe foto en probeer opnieuw."
        ) from None


def safe_name(name: str, kind: str) -> str:
    """What a file may be called: no folders, no signs that hide or turn around what stands there,
    and the ending of what it really is."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", shown).strip(" .") or "bewijs"
    return stem[:LONGEST_NAME] + ENDINGS[kind]
