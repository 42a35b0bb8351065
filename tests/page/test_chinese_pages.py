"""No English word is left on any page in Chinese, nor in what only a screen reader hears."""

import pytest
from plans import small
from test_lesson_browser import answer
from visit import Visit, served

from chinese import english, half_width
from commsim.page.export import recording
from commsim.page.lesson import steps
from commsim.page.session import Program
from commsim.scenario.load import load
from commsim.strategies.registry import kinds

pytestmark = pytest.mark.slow
READ = """() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
    const found = [document.title];
    for (const node of document.querySelectorAll("body, body *")) {
        if (node.closest("[lang=en], script, style, template") || !node.checkVisibility()) continue;
        for (const text of node.childNodes) if (text.nodeType === Node.TEXT_NODE) found.push(text.data);
        for (const name of ["title", "alt", "placeholder"]) found.push(node.getAttribute(name));
        for (const one of ["label", "valuetext", "description"]) found.push(node.getAttribute(`aria-${one}`));
        for (const option of node.options ?? []) if (option.lang !== "en") found.push(option.text);
    }
    return found.filter((text) => text?.trim()).map((text) => text.trim());
}"""
"""All that is seen or heard of a page, texts of drawings and boxes that were closed among them."""
TYPED = ("loyal", "daily", "top", "store", "friends", "unasked", "start")
"""What is typed into a form as a plan has it."""


def chinese(visit):
    """Nothing that is read now is English."""
    told = visit.tab.evaluate(READ)
    assert told
    assert [(words, text) for text in told if (words := english(text, *TYPED))] == []
    assert [text for text in told if half_width(text)] == []


PLANS = (
    ("guide-operation", "guide-reliable", "guide-tiers", "guide-campaign"),
    ("recap", "agents", "guide-economy", "moments"),
    ("persona", "shills", "stored-value", "texts"),
    ("win-back", "fruit-shop"),
)
"""Shipped plans, as many as a page shows, that together have strategies of all kinds."""


def test_plans_have_strategies_of_all_kinds():
    assert {one.kind for names in PLANS for name in names for one in load(name).strategies} == set(kinds())


@pytest.mark.parametrize("plans", PLANS, ids=lambda names: names[0])
def test_the_live_page(browser, tmp_path, plans):
    with served("serve", *plans, "--lang", "zh", folder=tmp_path) as address:
        visit = Visit(browser, address)
        tab = visit.tab
        visit.ready(len(plans))
        chinese(visit)
        visit.go(30)
        for panel in range(len(plans)):
            tab.locator(".panel .open").nth(panel).click()
            tab.locator("#levers .lever").first.wait_for()
            chinese(visit)
        tab.locator("#levers-close").click()
        if plans[0] == "persona":  # has one strategy, and is soon explained
            tab.locator(".panel .why").first.click()
            tab.wait_for_selector("#why table")
            chinese(visit)
            tab.keyboard.press("Escape")
        tab.fill("#person", "7")
        tab.click("#find button")
        tab.wait_for_selector("#story[open]")
        chinese(visit)
        visit.leave_story()
        tab.click("#glossary-button")
        chinese(visit)
        visit.close()


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


def shop(name):
    return small(name, 60, 10, [{"kind": "content"}], products=[{"name": "茶", "price": 30, "unit_cost": 15}])


def test_the_written_file(browser, tmp_path):
    plans = Program((shop("茶店"), shop("另一家")))
    made = recording(plans, 5, lang="zh", lesson=False, tell=lambda done, ways: None, most=450_000)
    (tmp_path / "page.html").write_text(made.page, encoding="utf-8")
    visit = Visit(browser, (tmp_path / "page.html").as_uri(), 390, 844)
    chinese(visit)
    visit.go(10)
    chinese(visit)
    visit.tab.fill("#person", "7")
    visit.tab.click("#find button")
    visit.tab.wait_for_selector("#story[open]")
    chinese(visit)
    visit.close()
