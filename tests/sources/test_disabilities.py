"""A disability file proves a fact, or says nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.sources.invented import (
    ANNA,
    BERT,
    STATUTES,
    authorisation,
    status,
    statuses,
)
from tests.sources.values import (
    FACTS,
    SERVICES,
    Answers,
    asker,
    known,
    reasons,
)
from vanzelf.sources import Reason, services
from vanzelf.sources.magda import (
    geef_dossier_handicap as dossier,
)
from vanzelf.sources.magda import (
    geef_sociaal_statuut as social,
)
from vanzelf.sources.magda.nodes import Node, optional
from vanzelf.sources.magda.standin import Standin


def file(*parts: Node, ssin: str | None = ANNA, found: str = "DATA_FOUND") -> Node:
    result = Node("dgphResult", [Node("status", [Node("value", found)]), Node("file", parts)])
    return Node(
        "ConsultFilesByDateResponse",
        [*optional("ssin", ssin), Node("results", [result])],
    )


def recognition(
    *result: Node, end: str = "2030-01-01", status: str = "RECOGNITION_DETERMINED"
) -> Node:
    days = [Node("startDateRecognition", "2020-01-01"), Node("endDateRecognition", end)]
    one = [Node("recognitionStatus", days), *result, Node("decisionStatus", status)]
    return Node("handicapRecognitions", [Node("handicapRecognition", one)])


def adult(points: int = 0, percent: int = 0, earnings: str = "false") -> Node:
    return Node(
        "resultRecognitionAdult",
        [
            Node("diminuationIndependence", [Node("totalPoints", str(points))]),
            Node("diminuationEarnings", earnings),
            Node(
                "unsuitability",
                [
                    Node("mentalUnsuitability", "0"),
                    Node("physicalUnsuitability", str(percent)),
                ],
            ),
        ],
    )


def child(pillar1: int) -> Node:
    return Node("resultRecognitionChild", [Node("pillars", [Node("pillar1", str(pillar1))])])


def right(category: Node, decision: str = "POSITIVE", end: str | None = None) -> Node:
    days = [Node("beginDate", "2020-09-04"), *optional("endDate", end)]
    return Node("rights", [Node("period", days), category, Node("decisionStatus", decision)])


IVT, IT = Node("categoryIVT", "C"), Node("categoryIT", "1")
CARD = Node(
    "socialCards",
    [
        Node(
            "socialCard",
            [
                Node("deliveryDate", "2020-02-02"),
                Node("endDate", "2030-02-02"),
                Node("cardCategory", "PARKINGCARD"),
            ],
        )
    ],
)
WANTED = [
    "erkende handicap",
    "kind met handicap",
    "handicap 65 procent",
    "inkomensvervangende tegemoetkoming",
    "integratietegemoetkoming",
    "parkeerkaart",
]


@pytest.mark.parametrize(
    ("parts", "proven"),
    [
        ((recognition(adult(points=9)),), {"erkende handicap"}),
        ((recognition(adult(points=8)),), set()),
        ((recognition(adult(earnings="true")),), {"erkende handicap"}),
        ((recognition(adult(percent=66)),), {"erkende handicap"}),
        ((recognition(adult(percent=65)), right(IVT)),
         {"handicap 65 procent", "inkomensvervangende tegemoetkoming"}),
        ((recognition(adult(percent=65)),), set()),
        ((recognition(child(4)),), {"erkende handicap", "kind met handicap"}),
        ((recognition(child(3)),), set()),
        ((recognition(adult(points=9), end="2025-12-31"),), set()),
        ((recognition(adult(points=9), status="PENDING"),), set()),
        ((right(IT),), {"integratietegemoetkoming"}),
        ((right(IT, "NEGATIVE"),), set()),
        ((right(IT, end="2026-01-15"),), {"integratietegemoetkoming"}),
        ((right(IT, end="2026-01-14"),), set()),
        ((CARD,), {"parkeerkaart"}),
    ],
)  # fmt: skip
def test_disability_file_proves_or_says_nothing(
    magda: Standin, answers: Answers, parts: Sequence[Node], proven: set[str]
) -> None:
    answers(dossier.SERVICE, ANNA, file(*parts))
    readings = asker(magda).disability(ANNA, WANTED)
    assert known(readings) == dict.fromkeys(proven, True)
    assert set(reasons(readings).values()) <= {Reason.NO_DATA}
    (received,) = magda.received
    assert received.request.asked("Criteria") is None  # straight in Vraag, and found all the same


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (file(found="NO_DATA_FOUND"), Reason.NO_DATA),
        (file(found="TECHNICAL_ERROR"), Reason.FAULT),
        (file(CARD, ssin=BERT), Reason.IDENTITY),
    ],
)
def test_disability_file_that_is_not_there(
    magda: Standin, answers: Answers, content: Node, reason: Reason
) -> None:
    answers(dossier.SERVICE, ANNA, content)
    assert set(reasons(asker(magda).disability(ANNA, WANTED)).values()) == {reason}


GUESSED = ("inkomensvervangende tegemoetkoming", "HANDICAP_IVT")
BOTH = authorisation(
    services=[*SERVICES, "GeefSociaalStatuut"],
    facts=FACTS,
    statutes=[*STATUTES, GUESSED[1]],
)


@pytest.mark.parametrize(
    ("content", "value", "reason"),
    [
        (file(right(IVT)), True, None),  # the file says otherwise than the guess
        (file(right(IT)), False, None),  # it says nothing about this one
        (None, False, None),  # there is no file
        (file(right(IVT), ssin=BERT), None, Reason.IDENTITY),  # an answer that is none
    ],
)
def test_no_to_a_guessed_status_does_not_settle(
    magda: Standin, answers: Answers, content: Node | None, value: bool | None, reason: Reason
) -> None:
    fact, name = GUESSED
    answers(social.SERVICE, ANNA, statuses(ANNA, status(name, "0")))
    if content is not None:
        answers(dossier.SERVICE, ANNA, content)
    reading = services.of_person(asker(magda, BOTH), ANNA, [fact], about=None)[fact]
    assert (reading.value, reading.reason) == (value, reason)
    asked = [received.request.service for received in magda.received]
    assert asked == ["GeefSociaalStatuut", "GeefDossierHandicap"]


def test_no_to_a_guessed_status_is_unknown_where_the_file_may_not_be_asked(
    magda: Standin, answers: Answers
) -> None:
    fact, name = GUESSED
    answers(social.SERVICE, ANNA, statuses(ANNA, status(name, "0")))
    ground = authorisation(services=["GeefSociaalStatuut"], facts=FACTS, statutes=[name])
    reading = services.of_person(asker(magda, ground), ANNA, [fact], about=None)[fact]
    assert reading.reason is Reason.NO_AUTHORISATION


def test_yes_to_a_guessed_status_settles(magda: Standin, answers: Answers) -> None:
    fact, name = GUESSED
    answers(social.SERVICE, ANNA, statuses(ANNA, status(name, "1")))
    reading = services.of_person(asker(magda, BOTH), ANNA, [fact], about=None)[fact]
    assert reading.value is True
    assert len(magda.received) == 1
