"""Lists as workbooks and as views: dates and formulas as values, and no bomb that goes off."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import psycopg
import pytest
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.installation import *  # noqa: F403 - fixtures are found by their names here
from tests.sources.invented import ANNA, BERT
from vanzelf.sources.data import DataError
from vanzelf.sources.lists import (
    Checked,
    check_file,
    check_view,
    is_small,
    load_layout,
    rows_in,
    xlsx_file,
)
from vanzelf.sources.lists.view import address

CSV = load_layout("ocmw-budget")
SHEET = replace(CSV, format="xlsx")
VIEW = replace(CSV, format="view", connection="ocmw", view="ocmw_budget")
HEADER = ["insz", "hulp", "van", "tot"]


def workbook(fill: Callable[[Worksheet, Format], object], name: str = "Blad1") -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, HEADER)
    fill(sheet, book.add_format({"num_format": "dd/mm/yyyy"}))
    book.close()
    return stream.getvalue()


def read(data: bytes, **changes: object) -> Checked:
    layout = replace(SHEET, **changes)  # type: ignore[arg-type]
    return check_file(data, "budget.xlsx", layout, allow_test=True)


def codes(checked: Checked) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in checked.problems]


def test_workbook_gives_dates_as_cells_or_text_and_formulas_as_values() -> None:
    def fill(sheet: Worksheet, day: Format) -> None:
        sheet.write_string(1, 0, ANNA)
        sheet.write_formula(1, 1, '="budget"&"beheer"', None, "budgetbeheer")
        sheet.write_datetime(1, 2, datetime(2025, 1, 1), day)  # noqa: DTZ001
        sheet.write_formula(1, 3, "=DATE(2026,1,31)", day, 46053)
        sheet.write_row(2, 0, [BERT, "budgetbegeleiding", "01/02/2025", ""])

    checked = read(workbook(fill))
    assert checked.problems == ()
    assert [(one.about, one.code, one.begin, one.end) for one in checked.rows] == [
        ((ANNA,), "budgetbeheer", date(2025, 1, 1), date(2026, 1, 31)),
        ((BERT,), "budgetbegeleiding", date(2025, 2, 1), None),
    ]


def test_workbook_number_gets_back_the_zeros_it_begins_with() -> None:
    number = "01610100156"

    def fill(sheet: Worksheet, _day: Format) -> None:
        sheet.write_number(1, 0, int(number))
        sheet.write_row(1, 1, ["budgetbeheer", "01/01/2025", ""])

    checked = read(workbook(fill))
    found = [one.about for one in checked.rows] or codes(checked)
    assert found in ([(number,)], [(2, "insz", "check-digits")])


def test_workbook_cell_with_an_error_is_told_and_not_taken_as_empty() -> None:
    def fill(sheet: Worksheet, _day: Format) -> None:
        sheet.write_row(1, 0, [ANNA, "budgetbeheer", "01/01/2025"])
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")

    assert codes(read(workbook(fill))) == [(2, "tot", "cell")]


def test_workbook_with_another_sheet_and_a_header_lower_down() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("Uitleg").write(0, 0, "Lees dit eerst")
    sheet = book.add_worksheet("Lijst")
    sheet.write(0, 0, "Lijst van het OCMW")
    sheet.write_row(2, 0, HEADER)
    sheet.write_row(3, 0, [ANNA, "budgetbeheer", "01/01/2025"])
    book.close()
    data = stream.getvalue()
    assert len(read(data, sheet="Lijst", header_row=3).rows) == 1
    assert codes(read(data, sheet="Budget")) == [(1, "", "no-sheet")]
    found = read(data, sheet="Lijst", header_row=1)
    assert {(row, code) for row, _, code in codes(found)} == {
        (1, "missing-column"),
        (1, "extra-column"),
    }


def test_workbook_that_would_fill_the_memory_is_refused() -> None:
    def fill(sheet: Worksheet, _day: Format) -> None:
        sheet.write(1_048_575, 16_383, "x")  # the reader would make a table of 17 billion cells

    data = workbook(fill)
    assert len(data) < 10_000
    assert codes(read(data)) == [(1, "", "unpacks-too-big")]


def test_workbook_that_unpacks_to_a_thousand_times_its_size_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx_file, "MEMORY", 300 * 2**20)
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(lambda *_: None))) as whole,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for part in whole.infolist():
            if part.filename == "xl/worksheets/sheet1.xml":
                with bomb.open(part.filename, "w") as stream:
                    stream.write(b'<?xml version="1.0"?><worksheet><sheetData><row r="1"><c><v>')
                    for _ in range(20):
                        stream.write(b"1" * 10_000_000)
            else:
                bomb.writestr(part, whole.read(part))
    assert len(data.getvalue()) < 400_000
    (problem,) = read(data.getvalue()).problems
    assert problem.code in {"unpacks-too-big", "not-a-workbook"}


@pytest.mark.parametrize(
    "data", [b"insz;hulp\n", b"PK\x03\x04not", b""], ids=["csv", "zip", "empty"]
)
def test_what_is_no_workbook_is_told(data: bytes) -> None:
    (problem,) = read(data).problems
    assert problem.code in {"not-a-workbook", "empty-file"}


def view(dsn: str, *statements: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture
def elsewhere(database: str) -> str:
    """Another database than ours to the code: a view in a schema of the app's own session."""
    from vanzelf.city.database.server import administrator

    admin = psycopg.conninfo.make_conninfo(**{**administrator(), "dbname": "postgres"})
    view(
        admin,
        "DROP VIEW IF EXISTS ocmw_budget",
        f"""CREATE VIEW ocmw_budget AS SELECT * FROM (VALUES
            ('{ANNA}', 'budgetbeheer', date '2025-01-01', NULL::date, 'geheim'),
            ('{BERT}', 'budgetbegeleiding', date '2025-02-01', date '2025-12-31', 'geheim')
        ) rows (insz, hulp, van, tot, dossier)""",
    )
    return admin


def test_view_is_read_without_the_columns_that_are_not_asked(elsewhere: str) -> None:
    seen: list[int] = []
    checked = check_view(VIEW, elsewhere, allow_test=True, progress=seen.append)
    assert checked.problems == ()
    assert [(one.about, one.begin, one.end) for one in checked.rows] == [
        ((ANNA,), date(2025, 1, 1), None),
        ((BERT,), date(2025, 2, 1), date(2025, 12, 31)),
    ]
    assert "geheim" not in repr(checked)


def test_view_cannot_be_written_through(elsewhere: str) -> None:
    view(
        elsewhere,
        "CREATE TABLE IF NOT EXISTS spilled (at timestamptz)",
        """CREATE OR REPLACE FUNCTION spill() RETURNS text LANGUAGE plpgsql AS $$
           BEGIN INSERT INTO spilled VALUES (now()); RETURN 'budgetbeheer'; END $$""",
        f"""CREATE OR REPLACE VIEW writing AS SELECT '{ANNA}' AS insz, spill() AS hulp,
            date '2025-01-01' AS van, NULL::date AS tot""",
    )
    checked = check_view(replace(VIEW, view="writing"), elsewhere, allow_test=True)
    assert [one.given for one in checked.problems] == [(("why", "ReadOnlySqlTransaction"),)]


@pytest.mark.parametrize(
    ("layout", "dsn", "why"),
    [
        (replace(VIEW, view="no_such_view"), None, "UndefinedTable"),
        (VIEW, "host=127.0.0.1 port=1 dbname=x password=geheim", "no connection"),
    ],
    ids=["no view", "no server"],
)
def test_view_that_cannot_be_read_is_told_without_its_address(
    elsewhere: str, layout: object, dsn: str | None, why: str
) -> None:
    (problem,) = check_view(layout, dsn or elsewhere).problems  # type: ignore[arg-type]
    assert (problem.code, dict(problem.given)) == ("view", {"why": why})
    assert "geheim" not in str(problem)


def test_view_without_an_address_names_the_setting() -> None:
    with pytest.raises(DataError, match="VANZELF_LISTS_DSN_OCMW is not set"):
        address(VIEW, {})


def test_size_tells_before_reading_what_is_checked_at_once() -> None:
    rows = b"insz;hulp;van;tot\n" + 20_000 * b"84640618997;budgetbeheer;01/01/2025;\n"
    assert (is_small(rows, CSV), rows_in(rows, CSV)) == (False, 20_000)
    assert is_small(rows[:10_000], CSV)
    layout = replace(CSV, format="xlsx")
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", "<c>1</c>" * 500_000)
    assert len(book.getvalue()) < 50_000
    assert (is_small(book.getvalue(), layout), rows_in(book.getvalue(), layout)) == (False, None)
    assert is_small(b"no workbook", layout)
