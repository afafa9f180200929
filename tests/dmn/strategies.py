"""Random decision models: small graphs of tables and boxed expressions over typed inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Final

from tests.dmn.building import (
    context,
    decision,
    definitions,
    feel,
    function,
    item,
    knowledge,
    put_in,
    service,
    variable,
)
from tests.feel.strategies import (
    DATE,
    NUMBER,
    NUMBERS,
    STRING,
    TRUTH,
    Expressions,
    Type,
    context_of,
    list_of,
)
from vanzelf import feel as language
from vanzelf.dmn.definitions import (
    Aggregation,
    Binding,
    Conditional,
    DecisionTable,
    Definitions,
    Expression,
    Filter,
    For,
    HitPolicy,
    InputClause,
    Invocation,
    ListExpression,
    Literal,
    OutputClause,
    Quantified,
    Quantifier,
    Relation,
    Rule,
    Variable,
)

STATUS: Final = ("werkend", "werkloos", "met pensioen")
INPUTS: Final[Mapping[str, tuple[str | None, Type]]] = {
    "leeftijd": ("number", NUMBER),
    "jaarlijks inkomen": ("tBedrag", NUMBER),
    "aantal": ("tAantal", NUMBER),
    "student": ("boolean", TRUTH),
    "beëindigd": ("boolean", TRUTH),
    "statuut": ("tStatuut", STRING),
    "naam": (None, STRING),
    "sinds": ("date", DATE),
    "bedragen": ("tBedragen", NUMBERS),
    "gezin": ("tGezin", context_of(grootte=NUMBER, alleenstaand=TRUTH, statuut=STRING)),
    "leden": ("tLeden", list_of(context_of(leeftijd=NUMBER, student=TRUTH))),
}
"""Input data: the name of its type in the model, and what that comes to."""

ITEMS: Final = (
    item("tBedrag", "number", allowed="[0..1000000]"),
    item("tAantal", "number", allowed="0, 1, 2, 3"),
    item("tStatuut", "string", allowed=", ".join(f'"{one}"' for one in STATUS)),
    item("tBedragen", "tBedrag", many=True),
    item(
        "tGezin", None, item("grootte", "tAantal"), item("alleenstaand", "boolean"),
        item("statuut", "tStatuut"),
    ),
    item("tLeden", None, item("leeftijd", "number"), item("student", "boolean"), many=True),
)  # fmt: skip

POLICIES: Final = (*HitPolicy, HitPolicy.FIRST, HitPolicy.FIRST)


def xml_id(name: str) -> str:
    return name.replace(" ", "_")


IDS: Final = tuple(map(xml_id, INPUTS))
PUT_IN: Final = tuple(
    replace(put_in(f"{name}: {ref}" if ref else name), id=xml_id(name))
    for name, (ref, _) in INPUTS.items()
)


class Models:
    """Draws models, and inputs for them."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.scope: dict[str, Type] = {name: of for name, (_, of) in INPUTS.items()}

    def definitions(self, decisions: int = 4) -> Definitions:
        """Decisions that each see all inputs and the decisions before."""
        parts, names = [], []
        for number in range(1, decisions + 1):
            gives = self.random.choice((NUMBER, NUMBER, STRING, TRUTH))
            logic = self._logic(gives)
            typed = f": {gives.name}" if self.random.random() < 0.3 else ""
            name = f"besluit {number}"
            made = decision(
                f"{name}{typed}", logic, inputs=IDS, decisions=names, knowledge=["helper"]
            )
            parts.append(replace(made, id=xml_id(name)))
            names = [*names, xml_id(name)]
            self.scope[name] = gives
        helper = knowledge("helper", ["p: number", "q"], "if p > 10 then q else p")
        bundled = service("dienst", outputs=names[-1:], encapsulated=names[:-1], inputs=IDS)
        return definitions(*ITEMS, *PUT_IN, *parts, helper, bundled)

    def table(self, rows: int = 4) -> Definitions:
        """One decision table over the inputs."""
        gives = self.random.choice((NUMBER, STRING, TRUTH))
        made = decision("besluit", self._table(gives, rows), inputs=IDS)
        return definitions(*ITEMS, *PUT_IN, made)

    def one_decision(self, text: str) -> Definitions:
        """One decision of one FEEL text."""
        return definitions(*ITEMS, *PUT_IN, decision("besluit", text, inputs=IDS))

    # --- values -------------------------------------------------------------------------------

    def inputs(self) -> dict[str, object]:
        """A legal value for each input."""
        return {name: self.legal(name) for name in INPUTS}

    def legal(self, path: str) -> object:
        """A legal value for an input, or for a member of one such as `gezin.grootte`."""
        choice = self.random.choice
        if path == "gezin":
            return {
                name: self.legal(f"gezin.{name}") for name in ("grootte", "alleenstaand", "statuut")
            }
        if path == "leden":
            return [self._member() for _ in range(self.random.randint(0, 3))]
        if path == "bedragen":
            return [Decimal(choice((0, 10, 250))) for _ in range(self.random.randint(0, 3))]
        last = path.rpartition(".")[2]
        if last in ("aantal", "grootte"):
            return Decimal(self.random.randint(0, 3))
        if last == "statuut":
            return choice(STATUS)
        if last in ("leeftijd", "jaarlijks inkomen"):
            return Decimal(choice((0, 17, 18, 20, 64, 65, 1000, 20000)))
        if last == "naam":
            return choice(("", "Ann", "é"))
        if last == "sinds":
            return Expressions(self.random).value(DATE)
        return choice((True, False))

    def _member(self) -> dict[str, object]:
        return {"leeftijd": self.legal("leeftijd"), "student": self.legal("student")}

    # --- logic --------------------------------------------------------------------------------

    def _logic(self, gives: Type) -> Expression:
        ways: tuple[Callable[[Type], Expression], ...] = (
            self._literal, self._table, self._table, self._context, self._conditional,
            self._invocation, self._loop, self._relation,
        )  # fmt: skip
        return self.random.choice(ways)(gives)

    def _text(self, gives: Type, depth: int = 2) -> str:
        draw = Expressions(self.random, dict(self.scope))
        return language.unparse(draw.expression(gives, depth))

    def _literal(self, gives: Type) -> Literal:
        return feel(self._text(gives))

    def _context(self, gives: Type) -> Expression:
        first = self.random.choice((NUMBER, TRUTH))
        entries = [("tussen stap", feel(self._text(first))), ("nog een", self._text(gives))]
        result = f"if {self._text(TRUTH, 1)} then nog een else {self._text(gives, 1)}"
        return context(*entries, ("", result))

    def _conditional(self, gives: Type) -> Expression:
        return Conditional(
            condition=self._literal(TRUTH), then=self._literal(gives), otherwise=self._table(gives)
        )

    def _invocation(self, gives: Type) -> Expression:
        arguments = {"p": self._text(NUMBER), "q": self._text(gives)}
        bindings = (
            Binding(parameter=Variable(name=n), value=feel(t)) for n, t in arguments.items()
        )
        if self.random.random() < 0.5:
            return Invocation(function=feel("helper"), bindings=tuple(bindings))
        inside = function(["p: number", "q"], f"if p > 3 then q else {self._text(gives, 1)}")
        return context(("hulp", inside), ("", f"hulp({arguments['p']}, {arguments['q']})"))

    def _loop(self, gives: Type) -> Expression:
        if gives == TRUTH:
            return Quantified(
                quantifier=self.random.choice(tuple(Quantifier)),
                iterator="lid",
                source=feel("leden"),
                condition=feel(f"lid.student or {self._text(TRUTH, 1)}"),
            )
        listed = self.random.choice(
            (
                For(iterator="lid", source=feel("leden"), result=feel("lid.leeftijd")),
                Filter(source=feel("leden"), match=feel("item.student")),
                ListExpression(items=(self._literal(gives), self._literal(gives))),
            )
        )
        how = "count(lijst)" if gives == NUMBER else "string(lijst)"
        return context(("lijst", listed), ("", how))

    def _relation(self, gives: Type) -> Expression:
        rows = tuple((feel(str(at)), self._literal(gives)) for at in range(2))
        made = Relation(columns=(variable("van"), variable("waarde")), rows=rows)
        return context(("rijen", made), ("", f"rijen[van <= {self._text(NUMBER, 1)}].waarde[1]"))

    def _table(self, gives: Type, rows: int = 3) -> DecisionTable:
        policy = self.random.choice(POLICIES)
        listing = policy in (HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER)
        aggregation = None
        if policy is HitPolicy.COLLECT and gives == NUMBER:
            aggregation = self.random.choice((None, *Aggregation))
        tested = [self._tested() for _ in range(self.random.randint(1, 3))]
        values = [self._output(gives) for _ in range(3)]
        made = tuple(
            Rule(
                tests=tuple(self._cell(of) for _, of in tested),
                outputs=(feel(self.random.choice(values) if listing else self._text(gives, 1)),),
            )
            for _ in range(self.random.randint(0, rows))
        )
        default = feel(self._output(gives)) if self.random.random() < 0.3 else None
        allowed = ", ".join(dict.fromkeys(values)) if listing else None
        return DecisionTable(
            inputs=tuple(
                InputClause(expression=feel(text, of.name if self.random.random() < 0.5 else None))
                for text, of in tested
            ),
            outputs=(OutputClause(allowed_values=allowed, default=default),),
            rules=made,
            hit_policy=policy,
            aggregation=aggregation,
        )

    def _tested(self) -> tuple[str, Type]:
        simple = [(name, of) for name, of in self.scope.items() if not of.inside]
        simple += [("gezin.grootte", NUMBER), ("gezin.statuut", STRING), ("count(leden)", NUMBER)]
        return self.random.choice(simple)

    def _output(self, gives: Type) -> str:
        choice = self.random.choice
        if gives == STRING:
            return choice(('"ja"', '"nee"', '"misschien"'))
        return choice(("true", "false")) if gives == TRUTH else choice(("1", "2", "10"))

    def _cell(self, of: Type) -> str:
        choice = self.random.choice
        if self.random.random() < 0.2:
            return "-"
        if of == TRUTH:
            return choice(("true", "false", "not(true)", "?", "true, false", "null"))
        if of == STRING:
            one, other = (f'"{choice((*STATUS, "ja", "Ann"))}"' for _ in range(2))
            return choice(
                (one, f"{one}, {other}", f"not({one})", f"? = {one}", f"not(null, {one})")
            )
        if of == DATE:
            return choice(
                ('< @"2020-01-01"', '[@"2019-01-01"..@"2021-01-01"]', f"> {self._text(DATE, 1)}")
            )
        low, high = sorted(choice((0, 1, 2, 18, 65, 1000)) for _ in range(2))
        return choice(
            (
                f"< {low}", f">= {high}", f"[{low}..{high})", f"{low}, {high}", f"not({low})",
                f"not([{low}..{high}])", f"? * 2 > {high}", f"<= {self._text(NUMBER, 1)}", "null",
            )
        )  # fmt: skip
