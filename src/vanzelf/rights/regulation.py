"""A regulation that can be asked: who has this right on that day, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.rights.compiled import (
    NOTHING,
    CompiledAmount,
    CompiledDelivery,
    decider,
    delivery_of,
)
from vanzelf.rights.dates import PERIOD_LABELS, REFERENCE_DATES
from vanzelf.rights.evaluation import (
    Origins,
    State,
    States,
    evaluate,
    in_order,
    reasons_of,
    state_of,
    steps_of,
    tree_of,
    used_by,
)
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.fired import tables_of
from vanzelf.rights.functions import FUNCTIONS, parameter_values
from vanzelf.rights.household import Needed, fill
from vanzelf.rights.model import AmountLine, Authority, Content, Expression, criteria_of
from vanzelf.rights.regulation_file import expressions_of, facts_of
from vanzelf.rights.settle import Search, Settling
from vanzelf.rights.verdict import Amount, Explanation, Outcome, Step, TableStep, Used, Verdict

_UNITS = {"money": "EUR", "percentage": "%"}
_NO_ORIGINS: Origins = {}


class Regulation:
    """One right. Compiled once; `check` is a pure function of facts and day."""

    def __init__(self, content: Content, catalogue: Catalogue) -> None:
        self.content = content
        self.catalogue = catalogue
        self.needed: tuple[str, ...] = facts_of(content)
        """The facts it may use, `[]` for every member of a list: `gezin.leden[].leefloon`."""
        self._needed = Needed.of(self.needed)
        self._decide = decider(content.criteria)
        self._tree = tree_of(content.criteria)
        self._amounts = tuple(CompiledAmount.of(line) for line in content.amounts)
        self._deliveries = tuple(CompiledDelivery.of(item) for item in content.deliveries)
        uses = Counter(
            path
            for criterion in criteria_of(content.criteria)
            for path in (*criterion.when.facts, *criterion.when.repeated)
        )
        self._repeated = frozenset(path for path, times in uses.items() if times > 1)
        self._bound: dict[date, Mapping[str, object]] = {}

    def __repr__(self) -> str:
        return f"<Regulation {self.id}>"

    @property
    def id(self) -> str:
        return self.content.id

    @property
    def unit(self) -> str:
        """Who holds the right: `gezin` or `persoon`."""
        return self.content.unit

    @property
    def authority(self) -> Authority:
        return self.content.authority

    @property
    def advice_only(self) -> bool:
        """An advice to a member of staff, never an award by itself."""
        return self.content.advice_only

    @property
    def content_hash(self) -> str:
        """SHA-256 over what the file says and the types of its facts, in hexadecimal."""
        return self.content.hash

    def expressions(self) -> Iterator[Expression]:
        """Every expression that decides, from top to bottom."""
        return expressions_of(self.content)

    def name(self, language: str = "nl") -> str:
        return self.content.names[language]

    def summary(self, language: str = "nl") -> str:
        return self.content.summary[language]

    def reference_date(self, on: date) -> date:
        """The day on which facts and parameters are looked at, for a check on a day."""
        return REFERENCE_DATES[self.content.reference_rule](on)

    def period_label(self, on: date) -> str:
        """What an award is once per: `2026`, `2026-K1`, `2025-2026`, `eenmalig`."""
        return PERIOD_LABELS[self.content.once_per](on)

    def check(
        self,
        facts: Mapping[str, object],
        on: date,
        *,
        origins: Origins | None = None,
        explain: bool = True,
    ) -> Verdict:
        """The verdict for a household (`gezin`) or a person in it (`persoon` and `gezin`).

        `facts` are nested as expressions see them, as they were on the reference date; money in
        euros. A listed fact that is absent is unknown, None is known to be absent. `origins` says
        by path (`gezin.leden[1].leefloon`) where values came from. Without `explain` only
        outcome, amounts, delivery and reasons are found, a good deal faster.
        """
        reference = self.reference_date(on)
        bound = self._bound_on(reference)
        if not explain:
            return self._fast({**facts, **bound}, on, reference)
        filled = fill(self._needed, facts)
        return _Check(self, filled, {**bound, **filled}, origins or _NO_ORIGINS).verdict(
            on, reference
        )

    def worth(self, facts: Mapping[str, object], on: date) -> tuple[Amount, ...]:
        """What a YES would give for these facts, whatever the outcome: what an UNKNOWN may cost."""
        return self._worth({**facts, **self._bound_on(self.reference_date(on))})

    def _worth(self, context: Mapping[str, object]) -> tuple[Amount, ...]:
        return tuple(
            _amount(compiled.line, value)
            for compiled in self._amounts
            if (value := compiled.value(context)[0]) is not NOTHING
        )

    def bound(self, reference: date) -> Mapping[str, object]:
        """What its parameters are worth on a reference date, and the functions that it may use."""
        return self._bound_on(reference)

    def _bound_on(self, reference: date) -> Mapping[str, object]:
        bound = self._bound.get(reference)
        if bound is None:
            bound = self._bound[reference] = self._bindings(reference)
        return bound

    def _bindings(self, reference: date) -> Mapping[str, object]:
        """Every name of the top level but the facts, worth what it is on the reference date."""
        values = parameter_values(self.content.parameters, reference)
        return {**FUNCTIONS, **values, "peildatum": reference}

    def _fast(self, context: Mapping[str, object], on: date, reference: date) -> Verdict:
        outcome, reasons = self._decide(context)
        amounts: tuple[Amount, ...] = ()
        delivery = None
        if outcome is True:
            amounts = self._worth(context)
            delivery = delivery_of(self._deliveries, context)
        return Verdict(
            self.id,
            self.content_hash,
            on,
            reference,
            Outcome.of(outcome),
            amounts,
            delivery,
            reasons,
        )


class _Check:
    """One check with its explanation."""

    def __init__(
        self,
        regulation: Regulation,
        facts: dict[str, object],
        context: Mapping[str, object],
        origins: Origins,
    ) -> None:
        self.regulation = regulation
        self.facts = facts
        self.context = context
        self.origins = origins
        self.states: States = {}

    def verdict(self, on: date, reference: date) -> Verdict:
        regulation = self.regulation
        tree = regulation._tree
        evaluate(tree, self.context, self.states)
        criteria = steps_of(tree, self.states, self.facts, self.origins, self.context)
        outcome = criteria.outcome
        reasons = reasons_of(tree, self.states)
        amounts: tuple[Amount, ...] = ()
        amount_steps: tuple[Step, ...] = ()
        deliveries: tuple[Step, ...] = ()
        settling = Settling()
        if outcome is Outcome.UNKNOWN:
            settling = self._settling()
        if outcome is Outcome.YES:
            worth = [self._amount(compiled) for compiled in regulation._amounts]
            amounts = tuple(amount for amount, _ in worth if amount is not None)
            amount_steps = tuple(step for _, step in worth)
            deliveries = self._deliveries()
            settling = self._for_amount((*amount_steps, *deliveries))
        last = deliveries[-1] if deliveries else None
        undecided = any(step.outcome is Outcome.UNKNOWN for step in deliveries)
        return Verdict(
            regulation.id,
            regulation.content_hash,
            on,
            reference,
            outcome,
            amounts,
            last.id if last and last.outcome is Outcome.YES and not undecided else None,
            reasons,
            settling.missing,
            settling.sets,
            settling.complete,
            settling.next_question,
            Explanation(criteria, amount_steps, deliveries),
        )

    def _settling(self) -> Settling:
        regulation = self.regulation
        search = Search(
            regulation._tree,
            self.states,
            self.facts,
            self.context,
            regulation.catalogue,
            regulation._repeated,
        )
        return search.run()

    def _amount(self, compiled: CompiledAmount) -> tuple[Amount | None, Step]:
        value, choice = compiled.value(self.context)
        line = compiled.line
        parts = [part for c in line.choices for part in (c.when, c.value) if part]
        used = self._used(parts)
        if value is NOTHING:
            return None, Step(line.id, "amount", Outcome.NO, facts=used)
        amount = _amount(line, value)
        tables = self._tables(parts)
        if isinstance(value, Unknown):
            step = self._step(line.id, "amount", state_of(value), used)
            return amount, replace(step, choice=choice, tables=tables)
        step = Step(line.id, "amount", Outcome.YES, facts=used, choice=choice, tables=tables)
        return amount, step

    def _tables(self, expressions: Iterable[Expression]) -> tuple[TableStep, ...]:
        """The tables that these expressions go through, each once."""
        found = (table for one in expressions for table in tables_of(one, self.context))
        return tuple(dict.fromkeys(found))

    def _used(self, expressions: Iterable[Expression]) -> tuple[Used, ...]:
        """What these expressions look at, each fact once."""
        found: dict[str, Used] = {}
        for expression in expressions:
            for used in used_by(expression, self.facts, self.origins):
                found.setdefault(used.path, used)
        return tuple(found.values())

    def _step(self, name: str, kind: str, state: State, used: tuple[Used, ...]) -> Step:
        missing = in_order(state.causes, (item.path for item in used))
        outcome = Outcome.of(state.outcome)
        return Step(name, kind, outcome, (), used, missing, state.reason)

    def _deliveries(self) -> tuple[Step, ...]:
        """The deliveries up to the one that holds."""
        steps: list[Step] = []
        for compiled in self.regulation._deliveries:
            when = compiled.delivery.when
            state = state_of(True if compiled.when is None else compiled.when(self.context))
            parts = (when,) if when else ()
            step = self._step(compiled.delivery.id, "delivery", state, self._used(parts))
            steps.append(replace(step, tables=self._tables(parts)))
            if state.outcome is True:
                break
        return tuple(steps)

    def _for_amount(self, steps: tuple[Step, ...]) -> Settling:
        """What a YES still lacks to know its amount and delivery."""
        missing = tuple(dict.fromkeys(path for step in steps for path in step.missing))
        catalogue = self.regulation.catalogue
        cheapest = min(missing, key=lambda path: catalogue.at(path).intrusiveness, default=None)
        return Settling(missing, (), True, cheapest)


def _amount(line: AmountLine, value: object) -> Amount:
    known = value if isinstance(value, Decimal) else UNKNOWN if isinstance(value, Unknown) else None
    return Amount(line.id, line.kind, known, line.per, _UNITS.get(line.kind, ""))
