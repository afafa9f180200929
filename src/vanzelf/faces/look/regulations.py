"""The regulations as the site speaks of them, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from vanzelf.city.regulations import regulations
from vanzelf.faces.look.language import current

__all__ = ["fact_name", "name_of", "question", "regulations", "said"]


def said(texts: Mapping[str, str]) -> str:
    """A text in the reader's language, in Dutch when it was not translated."""
    return texts.get(current()) or texts.get("nl", "")


def name_of(right: str) -> str:
    """The name of a right; its id when the regulation is no longer there."""
    return regulations()[right].name(current()) if right in regulations() else right


def fact_name(path: str) -> str:
    """What a fact is called, without what stands between brackets: that is for its makers. The
    path itself when the fact is no longer there: the log keeps paths for ten years."""
    try:
        names = regulations().facts.at(path).names
    except KeyError:
        return path
    return said(names).partition(" (")[0]


def question(path: str) -> str:
    """How a resident is asked for a fact; empty when a resident is not the one to ask."""
    return said(regulations().facts.at(path).question)
