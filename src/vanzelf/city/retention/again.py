"""Decisions checked again from nothing but their own record, as long as it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from vanzelf import rights
from vanzelf.city import regulations
from vanzelf.city.awards.models import Advice, Award, Decision
from vanzelf.city.verdicts.queries import explanation, is_forgotten

SAMPLE = 200
Row = Award | Advice


@dataclass(frozen=True)
class Again:
    """What came of checking a sample of decisions again."""

    same: int = 0
    differs: tuple[str, ...] = ()
    """Decisions that now come out otherwise, in words without anyone's data: must be none."""
    forgotten: int = 0
    """That cannot be checked again: their values are past their term."""
    changed: int = 0
    """That cannot be checked again here: the regulation was changed since."""


def check_again(sample: int = SAMPLE) -> Again:
    """Checks so many awards again, and so many decisions at the counter: the latest of each."""
    same = forgotten = changed = 0
    differs: list[str] = []
    for row, hash_, what in (*_awards(sample), *_decisions(sample)):
        data = explanation(row)
        if data is None or row.right not in regulations.regulations():
            changed += data is not None
        elif is_forgotten(row):
            forgotten += 1
        elif regulations.regulation(row.right).content_hash != hash_:
            changed += 1
        elif _comes_out_the_same(regulations.regulation(row.right), data):
            same += 1
        else:
            differs.append(what)
    return Again(same, tuple(differs), forgotten, changed)


def _awards(sample: int) -> Iterator[tuple[Row, str, str]]:
    found = Award.objects.filter(explanation__isnull=False, decision=None)
    for award in islice(found.select_related("explanation").order_by("-pk"), sample):
        yield award, award.regulation_hash, str(award)


def _decisions(sample: int) -> Iterator[tuple[Row, str, str]]:
    found = Decision.objects.exclude(kind=Decision.Kind.ASK)
    chosen = found.select_related("advice__explanation").order_by("-pk")
    for decision in islice(chosen, sample):
        yield decision.advice, decision.advice.regulation_hash, str(decision)


def _comes_out_the_same(regulation: rights.Regulation, data: dict[str, object]) -> bool:
    before = rights.Verdict.from_data(data)
    now = rights.check_again(regulation, data)
    return (before.outcome, before.amounts, before.delivery) == (
        now.outcome,
        now.amounts,
        now.delivery,
    )
