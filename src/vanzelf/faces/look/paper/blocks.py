"""The parts of a document, as the template knows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from vanzelf.faces.look.paper.press import Block
from vanzelf.faces.look.tiles import COLUMNS, Steps, placed

Cell = str | dict[str, Any]
FIRST = 2.4


def heading(text: str, level: int = 2) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def lead(text: str) -> Block:
    return {"kind": "lead", "text": text}


def text(words: str, *, soft: bool = False) -> Block:
    return {"kind": "text", "text": words, "soft": soft}


def page() -> Block:
    """What follows begins on a new page."""
    return {"kind": "page"}


def card(label: str, figure: str, note: str = "", kind: str | None = None) -> dict[str, Any]:
    """A large figure; `kind` is yes, ask, no or stop."""
    return {"label": label, "figure": figure, "note": note, "kind": kind}


def figures(*cards: dict[str, Any]) -> Block:
    return {"kind": "figures", "cards": list(cards)}


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    left: Sequence[int] = (0,),
    widths: Sequence[float] = (),
    small: bool = False,
) -> Block:
    """Columns of texts: those in `left` are words, the others numbers.

    `widths` are shares of the page, 0 for as wide as what is in it; else the first is wider than
    the others. `small` is for many columns.
    """
    shares = list(widths) or [FIRST, *(1 for _ in heads[1:])]
    found = [list(row) for row in rows]
    return {"kind": "table", "heads": list(heads), "rows": found, "left": list(left),
            "widths": shares, "size": 7 if small else 9, "gap": 1 if small else 2}  # fmt: skip


def bar(words: str, share: float | None) -> Cell:
    """A number with a bar beside it, from 0 to 1."""
    return {"text": words, "bar": min(1.0, max(0.0, share or 0.0))}


def terms(pairs: Iterable[tuple[str, str]], width: int = 45) -> Block:
    """Words on the left (`width` millimetres), what they are on the right."""
    return {"kind": "terms", "terms": [list(pair) for pair in pairs], "width": width}


def note(title: str, *paragraphs: str) -> Block:
    return {"kind": "note", "title": title, "paragraphs": [one for one in paragraphs if one]}


def tile_map(
    names: Sequence[str],
    values: Sequence[float | None],
    shown: Sequence[str],
    *,
    title: str,
    explained: str,
    unknown: str,
    alt: str,
) -> Block:
    """A tile per neighbourhood with its number `shown`, shaded by its value.

    `unknown` is the legend of what is not shown, `alt` what the map tells, in words.
    """
    steps = Steps.over(values)
    tiles = [
        {"short": tile.short, "column": tile.column, "row": tile.row, "value": words,
         "step": steps.of(value)}
        for tile, value, words in zip(placed(names), values, shown, strict=True)
    ]  # fmt: skip
    legend = [
        {"step": 1 + place, "label": f"{_plain(low)} – {_plain(high)}"}
        for place, (low, high) in enumerate(steps.bounds)
    ]
    if None in values:
        legend.append({"step": 0, "label": unknown})
    return {"kind": "map", "tiles": tiles, "columns": COLUMNS, "legend": legend,
            "title": title, "note": explained, "alt": alt}  # fmt: skip


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
