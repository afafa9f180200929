"""What if at full size: from a slider's move to the new picture on the screen, in Chromium.

The city has 269,191 residents; the site runs as `vanzelf demo` starts it. A round moves a slider
by a step and waits until the browser has painted the picture that answers: so the pause before it
asks, the way to the site and back, the calculation and the drawing are all in it. Every round is a
change that was not tried before.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.apart import set_up
from tests.bench.measure import Figure
from vanzelf import synthetic

RIGHTS = ("gent/huisvuilzakken", "gent/schoolkorting")
WHO = "Nele Claes"
ROUNDS = 30
GOAL = 0.3
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
MOVE = """async () => {
  const range = document.querySelector('input[type=range]');
  const before = document.querySelector('[data-part=picture]');
  range.value = +range.value === +range.max ? 0 : +range.value + 1;
  const begun = performance.now();
  range.dispatchEvent(new Event('input', {bubbles: true}));
  await new Promise(done => {
    const look = () => document.querySelector('[data-part=picture]') === before
      ? requestAnimationFrame(look)
      : requestAnimationFrame(() => setTimeout(done));  // after the frame was painted
    look();
  });
  return (performance.now() - begun) / 1000;
}"""


def slider() -> Iterator[Figure]:
    """Seconds from a slider's event to the painted picture, per right."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("No Chromium in PATH (scripts/browser-tools): what if is not measured.")
        return
    with tempfile.TemporaryDirectory(prefix="vz-", ignore_cleanup_errors=True) as name:
        set_up(Path(name))
        synthetic.build().write(Path(name) / "city")
        yield from _measured(Path(name), chromium)


def _measured(folder: Path, chromium: str) -> Iterator[Figure]:
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.staff.domain import create_demo_staff
    from vanzelf.faces.cli.processes import Children, free_port
    from vanzelf.faces.cli.serving import start_site

    migrate()
    create_demo_staff()
    os.environ["VANZELF_SIMULATION_BUDGET"] = "1000"
    with Children(folder / "log") as children:
        address = start_site(children, "127.0.0.1", free_port(8000, "127.0.0.1"))
        for right in RIGHTS:
            times = tuple(_moved(address, right, chromium))
            yield Figure(f"What if, slider to picture in Chromium: {right}", times, GOAL)


def _moved(address: str, right: str, chromium: str) -> Iterator[float]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with closing(browser), closing(browser.new_page()) as page:
            page.goto(f"{address}aanmelden/")
            person = page.get_by_role("listitem").filter(has_text=WHO)
            person.get_by_role("button").click()
            page.goto(f"{address}beleid/probeer/{right}/")
            for _ in range(4):  # every process of the site has made its simulator
                page.evaluate(MOVE)
            for _ in range(ROUNDS):
                page.wait_for_timeout(700)  # a hand that looks first; the line has come as well
                yield page.evaluate(MOVE)


if __name__ == "__main__":
    for figure in slider():
        print(figure, flush=True)
