"""What if, in a real browser: a slider moves, the picture follows, it is kept and compared."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.pages import NELE
from tests.e2e.test_every_page import violations
from tests.faces.world import BAGS

ADDRESS = f"/beleid/probeer/{BAGS}/"
FIRST = "bedrag per gezin: 0"


def saved(page: Page, name: str) -> None:
    page.get_by_role("link", name="Bewaar", exact=True).click()
    page.get_by_label("Naam").fill(name)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_slider_moves_the_picture_and_the_address(world: object, visit: Visit) -> None:
    with visit(NELE) as page:
        page.goto(ADDRESS)
        expect(page.get_by_role("button", name="Bereken")).to_be_hidden()
        slider = page.get_by_role("slider", name=FIRST)
        slider.focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        said = slider.get_attribute("aria-valuetext")
        expect(page.locator(".vz-changes b")).to_have_text(said)
        expect(page).to_have_url(re.compile(r"bedrag\+per\+gezin%5B0%5D="))
        page.reload()
        expect(page.locator(".vz-changes b")).to_have_text(said)
        assert slider.get_attribute("aria-valuetext") == said


def test_typed_value_goes_to_its_step(world: object, visit: Visit) -> None:
    with visit(NELE) as page:
        page.goto(ADDRESS)
        box = page.get_by_role("textbox", name=FIRST)
        box.fill("59,7")
        box.press("Tab")
        expect(page.locator(".vz-changes b")).to_have_text(re.compile(r"€.60"))
        expect(box).to_have_value("60")


def test_form_without_script_shows_the_same(world: object, visit: Visit) -> None:
    with visit(NELE, java_script_enabled=False) as page:
        page.goto(ADDRESS)
        page.get_by_role("textbox", name=FIRST).fill("60")
        page.get_by_role("button", name="Bereken").click()
        expect(page.locator(".vz-changes b")).to_have_text(re.compile(r"€.60"))


def test_kept_changes_are_compared_removed_and_taken_back(
    world: object, visit: Visit, axe: str
) -> None:
    with visit(NELE, width=360, bypass_csp=True) as page:
        for name, value in (("Hoger", "60"), ("Lager", "30")):
            page.goto(f"{ADDRESS}?p-bedrag+per+gezin%5B0%5D={value}")
            saved(page, name)
        page.evaluate(axe)
        assert violations(page) == []
        page.get_by_role("link", name="Verander naam en nota").click()
        page.evaluate(axe)
        assert violations(page) == []
        page.get_by_label("Naam").fill("Lagere")
        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Lagere")
        page.get_by_role("button", name="Vergelijk").click()
        expect(page.get_by_role("heading", name="Naast elkaar")).to_be_visible()
        page.evaluate(axe)
        assert violations(page) == []
        page.get_by_role("link", name="Lagere").click()
        page.get_by_role("button", name="Verwijder").click()
        page.evaluate(axe)
        assert violations(page) == []
        page.get_by_role("button", name="Ongedaan maken").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Lagere")
