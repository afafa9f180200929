"""What is paid for a child, and what is not paid beside it."""

from __future__ import annotations

import pytest

from tests.sources.invented import (
    ANNA,
    CARO,
    DIRK,
)
from tests.sources.values import (
    Answers,
    asker,
)
from vanzelf.sources import Reason
from vanzelf.sources.magda import (
    geef_kind_voordelen as children,
)
from vanzelf.sources.magda.nodes import Node, optional
from vanzelf.sources.magda.standin import Standin


def benefits(*listed: tuple[str, str, str | None], of: str = CARO, holder: str = ANNA) -> Node:
    periods = [
        Node(
            "Betalingsperiode",
            [
                Node("Periode", [Node("BeginMaand", begin), *optional("EindeMaand", end)]),
                Node("Categorie", [Node("Code", code)]),
            ],
        )
        for code, begin, end in listed
    ]
    one = Node("Kind", [Node("INSZ", of), Node("Betalingsperiodes", periods)])
    parts = [Node("INSZ", holder), Node("Kinderen", [one])]
    return Node("KindVoordelen", [Node("KindVoordeel", parts)])


CARE, BASIC = "ZORG_SPECIALE_NODEN", "BASIS"


@pytest.mark.parametrize(
    ("content", "groeipakket", "zorgtoeslag"),
    [
        (benefits((BASIC, "2019-01", None)), True, False),
        (benefits((BASIC, "2019-01", None), (CARE, "2025-01", "2026-01")), True, True),
        (benefits((BASIC, "2019-01", None), (CARE, "2025-01", "2025-12")), True, False),
        (benefits((BASIC, "2019-01", "2025-12")), Reason.NO_DATA, Reason.NO_DATA),
        (benefits((BASIC, "2019-01", None), (CARE, "2025-13", None)), True, Reason.UNREADABLE),
        (benefits((BASIC, "2019-01", None), of=DIRK, holder=CARO), Reason.NO_DATA, Reason.NO_DATA),
        (benefits((BASIC, "2019-01", None), of=DIRK), Reason.IDENTITY, Reason.IDENTITY),
    ],
    ids=["basic", "care", "care ended", "ended", "no such month", "another child", "others"],
)
def test_child_benefits(
    magda: Standin, answers: Answers, content: Node, groeipakket: object, zorgtoeslag: object
) -> None:
    answers(children.SERVICE, CARO, content)
    readings = asker(magda).child_benefits(CARO, ["groeipakket", "zorgtoeslag"])
    found = {name: each.reason or each.value for name, each in readings.items()}
    assert found == {"groeipakket": groeipakket, "zorgtoeslag": zorgtoeslag}
