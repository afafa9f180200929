"""Services that know amounts and files: asked only for what a yes or no does not settle."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from vanzelf.sources.asking.base import Asking, Readings
from vanzelf.sources.child_benefits import child_benefits
from vanzelf.sources.disabilities import disabilities
from vanzelf.sources.incomes import incomes, of_household
from vanzelf.sources.lawfulness import Group, Permit
from vanzelf.sources.living_wages import living_wages
from vanzelf.sources.magda import (
    geef_aanslagbiljet_personenbelasting,
    geef_dossier_handicap,
    geef_kind_voordelen,
    geef_leefloonbedragen,
    geef_status_recht_ondersteuningen,
)
from vanzelf.sources.supports import supports
from vanzelf.sources.types import Reading, Reason


class AskingValues(Asking):
    """One method per service. Each takes the facts it gives out of those that are wanted, and
    sends nothing when it gives none of them."""

    __slots__ = ()

    def living_wage(
        self, insz: str, facts: Iterable[str], *, about: Group | None = None
    ) -> Readings:
        """GeefLeefloonbedragen: paid for the day, and since when."""
        rule = self.catalogue.proofs.living_wage
        if rule is None or not (wanted := rule.facts & frozenset(facts)):
            return {}

        def ask(permit: Permit) -> Readings:
            wanted = geef_leefloonbedragen.question(insz, self.on.year, rule.years_back)
            answer = self.magda.ask(permit, wanted)
            return living_wages(geef_leefloonbedragen.read(answer), answer, self.on, rule)

        return self.told("GeefLeefloonbedragen", wanted, ask, about)

    def income(self, insz: str, facts: Iterable[str], *, about: Group | None = None) -> Readings:
        """GeefAanslagbiljetPersonenbelasting: one person's own part, in euros per year."""
        rule = self.catalogue.proofs.assessments
        if rule is None or not (wanted := rule.facts.keys() & frozenset(facts)):
            return {}
        year = self.on.year - rule.years_back

        def ask(permit: Permit) -> Readings:
            asked = {fact: rule.facts[fact] for fact in sorted(permit.facts)}
            codes = [code for one in asked.values() for code in (*one.codes, *one.added)]
            question = geef_aanslagbiljet_personenbelasting.question(
                insz, year, list(dict.fromkeys(codes))
            )
            answer = self.magda.ask(permit, question)
            assessment = geef_aanslagbiljet_personenbelasting.read(answer)
            return incomes(asked, assessment, answer, year)

        return self.told("GeefAanslagbiljetPersonenbelasting", wanted, ask, about)

    def household_income(
        self,
        members: Collection[tuple[str, date | None, Group]],
        facts: Collection[str],
        *,
        own: str,
    ) -> Readings:
        """The income of these members (number, day of birth, group) together; `own` is asked first.

        Minors are not asked. It stops at the first adult whose income does not become known, for
        then that of the household does not either.
        """
        rule = self.catalogue.proofs.assessments
        if rule is None or not (wanted := rule.facts.keys() & frozenset(facts)):
            return {}
        found: dict[str, list[Reading]] = {fact: [] for fact in wanted}
        left = set(wanted)
        for insz, born, about in sorted(members, key=lambda member: member[0] != own):
            if born is not None and _age(born, self.on) < rule.adults_from:
                continue
            for fact, reading in self.income(insz, left, about=about).items():
                found[fact].append(reading)
                if not reading.known:
                    left.discard(fact)
        source = "magda/GeefAanslagbiljetPersonenbelasting"
        nothing = Reading.unknown(Reason.NO_DATA, source, self.now)
        return {fact: of_household(parts or [nothing]) for fact, parts in found.items()}

    def disability(
        self, insz: str, facts: Iterable[str], *, about: Group | None = None
    ) -> Readings:
        """GeefDossierHandicap: recognitions, allowances and cards on the day."""
        rules = self.catalogue.proofs.disability
        wanted = rules.keys() & frozenset(facts)

        def ask(permit: Permit) -> Readings:
            answer = self.magda.ask(permit, geef_dossier_handicap.question(insz, self.on))
            asked = {fact: rules[fact] for fact in permit.facts}
            return disabilities(asked, geef_dossier_handicap.read(answer), answer, self.on)

        return self.told("GeefDossierHandicap", wanted, ask, about)

    def child_benefits(
        self, insz: str, facts: Iterable[str], *, about: Group | None = None
    ) -> Readings:
        """GeefKindVoordelen: what is paid for a child in the month of the day."""
        rules = self.catalogue.proofs.child_benefits
        wanted = rules.keys() & frozenset(facts)

        def ask(permit: Permit) -> Readings:
            answer = self.magda.ask(permit, geef_kind_voordelen.question(insz, self.on))
            asked = {fact: rules[fact] for fact in permit.facts}
            return child_benefits(asked, geef_kind_voordelen.read(answer), answer, self.on)

        return self.told("GeefKindVoordelen", wanted, ask, about)

    def support(self, insz: str, facts: Iterable[str], *, about: Group | None = None) -> Readings:
        """GeefStatusRechtOndersteuningen: measures that were granted for the day."""
        rules = self.catalogue.proofs.support
        wanted = rules.keys() & frozenset(facts)

        def ask(permit: Permit) -> Readings:
            answer = self.magda.ask(permit, geef_status_recht_ondersteuningen.question(insz))
            asked = {fact: rules[fact] for fact in permit.facts}
            return supports(asked, geef_status_recht_ondersteuningen.read(answer), answer, self.on)

        return self.told("GeefStatusRechtOndersteuningen", wanted, ask, about)


def _age(born: date, on: date) -> int:
    """Full years on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
