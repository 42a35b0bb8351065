"""Take the pictures of the live page and its lesson that the docs show, in a real browser.

    python docs/examples/page_pictures.py

Needs chromium and Playwright (`pip install '.[test]'`).  Half a minute; the same page gives the same
pictures, but for the fonts of the machine.
"""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
GO = """(day) => {
    const slider = document.querySelector('#position');
    slider.value = day;
    slider.dispatchEvent(new Event('input'));
}"""
WAY = ((0.1, 0.2), (0.3, 0.5), (0.6, 0.65), (0.95, 0.7))
"""The guess that is drawn in the lesson, as shares of its frame: a decline that slows down."""
SETTLED = 2_000
"""Milliseconds after which the page has drawn back, and has its bands of worlds."""


@contextmanager
def demonstration():
    """The address of the page while it is served."""
    command = [sys.executable, "-m", "commsim", "demo", "--no-browser", "--port", "0"]
    served = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield served.stdout.readline().split()[4]
    finally:
        served.terminate()
        served.wait()


def opened(browser, address: str, width: int, height: int) -> Page:
    """The page with both plans run, and the bands of their worlds."""
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.set_default_timeout(120_000)
    tab.goto(address)
    tab.wait_for_selector(".panel[aria-busy=false] >> nth=1")
    tab.locator("#judged:visible").wait_for()
    return tab


def answered(tab: Page) -> None:
    """The first step of the lesson, guessed and played to its end."""
    tab.click("#lesson-button")
    tab.locator(".board").wait_for()
    box = tab.locator(".board").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in WAY]
    tab.mouse.move(*places[0])
    tab.mouse.down()
    for place in places[1:]:
        tab.mouse.move(*place, steps=5)
    tab.mouse.up()
    tab.click("#lesson [type=submit]")
    tab.evaluate(GO, 60)
    tab.locator(".reveal").wait_for()
    tab.wait_for_timeout(SETTLED)


def take(tab: Page, name: str) -> None:
    """Keep what is on the screen, in 256 colours."""
    place = DOCS / f"{name}.png"
    tab.screenshot(path=place)
    with Image.open(place) as picture:
        # by octree, since few marks have colours of their own, which a median cut would lose
        few = picture.convert("RGB").quantize(
            255, method=Image.Quantize.FASTOCTREE, kmeans=2, dither=Image.Dither.NONE
        )
    few.save(place, optimize=True)


def main() -> None:
    """Take them all."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with demonstration() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = opened(browser, address, 1400, 900)
        tab.evaluate(GO, 9)
        take(tab, "page-near")
        tab.click("#near")
        tab.evaluate(GO, 45)
        tab.wait_for_timeout(SETTLED)
        take(tab, "page")
        tab.evaluate(GO, 60)
        tab.locator("#members li button").first.click()
        take(tab, "page-story")
        phone = opened(browser, address, 390, 844)
        phone.click("#near")
        phone.evaluate(GO, 45)
        phone.wait_for_timeout(SETTLED)
        take(phone, "page-phone")
        lesson = opened(browser, address, 1400, 900)
        answered(lesson)
        take(lesson, "lesson")
        browser.close()


if __name__ == "__main__":
    main()
