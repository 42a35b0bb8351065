"""No English word is left in the lesson in Chinese, nor in what only a screen reader hears."""

import pytest
from test_lesson_browser import answer
from visit import Visit, served

from chinese import english, half_width
from commsim.page.lesson import steps

pytestmark = pytest.mark.slow
READ = """() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
    const found = [document.title];
    for (const node of document.querySelectorAll("body, body *")) {
        if (node.closest("[lang=en], script, style, template") || !node.checkVisibility()) continue;
        for (const text of node.childNodes) if (text.nodeType === Node.TEXT_NODE) found.push(text.data);
        for (const name of ["title", "alt", "placeholder", "aria-label", "aria-valuetext"])
            found.push(node.getAttribute(name));
        for (const option of node.options ?? []) if (option.lang !== "en") found.push(option.text);
    }
    return found.filter((text) => text?.trim()).map((text) => text.trim());
}"""
"""All that is seen or heard of a page, texts of drawings and boxes that were closed among them."""


def chinese(visit):
    """Nothing that is read now is English."""
    told = visit.tab.evaluate(READ)
    assert told
    assert [(words, text) for text in told if (words := english(text))] == []
    assert [text for text in told if half_width(text)] == []


def test_the_lesson(browser, tmp_path):
    with served("demo", "--lesson", "--lang", "zh", folder=tmp_path) as address:
        visit = Visit(browser, address)
        for number in range(1, len(steps()) + 1):
            visit.tab.locator("#lesson .place", has_text=f"{number}").wait_for()
            visit.ready(2)
            chinese(visit)
            answer(visit, number)
            chinese(visit)
            if number < len(steps()):
                visit.tab.locator("#lesson > .buttons .primary").click()
        visit.close()
