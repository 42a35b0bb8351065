"""Plays a league of eight teams on this machine, and takes the pictures of docs/league.md in a browser.

python docs/examples/league.py docs
"""

import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

from playwright.sync_api import sync_playwright

BROWSERS = "chromium", "chromium-browser", "google-chrome"
CODE, BUDGET = "471147", "4000"
PHONE, WALL = {"width": 390, "height": 844}, {"width": 1920, "height": 1080}
DIGITS = re.compile(r"\d")
# Team, cards that it takes besides the shop's own, those that it leaves out; of sliders: card, number, value.
TEAMS = (
    ("Early birds", ("Content",), (), [("Content", 0, 3)]),
    ("Night owls", ("Posts in Moments", "Win-back"), (), []),
    ("Green tea dragons", ("Group buying", "Distributor rebate"), (), []),
    ("The margin", (), ("Flash sale",), []),
    ("Bargain crew", (), ("Red envelope",), [("Flash sale", 0, 25)]),
    ("Loudspeakers", ("Adverts",), (), [("Adverts", 0, 4)]),
    ("Sunflowers", ("Check-in",), (), [("Check-in", 0, 3)]),
    ("Lucky seven", ("Lottery",), ("Red envelope",), []),
)


def card(tab, kind):
    """The card of a kind on a phone."""
    return tab.locator(".card", has=tab.get_by_text(kind, exact=True))


def hand_in(tab, team, taken, left, sliders):
    """Make a plan, wait for what it costs, and hand it in."""
    tab.fill("#team", team)
    tab.fill("#code", CODE)
    tab.click("#join button")
    tab.wait_for_selector("#plan:visible")
    for kind in taken:
        card(tab, kind).locator(".switch input").check()
    for kind in left:
        card(tab, kind).locator(".switch input").uncheck()
    for kind, number, value in sliders:
        card(tab, kind).locator(".slider input").nth(number).fill(str(value))
    tab.locator("#costs", has_text=DIGITS).wait_for()
    tab.click("#send")
    tab.locator("#stands.good").wait_for()  # over the budget, it never comes


def play(browser, phone, trainer, folder):
    """All of it, with pictures of the wall and of the first team's phone."""
    wall = browser.new_page(viewport=WALL)
    wall.set_default_timeout(600_000)
    wall.goto(trainer)
    for number, (team, *plan) in enumerate(TEAMS):
        tab = browser.new_context(viewport=PHONE).new_page()
        tab.set_default_timeout(60_000)
        tab.goto(phone)
        hand_in(tab, team, *plan)
        if number == 2:
            card(tab, "Group buying").scroll_into_view_if_needed()
            tab.evaluate("document.querySelector('#status').textContent = ''")
            tab.wait_for_timeout(500)
            tab.screenshot(path=folder / "league-phone.png")
    wall.click("#score")
    wall.wait_for_selector("#again:visible")
    wall.screenshot(path=folder / "league-ladder.png")


def main(folder):
    """Serve the starter's shop, and play."""
    with tempfile.TemporaryDirectory() as place:
        commsim = [sys.executable, "-m", "commsim"]
        subprocess.run([*commsim, "init"], cwd=place, check=True, stdout=subprocess.DEVNULL)
        line = ["league", "my-plan.yaml", "--live", "--code", CODE, "--budget", BUDGET, "--seed", "4711"]
        process = subprocess.Popen(
            [*commsim, *line, "--no-browser", "--port", "0", "--quiet"],
            cwd=place,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            lines = [process.stdout.readline() for _ in range(2)]
            phone, trainer = (re.search(r"http://[\w.:]+/[\w#-]*", line)[0] for line in lines)
            with sync_playwright() as driver:
                found = next(filter(None, map(which, BROWSERS)))
                browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
                play(browser, phone, trainer, folder)
                browser.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
