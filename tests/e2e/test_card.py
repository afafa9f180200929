"""The identity card at the counter: read in a real browser, from a virtual card."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings as django
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.sources.eid.service import reader
from tests.sources.eid.virtual_card import ADDRESS, IDENTITY, VirtualCard, VirtualReader, identity
from tests.sources.eid.virtual_card import address as address_file
from vanzelf.sources.eid import Handover

__all__ = ["reader"]
AMINA = "88641298281"


@pytest.fixture
def helper(site: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Handover]:
    with Handover(site, port=0, patience=1) as serving:
        monkeypatch.setattr(django, "VANZELF_CARD_PORT", serving.port)
        yield serving


def test_card_fills_in_the_number(helper: Handover, reader: VirtualReader, visit: Visit) -> None:
    card = VirtualCard({IDENTITY: identity(AMINA), ADDRESS: address_file()})
    with visit("Sam De Wilde") as page, reader.holding(card):
        page.goto("/loket/")
        page.get_by_role("button", name="Lees de identiteitskaart").click()
        expect(page.get_by_label("Rijksregisternummer")).to_have_value(AMINA)
        expect(page.get_by_text("Het nummer is ingevuld.")).to_be_visible()


def test_card_that_is_no_longer_valid(
    helper: Handover, reader: VirtualReader, visit: Visit
) -> None:
    old = identity(AMINA, end="01.03.2020")
    card = VirtualCard({IDENTITY: old, ADDRESS: address_file()})
    with visit("Sam De Wilde") as page, reader.holding(card):
        page.goto("/loket/")
        page.get_by_role("button", name="Lees de identiteitskaart").click()
        expect(page.get_by_text("deze kaart is niet meer geldig")).to_be_visible()


def test_card_that_is_not_put_in(helper: Handover, reader: VirtualReader, visit: Visit) -> None:
    with visit("Sam De Wilde", width=360) as page:
        page.goto("/loket/")
        page.get_by_role("button", name="Lees de identiteitskaart").click()
        expect(page.get_by_text("Er is geen kaart ingestoken.")).to_be_visible()


def test_typing_works_without_a_helper(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    with _nobody(monkeypatch), visit("Sam De Wilde") as page:
        page.goto("/loket/")
        page.get_by_role("button", name="Lees de identiteitskaart").click()
        expect(page.get_by_text("Op deze computer is geen kaartlezer gevonden.")).to_be_visible()
        page.get_by_label("Rijksregisternummer").fill(AMINA)


@contextmanager
def _nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with Handover("http://127.0.0.1", port=0) as gone:
        monkeypatch.setattr(django, "VANZELF_CARD_PORT", gone.port)
    yield
