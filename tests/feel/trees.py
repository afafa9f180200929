"""Random FEEL trees and values for the properties, drawn from a seeded `Random`.

Not hypothesis strategies: a law is tried on thousands of trees in seconds this way.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op

NAMES = ("a", "b", "c", "lijst", "gezin")
MEMBERS = ("x", "y", "z z")
BOUND = ("i", "j", "item")
FUNCTIONS = {
    "count": 1, "not": 1, "sum": 1, "max": 2, "min": 1, "mean": 1, "all": 1, "any": 1,
    "list contains": 2, "append": 2, "concatenate": 2, "floor": 1, "abs": 1, "string": 1,
    "get value": 2, "distinct values": 1, "index of": 2, "reverse": 1, "flatten": 1,
    "insert before": 3, "sublist": 2, "contains": 2, "modulo": 2, "get entries": 1, "is": 2,
    "string length": 1, "remove": 2, "sort": 1, "before": 2, "includes": 2, "union": 2,
    "context put": 3, "context merge": 1, "list replace": 3, "median": 1, "overlaps": 2,
    "duration": 1, "date": 1, "number": 3, "substring": 3, "round half up": 2, "decimal": 2,
    "years and months duration": 2, "day of week": 1, "split": 2, "string join": 2, "context": 1,
    "matches": 2, "replace": 3, "product": 1, "stddev": 1, "mode": 1, "range": 1, "time": 1,
    "date and time": 2, "overlaps before": 2, "meets": 2, "coincides": 2, "odd": 1,
}  # fmt: skip
COMPARISONS = (
    Op.EQUAL, Op.NOT_EQUAL, Op.LESS, Op.LESS_OR_EQUAL, Op.GREATER, Op.GREATER_OR_EQUAL,
)  # fmt: skip
ARITHMETIC = (Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.POWER)

_NUMBERS = ("0", "1", "2", "-1", "3", "2.5", "10", "100", "0.01")
_STRINGS = ("", "a", "b", "x", 'q"\\\n', "é", "2026-01-15", "P1Y", "12", "[1..2]")
_MOMENTS = ("2026-01-15", "2026-01-16", "P1Y", "PT36H", "10:00:00", "2026-01-15T10:00:00Z")


class Trees:
    """Draws trees of at most some depth."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def tree(self, depth: int = 4) -> ast.Node:
        if depth == 0 or self.random.random() < 0.1:
            return self.leaf()
        return self.random.choice(self._kinds())(depth - 1)

    def leaf(self) -> ast.Node:
        pick = self.random.random()
        if pick < 0.3:
            return self.constant()
        name = ast.Name(self.random.choice(NAMES + BOUND))
        return ast.Path(name, self.random.choice(MEMBERS)) if pick < 0.5 else name

    def constant(self) -> ast.Node:
        choice = self.random.choice
        return choice(
            (
                ast.Number(Decimal(choice(_NUMBERS))),
                ast.Number(Decimal(choice(_NUMBERS))),
                ast.Boolean(choice((True, False))),
                ast.String(choice(_STRINGS)),
                ast.Null(),
                ast.AtLiteral(choice(_MOMENTS)),
            )
        )

    def _kinds(self) -> tuple[Callable[[int], ast.Node], ...]:
        return (
            self._logic, self._logic, self._comparison, self._comparison, self._arithmetic,
            self._negate, self._between, self._in, self._if, self._list, self._context,
            self._path, self._filter, self._filter, self._quantified, self._quantified,
            self._for, self._range, self._instance, self._call, self._call, self._function,
            self._sort,
        )  # fmt: skip

    def _several(self, depth: int, most: int = 3) -> tuple[ast.Node, ...]:
        return tuple(self.tree(depth) for _ in range(self.random.randint(0, most)))

    def _logic(self, depth: int) -> ast.Node:
        operator = self.random.choice((Op.AND, Op.OR))
        return ast.Binary(operator, self.tree(depth), self.tree(depth))

    def _comparison(self, depth: int) -> ast.Node:
        return ast.Binary(self.random.choice(COMPARISONS), self.tree(depth), self.tree(depth))

    def _arithmetic(self, depth: int) -> ast.Node:
        return ast.Binary(self.random.choice(ARITHMETIC), self.tree(depth), self.tree(depth))

    def _negate(self, depth: int) -> ast.Node:
        return ast.Negate(self.tree(depth))

    def _between(self, depth: int) -> ast.Node:
        return ast.Between(self.tree(depth), self.tree(depth), self.tree(depth))

    def _in(self, depth: int) -> ast.Node:
        tests = tuple(self._test(depth) for _ in range(self.random.randint(1, 2)))
        return ast.In(self.tree(depth), tests)

    def _test(self, depth: int) -> ast.Node:
        if self.random.random() < 0.3:
            return ast.UnaryComparison(self.random.choice(COMPARISONS), self.tree(depth))
        if self.random.random() < 0.2:
            return ast.Binary(self.random.choice(COMPARISONS), ast.Input(), self.tree(depth))
        return self.tree(depth)

    def _if(self, depth: int) -> ast.Node:
        return ast.If(self.tree(depth), self.tree(depth), self.tree(depth))

    def _list(self, depth: int) -> ast.Node:
        return ast.ListLiteral(self._several(depth))

    def _context(self, depth: int) -> ast.Node:
        keys = self.random.sample(MEMBERS, self.random.randint(0, 3))
        return ast.ContextLiteral(tuple(ast.ContextEntry(key, self.tree(depth)) for key in keys))

    def _path(self, depth: int) -> ast.Node:
        return ast.Path(self.tree(depth), self.random.choice(MEMBERS))

    def _filter(self, depth: int) -> ast.Node:
        return ast.Filter(self.tree(depth), self.tree(depth))

    def _iterators(self, depth: int) -> tuple[ast.Iterator, ...]:
        return tuple(
            ast.Iterator(name, self.tree(depth), self._until(depth))
            for name in ("i", "j")[: self.random.randint(1, 2)]
        )

    def _until(self, depth: int) -> ast.Node | None:
        return self.tree(min(depth, 1)) if self.random.random() < 0.1 else None

    def _quantified(self, depth: int) -> ast.Node:
        quantifier = self.random.choice(tuple(ast.Quantifier))
        return ast.Quantified(quantifier, self._iterators(depth), self.tree(depth))

    def _for(self, depth: int) -> ast.Node:
        return ast.For(self._iterators(depth), self.tree(depth))

    def _range(self, depth: int) -> ast.Node:
        low, high = self.tree(min(depth, 1)), self.tree(min(depth, 1))
        shape = self.random.randint(0, 4)
        if shape == 0:
            return ast.Range(None, high, False, self.random.random() < 0.5)
        if shape == 1:
            return ast.Range(low, None, self.random.random() < 0.5, False)
        return ast.Range(low, high, self.random.random() < 0.5, self.random.random() < 0.5)

    def _instance(self, depth: int) -> ast.Node:
        return ast.InstanceOf(self.tree(depth), self.type(2))

    def type(self, depth: int) -> ast.Node:
        pick = self.random.randint(0, 3 if depth else 0)
        if pick == 1:
            return ast.ListType(self.type(depth - 1))
        if pick == 2:
            return ast.ContextType((("x", self.type(depth - 1)),))
        if pick == 3:
            return ast.RangeType(self.type(depth - 1))
        names = ("number", "string", "date and time", "Any", "list", "boolean", "context")
        return ast.TypeName(self.random.choice(names))

    def _call(self, depth: int) -> ast.Node:
        name = self.random.choice(tuple(FUNCTIONS))
        return ast.Call(ast.Name(name), tuple(self.tree(depth) for _ in range(FUNCTIONS[name])))

    def _sort(self, depth: int) -> ast.Node:
        precedes = ast.Function((ast.Parameter("i"), ast.Parameter("j")), self.tree(depth))
        if self.random.random() < 0.3:
            arguments = (self.tree(depth), precedes, self.tree(depth))
            return ast.Call(ast.Name("list replace"), arguments)
        return ast.Call(ast.Name("sort"), (self.tree(depth), precedes))

    def _function(self, depth: int) -> ast.Node:
        function = ast.Function((ast.Parameter("i"),), self.tree(depth))
        return ast.Call(function, (self.tree(depth),))

    # --- values -------------------------------------------------------------------------------

    def value(self, depth: int = 2) -> object:
        pick = self.random.randint(0, 7 if depth else 4)
        if pick < 2:
            return Decimal(self.random.choice(_NUMBERS))
        if pick == 2:
            return self.random.choice((True, False))
        if pick == 3:
            return self.random.choice(_STRINGS)
        if pick == 4:
            return None if self.random.random() < 0.5 else self.random.choice((True, False))
        if pick < 7:
            return [self.value(depth - 1) for _ in range(self.random.randint(0, 3))]
        keys = self.random.sample(MEMBERS, self.random.randint(1, 3))
        return {key: self.value(depth - 1) for key in keys}

    def gezin(self) -> object:
        """A list of contexts with the same members, as a household's members are."""
        return [{key: self.value(0) for key in MEMBERS} for _ in range(self.random.randint(0, 4))]

    def context(self) -> dict[str, object]:
        return {name: self.gezin() if name == "gezin" else self.value() for name in NAMES}
