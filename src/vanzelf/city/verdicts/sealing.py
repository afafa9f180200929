"""Raw values out of an explanation and back; origins that all facts of a delivery share.

Plain data, no Django: the workers of a run use it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from vanzelf.rights import Fact

Data = dict[str, Any]
SEALED = "sealed"
FORGOTTEN = "forgotten"
"""Why a value is not shown: its term is past. The outcome that it gave stays."""
AMOUNTS = frozenset({"money", "number", "date"})


def is_raw(fact: Fact) -> bool:
    """Whether the value itself is kept sealed, and no longer than its decision needs: all that is
    financial, and what says more than yes or no of someone's health or social situation."""
    return fact.sensitivity == "financial" or (fact.sensitivity != "basis" and fact.type in AMOUNTS)


def split(data: Data, is_secret: Callable[[str], bool]) -> Data:
    """Takes the values of secret facts out of `data`, in place; returns them by path."""
    taken: Data = {}
    for used in used_facts(data):
        if is_secret(used["path"]) and used["type"] not in {"unknown", "null", "members", SEALED}:
            taken[used["path"]] = {"type": used["type"], "value": used["value"]}
            used.update(type=SEALED, value=None)
    return taken


def join(data: Data, taken: Data) -> Data:
    """Puts the values of `split` back, in place; returns the data."""
    for used in used_facts(data):
        if used["type"] == SEALED and used["path"] in taken:
            used.update(taken[used["path"]])
    return data


def forget(data: Data) -> Data:
    """Says of what `split` took that it is no longer kept, in place; returns the data."""
    for used in used_facts(data):
        if used["type"] == SEALED:
            used.update(type="unknown", value=None)
            if used.get("origin"):
                used["origin"]["reason"] = FORGOTTEN
    return data


def deliver(data: Data, as_of: str, why_unknown: Callable[[str], str]) -> None:
    """Marks in place that the facts came with the delivery of `as_of` (ISO date). Only unknown
    facts say more, their reason code: the rest is the same for all, and is added when read."""
    data["delivered"] = as_of
    for used in used_facts(data):
        if used["type"] == "unknown":
            used["origin"] = _origin("", as_of, why_unknown(used["path"]))


def spell_out(data: Data, source_of: Callable[[str], str]) -> Data:
    """Gives each fact of a delivery its origin in full, in place; returns the data."""
    as_of = data.get("delivered")
    if as_of is not None:
        for used in used_facts(data):
            reason = (used.get("origin") or {}).get("reason")
            used["origin"] = _origin(source_of(used["path"]), as_of, reason)
    return data


def _origin(source: str, as_of: str, reason: str | None) -> Data:
    return {
        "source": source,
        "as_of": as_of,
        "valid_from": None,
        "valid_until": None,
        "reason": reason,
        "declared": False,
    }


def bare(path: str) -> str:
    """A path without the numbers of members: gezin.leden[2].leefloon is gezin.leden[].leefloon."""
    head, *rest = path.split("[")
    return head + "".join("[" + part[part.index("]") :] for part in rest)


def used_facts(data: Data) -> Iterator[Data]:
    explanation = data.get("explanation") or {}
    roots = [explanation["criteria"]] if explanation else []
    pending = [*roots, *explanation.get("amounts", ()), *explanation.get("deliveries", ())]
    while pending:
        step = pending.pop()
        yield from step.get("facts", ())
        pending.extend(step.get("steps", ()))
