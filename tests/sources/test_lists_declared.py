"""What is declared of a list, what a delivery changes, and the table of mistakes."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.invented import ANNA, BERT, CARO
from vanzelf.sources.data import SHIPPED, DataError
from vanzelf.sources.lists import Problem, Row, check_file, differences, load_layout, read_layout
from vanzelf.sources.lists.problems import MESSAGES, table
from vanzelf.sources.lists.sheet import MOST_BYTES

ON = date(2026, 1, 15)
GOOD = """\
list: parking
format: csv
delimiter: ";"
columns:
  insz: {type: insz, required: true}
  soort: {type: code, required: true, codes: {B: bewonerskaart, G: gehandicaptenkaart}}
  van: {type: date}
  tot: {type: date}
person: insz
period: {from: van, until: tot}
fact from: soort
facts: [bewonerskaart, gehandicaptenkaart]
fresh days: 30
"""


def layout(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "parking.yaml"
    path.write_text(text)
    return path


def test_layout_with_meanings_gives_the_fact_of_a_code(tmp_path: Path) -> None:
    found = read_layout(layout(tmp_path, GOOD))
    data = f"insz;soort;van;tot\n{ANNA};B;;\n{BERT};X;;\n".encode()
    checked = check_file(data, "parking.csv", found, allow_test=True)
    assert [one.code for one in checked.rows] == ["bewonerskaart"]
    (problem,) = checked.problems
    assert str(problem) == 'row 3, column soort: "X" is none of: B, G'


@pytest.mark.parametrize("path", sorted((SHIPPED / "lists").glob("*.yaml")), ids=lambda p: p.stem)
def test_shipped_layout_is_in_order(path: Path) -> None:
    assert read_layout(path).name == path.stem


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("fresh days: 30\n", "", "'fresh days' is missing"),
        ("fresh days: 30", "fresh days: maand", "fresh days: 'maand' is not a whole number"),
        ("fresh days: 30", "fresh days: 0", "fresh days: 0: at least 1"),
        ("format: csv", "format: ods", "format: 'ods' is none of: csv, xlsx, view"),
        ("format: csv", "format: xlsx", "delimiter: belongs to another format than xlsx"),
        ('format: csv\ndelimiter: ";"', "format: view", "'connection' is missing"),
        ("format: csv", "sheets: A", "sheets: this key is not known"),
        ('";"', '";;"', "delimiter: ';;': one character, such as \";\""),
        ("{type: date}", "{type: dag}", "columns, van, type: 'dag' is none of"),
        ("{type: date}", "{type: date, codes: [a]}", "columns, van, codes: belongs to type code"),
        ("{type: date}", "{type: text}", "columns, van, type: must be date here"),
        ("person: insz", "person: nummer", "person: no such column: nummer"),
        ("person: insz\n", "", "say which"),
        ("{from: van, until: tot}", "{from: van}", "period: give the columns"),
        ("facts: [bewonerskaart, ", "facts: [", "a code means 'bewonerskaart', which is not"),
        ("list: parking", "list: Parking!", "list: 'Parking!': write small letters"),
    ],
)
def test_layout_that_is_wrong_says_where_and_what(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(DataError) as error:
        read_layout(layout(tmp_path, GOOD.replace(old, new, 1)))
    assert says in str(error.value)
    assert str(error.value).startswith(str(tmp_path / "parking.yaml"))


def test_layout_tells_all_faults_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("fresh days: 30", "fresh days: x").replace("facts: [", "fact: [")
    with pytest.raises(DataError) as error:
        read_layout(layout(tmp_path, text))
    assert len(str(error.value).splitlines()) == 3


def row(number: str, begin: date | None = None, end: date | None = None, code: str = "a") -> Row:
    return Row((number,), code, begin, end)


def test_differences_tell_new_ended_changed_and_the_same_by_fact() -> None:
    started = date(2025, 1, 1)
    before = [row(ANNA), row(BERT, started), row(CARO), row(ANNA, code="b")]
    after = [
        row(ANNA),
        row(BERT, started, date(2025, 12, 31)),
        row(CARO, started),
        row(BERT, code="b"),
    ]
    found = differences(before, after, ON, personal=True)
    assert found.same == {"a": 1}
    assert found.ended == {"a": 1, "b": 1}
    assert found.changed == {"a": 1}
    assert found.new == {"b": 1}
    assert found.facts() == ["a", "b"]


def test_differences_of_addresses_follow_the_address_to_another_value() -> None:
    street = ("9000", "Kouter")
    before, after = [Row(street, "Z")], [Row(("9000 ", "KOUTER"), "container")]
    found = differences(before, after, ON, personal=False)
    assert (found.changed, found.new, found.ended) == ({"container": 1}, {}, {})


days = st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1))
lists = st.lists(
    st.builds(row, st.sampled_from([ANNA, BERT, CARO]), days, days, st.sampled_from("ab")),
    max_size=8,
)


@given(lists, lists)
def test_differences_count_every_person_and_fact_once(before: list[Row], after: list[Row]) -> None:
    found = differences(before, after, ON, personal=True)
    keys = {(one.about_key, one.code) for one in (*before, *after)}
    kinds = (found.new, found.ended, found.changed, found.same)
    assert sum(sum(kind.values()) for kind in kinds) == len(keys)
    assert differences(after, after, ON, personal=True).new == {}
    assert 0 <= found.percent_fewer <= 100


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_table_of_mistakes_holds_no_formula(cells: list[str]) -> None:
    text = table(["head"], [[7, *cells]])
    read = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=";"))
    assert len(read) == 2
    assert read[1][0] == "7"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in read[1])


def test_problem_comes_back_as_it_was_put_away() -> None:
    problem = Problem.of(3, "van", "date", value="x" * 90, example="15/01/2026")
    assert Problem.from_data(problem.as_data()) == problem
    assert "x" * 41 not in problem.message


def test_file_that_is_too_big_is_not_read() -> None:
    (problem,) = check_file(b" " * (MOST_BYTES + 1), "x.csv", load_layout("ocmw-budget")).problems
    assert problem.code == "too-big"
    assert problem.code in MESSAGES


def test_file_with_too_many_mistakes_stops_telling() -> None:
    data = "insz;hulp;van;tot\n" + "1;2;3;4\n" * 5_000
    checked = check_file(data.encode(), "x.csv", load_layout("ocmw-budget"))
    assert len(checked.problems) < 10_010
    assert checked.problems[-1].code == "more"


def test_readings_after_a_reading_of_another_day_are_not_shared() -> None:
    first, later = row(ANNA, end=ON), row(ANNA, begin=ON + timedelta(days=1))
    assert not first.overlaps(later)
    assert first.covers(ON)
    assert not later.covers(ON)
