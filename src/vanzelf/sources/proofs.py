"""What an answer must hold to prove a fact, by source: `sources.yaml`, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class LivingWage:
    """GeefLeefloonbedragen: the facts of being paid, and since when."""

    paid: str
    since: str
    years_back: int
    since_at_least: bool  # give the first day of the window when payments fill it

    @property
    def facts(self) -> frozenset[str]:
        return frozenset({self.paid, self.since})


@dataclass(frozen=True, slots=True)
class Income:
    """IPCAL codes that add up to a fact: all of `codes`, and `added` where they are there."""

    codes: tuple[str, ...]
    added: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class Assessments:
    facts: Mapping[str, Income]
    years_back: int  # the income year is that of the day, less this
    adults_from: int  # full years


@dataclass(frozen=True, slots=True)
class Disability:
    """What a file must hold: every part that is set; of the numbers, one that is reached."""

    points: int | None = None
    earnings: bool = False
    unsuitability: int | None = None
    pillar1: int | None = None
    allowance: str | None = None  # any, income replacement, integration
    card: str | None = None

    @property
    def asks_recognition(self) -> bool:
        numbers = (self.points, self.unsuitability, self.pillar1)
        return self.earnings or any(number is not None for number in numbers)


@dataclass(frozen=True, slots=True)
class ChildBenefit:
    category: str
    no_beside: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    measures: frozenset[str]
    statuses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proofs:
    """By source, what gives which fact. What is not in it is never asked there."""

    living_wage: LivingWage | None = None
    assessments: Assessments | None = None
    disability: Mapping[str, Disability] = field(default_factory=dict)
    child_benefits: Mapping[str, ChildBenefit] = field(default_factory=dict)
    support: Mapping[str, Support] = field(default_factory=dict)


def read_proofs(data: Mapping[str, Any]) -> Proofs:
    """From `sources.yaml`. Raises KeyError, TypeError or ValueError for another form."""
    paid, taxed = data.get("living wage"), data.get("assessments")
    return Proofs(
        living_wage=_living_wage(paid) if paid else None,
        assessments=_assessments(taxed) if taxed else None,
        disability=_each((data.get("disability") or {}).get("facts"), _disability),
        child_benefits=_each(data.get("child benefits"), _child_benefit),
        support=_each(data.get("support measures"), _support),
    )


def _each(entries: Mapping[str, Any] | None, read: Any) -> Mapping[str, Any]:
    return MappingProxyType({fact: read(entry) for fact, entry in (entries or {}).items()})


def _living_wage(entry: Mapping[str, Any]) -> LivingWage:
    return LivingWage(
        paid=entry["facts"]["paid"],
        since=entry["facts"]["since"],
        years_back=int(entry["years back"]),
        since_at_least=bool(entry["since at least"]),
    )


def _assessments(entry: Mapping[str, Any]) -> Assessments:
    return Assessments(
        facts=_each(entry["facts"], _income),
        years_back=int(entry["years back"]),
        adults_from=int(entry["adults from"]),
    )


def _income(entry: Mapping[str, Any]) -> Income:
    codes = tuple(map(str, entry["codes"]))
    if not codes:
        raise ValueError("an income is made of at least one code")
    return Income(codes, tuple(map(str, entry.get("added", ()))), bool(entry["verified"]))


def _disability(entry: Mapping[str, Any]) -> Disability:
    recognition = entry.get("recognition", {})
    proof = Disability(
        points=recognition.get("points"),
        earnings=bool(recognition.get("earnings", False)),
        unsuitability=recognition.get("unsuitability"),
        pillar1=recognition.get("pillar 1"),
        allowance=entry.get("allowance"),
        card=entry.get("card"),
    )
    if proof.allowance not in (None, "any", "income replacement", "integration"):
        raise ValueError(f"no such allowance: {proof.allowance}")
    if proof == Disability():
        raise ValueError("a fact without anything that proves it")
    return proof


def _child_benefit(entry: Mapping[str, Any]) -> ChildBenefit:
    return ChildBenefit(entry["category"], entry.get("no beside"))


def _support(entry: Mapping[str, Any]) -> Support:
    return Support(frozenset(entry["measures"]), frozenset(entry["statuses"]))
