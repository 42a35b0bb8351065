"""A visit to the page: what is done there, and what must never happen."""

import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

from commsim.page.launch import HEARING
from waiting import PATIENCE

COMMSIM = """
import sys

from commsim.cli import main
from commsim.page import launch

launch.HEARING = float(sys.argv.pop(1))
main()
"""

NOTE_WHAT_IS_ASKED = """() => {
    delete document.body.dataset.asked;
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (message) {
        if (message.includes('"story"')) document.body.dataset.asked = message;
        send.call(this, message);
    };
}"""
"""Writes down on the page that a story was asked for."""


@contextmanager
def served(*arguments, folder, hearing=HEARING, lines=1):
    """The address at which ``commsim`` with these arguments serves; it ends with the block.

    hearing: seconds that a request may take to come.  lines: with more than one, all lines that it printed.
    """
    command = [sys.executable, "-c", COMMSIM, str(hearing), *arguments, "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        address = re.search(r"http://[\w.:\[\]]+/", line)
        if not address:
            process.kill()
            raise AssertionError(f"no page: {line}{process.communicate()[1]}")
        yield address[0] if lines == 1 else [line, *(process.stdout.readline() for _ in range(lines - 1))]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        process.stdout.close()
        process.stderr.close()


class Visit:
    """A tab; ``complaints`` collects errors of the console, ``outside`` requests to other machines."""

    def __init__(self, browser, address, width=1400, height=950, touch=False):
        room = {"width": width, "height": height}
        self.context = browser.new_context(viewport=room, accept_downloads=True, has_touch=touch)
        self.context.set_default_timeout(1000 * PATIENCE)
        self.tab = self.context.new_page()
        self.complaints, self.outside = [], []
        self.context.route("**/*", self._watch)
        self.tab.on("console", self._listen)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.goto(address)
        self.ready(2)

    def _watch(self, route):
        if urlsplit(route.request.url).hostname in ("127.0.0.1", None):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _listen(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def ready(self, panels):
        """Wait until nothing is being computed any more, and so many panels are drawn."""
        self.tab.wait_for_selector(f".panel[aria-busy=false] >> nth={panels - 1}")
        self.tab.wait_for_selector(".panel[aria-busy=true]", state="detached")

    def go(self, position):
        """Drag the slider."""
        self.tab.evaluate(
            "(at) => { const slider = document.querySelector('#position'); slider.value = at;"
            " slider.dispatchEvent(new Event('input')); }",
            position,
        )

    def speak(self, lang):
        """Choose a language, and wait until the page has its words."""
        self.tab.select_option("#language", lang)
        self.tab.locator(f"html[lang^={lang}]").wait_for()

    def tap(self, panel, places):
        """Click into a picture, place after place, until somebody's story is asked for or told."""
        self.tab.evaluate(NOTE_WHAT_IS_ASKED)
        box = self.tab.locator(".panel canvas").nth(panel).bounding_box()
        for x, y in places:
            self.tab.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
            if self.tab.locator("body[data-asked], #story[open]").count():
                break
        self.tab.wait_for_selector("#story[open]")

    def leave_story(self):
        """Close the story, and wait until it is."""
        self.tab.keyboard.press("Escape")
        self.tab.wait_for_selector("#story:not([open])", state="attached")

    def figures(self, panel):
        """Figures of the day, by their label."""
        box = self.tab.locator(".panel").nth(panel).locator(".figures")
        return dict(
            zip(box.locator("dt").all_inner_texts(), box.locator("dd").all_inner_texts(), strict=True)
        )

    def line(self, panel):
        """What just happened, in words."""
        return self.tab.locator(".panel .happened").nth(panel).inner_text()

    def told(self, words):
        """Wait until the status line holds these words."""
        self.tab.locator("#status", has_text=words).wait_for()

    def close(self):
        """End the visit; nothing may have gone wrong or outside."""
        self.context.close()
        assert self.complaints == [], self.complaints
        assert self.outside == [], self.outside
