"""The main job in a real browser: clerk, preparer, approver and resident each do their part."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.faces.world import World
from vanzelf.city.runs import work
from vanzelf.city.runs.models import Run


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_clerk_checks_someone_and_the_resident_sees_it(
    script: bool, world: World, visit: Visit, answering: None
) -> None:
    with visit("Sam De Wilde", java_script_enabled=script) as page:
        page.goto("/loket/")
        page.get_by_label("Rijksregisternummer").fill("46.62.17-982.05")
        page.get_by_label("Waarom kijk je?").fill("Kwam langs met een brief.")
        page.get_by_role("button", name="Nakijken").click()
        heading = page.get_by_role("heading", level=1)
        if not script:  # with script the page finds out by itself
            again = page.get_by_role("link", name="Kijk nu opnieuw")
            while heading.inner_text() != "Godelieve Temmerman":
                again.click()
        expect(heading).to_have_text("Godelieve Temmerman", timeout=30_000)
        assert re.fullmatch(r".*/loket/nazicht/\d+/", page.url)
    with visit("Godelieve", java_script_enabled=script) as page:
        page.goto("/wie-keek/")
        page.locator("summary").click()
        expect(page.get_by_text("Kwam langs met een brief.").first).to_be_visible()


def test_run_goes_from_start_to_the_page_of_a_resident(world: World, visit: Visit) -> None:
    with visit("Lies Maes") as page:
        page.goto("/controles/nieuw/")
        page.get_by_label("Welk recht?").select_option("gent/uitpas")
        page.get_by_label("Voor welke dag?").fill("15-10-2026")
        page.get_by_role("button", name="Start de controle").click()
        expect(page.get_by_text("Het begint zo dadelijk.")).to_be_visible()
        run = Run.objects.latest("pk")
        work.evaluate(run.pk)
        # The page finds out by itself, and shows the preview.
        expect(page.get_by_text(re.compile("Nagekeken voor"))).to_be_visible()
        for _ in range(run.sample.count()):
            unread = page.locator("ol li", has_text="Nog niet gelezen").first
            unread.get_by_role("link").click()
            page.get_by_role("button", name="Ik heb dit gelezen").click()
            page.goto(f"/controles/{run.pk}/")
        page.get_by_role("button", name="Vraag goedkeuring aan een collega").click()
        expect(page.get_by_text("Een collega kan het nu goedkeuren.")).to_be_visible()
    with visit("An Peeters") as page:
        page.goto(f"/controles/{run.pk}/")
        page.get_by_role("link", name="Bekijk en keur goed").click()
        page.get_by_role("button", name=re.compile("^Keur .* goed$")).click()
        expect(page.get_by_text("Goedgekeurd.").first).to_be_visible()
        work.award(run.pk)
        expect(page.get_by_text(re.compile("toekenningen geschreven"))).to_be_visible()
    with visit("Amina", width=360) as page:
        page.goto("/mijn-rechten/")
        expect(page.get_by_role("heading", name="UiTPAS aan kansentarief")).to_be_visible()


def test_explanation_folds_without_script(world: World, visit: Visit) -> None:
    with visit("Amina", java_script_enabled=False) as page:
        page.goto("/mijn-rechten/gent/huisvuilzakken/waarom/")
        line = page.get_by_text("Het OCMW helpt je gezin met het budget.")
        expect(line).to_be_visible()
        page.locator("summary", has_text="Minstens een van deze drie klopt").click()
        expect(line).not_to_be_visible()


def test_first_stop_of_the_keyboard_skips_to_the_content(world: World, visit: Visit) -> None:
    with visit("Amina") as page:
        page.goto("/mijn-rechten/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
