"""Explanations as they were, with what was sealed put back as long as it is kept. Whoever shows
them logs the look."""

from __future__ import annotations

import json
from typing import Any, Protocol

from vanzelf.city import clock, secrets
from vanzelf.city.regulations import regulations
from vanzelf.city.secrets.expiring import ends
from vanzelf.city.verdicts.models import Explanation
from vanzelf.city.verdicts.sealing import FORGOTTEN, forget, join, spell_out, used_facts
from vanzelf.city.verdicts.writing import TABLE


class Explained(Protocol):
    """An award, advice or latest verdict."""

    @property
    def explanation(self) -> Explanation | None: ...


def explanation(row: Explained) -> dict[str, Any] | None:
    """`Verdict.as_data()` of this row, None when no explanation was kept (a NO of a run).

    A raw value whose term is past is not known any more, for the reason `sealing.FORGOTTEN`; what
    it gave, the outcome of each step, stays as it was.
    """
    kept = row.explanation
    return None if kept is None else opened(kept)


def is_forgotten(row: Explained) -> bool:
    """Whether a value that this row was based on is no longer kept."""
    data = explanation(row) or {}
    return any((used.get("origin") or {}).get("reason") == FORGOTTEN for used in used_facts(data))


def stays_whole(row: Explained) -> bool:
    """Whether all that this row was based on is still kept today, so that one can decide on it."""
    kept = row.explanation
    last = ends(kept.key_id) if kept is not None and kept.sealed is not None else None
    return not is_forgotten(row) and (last is None or last >= clock.today())


def opened(kept: Explanation) -> dict[str, Any]:
    """The data of an explanation, with what is still sealed in them."""
    data = spell_out(kept.data, _source_of)
    if kept.sealed is None:
        return forget(data)
    sealed = secrets.Sealed(kept.key_id, bytes(kept.sealed))
    try:
        taken = secrets.open_sealed(sealed, table=TABLE, column="sealed", row=kept.pk)
    except secrets.ForgottenError:
        return forget(data)
    return join(data, json.loads(taken))


def _source_of(path: str) -> str:
    sources = regulations().facts.at(path).sources
    return sources[0] if sources else ""
