"""How smoothly the live page plays: days and pictures a second of four groups of 500, and of 100,000 members.

    python benchmarks/page.py

Needs chromium and Playwright (`pip install '.[test]'`).  A day that was passed over between two pictures is
counted as skipped; the page offers 25 days a second at most.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from timing import print_table

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAN = """extends: {plan}
name: {plan} of {members}
about: For measuring.
community: {{members: {members}, group_size: 500, outside_per_member: 0}}
"""
WATCH = """() => new Promise((done) => {
  const today = document.querySelector("#today"), began = performance.now();
  let pictures = 0, seen = new Set();
  const look = () => {
    pictures += 1;
    seen.add(today.textContent);
    if (document.body.classList.contains("playing")) return requestAnimationFrame(look);
    done({ seconds: (performance.now() - began) / 1000, pictures, days: seen.size });
  };
  document.querySelector("#play").click();
  requestAnimationFrame(look);
})"""


def serve(folder: Path, plans: list[Path]) -> tuple[subprocess.Popen[str], str]:
    """The server's process, and the address of the page."""
    command = [sys.executable, "-m", "commsim", "serve", *map(str, plans), "--no-browser", "--port", "0"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline().split()[4]


def play(tab: Page, address: str, panels: int) -> list[tuple[str, str]]:
    """Open the page, play the whole run at the highest speed, and say how it went."""
    tab.goto(address)
    tab.wait_for_selector(f".panel[aria-busy=false] >> nth={panels - 1}", timeout=120_000)
    tab.select_option("#speed", "25")
    found = tab.evaluate(WATCH)
    return [
        ("  days a second", f"{60 / found['seconds']:.1f}"),
        ("  pictures a second", f"{found['pictures'] / found['seconds']:.1f}"),
        ("  days skipped, of 60", f"{max(0, 61 - found['days'])}"),
    ]


def measure(tab: Page, folder: Path, panels: int, members: int) -> list[tuple[str, str]]:
    """Dead and active groups in turn, in so many panels."""
    plans = []
    for number in range(panels):
        plans.append(folder / f"{number}.yaml")
        plan = ("dead-group", "active-group")[number % 2]
        plans[-1].write_text(PLAN.format(plan=plan, members=members))
    server, address = serve(folder, plans)
    try:
        return [(f"{panels} panels of {members:,} members", ""), *play(tab, address, panels)]
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    chromium = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1400, "height": 950})
        rows = [row for size in ((4, 500), (2, 100_000)) for row in measure(tab, Path(folder), *size)]
        browser.close()
    print_table("The live page, in a browser without a graphics card", rows)
