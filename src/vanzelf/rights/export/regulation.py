"""From a regulation to a model: parameters, definitions, criteria, amounts and delivery."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vanzelf.dmn.definitions import Context, ContextEntry, Definitions, Literal, Variable
from vanzelf.feel import ast, unparse
from vanzelf.rights.decided import Decided
from vanzelf.rights.export.alternatives import first_of
from vanzelf.rights.export.building import Building
from vanzelf.rights.export.facts import add_inputs, quantity
from vanzelf.rights.export.naming import readable, slug
from vanzelf.rights.export.parameters import (
    ADDED_FUNCTIONS,
    add_function,
    add_parameter,
    literal,
    text,
)
from vanzelf.rights.export.taking import Taking
from vanzelf.rights.household import Needed
from vanzelf.rights.model import (
    AmountLine,
    CriteriaNode,
    Criterion,
    Definition,
    Expression,
    Group,
    Parameter,
)
from vanzelf.rights.regulation import Regulation
from vanzelf.rights.trees import mapped, names_in
from vanzelf.rights.types import BOOLEAN, DATE, Quantity, Type, Words

SUMMARY = "Besluit"
"""The decision that holds all the others."""
_GROUPS = {"all": ("Alles samen", " and "), "any": ("Minstens een", " or ")}


@dataclass(frozen=True, slots=True)
class Exported:
    """A model, and the names in it of what a verdict says."""

    definitions: Definitions
    outcome: str
    """The decision whether there is a right: true, false, or null where it is not known."""
    amounts: Mapping[str, tuple[str, str | None]]
    """By amount line: the decision of the value, and the one whether the line counts at all."""
    delivery: str | None
    """The decision with the name of the delivery."""
    remarks: tuple[str, ...]
    """What the standard has no words for."""


def export(regulation: Regulation, on: date) -> Exported:
    """The regulation as it is for a check on that day."""
    return _Exporter(regulation, regulation.reference_date(on)).run()


@dataclass(slots=True)
class _Exporter:
    regulation: Regulation
    on: date
    building: Building = field(default_factory=Building)
    extra: dict[str, str] = field(default_factory=dict)
    """Tables with a value that is not known, and the input data that stands for it."""
    taking: Taking = field(init=False)

    def __post_init__(self) -> None:
        self.taking = Taking(self.building)

    def run(self) -> Exported:
        content = self.regulation.content
        self._inputs()
        for parameter in content.parameters.values():
            missing = add_parameter(self.building, parameter, self.on)
            if missing is not None:
                self.extra[parameter.name] = missing
        for definition in content.definitions.values():
            self._definition(definition)
        outcome = self._outcome()
        amounts = {line.id: self._amount(line) for line in content.amounts}
        delivery = self._delivery()
        self._all(outcome, amounts, delivery)
        self._remarks()
        return Exported(
            self._definitions(), outcome, amounts, delivery, tuple(self.building.remarks)
        )

    def _definition(self, definition: Definition) -> None:
        logic, uses = self._written(definition.expression)
        if logic == definition.name:
            return  # the model that it refers to calls it so too
        kind = self._type_ref(definition.expression.type)
        says = definition.says.get("nl")
        self.building.decision(definition.name, logic, kind, uses, description=says, exact=True)

    # --- what there is to begin with ----------------------------------------------------------

    def _inputs(self) -> None:
        used = self._names_used()
        for tree in self._trees():
            if isinstance(tree, Decided):
                self.taking.reserve(tree)
        add_inputs(self.building, Needed.of(self.regulation.needed), self.regulation.catalogue)
        if "peildatum" in used:
            self.building.decision(
                "peildatum", literal(self.on), "date", (),
                description="De dag waarop we kijken.", exact=True,
            )  # fmt: skip
        for name in ADDED_FUNCTIONS:
            if name in used:
                add_function(self.building, name)

    def _trees(self) -> list[ast.Node]:
        """Every expression as it is written, definitions apart."""
        definitions = self.regulation.content.definitions.values()
        trees = [definition.expression.written for definition in definitions]
        return trees + [expression.written for expression in self.regulation.expressions()]

    def _names_used(self) -> set[str]:
        return {name for tree in self._trees() for name in names_in(tree)}

    def _written(self, expression: Expression) -> tuple[str, set[str]]:
        """An expression as its file has it, and the names in it."""
        if isinstance(expression.written, Decided):
            name = self.taking.along(expression.written)
            return name, {name}
        uses = set(names_in(expression.written))
        called = self.extra.keys() & uses
        if not called:
            return " ".join(expression.text.split()), uses
        tree = mapped(expression.written, self._with_unknown)
        return unparse(tree), uses | {self.extra[name] for name in called}

    def _with_unknown(self, node: ast.Node) -> ast.Node:
        """A look-up in a table that has a value which is not known: that is handed in too."""
        if not isinstance(node, ast.Call) or not isinstance(node.function, ast.Name):
            return node
        extra = self.extra.get(node.function.name)
        if extra is None:
            return node
        given = node.arguments or tuple(argument.value for argument in node.named)
        return ast.Call(node.function, (*given, ast.Name(extra)))

    def _type_ref(self, kind: Type) -> str | None:
        match kind:
            case Quantity(money=money, per=per):
                return quantity(self.building, "money" if money else "number", per)
            case Words():
                return "string"
        return "boolean" if kind == BOOLEAN else "date" if kind == DATE else None

    # --- criteria -----------------------------------------------------------------------------

    def _outcome(self) -> str:
        inner = self._node(self.regulation.content.criteria)
        return self.building.decision(
            "Recht", inner, "boolean", [inner],
            question=f"Is er recht op: {self.regulation.name()}?",
            description=self.regulation.summary(),
        )  # fmt: skip

    def _node(self, node: CriteriaNode) -> str:
        if isinstance(node, Criterion):
            return self._criterion(node)
        inner = [self._node(child) for child in node.nodes]
        return self._group(node, inner)

    def _criterion(self, criterion: Criterion) -> str:
        logic, uses = self._written(criterion.when)
        told = [texts["nl"] for texts in (criterion.evidence, criterion.note) if texts]
        return self.building.decision(
            readable(criterion.id), logic, "boolean", uses,
            question=criterion.says["nl"], description=" ".join(told),
            label=criterion.id, law=criterion.law,
        )  # fmt: skip

    def _group(self, group: Group, inner: list[str]) -> str:
        name, operator = _GROUPS.get(group.kind, ("Niet", ""))
        logic = operator.join(inner) if operator else f"not({inner[0]})"
        named = group.says and group.id.partition(" ")[0] not in ("all", "any", "not")
        return self.building.decision(
            readable(group.id) if named else name, logic, "boolean", inner,
            question=group.says.get("nl"), law=group.law,
        )  # fmt: skip

    # --- amounts and delivery -----------------------------------------------------------------

    def _amount(self, line: AmountLine) -> tuple[str, str | None]:
        alone = len(self.regulation.content.amounts) == 1
        name = "Bedrag" if alone else f"Bedrag {readable(line.id)}"
        kind = quantity(self.building, line.kind, None) if line.kind != "in kind" else None
        uses: set[str] = set()
        parts: list[tuple[str | None, str]] = []
        for choice in line.choices:
            when, names = self._written(choice.when) if choice.when else (None, set())
            value, more = self._written(choice.value) if choice.value else (None, set())
            parts.append((when, value if value is not None else text(line.of.get("nl", ""))))
            uses |= names | more
        if line.per and line.per != "eenmalig":
            kind = quantity(self.building, "money", line.per)
        told = [texts["nl"] for texts in (line.says, line.of) if texts]
        logic, all_uses = first_of(self.building, parts, uses)
        decision = self.building.decision(
            name, logic, kind, all_uses,
            description=" ".join(told), law=line.law,
        )  # fmt: skip
        conditions = [when for when, _ in parts if when is not None]
        if len(conditions) < len(parts):
            return decision, None
        applies = self.building.decision(
            f"{decision} telt", " or ".join(f"({when})" for when in conditions), "boolean", uses,
            description="Of dit bedrag er is: null is nog niet gekend.",
        )  # fmt: skip
        return decision, applies

    def _delivery(self) -> str | None:
        deliveries = self.regulation.content.deliveries
        if not deliveries:
            return None
        uses: set[str] = set()
        parts: list[tuple[str | None, str]] = []
        for delivery in deliveries:
            when, names = self._written(delivery.when) if delivery.when else (None, set())
            parts.append((when, text(delivery.id)))
            uses |= names
        logic, all_uses = first_of(self.building, parts, uses)
        law = [reference for delivery in deliveries for reference in delivery.law]
        told = " ".join(f"{delivery.id}: {delivery.says['nl']}" for delivery in deliveries)
        return self.building.decision(
            "Levering", logic, "string", all_uses, description=told, law=law
        )

    def _all(
        self, outcome: str, amounts: Mapping[str, tuple[str, str | None]], delivery: str | None
    ) -> None:
        """One decision with everything, for who asks only one."""
        names = [name for name, _ in amounts.values()] + ([delivery] if delivery else [])
        entries = [ContextEntry(Variable(outcome, "boolean"), Literal(outcome))]
        entries += [
            ContextEntry(Variable(name), Literal(f"if {outcome} then {name} else null"))
            for name in names
        ]
        self.building.decision(SUMMARY, Context(tuple(entries)), None, [outcome, *names])

    # --- the whole ----------------------------------------------------------------------------

    def _definitions(self) -> Definitions:
        building, right = self.building, self.regulation.id
        return Definitions(
            self.regulation.name(),
            f"urn:vanzelf:regeling:{right.replace('/', ':')}",
            item_definitions=tuple(building.types.values()),
            input_data=tuple(building.inputs.values()),
            decisions=tuple(building.decisions.values()),
            knowledge_models=tuple(building.knowledge.values()),
            knowledge_sources=tuple(building.sources.values()),
            id=f"regeling_{slug(right)}",
            description=self.regulation.summary(),
        )

    def _remarks(self) -> None:
        content, remark = self.regulation.content, self.building.remark
        remark(f"values are those of {self.on}: the model knows no other day")
        doubtful = [name for name, one in content.parameters.items() if not _verified(one, self.on)]
        if doubtful:
            remark(f"not verified, which only their descriptions tell: {', '.join(doubtful)}")
        remark(
            "a fact that is not known is null in DMN, and null may become an answer; the warnings "
            "of the model say where. Vanzelf itself leaves the answer open then"
        )
        periods = [
            name for name, kind in self.building.types.items() if re.search("Per[A-Z]", name)
        ]
        if periods:
            remark(f"what is per year or month is a type's name: {', '.join(periods)}; "
                   "other tools do not hold them apart")  # fmt: skip
        remark("left out: who decides and how one appeals, how often and when it is checked, where "
               "each fact is asked, life events, notes, English texts")  # fmt: skip
        if content.advice_only:
            remark("the outcome is an advice to a member of staff, which the model cannot say")


def _verified(parameter: Parameter, on: date) -> bool:
    dated = parameter.on(on)
    return dated is None or dated.verified
