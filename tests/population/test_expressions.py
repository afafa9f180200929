"""Random typed expressions of the columnar subset: columns and FEEL itself give the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dmn.tables.building import table
from tests.population.people import ABSENT, values_of
from vanzelf import rights
from vanzelf.feel import UNKNOWN, Unknown, ast, parse
from vanzelf.feel import compile as compile_feel
from vanzelf.population.given import people_of
from vanzelf.population.kernel import calls, decisions
from vanzelf.population.kernel.column import as_number, as_truth
from vanzelf.population.kernel.graph import Frame
from vanzelf.population.kernel.lowering import Lowering
from vanzelf.population.kernel.people import FactKey
from vanzelf.population.kernel.planes import spread
from vanzelf.population.kernel.values import NUMBER, Builder, Refused, Value
from vanzelf.rights import Catalogue
from vanzelf.rights.functions import FUNCTIONS, parameter_values
from vanzelf.rights.household import Needed, fill, pattern
from vanzelf.rights.model import Dated, Parameter, Row

assert calls  # they add themselves to what can be lowered
assert decisions
ON = date(2026, 2, 28)
HOME = {
    "boolean": ["gezin.eigen woning", "gezin.dakloos geweest"],
    "number": ["gezin.personen ten laste", "gezin.huurprijs", "gezin.belastbaar inkomen"],
    "date": ["gezin.verwachte bevalling"],
    "text": ["gezin.gemeente", "gezin.afvalzone"],
}
MEMBER = {
    "boolean": ["leefloon", "budgetbeheer"],
    "number": ["bestaansmiddelen"],
    "date": ["geboortedatum", "leefloon sinds"],
    "text": ["gemeente"],
}
PATHS = tuple(
    [path for paths in HOME.values() for path in paths]
    + [f"gezin.leden[].{name}" for names in MEMBER.values() for name in names]
)
NAMES = {path.rpartition(".")[2] for path in PATHS} | {"leden", "gezin", "lid", "item", "tabel"}
NAMES |= {"grens", "onbekend", "peildatum", *FUNCTIONS, "round half up", "round up", "round down"}
ROWS = (
    Row("0", 0, 0, Decimal("10.50")), Row("1", 1, 2, None), Row("3", 4, None, Decimal(7)),
)  # fmt: skip
BOUND = {
    **FUNCTIONS,
    **parameter_values(
        {"tabel": Parameter("tabel", "money", None, "number", {},
                            (Dated(date.min, None, ROWS, (), False, {}),))},
        ON,
    ),
    "grens": Decimal("1234.56"),
    "onbekend": Unknown({"parameter: onbekend"}),
    "peildatum": ON,
}  # fmt: skip


@cache
def truths(member: str, depth: int) -> st.SearchStrategy[str]:
    """Expressions that are true or false."""
    leaf = _facts("boolean", member) | st.sampled_from(["true", "false", "null"])
    if depth == 0:
        return leaf
    inner, number, day = truths(member, depth - 1), numbers(member, depth - 1), days(member)
    comparison = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    text = _facts("text", member)
    found = [
        leaf,
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("not({})".format, inner),
        st.builds("({} {} {})".format, number, comparison, number),
        st.builds("({} {} {})".format, day, comparison, day),
        st.builds('({} {} "{}")'.format, text, st.sampled_from(["=", "!="]),
                  st.sampled_from(["44021", "Z", "nergens"])),
        st.builds('(substring({}, 1, 2) in ("44", "Z", "23"))'.format, text),
        st.builds("({} = null)".format, text | day | number),
        st.builds("({} between {} and {})".format, number, number, number),
        st.builds("({} in [1..3])".format, number),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    ]  # fmt: skip
    if not member:
        of_member = truths("lid", depth - 1)
        found += [
            st.builds("({} lid in gezin.leden satisfies ({}))".format,
                      st.sampled_from(["some", "every"]), of_member),
            st.builds("(some lid in gezin.leden[{}] satisfies ({}))".format,
                      filters(depth - 1), of_member),
        ]  # fmt: skip
    return st.one_of(found)


@cache
def numbers(member: str, depth: int) -> st.SearchStrategy[str]:
    """Expressions that are numbers."""
    leaf = _facts("number", member) | st.sampled_from(
        ["0", "1", "2.5", "-3", "1000", "grens", "onbekend"]
    )
    if depth == 0:
        return leaf
    inner = numbers(member, depth - 1)
    found = [
        leaf,
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-"]), inner),
        st.builds("({} * {})".format, inner, st.sampled_from(["2", "0.5", "-1", "grens"])),
        st.builds("({} / {})".format, inner, st.sampled_from(["2", "8", "-5", "0"])),
        st.builds("(-{})".format, inner),
        st.builds("min({}, {})".format, inner, inner),
        st.builds("max({}, {})".format, inner, inner),
        st.builds("{}({}, {})".format,
                  st.sampled_from(["round half up", "round up", "floor", "decimal"]),
                  inner, st.sampled_from(["0", "1", "-1"])),
        st.builds("leeftijd({}, peildatum)".format, days(member)),
        st.builds("(if {} then {} else {})".format, truths(member, depth - 1), inner, inner),
    ]  # fmt: skip
    if not member:
        of_member = filters(depth - 1)
        found += [
            st.just("count(gezin.leden)"),
            st.builds("count(gezin.leden[{}])".format, of_member),
            st.builds("tabel(count(gezin.leden[{}]))".format, of_member),
            st.builds("tabel({})".format, st.sampled_from(HOME["number"])),
            st.builds("{}(gezin.leden.bestaansmiddelen)".format,
                      st.sampled_from(["sum", "min", "max"])),
            st.builds("{}(gezin.leden[{}].bestaansmiddelen)".format,
                      st.sampled_from(["sum", "min", "max"]), of_member),
        ]  # fmt: skip
    return st.one_of(found)


@cache
def days(member: str) -> st.SearchStrategy[str]:
    fact = _facts("date", member)
    moved = st.builds("({} {} duration(\"{}\"))".format, fact, st.sampled_from(["+", "-"]),
                      st.sampled_from(["P1M", "P13M", "P10D"]))  # fmt: skip
    return fact | moved | st.sampled_from(["peildatum", 'date("2008-02-29")'])


def _facts(kind: str, member: str) -> st.SearchStrategy[str]:
    """Of the household; of a member (`lid`) too; in a filter (`item`) of a member only."""
    own = [f"{member}.{name}" for name in MEMBER[kind]] if member else []
    return st.sampled_from(own if member == "item" else own + own + HOME[kind])


@cache
def filters(depth: int) -> st.SearchStrategy[str]:
    return truths("item", depth).filter(lambda text: "item" in text)


@lru_cache
def catalogue() -> Catalogue:
    return rights.load(cases=False).facts


@st.composite
def homes(draw: st.DrawFn) -> dict[str, Any]:
    amounts = [Decimal("1234.56"), Decimal(1000)]

    def section(paths: list[str]) -> dict[str, object]:
        drawn = {
            catalogue()[path].name: draw(values_of(catalogue()[path], ON, amounts))
            for path in paths
        }
        return {name: value for name, value in drawn.items() if value is not ABSENT}

    home = section([path for paths in HOME.values() for path in paths])
    listed = draw(st.sampled_from(["some", "some", "some", "none", "unknown"]))
    if listed == "some":
        own = [f"persoon.{name}" for names in MEMBER.values() for name in names]
        home["leden"] = [section(own) for _ in range(draw(st.integers(0, 3)))]
    elif listed == "none":
        home["leden"] = None
    return {"gezin": home}


def tree_of(text: str | ast.Node) -> ast.Node:
    return parse(text, NAMES) if isinstance(text, str) else text


def by_one(text: str | ast.Node, facts: dict[str, Any]) -> tuple[object, frozenset[str]]:
    """What FEEL gives, and which facts it is unknown because of."""
    filled = fill(Needed.of(PATHS), facts)
    value = compile_feel(tree_of(text), absent=UNKNOWN)({**BOUND, **filled})
    if isinstance(value, Unknown):
        known = (cause for cause in value.causes if not cause.startswith("parameter: "))
        return ("unknown", value.low, value.high), frozenset(map(pattern, known))
    return value, frozenset()


def by_columns(
    text: str | ast.Node, units: list[dict[str, Any]]
) -> list[tuple[object, frozenset[str]]]:
    """The same per row of the columns."""
    builder = Builder()
    lowering = Lowering(builder, catalogue(), ON, {"tabel": ROWS})
    value = lowering.value(tree_of(text), lowering.scope("gezin", BOUND))
    block = people_of(units, [FactKey(path, ON) for path in PATHS], catalogue())
    frame = Frame(block)
    causes = frame.causes(value.step)
    column = frame.column(value.step)
    rows = range(len(units))
    because = [(spread(one.rows, len(units)), one.facts) for one in causes]
    if value.kind == NUMBER or (value.kind != "truth" and not _is_truth(value, frame)):
        number = as_number(column)
        known, null = spread(number.known, len(units)), spread(number.null, len(units))
        bounded = spread(number.bounded, len(units))
        found = [_number(number, row, known[row], null[row], bounded[row]) for row in rows]
    else:
        truth = as_truth(column)
        planes = [spread(one, len(units)) for one in (truth.true, truth.false, truth.null)]
        found = [
            True if planes[0][row] else False if planes[1][row]
            else None if planes[2][row] else ("unknown", None, None)
            for row in rows
        ]  # fmt: skip
    return [
        (found[row], frozenset(fact for plane, facts in because if plane[row] for fact in facts))
        for row in rows
    ]


def _is_truth(value: Value, frame: Frame) -> bool:
    return value.constant is not None and isinstance(value.constant[0], bool)


def _number(number: Any, row: int, known: bool, null: bool, bounded: bool) -> object:
    def at(ends: Any) -> Decimal:
        whole = ends if isinstance(ends, int) else int(ends[row])
        return Decimal(whole) / Decimal(number.scale)

    if known:
        return at(number.low)
    if null:
        return None
    return ("unknown", at(number.low), at(number.high)) if bounded else ("unknown", None, None)


@given(truths("", 3), st.lists(homes(), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_a_random_truth_in_columns_is_what_feel_gives(
    text: str, units: list[dict[str, Any]]
) -> None:
    assert by_columns(text, units) == [by_one(text, facts) for facts in units]


@given(numbers("", 3), st.lists(homes(), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_a_random_number_in_columns_is_what_feel_gives(
    text: str, units: list[dict[str, Any]]
) -> None:
    assert by_columns(text, units) == [by_one(text, facts) for facts in units]


CELLS = {
    "gezin.eigen woning": ["-", "true", "false"],
    "gezin.personen ten laste": ["-", "1", "< 2", "[1..3]", "> 2", "not(1)", ">= 5"],
    "count(gezin.leden[item.leefloon])": ["-", "0", "> 0", "[1..2]"],
    "gezin.afvalzone": ["-", '"Z"', '"container"', 'not("Z")'],
    "gezin.verwachte bevalling": ["-", '< date("2026-02-28")', '>= date("2026-02-28")'],
}


@st.composite
def tables(draw: st.DrawFn) -> ast.Node:
    """Decision tables of which every policy gives a number."""
    inputs = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=3, unique=True))
    cells = st.tuples(*(st.sampled_from(CELLS[one]) for one in inputs))
    given_ = st.sampled_from(["1", "2", "grens", "onbekend"]).map(lambda one: (one,))
    rows = draw(st.lists(st.tuples(cells, given_), min_size=1, max_size=4))
    policy, aggregation = draw(
        st.sampled_from(
            [("UNIQUE", None), ("FIRST", None), ("ANY", None)]
            + [("COLLECT", one) for one in ("SUM", "COUNT", "MIN", "MAX")]
        )
    )
    names = [f"x{place}" for place in range(len(inputs))]
    made = table(names, rows, policy, aggregation=aggregation, names=["grens", "onbekend"])
    columns = [
        replace(column, expression=parse(text, NAMES))
        for column, text in zip(made.inputs, inputs, strict=True)
    ]
    return replace(made, inputs=tuple(columns))


@given(tables(), st.lists(homes(), min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_a_random_decision_table_in_columns_is_what_feel_gives(
    tree: ast.Node, units: list[dict[str, Any]]
) -> None:
    assert by_columns(tree, units) == [by_one(tree, facts) for facts in units]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("count(gezin.leden[gezin.eigen woning])", "asks nothing of a member"),
        ("count(gezin.leden[item.bestaansmiddelen < gezin.huurprijs])", "in a filter"),
        ("gezin.huurprijs / gezin.personen ten laste", "divides by what differs"),
        ("gezin.gemeente < gezin.afvalzone", "puts two texts in order"),
        ("for lid in gezin.leden return lid.leefloon", "does not run in columns"),
        ("gezin.huurprijs ** 2", "between columns"),
    ],
)
def test_what_columns_cannot_do_is_refused(text: str, what: str) -> None:
    with pytest.raises(Refused, match=what):
        by_columns(text, [{"gezin": {}}])
