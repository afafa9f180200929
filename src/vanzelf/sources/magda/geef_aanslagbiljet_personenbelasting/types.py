"""What GeefAanslagbiljetPersonenbelasting says of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment: items by IPCAL code with the letter of whom they are about (A7555).

    Values are whole euro cents, by interpretation: nothing public says so, the amounts fit.
    """

    year: str  # Inkomensjaar
    letter: str | None  # FiscaleStatus: A (holder) or B (partner)
    items: Mapping[str, int]
    flags: tuple[str, ...] = ()
