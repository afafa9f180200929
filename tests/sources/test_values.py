"""What all services that know amounts and files share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.sources.invented import (
    ANNA,
    authorisation,
)
from tests.sources.values import (
    FACTS,
    PAID,
    Answers,
    asker,
    known,
    reasons,
)
from vanzelf.sources import Reason
from vanzelf.sources.catalogue import load_catalogue, shipped
from vanzelf.sources.data import SHIPPED, DataError
from vanzelf.sources.magda import (
    geef_status_recht_ondersteuningen as support,
)
from vanzelf.sources.magda.nodes import Node
from vanzelf.sources.magda.standin import Standin, Switches
from vanzelf.sources.proofs import Support


def test_support_is_asked_where_the_catalogue_names_a_measure(
    magda: Standin, answers: Answers
) -> None:
    measure = [
        Node("Maatregel", [Node("Code", "VOP")]),
        Node("INSZ", ANNA),
        Node("Status", [Node("Code", "TG")]),
        Node("Periode", [Node("Begin", "2026-01-01"), Node("Einde", "2026-12-31")]),
    ]
    one = Node("StatusRechtOndersteuning", measure)
    answers(support.SERVICE, ANNA, Node("StatusRechtOndersteuningen", [one]))
    asking = asker(magda)
    assert asking.support(ANNA, ["erkende handicap"]) == {}
    rule = {"erkende handicap": Support(frozenset({"VOP"}), frozenset({"TG", "GG"}))}
    proofs = replace(shipped().proofs, support=rule)
    asking.catalogue = replace(shipped(), proofs=proofs)
    assert known(asking.support(ANNA, ["erkende handicap"])) == {"erkende handicap": True}


METHODS = ["income", "living_wage", "disability", "child_benefits"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["busy", "http500", "cut", "fault", "wrong-person"])
def test_nothing_that_goes_wrong_becomes_a_value(magda: Standin, method: str, kind: str) -> None:
    magda.switches = Switches.parse([kind])
    readings = getattr(asker(magda), method)(ANNA, FACTS)
    assert readings
    assert known(readings) == {}


@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_sent_without_leave(magda: Standin, method: str) -> None:
    asking = asker(magda, authorisation())
    readings = getattr(asking, method)(ANNA, set(FACTS) - {PAID, "parkeerkaart"})
    assert set(reasons(readings).values()) == {Reason.NO_AUTHORISATION}
    assert magda.received == []
    assert asking.refused


@pytest.mark.parametrize("method", METHODS)
def test_only_what_the_permit_covers_is_told(magda: Standin, method: str) -> None:
    asking = asker(magda)
    every = set(getattr(asking, method)(ANNA, FACTS))
    for fact in every:
        assert set(getattr(asking, method)(ANNA, [fact])) == {fact}


@pytest.mark.parametrize(
    "wrong",
    [
        "assessments: {years back: 2, adults from: 18, facts: {x: {codes: [], verified: true}}}",
        "disability: {facts: {x: {allowance: all}}}",
        "disability: {facts: {x: {}}}",
        "child benefits: {x: {}}",
        "support measures: {x: {measures: [VOP]}}",
        "living wage: {facts: {paid: x}}",
        "child benefits: [x]",
    ],
)
def test_catalogue_that_is_not_in_its_form_is_refused(tmp_path: Path, wrong: str) -> None:
    text = (SHIPPED / "sources.yaml").read_text(encoding="utf-8")
    head = text.partition("\n# GeefLeefloonbedragen")[0]
    file_ = tmp_path / "sources.yaml"
    file_.write_text(f"{head}\n{wrong}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"sources\.yaml"):
        load_catalogue(file_)
