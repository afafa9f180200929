"""Explanations as they were, with what was sealed put back. Whoever shows them logs the look."""

from __future__ import annotations

import json
from typing import Any, Protocol

from vanzelf.city import secrets
from vanzelf.city.regulations import regulations
from vanzelf.city.verdicts.models import Explanation
from vanzelf.city.verdicts.sealing import join, spell_out
from vanzelf.city.verdicts.writing import TABLE


class Explained(Protocol):
    """An award, advice or latest verdict."""

    @property
    def explanation(self) -> Explanation | None: ...


def explanation(row: Explained) -> dict[str, Any] | None:
    """`Verdict.as_data()` of this row, None when no explanation was kept (a NO of a run)."""
    kept = row.explanation
    if kept is None:
        return None
    data = spell_out(kept.data, _source_of)
    if kept.sealed is None:
        return data
    sealed = secrets.Sealed(kept.key_id, bytes(kept.sealed))
    opened = secrets.open_sealed(sealed, table=TABLE, column="sealed", row=kept.pk)
    return join(data, json.loads(opened))


def _source_of(path: str) -> str:
    sources = regulations().facts.at(path).sources
    return sources[0] if sources else ""
