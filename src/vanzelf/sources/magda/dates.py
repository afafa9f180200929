"""Dates of sources, which do not all exist."""

from __future__ import annotations

from datetime import date


def read_date(text: str | None) -> tuple[date | None, tuple[str, ...]]:
    """The date, and a flag for one that does not exist (2023-11-31, 1960-00-00).

    A missing date is (None, ()): open, not bad. A time zone behind the day is ignored.
    """
    if text is None:
        return None, ()
    try:
        return date.fromisoformat(text[:10]), ()
    except ValueError:
        return None, (f"bad-date:{text[:10]}",)
