"""A browser to look at the page with."""

import shutil

import pytest

from commsim.page.bundle import one_page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def browser():
    """Debian's chromium, driven by Playwright; skipped with the reason where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def ask(browser, tmp_path_factory):
    """What an expression of modules and values (``v``) comes to, in English."""
    file = tmp_path_factory.mktemp("scripts") / "page.html"
    file.write_text(one_page({"hello": {}}), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())
    tab.evaluate("() => modules['words.js'].speak('en')")
    yield lambda what, *v: tab.evaluate(f"async (v) => {{ {what} }}", v)
    tab.close()
