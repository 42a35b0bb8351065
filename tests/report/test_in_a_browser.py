"""The report in Chromium: quiet, by itself, playable, printable."""

import shutil

import pytest

from commsim.report.html.page import write_report
from commsim.report.language import language
from waiting import PATIENCE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=["en", "zh"])
def report(case, tmp_path, request):
    write_report(case, tmp_path / "report.html", language(request.param))
    return tmp_path / "report.html"


@pytest.fixture
def opened(browser, report):
    """A page with the report, and what went wrong or was asked for meanwhile."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(1000 * PATIENCE)
    page.clock.install()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: wrong.append(request.url) if request.url != report.as_uri() else None)
    page.goto(report.as_uri())
    yield page, wrong
    page.close()


def told(page) -> list[str]:
    return page.eval_on_selector_all(".stage canvas", "all => all.map(one => one.ariaLabel)")


def test_the_replay_follows_the_slider_and_plays(case, opened):
    page, wrong = opened
    first = told(page)
    page.locator("#day").focus()
    page.keyboard.press("End")
    assert page.locator("#now").inner_text() == "16"
    last = told(page)
    assert first != last
    for name, closeup, label in zip(case.names, case.closeups, last, strict=True):
        assert label.startswith(name)
        assert str(closeup.typical.daily["members"][-1]) in label
    page.locator("#play").click()
    page.clock.run_for(1000)
    assert 4 <= int(page.locator("#now").inner_text()) < 16
    page.locator("#play").click()
    stopped = page.locator("#now").inner_text()
    page.clock.run_for(1000)
    assert page.locator("#now").inner_text() == stopped
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(browser, report, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = browser.new_context(bypass_csp=True, color_scheme=scheme).new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe.Axe().run(page).response["violations"]
    page.close()
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []


@pytest.mark.parametrize("width", [1400, 390])
def test_it_fits_screens_of_any_width(opened, width):
    page, wrong = opened
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(page.screenshot(full_page=True)) > 50_000
    assert wrong == []


def test_it_prints_on_a4(opened):
    page, wrong = opened
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") >= 3
    assert wrong == []
