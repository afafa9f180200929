"""What every page must do: for everyone, on every screen, without script, under a strict policy."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Visit
from tests.e2e.pages import PLACES, Place
from tests.faces.world import World

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EACH = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
STOPS = 25  # presses of Tab: every kind of stop that a page has


@EACH
def test_page_passes_axe_in_light_and_dark(
    place: Place, world: World, visit: Visit, axe: str
) -> None:
    # Only axe itself is let past the policy; the next test holds the page to it.
    with visit(place.who, bypass_csp=True) as page:
        assert page.goto(place.address(world)).status == 200
        page.evaluate(axe)
        found = {}
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[scheme] = violations(page)
        assert found == {"light": [], "dark": []}


@EACH
def test_page_obeys_its_policy_and_shows_the_way(place: Place, world: World, visit: Visit) -> None:
    with visit(place.who, width=360, has_touch=True, reduced_motion="reduce") as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        policy = page.goto(place.address(world)).headers["content-security-policy"]
        found = {
            "unsafe policy": "unsafe" in policy,
            "console": said,
            "small targets": page.evaluate(SMALL),
            "focus not seen": unseen_stops(page),
        }
        assert {name: value for name, value in found.items() if value} == {}


@EACH
def test_page_without_script_does_not_scroll_sideways(
    place: Place, world: World, visit: Visit
) -> None:
    with visit(place.who, java_script_enabled=False, width=320) as page:
        assert page.goto(place.address(world)).status == 200
        assert page.locator("h1").count() == 1
        # Without script the page cannot be asked how wide it is; the browser can.
        metrics = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")
        assert metrics["cssContentSize"]["width"] <= 320


def violations(page: Page) -> list[str]:
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{one['id']} ({one['help']}): {node['html'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def unseen_stops(page: Page) -> list[str]:
    """Stops of the Tab key that have no ring around them, or stand outside or under something."""
    unseen = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(SEEN)
        if stop is None:
            break
        if not stop["seen"]:
            unseen.append(stop["html"])
    return unseen


SEEN = """async () => {
  const wait = ms => new Promise(done => setTimeout(done, ms));
  let before;
  do { before = scrollY; await wait(20); } while (scrollY !== before);  // it glides there
  const at = document.activeElement;
  if (at === document.body) return null;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const bar = document.querySelector('.vz-nav');
  const floor = bar && !bar.contains(at) ? bar.getBoundingClientRect().top : innerHeight;
  const inside = box.bottom > 0 && box.top < floor && box.width > 0;
  return {seen: ring && inside, html: at.outerHTML.slice(0, 160)};
}"""

# Links inside a sentence are as high as its line (WCAG 2.5.8, inline); a box to tick has its label.
SMALL = """() => [...document.querySelectorAll('button, input, select, textarea, summary, a')]
  .filter(one => one.getClientRects().length && one.type !== 'hidden')
  .filter(one => getComputedStyle(one).display !== 'inline')
  .filter(one => !one.matches('input[type=radio], input[type=checkbox]'))
  .filter(one => one.getBoundingClientRect().height < 43.5)
  .map(one => one.outerHTML.slice(0, 160))"""
