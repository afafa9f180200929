"""An explanation in words: lines with their depth, for a page, a letter or a terminal.

The structure is in the verdict; the sentences are looked up in the regulation by id, in Dutch or
English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from vanzelf.feel import Unknown
from vanzelf.rights.lines import FactLine, Line, ParameterLine
from vanzelf.rights.model import (
    AmountLine,
    CriteriaNode,
    Criterion,
    Dated,
    Delivery,
    Expression,
    Group,
)
from vanzelf.rights.record import explanation_from_data, verdict_from_data
from vanzelf.rights.regulation import Regulation
from vanzelf.rights.tables import TableLine, TableWords
from vanzelf.rights.verdict import (
    Amount,
    Explanation,
    Outcome,
    Step,
    TableStep,
    Used,
    Verdict,
)
from vanzelf.rights.wording import WORDS, euros, fact_name, fact_value, number, per, typed

Part: TypeAlias = "CriteriaNode | AmountLine | Delivery"
Explained: TypeAlias = "Verdict | Explanation | Mapping[str, Any]"


def explain(
    regulation: Regulation,
    explained: Explained,
    language: str = "nl",
    *,
    on: date | None = None,
    people: dict[str, str] | None = None,
) -> list[Line]:
    """The lines of a verdict, of an explanation, or of the data of either.

    `on` is the reference date for parameters when only an explanation is given; `people` names
    the members of a household (`{"gezin.leden[2]": "Lore"}`).
    """
    if isinstance(explained, Mapping):
        verdict_data = "regulation" in explained
        explained = (verdict_from_data if verdict_data else explanation_from_data)(dict(explained))
    if isinstance(explained, Verdict):
        on = explained.reference_date
        if explained.explanation is None:
            raise ValueError("this verdict was made without its explanation")
        explained = explained.explanation
    writer = _Writer(regulation, language, on, people or {})
    shown = (*explained.amounts, *explained.deliveries)
    steps = [explained.criteria, *(step for step in shown if step.outcome is not Outcome.NO)]
    return [line for step in steps for line in writer.of_step(step, 0)]


def describe(regulation: Regulation, language: str = "nl", *, on: date) -> list[Line]:
    """The lines of the rule itself, for nobody in particular; `on` is the reference date."""
    content = regulation.content
    writer = _Writer(regulation, language, on, {}, of_someone=False)
    parts: Sequence[Part] = (content.criteria, *content.amounts, *content.deliveries)
    return [line for part in parts for line in writer.of_part(part, 0)]


def amount_text(regulation: Regulation, amount: Amount, language: str = "nl") -> str:
    """`42 euro per jaar`, `80 % van de kosten van de maaltijden`, `gratis registratie`."""
    words = WORDS[language]
    line = next((line for line in regulation.content.amounts if line.id == amount.id), None)
    of = line.of[language] if line and line.of else ""
    if isinstance(amount.value, Unknown):
        return f"{of}: {words['amount unknown']}" if of else words["amount unknown"]
    if amount.value is None:
        return of
    if amount.kind == "money":
        return euros(amount.value, language) + per(amount.per, language)
    text = number(amount.value, language)
    return f"{text} % {words['of']} {of}" if amount.kind == "percentage" else f"{text} {of}"


@dataclass(frozen=True, slots=True)
class _Writer:
    regulation: Regulation
    language: str
    on: date | None
    people: dict[str, str]
    of_someone: bool = True
    """Whether it is a verdict of someone, and not the rule itself."""

    def of_step(self, step: Step, depth: int) -> Iterator[Line]:
        part = self._parts().get(step.id)
        catalogue = self.regulation.catalogue
        names = (fact_name(catalogue, path, self.language, self.people) for path in step.missing)
        yield self._line(
            depth,
            step.id,
            step.kind,
            step.outcome,
            part,
            facts=tuple(self._fact(used) for used in step.facts),
            missing=tuple(names),
            reason=step.reason,
            choice=step.choice,
            tables=step.tables,
        )
        for inner in step.steps:
            yield from self.of_step(inner, depth + 1)

    def of_part(self, part: Part, depth: int) -> Iterator[Line]:
        kinds = {Criterion: "criterion", AmountLine: "amount", Delivery: "delivery"}
        kind = part.kind if isinstance(part, Group) else kinds[type(part)]
        yield self._line(depth, part.id, kind, None, part)
        if isinstance(part, Group):
            for node in part.nodes:
                yield from self.of_part(node, depth + 1)
        if isinstance(part, AmountLine):
            for choice in part.choices:
                if choice.says:
                    sentence, law = choice.says[self.language], choice.law
                    yield Line(depth + 1, part.id, "choice", None, sentence, law)

    def _parts(self) -> dict[str, Part]:
        content = self.regulation.content
        parts: list[Part] = [*_nodes(content.criteria), *content.amounts, *content.deliveries]
        return {part.id: part for part in parts}

    def _line(
        self,
        depth: int,
        part_id: str,
        kind: str,
        outcome: Outcome | None,
        part: Part | None,
        *,
        facts: tuple[FactLine, ...] = (),
        missing: tuple[str, ...] = (),
        reason: str | None = None,
        choice: int | None = None,
        tables: tuple[TableStep, ...] = (),
    ) -> Line:
        says, law = (part.says, part.law) if part else ({}, ())
        if isinstance(part, AmountLine) and choice is not None:
            chosen = part.choices[choice]
            says, law = chosen.says or says, chosen.law or law
        criterion = part if isinstance(part, Criterion) else None
        default = WORDS[self.language].get(kind, part_id)
        return Line(
            depth,
            part_id,
            kind,
            outcome,
            says.get(self.language, default),
            law,
            facts,
            missing,
            self._parameters(part),
            criterion.evidence.get(self.language, "") if criterion else "",
            criterion.note.get(self.language, "") if criterion else "",
            reason,
            self._tables(part, tables),
        )

    def _tables(self, part: Part | None, steps: tuple[TableStep, ...]) -> tuple[TableLine, ...]:
        """The tables of a step; of the rule itself when it is of nobody."""
        if self.on is None or part is None:
            return ()
        regulation = self.regulation
        words = TableWords(
            regulation.catalogue,
            self.language,
            regulation.content.parameters,
            regulation.bound(self.on),
        )
        used = {
            (table.file, table.decision): table
            for expression in _expressions(part)
            for table in expression.tables
        }
        if not self.of_someone:
            return tuple(words.of(table, None) for table in used.values())
        found = ((used.get((step.file, step.decision)), step) for step in steps)
        return tuple(words.of(table, step) for table, step in found if table is not None)

    def _fact(self, used: Used) -> FactLine:
        catalogue, origin = self.regulation.catalogue, used.origin
        return FactLine(
            path=used.path,
            name=fact_name(catalogue, used.path, self.language, self.people),
            value=fact_value(catalogue, used.path, used.value, self.language),
            source=origin.source if origin else None,
            as_of=origin.as_of if origin else None,
            valid_from=origin.valid_from if origin else None,
            valid_until=origin.valid_until if origin else None,
            reason=origin.reason if origin else None,
            declared=origin.declared if origin else False,
        )

    def _parameters(self, part: Part | None) -> tuple[ParameterLine, ...]:
        if self.on is None or part is None:
            return ()
        names = dict.fromkeys(
            name for expression in _expressions(part) for name in expression.parameters
        )
        return tuple(self._parameter(name, self.on) for name in names)

    def _parameter(self, name: str, on: date) -> ParameterLine:
        parameter = self.regulation.content.parameters[name]
        dated = parameter.on(on)
        shown = parameter.names[self.language]
        if dated is None:
            return ParameterLine(shown, WORDS[self.language]["unknown"], False, "", ())
        value = self._worth(parameter.type, parameter.per, dated)
        note = dated.note.get(self.language, "")
        return ParameterLine(shown, value, dated.verified, note, dated.sources)

    def _worth(self, kind: str, period: str | None, dated: Dated) -> str:
        unknown = WORDS[self.language]["unknown"]
        if not isinstance(dated.value, tuple):
            value = dated.value
            return unknown if value is None else typed(kind, period, value, self.language)
        rows = (
            f"{row.label}: "
            + (unknown if row.value is None else typed(kind, period, row.value, self.language))
            for row in dated.value
        )
        return "; ".join(rows)


def _nodes(node: CriteriaNode) -> Iterator[CriteriaNode]:
    yield node
    if isinstance(node, Group):
        for inner in node.nodes:
            yield from _nodes(inner)


def _expressions(part: Part) -> Iterable[Expression]:
    if isinstance(part, AmountLine):
        return [e for choice in part.choices for e in (choice.when, choice.value) if e]
    if isinstance(part, Group) or part.when is None:
        return []
    return [part.when]
