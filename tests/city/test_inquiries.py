"""Everyone asked in stages, over real FTPS: as little as settles the verdicts, and nothing twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.city.conftest import BAGS, DAY
from tests.city.exchange import *  # noqa: F403 - fixtures are found by their names here
from tests.city.exchange import Exchange
from tests.mailbox.city import statutes_of
from vanzelf.city import clock
from vanzelf.city.bulk import work as bulk
from vanzelf.city.bulk.models import ListFile
from vanzelf.city.inquiries import domain, known, queries, work
from vanzelf.city.inquiries.models import Inquiry, LeftOut, State
from vanzelf.city.reasons import ReasonError
from vanzelf.city.runs.states import NotNow
from vanzelf.population import UNKNOWN
from vanzelf.sources.types import Why

LEZ = "gent/lez-registratie"
FAMILY, SINGLE = "gezin met verhoogde tegemoetkoming", "verhoogde tegemoetkoming"
ENOUGH = "Er zijn genoeg vragen gesteld voor deze proef."


@pytest.fixture
def own_city(exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city folder that the test may change, of which the source knows the answers."""
    exchange.source.statutes = statutes_of(exchange.town.folder)
    folder = exchange.copy(tmp_path / "city")
    monkeypatch.setenv("VANZELF_CITY", str(folder))
    return folder


def started(exchange: Exchange, *rights: str, at_once: bool = True) -> Inquiry:
    return domain.start(
        regulation_ids=rights or (BAGS,),
        on=DAY,
        by=exchange.town.preparer,
        at_once=at_once,
        queue=False,
    )


def finished(exchange: Exchange, inquiry: Inquiry) -> Inquiry:
    """All stages, each answered before the next."""
    for _ in range(30):
        inquiry = work.go_on(inquiry.pk)
        if inquiry.ended:
            return inquiry
        exchange.source.answer()
        bulk.collect()
    raise AssertionError("it does not end")


def asked_once(inquiry: Inquiry) -> bool:
    files = ListFile.objects.filter(order__on=inquiry.on)
    cells = Counter((fact, one) for file in files for fact in file.facts for one in file.persons)
    return set(cells.values()) == {1}


@pytest.mark.parametrize("right", [BAGS, LEZ])
@pytest.mark.parametrize("at_once", [True, False])
def test_verdicts_are_those_with_everything_asked(
    exchange: Exchange, own_city: Path, right: str, at_once: bool
) -> None:
    inquiry = finished(exchange, started(exchange, right, at_once=at_once))
    assert asked_once(inquiry)
    one = known.standing(inquiry, right, known.Delivery.read())
    staged = one.planner.outcomes(one.known, one.who)
    delivered = known.Delivery.read().people  # what was laid hides nothing that was asked
    truth = known.population.read(exchange.town.folder, catalogue=delivered.catalogue)
    everything = one.planner.outcomes(truth.people.block(one.planner.wanted), one.who)
    assert np.array_equal(staged, everything)
    assert sum(queries.asked(inquiry).values()) < sum(inquiry.everything.values())
