"""Random FEEL expressions that make sense: of a wanted type, over names of known types.

`trees.py` draws anything at all, and most of that is null. Here an `and` stands between truths
and a `+` between numbers or dates and durations, so that the laws are tried where values are.
Drawn from a seeded `Random`: a law is tried on thousands of expressions in seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from vanzelf import feel
from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op


@dataclass(frozen=True)
class Type:
    """`name` with what is inside it: a list's or range's element, a context's members."""

    name: str
    inside: tuple[tuple[str, Type], ...] = ()

    @property
    def element(self) -> Type:
        return self.inside[0][1]

    def put(self, known: Type) -> Type:
        """This type with the variable T replaced."""
        if self.name == "T":
            return known
        return Type(self.name, tuple((name, type.put(known)) for name, type in self.inside))


def list_of(element: Type) -> Type:
    return Type("list", (("", element),))


def range_of(element: Type) -> Type:
    return Type("range", (("", element),))


def context_of(**members: Type) -> Type:
    return Type("context", tuple((name.replace("_", " "), type) for name, type in members.items()))


NUMBER, TRUTH, STRING, T = Type("number"), Type("boolean"), Type("string"), Type("T")
DATE, TIME, MOMENT = Type("date"), Type("time"), Type("date and time")
DAYS, MONTHS = Type("days and time duration"), Type("years and months duration")
NUMBERS, LIST = list_of(NUMBER), list_of(T)
BASIC: Final = (NUMBER, TRUTH, STRING, DATE, TIME, MOMENT, DAYS, MONTHS)
ORDERED: Final = (NUMBER, STRING, DATE, TIME, MOMENT, DAYS, MONTHS)

MEMBER: Final = context_of(
    naam=STRING, leeftijd=NUMBER, geboren_op=DATE, student=TRUTH, punten=NUMBERS
)
SCOPE: Final[Mapping[str, Type]] = {
    "bedrag": NUMBER,
    "café au lait": NUMBER,
    "verhoogde tegemoetkoming": TRUTH,
    "naam": STRING,
    "geboren op": DATE,
    "uur": TIME,
    "ogenblik": MOMENT,
    "wachttijd": DAYS,
    "looptijd": MONTHS,
    "bedragen": NUMBERS,
    "kinderen": list_of(MEMBER),
    "gezin": context_of(inkomen=NUMBER, oudste=MEMBER, leden=list_of(MEMBER)),
    "schijf": range_of(NUMBER),
    "periode": range_of(DATE),
}
"""The names that an expression may use; members with spaces and accents among them."""

_RANGES = ((range_of(NUMBER), NUMBER), (range_of(DATE), DATE))
BUILT_INS: Final[tuple[tuple[str, Type, tuple[Type, ...]], ...]] = (
    *((name, NUMBER, (NUMBER,)) for name in ("abs", "floor", "ceiling", "sqrt", "log", "exp")),
    *((name, NUMBER, (NUMBERS,)) for name in ("sum", "mean", "median", "product", "stddev")),
    *((name, TRUTH, (STRING, STRING)) for name in ("contains", "starts with", "ends with")),
    *((name, STRING, (STRING,)) for name in ("upper case", "lower case")),
    *((name, NUMBER, (DATE,)) for name in ("day of year", "week of year")),
    *((name, STRING, (DATE,)) for name in ("day of week", "month of year")),
    *((name, T, (LIST,)) for name in ("min", "max")),
    *((name, LIST, (LIST,)) for name in ("distinct values", "reverse", "flatten", "sort")),
    *((name, LIST, (LIST, LIST)) for name in ("concatenate", "union")),
    *((name, TRUTH, (ranges, point)) for ranges, point in _RANGES for name in ("includes",)),
    *((name, TRUTH, (point, ranges)) for ranges, point in _RANGES for name in ("during",)),
    *(
        (name, TRUTH, (ranges, ranges))
        for ranges, _ in _RANGES
        for name in ("before", "after", "meets", "met by", "overlaps", "coincides", "starts",
                     "finishes", "overlaps before", "overlaps after")
    ),
    ("modulo", NUMBER, (NUMBER, NUMBER)),
    ("decimal", NUMBER, (NUMBER, NUMBER)),
    ("round half up", NUMBER, (NUMBER, NUMBER)),
    ("odd", TRUTH, (NUMBER,)),
    ("even", TRUTH, (NUMBER,)),
    ("not", TRUTH, (TRUTH,)),
    ("is", TRUTH, (T, T)),
    ("all", TRUTH, (list_of(TRUTH),)),
    ("any", TRUTH, (list_of(TRUTH),)),
    ("count", NUMBER, (LIST,)),
    ("list contains", TRUTH, (LIST, T)),
    ("index of", NUMBERS, (LIST, T)),
    ("append", LIST, (LIST, T)),
    ("insert before", LIST, (LIST, NUMBER, T)),
    ("remove", LIST, (LIST, NUMBER)),
    ("sublist", LIST, (LIST, NUMBER, NUMBER)),
    ("mode", NUMBERS, (NUMBERS,)),
    ("string", STRING, (T,)),
    ("string length", NUMBER, (STRING,)),
    ("string join", STRING, (list_of(STRING), STRING)),
    ("substring", STRING, (STRING, NUMBER)),
    ("substring before", STRING, (STRING, STRING)),
    ("replace", STRING, (STRING, STRING, STRING)),
    ("split", list_of(STRING), (STRING, STRING)),
    ("matches", TRUTH, (STRING, STRING)),
    ("date", DATE, (NUMBER, NUMBER, NUMBER)),
    ("date", DATE, (MOMENT,)),
    ("date and time", MOMENT, (DATE, TIME)),
    ("time", TIME, (MOMENT,)),
    ("years and months duration", MONTHS, (DATE, DATE)),
    ("number", NUMBER, (STRING,)),
)  # fmt: skip
"""(name, what it gives, what it takes); T is any type, the same at each place."""

ARITHMETIC: Final = (
    *((operator, NUMBER, NUMBER, NUMBER) for operator in (Op.ADD, Op.SUBTRACT, Op.MULTIPLY,
                                                          Op.DIVIDE, Op.POWER)),
    (Op.ADD, STRING, STRING, STRING),
    (Op.ADD, DATE, DATE, MONTHS), (Op.SUBTRACT, DATE, DATE, MONTHS), (Op.ADD, DATE, DATE, DAYS),
    (Op.ADD, MOMENT, MOMENT, DAYS), (Op.SUBTRACT, MOMENT, MOMENT, MONTHS),
    (Op.ADD, TIME, TIME, DAYS), (Op.SUBTRACT, DAYS, DATE, DATE), (Op.SUBTRACT, DAYS, TIME, TIME),
    (Op.ADD, DAYS, DAYS, DAYS), (Op.MULTIPLY, DAYS, DAYS, NUMBER), (Op.DIVIDE, NUMBER, DAYS, DAYS),
    (Op.ADD, MONTHS, MONTHS, MONTHS), (Op.MULTIPLY, MONTHS, MONTHS, NUMBER),
)  # fmt: skip
"""(operator, what it gives, left, right)."""

PROPERTIES: Final = (
    (DATE, "year", NUMBER), (DATE, "month", NUMBER), (DATE, "weekday", NUMBER),
    (TIME, "hour", NUMBER), (MOMENT, "day", NUMBER), (DAYS, "days", NUMBER),
    (MONTHS, "years", NUMBER), (range_of(NUMBER), "start", NUMBER), (range_of(DATE), "end", DATE),
    (range_of(NUMBER), "start included", TRUTH),
)  # fmt: skip

COMPARISONS: Final = (
    Op.EQUAL, Op.NOT_EQUAL, Op.LESS, Op.LESS_OR_EQUAL, Op.GREATER, Op.GREATER_OR_EQUAL,
)  # fmt: skip
_STRINGS = ("", "a", "Ann", "é", "a|b", "[a-z]+", "2026-01-15", "12", 'q"\\\n\t', "x y")
_DATES = ("2026-01-15", "2024-02-29", "1999-12-31", "9999-12-31", "0001-01-01")
_CLOCKS = ("10:00:00", "23:59:59.5", "00:00:00Z", "12:30:00+02:00", "08:00:00@Europe/Brussels")
_DAYS = ("P1D", "PT36H", "-PT0.5S", "P0D", "P400000D")
_MONTHS = ("P1Y", "P18M", "-P1M", "P0M", "P900Y")
_NUMBERS = ("0", "1", "2", "3", "7", "10", "0.01", "2.5", "100", "1e30", "34567.89")


@dataclass
class Expressions:
    """Draws expressions and values. `scope` grows within loops and functions."""

    random: Random
    scope: dict[str, Type] = field(default_factory=lambda: dict(SCOPE))

    def any_type(self, depth: int = 1) -> Type:
        pick = self.random.random()
        if depth == 0 or pick < 0.75:
            return self.random.choice(BASIC)
        if pick < 0.9:
            return list_of(self.any_type(depth - 1))
        return context_of(x=self.any_type(0), z_z=self.any_type(0))

    def expression(self, type: Type, depth: int = 3) -> ast.Node:
        """An expression that gives this type, if it is not null."""
        if depth <= 0 or self.random.random() < 0.08:
            return self.leaf(type)
        return self.random.choice(self._ways(type))(type, depth - 1)

    def leaf(self, type: Type) -> ast.Node:
        reach = [node for node, found in self._reachable() if found == type]
        if reach and self.random.random() < 0.75:
            return self.random.choice(reach)
        return self.literal(type)

    def _reachable(self) -> list[tuple[ast.Node, Type]]:
        found: list[tuple[ast.Node, Type]] = []
        for name, type in self.scope.items():
            found.append((ast.Name(name), type))
            if type.name == "context":
                found += [(ast.Path(ast.Name(name), key), member) for key, member in type.inside]
        return found

    def literal(self, type: Type) -> ast.Node:
        """A value of the type, spelled out; sometimes null."""
        choice = self.random.choice
        if self.random.random() < 0.04:
            return ast.Null()
        if type.name == "list":
            many = self.random.randint(0, 3)
            return ast.ListLiteral(tuple(self.literal(type.element) for _ in range(many)))
        if type.name == "context":
            entries = (ast.ContextEntry(key, self.literal(of)) for key, of in type.inside)
            return ast.ContextLiteral(tuple(entries))
        if type.name == "range":
            ends = sorted((self.random.choice(range(12)), self.random.choice(range(12))))
            low, high = (self._point(type.element, at) for at in ends)
            return ast.Range(low, high, choice((True, False)), choice((True, False)))
        if type == NUMBER:
            number = ast.Number(Decimal(choice(_NUMBERS)))
            return ast.Negate(number) if self.random.random() < 0.15 else number
        if type == TRUTH:
            return ast.Boolean(choice((True, False)))
        if type == STRING:
            return ast.String(choice(_STRINGS))
        return ast.AtLiteral(self._temporal(type))

    def _point(self, type: Type, at: int) -> ast.Node:
        if type == NUMBER:
            return ast.Number(Decimal(at * 5))
        return ast.AtLiteral(f"{2015 + at}-03-01")

    def _temporal(self, type: Type) -> str:
        choice = self.random.choice
        texts = {DATE: _DATES, TIME: _CLOCKS, DAYS: _DAYS, MONTHS: _MONTHS}
        if type == MOMENT:
            return f"{choice(_DATES)}T{choice(_CLOCKS)}"
        return choice(texts[type])

    # --- ways to give a type ------------------------------------------------------------------

    def _ways(self, type: Type) -> list[Callable[[Type, int], ast.Node]]:
        ways = [self._if, self._element, self._member, self._called, self._built_in, self._built_in]
        if type == TRUTH:
            ways += [self._logic, self._logic, self._comparison, self._comparison, self._between,
                     self._in, self._quantified, self._quantified, self._instance]  # fmt: skip
        if any(type == gives for _, gives, _, _ in ARITHMETIC):
            ways += [self._arithmetic, self._arithmetic]
        if any(type == gives for _, _, gives in PROPERTIES):
            ways.append(self._property)
        if type in (NUMBER, DAYS, MONTHS):
            ways.append(self._negated)
        if type.name == "list":
            ways += [self._list, self._filter, self._filter, self._for, self._for, self._members,
                     self._sorted]  # fmt: skip
        if type.name == "context":
            ways += [self._context, self._context]
        if type.name == "range":
            ways.append(self._range)
        return ways

    def _if(self, type: Type, depth: int) -> ast.Node:
        then, otherwise = self.expression(type, depth), self.expression(type, depth)
        return ast.If(self.expression(TRUTH, depth), then, otherwise)

    def _element(self, type: Type, depth: int) -> ast.Node:
        source = self.expression(list_of(type), depth)
        if self.random.random() < 0.5:
            return ast.Filter(source, ast.Number(Decimal(self.random.randint(1, 2))))
        return ast.Filter(source, self.expression(NUMBER, min(depth, 1)))

    def _member(self, type: Type, depth: int) -> ast.Node:
        wanted = [MEMBER] if any(type == of for _, of in MEMBER.inside) else []
        source = self.random.choice([*wanted, context_of(z_z=type, x=NUMBER)])
        names = [name for name, of in source.inside if of == type]
        return ast.Path(self.expression(source, depth), self.random.choice(names))

    def _called(self, type: Type, depth: int) -> ast.Node:
        """A function, called where it stands."""
        name, takes = self.random.choice(("p", "een getal")), self.any_type()
        typed = ast.TypeName(takes.name) if self.random.random() < 0.3 else None
        body = self._within({name: takes}, type, depth)
        function = ast.Function((ast.Parameter(name, typed),), body)
        return ast.Call(function, (self.expression(takes, depth),))

    def _built_in(self, type: Type, depth: int) -> ast.Node:
        fitting = []
        for name, gives, takes in BUILT_INS:
            known = self.any_type(0)
            if gives == T:
                known = type
            elif gives == LIST and type.name == "list":
                known = type.element
            if gives.put(known) == type:
                fitting.append((name, [of.put(known) for of in takes]))
        if not fitting:
            return self.leaf(type)
        name, arguments = self.random.choice(fitting)
        return ast.Call(ast.Name(name), tuple(self.expression(of, depth) for of in arguments))

    def _logic(self, type: Type, depth: int) -> ast.Node:
        operator = self.random.choice((Op.AND, Op.OR))
        return ast.Binary(operator, self.expression(TRUTH, depth), self.expression(TRUTH, depth))

    def _comparison(self, type: Type, depth: int) -> ast.Node:
        operator = self.random.choice(COMPARISONS)
        both = self.random.choice(ORDERED)
        if operator in (Op.EQUAL, Op.NOT_EQUAL):
            both = self.any_type()
        return ast.Binary(operator, self.expression(both, depth), self.expression(both, depth))

    def _arithmetic(self, type: Type, depth: int) -> ast.Node:
        ways = [(operator, left, right) for operator, of, left, right in ARITHMETIC if of == type]
        operator, left, right = self.random.choice(ways)
        return ast.Binary(operator, self.expression(left, depth), self.expression(right, depth))

    def _property(self, type: Type, depth: int) -> ast.Node:
        source, name = self.random.choice([(of, n) for of, n, gives in PROPERTIES if gives == type])
        return ast.Path(self.expression(source, depth), name)

    def _negated(self, type: Type, depth: int) -> ast.Node:
        return ast.Negate(self.expression(type, depth))

    def _between(self, type: Type, depth: int) -> ast.Node:
        all_three = self.random.choice(ORDERED)
        return ast.Between(*(self.expression(all_three, depth) for _ in range(3)))

    def _in(self, type: Type, depth: int) -> ast.Node:
        tested = self.random.choice((NUMBER, DATE, STRING))
        tests: list[ast.Node] = []
        for _ in range(self.random.randint(1, 2)):
            pick = self.random.random()
            if pick < 0.3:
                operator = self.random.choice(COMPARISONS)
                tests.append(ast.UnaryComparison(operator, self.expression(tested, depth)))
            elif pick < 0.6 and tested != STRING:
                tests.append(self.expression(range_of(tested), depth))
            else:
                tests.append(self.expression(tested, depth))
        return ast.In(self.expression(tested, depth), tuple(tests))

    def _instance(self, type: Type, depth: int) -> ast.Node:
        value = self.expression(self.any_type(), depth)
        return ast.InstanceOf(value, ast.TypeName(self.random.choice(BASIC).name))

    def _quantified(self, type: Type, depth: int) -> ast.Node:
        name, of = self._iterated()
        quantifier = self.random.choice(tuple(ast.Quantifier))
        source = self.expression(list_of(of), depth)
        condition = self._within({name: of}, TRUTH, depth)
        return ast.Quantified(quantifier, (ast.Iterator(name, source, None),), condition)

    def _for(self, type: Type, depth: int) -> ast.Node:
        name, of = self._iterated()
        source, until = self.expression(list_of(of), depth), None
        if of == NUMBER and self.random.random() < 0.4:
            source, until = ast.Number(Decimal(1)), ast.Number(Decimal(self.random.randint(0, 4)))
        result = self._within({name: of, "partial": type}, type.element, depth)
        return ast.For((ast.Iterator(name, source, until),), result)

    def _iterated(self) -> tuple[str, Type]:
        if self.random.random() < 0.5:
            return "kind", MEMBER
        return "i", self.random.choice((NUMBER, STRING, DATE))

    def _list(self, type: Type, depth: int) -> ast.Node:
        many = self.random.randint(0, 3)
        return ast.ListLiteral(tuple(self.expression(type.element, depth) for _ in range(many)))

    def _filter(self, type: Type, depth: int) -> ast.Node:
        source = self.expression(type, depth)
        inside = dict(type.element.inside) if type.element.name == "context" else {}
        return ast.Filter(source, self._within({"item": type.element, **inside}, TRUTH, depth))

    def _members(self, type: Type, depth: int) -> ast.Node:
        """`kinderen.leeftijd`: a member of each."""
        names = [name for name, of in MEMBER.inside if of == type.element]
        if not names:
            return self._list(type, depth)
        return ast.Path(self.expression(list_of(MEMBER), depth), self.random.choice(names))

    def _sorted(self, type: Type, depth: int) -> ast.Node:
        before = self._within({"p": type.element, "q": type.element}, TRUTH, depth)
        precedes = ast.Function((ast.Parameter("p"), ast.Parameter("q")), before)
        return ast.Call(ast.Name("sort"), (self.expression(type, depth), precedes))

    def _context(self, type: Type, depth: int) -> ast.Node:
        entries = (ast.ContextEntry(name, self.expression(of, depth)) for name, of in type.inside)
        return ast.ContextLiteral(tuple(entries))

    def _range(self, type: Type, depth: int) -> ast.Node:
        low, high = self.expression(type.element, depth), self.expression(type.element, depth)
        closed = self.random.choice((True, False))
        return ast.Range(low, high, closed, self.random.choice((True, False)))

    def _within(self, names: Mapping[str, Type], type: Type, depth: int) -> ast.Node:
        """An expression in which these names stand too."""
        outside = self.scope
        self.scope = {**outside, **names}
        try:
            return self.expression(type, depth)
        finally:
            self.scope = outside

    # --- values -------------------------------------------------------------------------------

    def value(self, type: Type) -> object:
        """A known value of the type."""
        if type.name == "list":
            return [self.value(type.element) for _ in range(self.random.randint(0, 3))]
        if type.name == "context":
            return {name: self.value(of) for name, of in type.inside}
        if type == DATE:
            return date(2020, 1, 1) + timedelta(days=self.random.randint(-4000, 4000))
        literal = ast.Null()
        while isinstance(literal, ast.Null):
            literal = self.literal(type)
        return feel.compile(literal)({})

    def context(self) -> dict[str, object]:
        """A value of its type for every name."""
        return {name: self.value(type) for name, type in SCOPE.items()}
