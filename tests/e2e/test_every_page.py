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
NOT_FOCUSABLE = "the page has nothing to focus"


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{one['id']} ({one['help']}): {node['html'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@EACH
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_passes_axe(place: Place, scheme: str, world: World, visit: Visit, axe: str) -> None:
    # Only axe itself is let past the policy; the next test holds the page to it.
    with visit(place.who, color_scheme=scheme, bypass_csp=True) as page:
        assert page.goto(place.address(world)).status == 200
        assert violations(page, axe) == []


@EACH
def test_page_obeys_its_policy(place: Place, world: World, visit: Visit) -> None:
    with visit(place.who) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        policy = page.goto(place.address(world)).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert said == []


@EACH
@pytest.mark.parametrize("width", [320, 1280])
def test_page_without_script_does_not_scroll_sideways(
    place: Place, width: int, world: World, visit: Visit
) -> None:
    with visit(place.who, java_script_enabled=False, width=width) as page:
        assert page.goto(place.address(world)).status == 200
        assert page.locator("h1").count() == 1
        # Without script the page cannot be asked; what it draws beyond the edge can.
        metrics = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")
        assert metrics["cssContentSize"]["width"] <= width


@EACH
def test_focus_is_visible_on_every_stop(place: Place, world: World, visit: Visit) -> None:
    with visit(place.who) as page:
        page.goto(place.address(world))
        unseen = []
        for _ in range(60):
            page.keyboard.press("Tab")
            stop = page.evaluate(SEEN)
            if stop is None:
                break
            if not stop["seen"]:
                unseen.append(stop["html"])
        assert unseen == []


SEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return {seen: ring && inside, html: at.outerHTML.slice(0, 160)};
}"""


@EACH
def test_targets_are_large_enough_to_touch(place: Place, world: World, visit: Visit) -> None:
    with visit(place.who, width=360, has_touch=True) as page:
        page.goto(place.address(world))
        assert page.evaluate(SMALL) == []


# Links inside a sentence are as high as its line (WCAG 2.5.8, inline); the rest is 44 px.
SMALL = """() => [...document.querySelectorAll('button, input, select, textarea, summary, a')]
  .filter(one => one.getClientRects().length && one.type !== 'hidden')
  .filter(one => getComputedStyle(one).display !== 'inline')
  .filter(one => !one.matches('input[type=radio], input[type=checkbox]') )
  .filter(one => one.getBoundingClientRect().height < 43.5)
  .map(one => one.outerHTML.slice(0, 160))"""
