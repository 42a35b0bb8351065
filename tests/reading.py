"""Whether everybody can read a page: axe finds nothing in light or dark, and a phone shows all of it."""

import shutil
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PHONE = {"width": 390, "height": 844}


def faults(*files: Path) -> list[tuple[str, str, list[str]]]:
    """File, rule and places, of all pages; the test is skipped where there is no browser or no axe."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    found = []
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for file in files:
            for scheme in ("light", "dark"):
                page = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport=PHONE).new_page()
                page.goto(file.as_uri())
                page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
                for one in axe.Axe().run(page).response["violations"]:
                    found.append((file.name, one["id"], [node["html"][:120] for node in one["nodes"][:3]]))
                if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                    found.append((file.name, "wider than a phone", []))
                page.close()
        browser.close()
    return found
