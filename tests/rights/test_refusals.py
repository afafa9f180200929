"""Every way in which a regulation can be broken is told with its file and line, all at once."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rights.example import FILES, write
from vanzelf.rights import Problem, RegulationError, load

RIGHT = "gent/proef/regulation.yaml"
CASES = "gent/proef/cases.yaml"


def problems_of(folder: Path, files: dict[str, str] | None = None) -> list[Problem]:
    with pytest.raises(RegulationError) as caught:
        load(write(folder, files))
    return caught.value.problems


def changed(file: str, old: str, new: str) -> tuple[str, int]:
    """The file's text with one thing replaced, and the line on which that stands."""
    text = FILES[file]
    assert text.count(old) >= 1, old
    start = text.index(old)
    shift = new.index("»") if "»" in new else 0
    new = new.replace("»", "")
    line = (text[:start] + new[:shift]).count("\n") + 1
    return text.replace(old, new, 1), line


# file, what stands there, what comes instead (» marks where the problem is), message, hint
BROKEN = {
    "unlisted fact": (
        RIGHT, 'gezin.gemeente = "44021"', 'gezin.gemente = "44021"',
        '"gemente" is not a listed fact of gezin', 'did you mean "gemeente"?',
    ),
    "unlisted fact of several words": (
        RIGHT, "bedrag(gezin.personen ten laste)", "bedrag(gezin.personen ten last)",
        '"personen ten last" is not a listed fact', 'did you mean "personen ten laste"?',
    ),
    "unlisted member": (
        RIGHT, "satisfies lid.leefloon", "satisfies lid.leeflon",
        '"leeflon" is not a listed fact of persoon', 'did you mean "leefloon"?',
    ),
    "fact of another section": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "gezin.leefloon",
        '"leefloon" is not a listed fact of gezin', "",
    ),
    "unknown parameter": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "gezin.jaarinkomen < inkomensgrans",
        '"inkomensgrans" is not a fact, a parameter, a definition or a function',
        'did you mean "inkomensgrens"?',
    ),
    "unknown function": (
        RIGHT, "when: met leefloon", "when: cuont(gezin.leden) > 1",
        '"cuont" is not', 'did you mean "count"',
    ),
    "syntax error": (
        RIGHT, 'gezin.gemeente = "44021"', 'gezin.gemeente = = "44021"',
        'criterion "in Gent"', "expected",
    ),
    "monthly against annual": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "gezin.maandinkomen < inkomensgrens",
        "money per maand against money per jaar", "per maand(x) or op jaarbasis(x)",
    ),
    "monthly in an annual range": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "gezin.maandinkomen in [0..inkomensgrens]",
        "money per maand against money per jaar", "only a named function crosses",
    ),
    "monthly before annual": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "before(gezin.maandinkomen, inkomensgrens)",
        "money per maand against money per jaar", "only a named function crosses",
    ),
    "monthly put among annual": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens",
        "gezin.jaarinkomen < max(insert before([inkomensgrens], 1, gezin.maandinkomen))",
        "money per jaar against money per maand", "only a named function crosses",
    ),
    "monthly hidden in a context": (
        RIGHT, "when: gezin.jaarinkomen < inkomensgrens",
        "when: '{a: gezin.maandinkomen} = {a: inkomensgrens}'",
        "money per maand against money per jaar", "only a named function crosses",
    ),
    "value out of a context": (
        RIGHT, "when: met leefloon", "when: 'get value({a: met leefloon}, \"a\")'",
        'a regulation does not use "get value"', "name the fact itself",
    ),
    "delivery that never comes": (
        RIGHT,
        '      when: gezin.zone = "Z"\n      says: {nl: Een bon., en: A voucher.}\n  - krediet:',
        "      says: {nl: Een bon., en: A voucher.}\n  - »krediet:",
        'delivery "krediet": never comes', "give that one a when:",
    ),
    "day and month in no year": (
        RIGHT, "checked: [15-01, 15-07]", "checked: [»31-02, 15-07]",
        '"31-02" is not a day and month', "dd-mm",
    ),
    "product number that is a list": (
        RIGHT, "once_per: kalenderjaar", "once_per: kalenderjaar\n»ipdc: [2858]",
        "ipdc: a number is expected here", "ipdc: 2858",
    ),
    "key without a value": (
        RIGHT, "once_per: kalenderjaar", "once_per:", 'once_per: "null" is not known', "one of",
    ),
    "annualised by hand": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "gezin.maandinkomen * 12 < inkomensgrens",
        "a period is not changed by a number", "op jaarbasis(x)",
    ),
    "annualised by another number": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "gezin.maandinkomen * 13 < inkomensgrens",
        "money per maand against money per jaar", "only a named function crosses",
    ),
    "monthly and annual added": (
        RIGHT, "gezin.jaarinkomen < ink", "gezin.jaarinkomen + gezin.maandinkomen < ink",
        "money per jaar against money per maand", "only a named function crosses",
    ),
    "monthly and annual in one sum": (
        RIGHT, "gezin.jaarinkomen < ink", "sum(gezin.jaarinkomen, gezin.maandinkomen) < ink",
        "money per jaar against money per maand", "only a named function crosses",
    ),
    "a power of money": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "gezin.jaarinkomen ** 2 > 4",
        "money per jaar to the power of the number 2 means nothing", "",
    ),
    "a period crossed twice": (
        RIGHT, "gezin.jaarinkomen < ink", "op jaarbasis(gezin.jaarinkomen) < ink",
        '"op jaarbasis" takes number per maand, not money per jaar', "",
    ),
    "single sum against annual": (
        RIGHT, "gezin.jaarinkomen < ink", "gezin.spaargeld < ink",
        "money against money per jaar", "",
    ),
    "amount in the expression": (
        RIGHT, "gezin.jaarinkomen < inkomensgrens", "gezin.jaarinkomen < 21000",
        "money per jaar against the bare number 21000", "make it a parameter",
    ),
    "list index into a table": (
        RIGHT, "bedrag(gezin.personen ten laste)", "bedrag[gezin.personen ten laste]",
        'the table "bedrag" is not a list', "read it as a function: bedrag(…)",
    ),
    "table without argument": (
        RIGHT, "bedrag(gezin.personen ten laste)", "bedrag()",
        '"bedrag" takes 1 value', "",
    ),
    "table with a text": (
        RIGHT, "bedrag(gezin.personen ten laste)", "bedrag(gezin.zone)",
        '"bedrag" takes number, not text', "",
    ),
    "text missing in a language": (
        RIGHT, "summary: {nl: Een proef., en: A trial.}", "summary: {nl: Een proef.}",
        'summary: the text in "en" is missing', "write {nl: …, en: …}",
    ),
    "sentence missing": (
        RIGHT, "        says: {nl: Je woont in Gent., en: You live in Ghent.}\n", "",
        'criterion "in Gent": "says" is missing', "add says:",
    ),
    "law missing": (
        RIGHT, "        law: reglement art. 1\n", "",
        'criterion "in Gent": "law" is missing', "add law:",
    ),
    "unknown law": (
        RIGHT, "law: reglement art. 1", "law: regelment art. 1",
        '"regelment" is not under law:', 'did you mean "reglement"',
    ),
    "parameter without source": (
        RIGHT, "is: 21000.50, source: reglement art. 2,", "is: 21000.50,",
        'parameter "inkomensgrens": "source" is missing', "add source:",
    ),
    "parameter without verified": (
        RIGHT, "source: reglement art. 2, verified: true}\n  bedrag",
        "source: reglement art. 2}\n  bedrag",
        'parameter "inkomensgrens": "verified" is missing', "add verified:",
    ),
    "overlapping dates": (
        RIGHT, "from: 2025-01-01", "from: 2024-07-01", "the dates overlap", "until",
    ),
    "gap in a table": (
        RIGHT, "2 tot en met 3: 84", "»3: 84", "row 2 is missing", "",
    ),
    "bad row": (
        RIGHT, "4 of meer: 126", "»4 en meer: 126", '"4 en meer" is not a row', "5 of meer",
    ),
    "duplicate criterion": (
        RIGHT, "- schuldhulp:", "- »leefloon:",
        'criterion "leefloon": "leefloon" is the name of another one', "",
    ),
    "duplicate key": (
        RIGHT, "unit: gezin\n", "unit: gezin\n»unit: persoon\n", '"unit" stands twice', "",
    ),
    "unknown key": (
        RIGHT, "once_per: kalenderjaar", "once_per: kalenderjaar\n»chekced: [15-01]",
        'unknown key "chekced"', 'did you mean "checked"?',
    ),
    "unknown unit": (
        RIGHT, "unit: gezin", "unit: gezinnen", 'unit: "gezinnen" is not known', "gezin",
    ),
    "unknown authority": (
        RIGHT, "authority: stad", "authority: stadt",
        '"stadt" is not in authorities.yaml', 'did you mean "stad"?',
    ),
    "unknown reference date": (
        RIGHT, "reference_date: day of the check", "reference_date: day of check",
        '"day of check" is not known', 'did you mean "day of the check"',
    ),
    "not the folder's name": (
        RIGHT, "regulation: gent/proef", "regulation: gent/proeven",
        '"gent/proeven" is not the folder\'s path', "",
    ),
    "person in a right of a household": (
        RIGHT, "when: met leefloon", "when: persoon.leefloon",
        '"persoon" does not exist in a right of a gezin', "",
    ),
    "criterion is not boolean": (
        RIGHT, "when: gezin.jaarinkomen < inkomensgrens", "when: »gezin.jaarinkomen",
        "this must be true or false, and is money per jaar", "compare",
    ),
    "and between numbers": (
        RIGHT, "when: met leefloon", "when: met leefloon and gezin.personen ten laste",
        "this must be true or false, and is number", "compare",
    ),
    "satisfies without brackets": (
        RIGHT, "satisfies (lid.schuldhulp or lid.leefloon)",
        "satisfies lid.schuldhulp or lid.leefloon",
        '"or" after "satisfies" reaches to the end', "put brackets",
    ),
    "value that never is": (
        RIGHT, 'gezin.zone = "Z"', 'gezin.zone = "z"', '"z" is never its value', "one of: Z, C",
    ),
    "text against number": (
        RIGHT, 'gezin.gemeente = "44021"', "gezin.gemeente = 44021",
        "text against the number 44021", "",
    ),
    "clock in an expression": (
        RIGHT, "when: met leefloon", "when: today() > peildatum", "brings in a clock", "peildatum",
    ),
    "unused parameter": (
        RIGHT, "definitions:", "  »grens:\n    type: date\n    values:\n"
        "      - {from: 2024-01-01, is: 2024-01-01, source: reglement, verified: true}\n"
        "definitions:",
        '"grens" is not used by any expression', "",
    ),
    "parameter name with a keyword": (
        RIGHT, "  inkomensgrens:\n", "  inkomen of grens:\n",
        'holds "of"', 'for example "inkomen en grens"',
    ),
    "parameter name of a built-in": (
        RIGHT, "  bedrag:\n", "  sum:\n", '"sum" is the name of a built-in function', "",
    ),
    "definition named as a fact": (
        RIGHT, "  met leefloon: {", "  leefloon: {",
        '"leefloon" is a fact of a persoon too', "rename it",
    ),
    "loop variable with a capital": (
        RIGHT, "some lid in gezin.leden satisfies lid.leefloon",
        "some Lid in gezin.leden satisfies Lid.leefloon", '"Lid" has capitals', '"lid"',
    ),
    "loop variable that hides": (
        RIGHT, "some lid in gezin.leden satisfies lid.leefloon",
        "some gezin in gezin.leden satisfies gezin.leefloon", '"gezin" hides another', "rename",
    ),
    "monthly amount as annual": (
        RIGHT, "is: bedrag(gezin.personen ten laste)", "is: »gezin.maandinkomen",
        "money per maand is given as an amount per jaar", "write per: maand",
    ),
    "amount that is no number": (
        RIGHT, "is: bedrag(gezin.personen ten laste)", "is: »gezin.zone",
        "a number is expected, not text", "",
    ),
    "day and month that is none": (
        RIGHT, "checked: [15-01, 15-07]", "checked: [15-01, »15-13]",
        '"15-13" is not a day and month', "dd-mm",
    ),
    "no date": (
        RIGHT, "from: 2025-01-01", "from: »2025-13-01", '"2025-13-01" is not a date', "",
    ),
    "not YAML": (RIGHT, "unit: gezin\n", "unit: [gezin\n»", "not YAML", "check the indent"),
    "fact name with a hyphen": (
        "facts.yaml", "  personen ten laste:", "  »personen-ten-laste:",
        "something else than letters, digits and single spaces", '"personen ten laste"',
    ),
    "duplicate fact id": (
        "facts.yaml", "  zone:\n    {id: zone", "  »zone:\n    {id: municipality",
        '"gemeente" has the id "municipality" already', "unique",
    ),
    "unknown fact type": (
        "facts.yaml", "{id: savings, type: money", "{id: savings, type: »geld",
        'fact "spaargeld": type: "geld" is not known', "money",
    ),
    "period of a text": (
        "facts.yaml", "{id: zone, type: text,", "{id: zone, type: text, per: jaar,",
        "a text has no period", "",
    ),
    "appeal term": (
        "authorities.yaml", "within: 60 dagen", "within: zestig dagen", "is not a term", "",
    ),
    "case with an unknown fact": (
        CASES, '{gezin: {gemeente: "44043"}}', '{gezin: {gemente: "44043"}}',
        "gezin.gemente is not a listed fact", "",
    ),
    "case with a value of another type": (
        CASES, "leden: [{leefloon: true}]", "leden: [{leefloon: ja}]",
        "gezin.leden[1].leefloon must be boolean, not 'ja'", "",
    ),
    "case with a number for a text": (
        CASES, 'gemeente: "44043"', "gemeente: 44043", "put quotes around it", "",
    ),
    "case with an unknown outcome": (
        CASES, "outcome: NO", "outcome: NEE", '"NEE" is not known', "YES",
    ),
    "case with an unknown delivery": (
        CASES, "delivery: bon", "delivery: bonn", '"bonn" does not exist', 'did you mean "bon"?',
    ),
    "case with an unknown reason": (
        CASES, "reasons: [in Gent]", "reasons: [in Gnt]", '"in Gnt" does not exist', "in Gent",
    ),
    "case with an unlisted settling fact": (
        CASES, "[[gezin.jaarinkomen]]", "[[gezin.inkomen]]",
        '"gezin.inkomen" is not a listed fact', "jaarinkomen",
    ),
    "case without a day": (
        CASES, "- case: Niet in Gent\n  on: 2026-01-15\n", "- case: Niet in Gent\n",
        '"on" is missing', "add on:",
    ),
}  # fmt: skip


def test_example_is_whole(tmp_path: Path) -> None:
    assert list(load(write(tmp_path))) == ["gent/proef"]


def test_at_least_twenty_ways_of_being_broken() -> None:
    assert len(BROKEN) >= 20


@pytest.mark.parametrize("way", BROKEN)
def test_broken_file_is_refused_at_its_line(way: str, tmp_path: Path) -> None:
    file, old, new, message, hint = BROKEN[way]
    text, line = changed(file, old, new)
    found = problems_of(tmp_path, {file: text})
    told = [
        problem
        for problem in found
        if problem.file.endswith(file) and message in problem.message and hint in problem.hint
    ]
    assert told, "\n".join(map(str, found))
    assert line in {problem.line for problem in told} or _near_a_removal(new, line, told)


def _near_a_removal(new: str, line: int, told: list[Problem]) -> bool:
    """What was left out is told where the thing that lacks it begins: a little above."""
    return new == "" and any(line - 3 <= problem.line <= line for problem in told)


def test_missing_cases_are_told(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / CASES).unlink()
    with pytest.raises(RegulationError, match=r"there is no cases\.yaml beside it"):
        load(folder)


def test_duplicate_regulation_is_told(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a"), write(tmp_path / "b")
    with pytest.raises(RegulationError, match='"gent/proef" is the id of'):
        load(first, second)


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    regulation, first = changed(RIGHT, "unit: gezin", "unit: gezinnen")
    regulation = regulation.replace("gezin.jaarinkomen <", "gezin.maandinkomen <")
    cases, second = changed(CASES, "outcome: NO", "outcome: NEE")
    found = problems_of(tmp_path, {RIGHT: regulation, CASES: cases})
    lines = {(Path(problem.file).name, problem.line) for problem in found}
    month = regulation[: regulation.index("gezin.maandinkomen <")].count("\n") + 1
    assert lines >= {("regulation.yaml", first), ("regulation.yaml", month), ("cases.yaml", second)}


def test_column_points_into_the_expression(tmp_path: Path) -> None:
    text, line = changed(RIGHT, "gezin.jaarinkomen < ink", "gezin.jaarinkomn < ink")
    (problem,) = problems_of(tmp_path, {RIGHT: text})
    assert (problem.line, problem.column) == (line, len("              when: ") + 1)


def test_line_within_a_long_expression(tmp_path: Path) -> None:
    block = "when: |\n                met leefloon\n                and gezin.zoen = 1"
    text, line = changed(RIGHT, "when: met leefloon", block)
    (problem,) = problems_of(tmp_path, {RIGHT: text})
    assert problem.line == line + 2


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("text", ["", "tekst", "- a", "~", "&a [*a]", "!!python/tuple [x]", "\ta"])
def test_file_of_another_shape_is_refused(file: str, text: str, tmp_path: Path) -> None:
    assert any(problem.file.endswith(file) for problem in problems_of(tmp_path, {file: text}))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_slip_of_the_pen_is_never_a_crash(data: st.DataObject, tmp_path: Path) -> None:
    file = data.draw(st.sampled_from(sorted(FILES)))
    text = FILES[file]
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 12))
    instead = data.draw(st.text("ab:{}[]-\"' \n#&*!|>1.", max_size=4))
    with contextlib.suppress(RegulationError):
        load(write(tmp_path, {file: text[:start] + instead + text[start + length :]}))


@pytest.mark.parametrize("style", [">-\n                ", ""])
def test_line_within_a_folded_expression(style: str, tmp_path: Path) -> None:
    folded = f"when: {style}met leefloon\n                and gezin.zoen = 1"
    text, line = changed(RIGHT, "when: met leefloon", folded)
    (problem,) = problems_of(tmp_path, {RIGHT: text})
    assert problem.line == line + folded.count("\n")
    assert text.splitlines()[problem.line - 1][problem.column - 1 :].startswith("gezin.zoen")


def test_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(RegulationError, match="there is no such folder"):
        load(tmp_path / "nergens")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"regulation: caf\xe9\n", "regulation.yaml:1: not UTF-8 (save the file as UTF-8)"),
        (b"unit: gezin\nnames: " + b"[" * 3000, "regulation.yaml:1: this nests too deep"),
        (b"unit: gezin\x00", "regulation.yaml:1: cannot be read"),
    ],
    ids=["latin-1", "deep", "null"],
)
def test_file_that_cannot_be_read_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    folder = write(tmp_path)
    (folder / RIGHT).write_bytes(content)
    with pytest.raises(RegulationError, match=re.escape(says)):
        load(folder)
