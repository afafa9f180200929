"""What a finding that changed asks for: more is proposed, all else is asked of a person.

Plain data, no Django. The two axes of time meet here: both findings are about the same day, the
one as the sources knew it then, the other as they know it now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

Amount = Mapping[str, Any]
NO, YES, UNKNOWN = 0, 1, 2


class Kind(StrEnum):
    """What a difference asks for."""

    MORE = "more"
    """Not awarded, and now a YES: proposed."""
    RAISED = "raised"
    """Awarded, and now worth more: proposed."""
    LESS = "less"
    """Awarded, and now worth less or no YES: a question for a person."""
    DIFFERS = "differs"
    """Others live there than then, so that what is found now is about others: a question."""


class Held(StrEnum):
    """What those of a unit have already, for this right and period."""

    NOTHING = "nothing"
    SAME = "same"
    """One award, which covers exactly them."""
    OTHERWISE = "otherwise"
    """Some of them, or by an award that covers others too."""
    ANOTHER_DAY = "another-day"
    """Awarded on how things stood on another day of the period, about which this says nothing."""


def kind_of(outcome: int, held: Held, worth: int | None, *, same_household: bool) -> Kind | None:
    """What a changed finding asks for; None when it changes nothing for anyone.

    `worth` compares the amounts found now with those awarded: negative for less, 0 for the same,
    positive for more, None when they cannot be compared. It only counts for a YES.
    """
    if held is Held.ANOTHER_DAY:
        return None
    if held is Held.NOTHING:
        kind: Kind | None = Kind.MORE if outcome == YES else None
    elif held is Held.OTHERWISE:
        kind = Kind.DIFFERS
    elif outcome != YES or worth is None or worth < 0:
        kind = Kind.LESS
    else:
        kind = Kind.RAISED if worth > 0 else None
    return Kind.DIFFERS if kind and not same_household else kind


def worth_of(now: Sequence[Amount], awarded: Sequence[Amount]) -> int | None:
    """Compares amounts, as awards keep them: 1 when one is more and none less, and so on.

    None when some are more and others less, when they are of different kinds, or when what was
    known is not known any more. What was not known and is known now is more.
    """
    new, old = ({one["id"]: one for one in amounts} for amounts in (now, awarded))
    signs = {_sign(new.get(line), old.get(line)) for line in new.keys() | old.keys()}
    if None in signs or {1, -1} <= signs:
        return None
    return next((sign for sign in signs if sign), 0)


def _sign(now: Amount | None, before: Amount | None) -> int | None:
    if now is None or before is None:
        return 1 if now else -1
    if any(now[name] != before[name] for name in ("kind", "per", "unit")):
        return None
    new, old = (None if one["value"] == "unknown" else one["value"] for one in (now, before))
    if new is None or old is None:
        return None if old is not None else int(new is not None)
    return (Decimal(new) > Decimal(old)) - (Decimal(new) < Decimal(old))
