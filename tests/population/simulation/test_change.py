from __future__ import annotations

from decimal import Decimal

import pytest

from tests.population.simulation.conftest import ON
from vanzelf.population.simulation import Change, ChangeError, changed, read_change
from vanzelf.rights import Outcome, Regulation, Regulations
from vanzelf.rights.model import criteria_of

ALONE = {
    "gemeente": "44021",
    "afvalzone": "Z",
    "personen ten laste": 0,
    "leden": [
        {
            "verhoogde tegemoetkoming": False,
            "budgetbeheer": True,
            "collectieve schuldenregeling": False,
        }
    ],
}


@pytest.fixture(scope="module")
def bags(regulations: Regulations) -> Regulation:
    return regulations["gent/huisvuilzakken"]


@pytest.fixture(scope="module")
def school(regulations: Regulations) -> Regulation:
    return regulations["gent/schoolkorting"]


def test_a_parameter_is_read_in_its_type(school: Regulation) -> None:
    change = read_change(school, ON, ["inkomensgrens opvang = 35_000.50"])
    assert change == Change({"inkomensgrens opvang": Decimal("35000.50")})
    assert change.only_parameters


def test_a_row_of_a_table_leaves_the_others(bags: Regulation) -> None:
    change = read_change(bags, ON, ["bedrag per gezin[0]=50", "bedrag per gezin[5 of meer]=130"])
    assert change.as_data()["parameters"] == {
        "bedrag per gezin": {
            "0": "50", "1": "63", "2": "84", "3 tot en met 4": "105", "5 of meer": "130",
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("inkomensgrens=1", 'did you mean "inkomensgrens opvang" or "inkomensgrens maaltijden"'),
        ("inkomensgrens opvang", "write name=value"),
        ("inkomensgrens opvang=veel", "euros such as 1234.50 is expected"),
        ("inkomensgrens opvang=NaN", "euros such as 1234.50 is expected"),
        ("inkomensgrens opvang=1e400", "euros such as 1234.50 is expected"),
        ("inkomensgrens opvang[1]=3", "is no table"),
    ],
)
def test_a_parameter_that_is_wrong_says_what_to_write(
    school: Regulation, text: str, told: str
) -> None:
    with pytest.raises(ChangeError) as error:
        read_change(school, ON, [text])
    assert told in str(error.value)


@pytest.mark.parametrize("text", ["bedrag per gezin=50", "bedrag per gezin[9]=50"])
def test_a_row_that_is_not_there_names_those_that_are(bags: Regulation, text: str) -> None:
    with pytest.raises(ChangeError, match="rows: 0, 1, 2, 3 tot en met 4, 5 of meer"):
        read_change(bags, ON, [text])


def test_a_changed_amount_is_what_is_given(bags: Regulation) -> None:
    new = changed(bags, read_change(bags, ON, ["bedrag per gezin[0]=50"]))
    amount = new.check({"gezin": ALONE}, ON).amount
    assert amount is not None
    assert amount.value == Decimal(50)
    assert new.content_hash != bags.content_hash
    old = bags.check({"gezin": ALONE}, ON).amount
    assert old is not None
    assert old.value == Decimal(42)


def test_a_criterion_that_is_left_out_decides_nothing(bags: Regulation) -> None:
    new = changed(bags, Change(without=("hulp bij budget",)))
    assert "hulp bij budget" not in {one.id for one in criteria_of(new.content.criteria)}
    facts = {"gezin": ALONE}
    assert bags.check(facts, ON).outcome is Outcome.YES
    assert new.check(facts, ON).outcome is Outcome.NO


def test_a_group_without_its_last_criterion_goes_too(school: Regulation) -> None:
    new = changed(school, Change(without=("leefloon", "laag inkomen")))
    assert [one.id for one in criteria_of(new.content.criteria)] == ["kind bij de stad"]


def test_leaving_out_everything_is_refused(bags: Regulation) -> None:
    with pytest.raises(ChangeError, match="no criterion is left"):
        changed(bags, Change(without=("all",)))


def test_a_criterion_that_is_not_there_is_refused_with_those_that_are(bags: Regulation) -> None:
    with pytest.raises(ChangeError, match='did you mean "hulp bij budget"'):
        changed(bags, Change(without=("hulp bij budgt",)))


def test_another_expression_stands_in_the_scope_of_the_regulation(school: Regulation) -> None:
    text = "gezin met leefloon or gezin.belastbaar inkomen < inkomensgrens maaltijden"
    new = changed(school, read_change(school, ON, instead=[f"laag inkomen={text}"]))
    child = {"ingeschreven bij de stad": True, "leefloon": False}
    facts = {"gezin": {"belastbaar inkomen": Decimal(30_000), "leden": [child]}}
    assert school.check(facts, ON).outcome is Outcome.YES
    assert new.check(facts, ON).outcome is Outcome.NO


def test_an_expression_that_is_wrong_says_where(school: Regulation) -> None:
    with pytest.raises(ChangeError) as error:
        changed(school, Change(instead={"laag inkomen": "gezin.belastbaar inkomen < grens"}))
    assert 'criterion "laag inkomen", column 28' in str(error.value)
    line, caret = str(error.value).splitlines()[1:3]
    assert line[caret.index("^")] == "g"


@pytest.mark.parametrize("text", ["gezin.belastbaar inkomen", "gezin.leden[", ""])
def test_an_expression_that_decides_nothing_is_refused(school: Regulation, text: str) -> None:
    with pytest.raises(ChangeError, match="laag inkomen"):
        changed(school, Change(instead={"laag inkomen": text}))


def test_a_group_has_no_text_to_replace(school: Regulation) -> None:
    with pytest.raises(ChangeError, match="is a group"):
        changed(school, Change(instead={"any": "true"}))
