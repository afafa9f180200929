"""An exported regulation, read back and asked as another tool would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.rights.households import shipped_rights
from vanzelf import dmn
from vanzelf.dmn.writing import write
from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.rights import Outcome, Verdict
from vanzelf.rights.export import Exported, export

OPEN = "open"
"""An amount that is there, and not known."""


@dataclass(frozen=True)
class Told:
    """What a verdict and an exported model both say."""

    outcome: Outcome
    amounts: Mapping[str, object]
    delivery: str | None


@cache
def read_back(right: str, on: date) -> tuple[Exported, dmn.Model]:
    """By way of a file."""
    exported = export(shipped_rights()[right], on)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "regulation.dmn"
        file.write_bytes(write(exported.definitions))
        return exported, dmn.read(file)


def told_by_model(
    exported: Exported, model: dmn.Model, facts: Mapping[str, Any], absent: Unknown | None
) -> Told:
    def ask(name: str) -> object:
        return model.decide(name, facts, absent=absent).value

    outcome = Outcome.of(ask(exported.outcome))
    if outcome is not Outcome.YES:
        return Told(outcome, {}, None)
    there = {
        line: value
        for line, (value, applies) in exported.amounts.items()
        if applies is None or ask(applies) is not False
    }
    delivery = ask(exported.delivery) if exported.delivery else None
    worth = {line: _worth(ask(name)) for line, name in there.items()}
    return Told(outcome, worth, delivery if isinstance(delivery, str) else None)


def told_by_verdict(verdict: Verdict) -> Told:
    worth = {amount.id: _worth(amount.value, amount.kind) for amount in verdict.amounts}
    return Told(verdict.outcome, worth, verdict.delivery)


def _worth(value: object, kind: str = "") -> object:
    """A number; OPEN; or None for what is given in kind without a number."""
    if isinstance(value, Decimal):
        return value
    return None if isinstance(value, str) or (kind == "in kind" and value is None) else OPEN


def in_rights_mode(right: str, facts: Mapping[str, Any], on: date) -> tuple[Told, Told]:
    verdict = shipped_rights()[right].check(facts, on)
    return told_by_model(*read_back(right, on), facts, UNKNOWN), told_by_verdict(verdict)
