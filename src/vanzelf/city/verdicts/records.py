"""A verdict of rights in the form of rows. No Django: the workers of a run use it too."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from vanzelf.city.verdicts.sealing import bare, deliver, is_raw, split
from vanzelf.rights import Amount, Outcome, Regulation, Verdict

NUMBERS = {Outcome.NO: 0, Outcome.YES: 1, Outcome.UNKNOWN: 2}


class Record(NamedTuple):
    """The columns of a verdict, and its explanation as JSON text with raw values apart."""

    right: str
    outcome: int
    amount_cents: int | None
    amounts: list[dict[str, Any]]
    delivery: str
    reasons: list[str]
    missing: list[str]
    settled_by: list[str]
    next_question: str
    explanation: str | None
    secret: str | None
    upper_cents: int | None
    """What it would be worth at most to the city if an UNKNOWN became YES; None when not known."""


class Delivery(NamedTuple):
    """Facts that came together in bulk: as of when (ISO), and why one of them is not known."""

    as_of: str
    why_unknown: Callable[[str], str]


def record_of(
    regulation: Regulation,
    verdict: Verdict,
    *,
    upper: tuple[Amount, ...] = (),
    delivery: Delivery | None = None,
) -> Record:
    """The record of a verdict; `upper` are the amounts that an UNKNOWN would give as a YES."""
    explanation = secret = None
    amounts = [_amount(amount) for amount in verdict.amounts]
    if verdict.explanation is not None:
        data = verdict.as_data()
        if delivery is not None:
            deliver(data, delivery.as_of, delivery.why_unknown)
        hidden = _raw(regulation)
        taken = split(data, lambda path: bare(path) in hidden) if hidden else {}
        explanation = _text(data)
        secret = _text(taken) if taken else None
    smallest = verdict.settled_by[0] if verdict.settled_by else ()
    return Record(
        regulation.id,
        NUMBERS[verdict.outcome],
        cents(verdict.amounts),
        amounts,
        verdict.delivery or "",
        list(verdict.reasons),
        _bare(verdict.missing),
        _bare(smallest),
        bare(verdict.next_question or ""),
        explanation,
        secret,
        cents(upper),
    )


def cents(amounts: tuple[Amount, ...]) -> int | None:
    """The amounts in money together, in euro cents; None when there is none, when one is not
    known, or when they are for different periods and cannot be added."""
    money = [amount for amount in amounts if amount.kind == "money"]
    values = [amount.value for amount in money if isinstance(amount.value, Decimal)]
    if not money or len(values) < len(money) or len({amount.per for amount in money}) > 1:
        return None
    return int((sum(values, Decimal(0)) * 100).to_integral_value())


def _amount(amount: Amount) -> dict[str, Any]:
    known = isinstance(amount.value, Decimal)
    value = format(amount.value, "f") if known else None if amount.value is None else "unknown"
    return {
        "id": amount.id,
        "kind": amount.kind,
        "value": value,
        "per": amount.per,
        "unit": amount.unit,
    }


@cache
def _raw(regulation: Regulation) -> frozenset[str]:
    """The facts of a regulation whose values are sealed."""
    return frozenset(path for path in regulation.needed if is_raw(regulation.catalogue.at(path)))


def _bare(paths: tuple[str, ...]) -> list[str]:
    return sorted({bare(path) for path in paths})


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
