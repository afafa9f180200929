"""Tables of which an input is unknown: laws over random tables, and examples."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dmn.tables.building import missing, table, value_of
from vanzelf import feel
from vanzelf.dmn.settling import settle
from vanzelf.dmn.tables import Missing, Table
from vanzelf.feel import Unknown
from vanzelf.feel.values.comparison import equal
from vanzelf.feel.values.unknown import PartialList, unknown_within

# --- random tables ----------------------------------------------------------------------------

UNKNOWNS: dict[str, Missing] = {
    "yes": missing("yes", "boolean"),
    "number": missing("number", "number"),
    "small": missing("small", "number", "[0..20], 100"),
    "word": missing("word", "string", '"p", "q", "r"'),
    "text": missing("text", "string"),
    "day": missing("day", "date"),
    "thing": missing("thing"),
}
NUMBERS = ["-1", "0", "5", "9.5", "10", "10.5", "15", "20", "20.5", "100"]
DAYS = [f'@"2026-01-{day:02}"' for day in (9, 10, 11, 14, 15, 16)]
LEGAL: dict[str, list[object]] = {
    name: [feel.evaluate(text) for text in texts]
    for name, texts in {
        "yes": ["true", "false"],
        "number": NUMBERS,
        "small": ["0", "5", "9.5", "10", "15", "20", "100"],
        "word": ['"p"', '"q"', '"r"'],
        "text": ['"p"', '"q"', '"other"'],
        "day": DAYS,
        "thing": ["null", "true", "10", "20.5", '"p"', "[10]", '["p"]', "{}", DAYS[1], "[1..10]"],
    }.items()
}
EXPRESSIONS = [
    *UNKNOWNS,
    "number + 1",
    "not(yes)",
    "if yes then number else null",
    "small * 2",
    "number > 10",
    "count([1, 2][item > 1 or yes])",
    "[word, text]",
]
CELLS = [
    "-", "-", "10", "< 10", ">= 10", "[10..20]", "(10..20)", "> 20", "not(10)", "5, > 15",
    "!= 10", "true", "false", '"p"', '"p", "q"', 'not("p")', '!= "p"', "null", "not(null)",
    "< number", "? > 5", "? = number", "[number..20]", "yes", "number > 10", "odd(5)",
    'date("2026-01-10")', '< date("2026-01-15")', '[@"2026-01-10"..@"2026-01-15"]',
    '["p", "q"]', "(> 10)", "not(< 10)", 'contains(?, "p")', "count(?) > 1", "[1..10]",
]  # fmt: skip
OUTPUTS = ["1", "1", "2", "-3", '"a"', '"a"', "null", "number", "[1, 2]", "if yes then 1 else 2"]
SUMMED = ["1", "1", "2", "-3", "0", "small"]
POLICIES = ["UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]
AGGREGATIONS = ["SUM", "COUNT", "MIN", "MAX"]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    inputs = draw(st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=3))
    aggregation = draw(st.sampled_from([None, None, *AGGREGATIONS]))
    given = st.sampled_from(SUMMED if aggregation else OUTPUTS)
    outputs = ["one"] if aggregation or draw(st.booleans()) else ["one", "other"]
    cells = st.tuples(*(st.sampled_from(CELLS) for _ in inputs))
    row = st.tuples(cells, st.tuples(*(given for _ in outputs)))
    allowed: dict[str, str] = {}
    if draw(st.integers(0, 3)) == 0:
        allowed[inputs[0]] = draw(st.sampled_from(["[0..15]", '"p", "q"', "true", "< number"]))
    if not aggregation and draw(st.booleans()):
        allowed["one"] = draw(st.sampled_from(['"a", 2, 1, null, -3', "2, 1", "number, 1"]))
    return table(
        inputs,
        draw(st.lists(row, min_size=1, max_size=5)),
        "COLLECT" if aggregation else draw(st.sampled_from(POLICIES)),
        aggregation=aggregation,
        outputs=outputs,
        allowed=allowed,
        defaults={"one": draw(given)} if draw(st.booleans()) else {},
        names=list(UNKNOWNS),
    )


CONTEXTS = st.fixed_dictionaries(
    {name: st.just(UNKNOWNS[name]) | st.sampled_from(values) for name, values in LEGAL.items()}
)
FILLING = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in LEGAL.items()})


def filled(context: Mapping[str, object], filling: Mapping[str, object]) -> dict[str, object]:
    return {
        name: filling.get(name, value) if isinstance(value, Missing) else value
        for name, value in context.items()
    }


def consistent(answer: Any, later: Any) -> bool:
    """Whether what is known later may be what was said before."""
    if isinstance(answer, PartialList):
        return isinstance(later, list) and sublist(list(answer.members), later)
    if isinstance(answer, Unknown):
        return within(answer, later)
    if isinstance(answer, list) and isinstance(later, list):
        return len(answer) == len(later) and all(map(consistent, answer, later))
    if isinstance(answer, dict) and isinstance(later, dict):
        return answer.keys() == later.keys() and all(
            consistent(answer[key], later[key]) for key in answer
        )
    return equal(answer, later) is True


def within(answer: Unknown, later: Any) -> bool:
    if not answer.bounded:
        return True
    if isinstance(later, Unknown):
        return later.low is not None and later.high is not None
    if not isinstance(later, Decimal):
        return False
    above = answer.low is None or later >= answer.low
    return above and (answer.high is None or later <= answer.high)


def sublist(members: list[Any], later: list[Any]) -> bool:
    """Whether leaving out some of the unsure members gives the later list."""
    if not members:
        return not later
    (value, sure), *rest = members
    if later and consistent(value, later[0]) and sublist(rest, later[1:]):
        return True
    return sure is not True and sublist(rest, later)


@settings(max_examples=150, deadline=None)
@given(tables(), CONTEXTS, st.lists(FILLING, min_size=3, max_size=6))
def test_answer_is_never_contradicted_by_what_turns_out(
    node: Table, context: dict[str, object], fillings: list[dict[str, object]]
) -> None:
    answer = value_of(node, context)
    for filling in fillings:
        later = value_of(node, filled(context, filling))
        assert consistent(answer, later), f"{answer!r} became {later!r} by {filling}"


@settings(max_examples=100, deadline=None)
@given(tables(), CONTEXTS, FILLING, st.sets(st.sampled_from(sorted(UNKNOWNS))))
def test_answer_on_less_is_never_contradicted_by_answer_on_more(
    node: Table, context: dict[str, object], filling: dict[str, object], some: set[str]
) -> None:
    answer = value_of(node, context)
    part = {name: value for name, value in filling.items() if name in some}
    later = value_of(node, filled(context, part))
    if not isinstance(later, Unknown):
        assert consistent(answer, later)


@settings(max_examples=100, deadline=None)
@given(tables(), CONTEXTS, FILLING, st.lists(FILLING, min_size=2, max_size=4))
def test_inputs_that_are_no_cause_change_nothing(
    node: Table, context: dict[str, object], first: dict[str, object], others: list[Any]
) -> None:
    unknown = unknown_within(value_of(node, context))
    causes = unknown.causes if unknown is not None else frozenset()
    fixed = {name: value for name, value in first.items() if name in causes}
    expected = value_of(node, filled(context, first))
    for other in others:
        found = value_of(node, filled(context, {**other, **fixed}))
        assert equal(found, expected) is True


class Asked:
    """A table that was asked, as what settles it wants to know."""

    def __init__(self, node: Table, inputs: dict[str, object]) -> None:
        self.node, self.inputs = node, inputs
        self.value = self.again(inputs)

    def again(self, inputs: Mapping[str, object]) -> object:
        return value_of(self.node, inputs)


@settings(max_examples=150, deadline=None)
@given(tables(), CONTEXTS, FILLING)
def test_settling_set_settles_however_it_is_filled(
    node: Table, context: dict[str, object], filling: dict[str, object]
) -> None:
    asked = Asked(node, context)
    found = settle(asked)
    unknown = unknown_within(asked.value)
    assert set(found.missing) == (frozenset() if unknown is None else unknown.causes)
    assert bool(found.sets) == bool(found.missing)
    for paths in found.sets:
        assert set(paths) <= set(found.missing)
        part = {name: value for name, value in filling.items() if name in paths}
        assert unknown_within(asked.again(filled(context, part))) is None


# --- how sharp it is --------------------------------------------------------------------------

YES, NUMBER, WORD = UNKNOWNS["yes"], UNKNOWNS["number"], UNKNOWNS["word"]


def test_number_that_gives_the_same_on_both_sides_is_not_needed() -> None:
    node = table(["number"], [(["< 10"], ['"a"']), ([">= 10"], ['"a"'])])
    assert value_of(node, {"number": NUMBER}) == "a"


def test_untyped_input_may_be_null_so_its_gap_counts() -> None:
    node = table(["thing"], [(["< 10"], ['"a"']), ([">= 10"], ['"a"'])])
    assert value_of(node, {"thing": UNKNOWNS["thing"]}) == Unknown({"thing"})


def test_computed_input_may_be_null_so_its_gap_counts() -> None:
    node = table(["number + 1"], [(["< 10"], ['"a"']), ([">= 10"], ['"a"'])], names=["number"])
    assert value_of(node, {"number": NUMBER}) == Unknown({"number"})


def test_every_word_is_tried() -> None:
    rows = [(['"p"', "-"], ["1"]), (['"q", "r"', "true"], ["1"]), (["-", "false"], ["1"])]
    node = table(["word", "yes"], rows, "ANY")
    assert value_of(node, {"word": WORD, "yes": YES}) == 1


def test_input_in_two_columns_is_one_value() -> None:
    rows = [(["< 10", ">= 10"], ['"never"']), (["-", "-"], ['"b"'])]
    node = table(["number", "number"], rows, "FIRST")
    assert value_of(node, {"number": NUMBER}) == "b"


def test_only_what_makes_a_difference_is_missing() -> None:
    rows = [(["true", "-"], ["1"]), (["false", "< 10"], ["2"]), (["false", ">= 10"], ["2"])]
    node = table(["yes", "number"], rows)
    assert value_of(node, {"yes": YES, "number": NUMBER}) == Unknown(
        {"yes"}, Decimal(1), Decimal(2)
    )


def test_rows_after_a_sure_hit_do_not_matter_in_a_first_table() -> None:
    rows = [(["-", "< 10"], ["1"]), (["true", "-"], ["2"]), (["-", "-"], ["3"])]
    node = table(["yes", "number"], rows, "FIRST")
    assert value_of(node, {"yes": YES, "number": Decimal(5)}) == 1


def test_later_sure_hit_with_the_same_output_decides_a_first_table() -> None:
    node = table(["yes"], [(["true"], ["1"]), (["-"], ["1"])], "FIRST")
    assert value_of(node, {"yes": YES}) == 1


@pytest.mark.parametrize(
    ("aggregation", "causes", "low", "high"),
    [
        ("COUNT", {"yes", "text"}, 1, 3),
        ("SUM", {"yes", "text"}, 2, 13),
        ("MIN", {"yes"}, -3, 5),
        ("MAX", {"yes", "text"}, 5, 8),
    ],
)
def test_collected_is_bounded(aggregation: str, causes: set[str], low: int, high: int) -> None:
    rows = [(["-", "-"], ["5"]), (["true", "-"], ["-3"]), (["-", 'contains(?, "x")'], ["8"])]
    node = table(["yes", "text"], rows, "COLLECT", aggregation=aggregation)
    found = value_of(node, {"yes": YES, "text": UNKNOWNS["text"]})
    assert found == Unknown(causes, Decimal(low), Decimal(high))


def test_collected_list_counts_what_is_surely_in() -> None:
    rows = [(["-"], ["1"]), (["true"], ["2"])]
    node = table(["yes"], rows, "COLLECT")
    found = value_of(node, {"yes": YES})
    assert isinstance(found, PartialList)
    assert found.count() == Unknown({"yes"}, Decimal(1), Decimal(2))


def test_collected_list_may_be_empty() -> None:
    node = table(["yes"], [(["true"], ["2"])], "COLLECT")
    found = value_of(node, {"yes": YES})
    assert isinstance(found, PartialList)
    assert found.count() == Unknown({"yes"}, Decimal(0), Decimal(1))
    node = table(["yes"], [(["true"], ["2"])], "COLLECT", defaults={"result": "1"})
    assert value_of(node, {"yes": YES}) == Unknown({"yes"})


def test_more_unknowns_than_can_be_tried_stay_sound() -> None:
    names = [f"n{index}" for index in range(12)]
    rows = [(["< 10" if one == name else "-" for one in names], ["1"]) for name in names]
    node = table(names, [*rows, (["-"] * 12, ["1"])], "ANY")
    unknown = {name: missing(name, "number") for name in names}
    assert value_of(node, unknown) == 1
    rows[0] = (rows[0][0], ["2"])
    node = table(names, [*rows, (["-"] * 12, ["1"])], "FIRST")
    assert isinstance(value_of(node, unknown), Unknown)
    for values in itertools.islice(itertools.product([Decimal(1), Decimal(10)], repeat=12), 20):
        assert value_of(node, dict(zip(names, values, strict=True))) in (1, 2)
