"""An explanation in words, Dutch and English, from a verdict and from its record."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.rights.example import REGULATION, write
from vanzelf.feel import UNKNOWN
from vanzelf.rights import (
    Amount,
    Origin,
    Regulation,
    amount_text,
    as_text,
    describe,
    explain,
    load,
)

DAY = date(2026, 1, 15)
FACTS = {
    "gezin": {
        "gemeente": "44021",
        "zone": "Z",
        "personen ten laste": 0,
        "jaarinkomen": Decimal("20999.90"),
        "leden": [{"leefloon": False}],
    }
}


@pytest.fixture
def proef(tmp_path: Path) -> Regulation:
    return load(write(tmp_path))["gent/proef"]


def test_lines_of_a_verdict(proef: Regulation) -> None:
    lines = explain(proef, proef.check(FACTS, DAY))
    assert [(line.depth, line.mark, line.sentence) for line in lines] == [
        (0, "✓", "Dit klopt allemaal:"),
        (1, "✓", "Je woont in Gent."),
        (1, "✓", "Een van deze:"),
        (2, "–", "Iemand heeft leefloon."),
        (2, "?", "Iemand heeft schuldhulp."),
        (2, "✓", "Het inkomen is laag."),
        (0, "✓", "Per persoon ten laste."),
        (0, "✓", "Een bon."),
    ]


def test_lines_carry_law_facts_parameters_and_evidence(proef: Regulation) -> None:
    asked = datetime(2026, 1, 15, tzinfo=UTC)
    origins = {"gezin.jaarinkomen": Origin("tax", asked)}
    verdict = proef.check(FACTS, DAY, origins=origins)
    lines = {line.id: line for line in explain(proef, verdict, "en")}
    income = lines["laag inkomen"]
    assert (income.law_title, income.law_link) == ("Reglement", "https://example.org/reglement")
    assert [(fact.name, fact.value) for fact in income.facts] == [
        ("yearly income", "€20,999.90 a year")
    ]
    assert income.sources == ("tax",)
    assert [(one.name, one.value, one.verified) for one in income.parameters] == [
        ("inkomensgrens", "€21,000.50 a year", True)
    ]
    assert income.evidence == "A certificate."
    (table,) = lines["amount"].parameters
    assert (table.verified, table.note) == (False, "Not certain.")
    assert lines["schuldhulp"].missing == ("household member 1: debt help",)


def test_lines_name_people_when_told(proef: Regulation) -> None:
    lines = explain(proef, proef.check(FACTS, DAY), people={"gezin.leden[1]": "Lore"})
    assert [name for line in lines for name in line.missing if line.depth > 1] == [
        "Lore: schuldhulp"
    ]


def test_lines_of_a_record_are_those_of_the_verdict(proef: Regulation) -> None:
    verdict = proef.check(FACTS, DAY)
    assert explain(proef, verdict.as_data()) == explain(proef, verdict)
    data = verdict.as_data()["explanation"]
    assert isinstance(data, dict)
    assert explain(proef, data, on=DAY) == explain(proef, verdict)


def test_record_of_a_regulation_that_changed_still_reads(tmp_path: Path, proef: Regulation) -> None:
    data = proef.check(FACTS, DAY).as_data()
    renamed = REGULATION.replace("- laag inkomen:", "- weinig inkomen:")
    files = {"gent/proef/regulation.yaml": renamed}
    later = load(write(tmp_path / "later", files))["gent/proef"]
    assert "laag inkomen" in [line.sentence for line in explain(later, data)]


def test_text_of_a_verdict(proef: Regulation) -> None:
    text = as_text(explain(proef, proef.check(FACTS, DAY)))
    assert "  ✓ Je woont in Gent. [reglement art. 1]\n      gemeente: 44021\n" in text
    assert "inkomensgrens: 21.000,50 euro per jaar" in text
    assert "bedrag: 0: 42 euro; 1: 63 euro; 2 tot en met 3: 84 euro" in text
    assert "(niet nagekeken)" in text


def test_rule_itself_is_told_without_outcomes(proef: Regulation) -> None:
    lines = describe(proef, "en", on=DAY)
    assert {line.outcome for line in lines} == {None}
    assert [line.sentence for line in lines][-3:] == ["By dependants.", "A voucher.", "A credit."]


def test_amounts_in_words(proef: Regulation) -> None:
    known = Amount("amount", "money", Decimal("1234.5"), "jaar", "EUR")
    assert amount_text(proef, known) == "1.234,50 euro per jaar"
    assert amount_text(proef, known, "en") == "€1,234.50 a year"
    unknown = Amount("amount", "money", UNKNOWN, "jaar", "EUR")
    assert amount_text(proef, unknown) == "bedrag nog niet gekend"
