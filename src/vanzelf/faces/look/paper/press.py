"""Sets a document: blocks of plain data become PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).resolve().parent
STANDARDS: list[Any] = ["a-2a", "ua-1"]
Block = dict[str, Any]


class PaperError(RuntimeError):
    """The document could not be set; that is an error of ours, never of what is in it."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is set: `running` stands above each page, `made` below it."""

    title: str
    author: str
    running: str
    made: str
    page: str
    language: str
    keywords: tuple[str, ...]
    blocks: tuple[Block, ...]

    def as_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def pressed(document: Document, *, on: date) -> bytes:
    """The PDF, with `on` as the day on which it was made: the same data give the same bytes.

    Signs that no font has print as "?". Raises PaperError.
    """
    try:
        return _set(document.as_data(), on)
    except typst.TypstError as error:
        if "font" not in error.message:
            raise PaperError(_told(error)) from error
    try:
        return _set(_legible(document.as_data()), on)
    except typst.TypstError as error:
        raise PaperError(_told(error)) from error


def _set(data: Any, on: date) -> bytes:
    text = json.dumps(data, ensure_ascii=False)
    made = typst.Compiler(
        HERE / "paper.typ", root=HERE, font_paths=_fonts(), sys_inputs={"document": text}
    ).compile(
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """Ours, and for other alphabets those within Typst; none of the system's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])


def _legible(data: Any) -> Any:
    """The same in Latin letters; every other sign is a "?"."""
    if isinstance(data, str):
        return "".join(sign if sign < "\u0250" or sign in _SIGNS else "?" for sign in data)
    if isinstance(data, dict):
        return {name: _legible(value) for name, value in data.items()}
    return [_legible(one) for one in data] if isinstance(data, list | tuple) else data


_SIGNS = "‐‑–—‘’“”„•…€−"


def _told(error: typst.TypstError) -> str:
    hints = "".join(f" ({hint})" for hint in error.hints)
    return f"paper.typ: {error.message}{hints}"
