"""Suggested members on the live page: their stories, cut at the clock, for a room and on a phone."""

import pytest
from test_look import AXE
from visit import Visit, served

pytestmark = pytest.mark.slow
LANES = "#story .days svg"


@pytest.fixture(scope="module")
def address(tmp_path_factory, browser):
    with served("demo", "--seed", "7", folder=tmp_path_factory.mktemp("demo")) as found:
        yield found


def visited(browser, address, width=1400, height=950):
    visit = Visit(browser, address, width, height)
    visit.tab.wait_for_selector("#members:not([hidden])")
    return visit


def latest_day(tab):
    """The last day of which the words of the story tell."""
    days = tab.locator("#story .tellings li b").all_inner_texts()
    return max(int("".join(filter(str.isdigit, day))) for day in days)


def test_a_story_ends_at_the_clock_and_goes_on_with_it(browser, address):
    visit = visited(browser, address)
    tab = visit.tab
    assert "From day 5" in tab.inner_text("#members")
    visit.go(30)
    lines = tab.locator("#members .fate").all_inner_texts()
    assert 2 <= len(lines) // 2 <= 5
    tab.locator("#members li button").first.click()
    tab.wait_for_selector("#story[open]")
    assert latest_day(tab) <= 30
    shown = tab.locator(f"{LANES} .curve").first.get_attribute("d")
    nothing_beyond_the_clock(tab)
    tab.keyboard.press("ArrowLeft")
    assert tab.inner_text("#story h2").endswith("up to day 29")
    for _ in range(21):
        tab.keyboard.press("ArrowRight")
    assert tab.inner_text("#story h2").endswith("up to day 50")
    assert 30 < latest_day(tab) <= 50
    later = tab.locator(f"{LANES} .curve").first.get_attribute("d")
    assert later.startswith(shown)
    assert len(later) > len(shown)
    nothing_beyond_the_clock(tab)
    tab.keyboard.press("m")
    visit.leave_story()
    visit.close()


def nothing_beyond_the_clock(tab):
    """Lanes, marks, bars of posts and curves end at the line of the clock, and some of each are drawn."""
    now = tab.locator(f"{LANES} .now").bounding_box()["x"]
    for kind in ("band", "looked", "mark", "posts", "curve"):
        edges = tab.locator(f"{LANES} .{kind}").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right)"
        )
        assert edges, kind
        assert max(edges) <= now + 4, kind


def test_what_weighed_is_told_with_the_draw(browser, address):
    visit = visited(browser, address)
    tab = visit.tab
    visit.go(60)
    for card in range(tab.locator("#members li button").count()):
        tab.locator("#members li button").nth(card).click()
        drew = tab.inner_text(".weighed p >> nth=0")
        assert "the same under each plan" in drew
        assert tab.locator(".weighed .chance").count() >= 1
        assert tab.locator(".weighed tbody tr").count() >= 1
        if tab.locator(".turns button").count():
            tab.locator(".turns button").first.focus()
            tab.keyboard.press("Enter")
            assert tab.locator(".turns [aria-pressed=true]").count() == 1
        visit.leave_story()
    visit.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everybody_can_read_a_story(lang, browser, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    visit = visited(browser, address)
    visit.speak(lang)
    visit.go(60)
    visit.tab.locator("#members li button").first.click()
    visit.tab.wait_for_selector("#story[open]")
    found = axe.Axe().run(visit.tab, options={"runOnly": AXE}).response["violations"]
    told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]
    visit.close()
    assert told == []


def test_a_room_sees_a_story_in_large_type_and_nothing_to_press(browser, address):
    visit = visited(browser, address, 1920, 1080)
    tab = visit.tab
    visit.go(45)
    tab.keyboard.press("Escape")
    tab.locator("h1").click()
    tab.keyboard.press("p")
    tab.wait_for_selector("body.presenting")
    tab.keyboard.press("m")
    tab.wait_for_selector("#story[open]")
    assert tab.locator("#story button:visible").count() == 0
    sizes = tab.locator("#story :is(p, h2, h3, td, svg text):visible").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 27.9
    for part in (LANES, "#story .weighed"):
        box = tab.locator(part).bounding_box()
        assert box["y"] + box["height"] <= 1080
    tab.keyboard.press("ArrowRight")
    assert tab.inner_text("#story h2").endswith("up to day 46")
    visit.close()


def test_a_phone_has_lanes_reasons_and_words_under_each_other(browser, address):
    phone = visited(browser, address, 390, 844)
    tab = phone.tab
    phone.go(60)
    tab.locator("#members li button").first.click()
    tab.wait_for_selector("#story[open]")
    tops = [tab.locator(f"#story {part}").bounding_box()["y"] for part in (".days", ".weighed", ".tellings")]
    assert tops == sorted(tops)
    dialog = tab.locator("#story")
    assert dialog.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= 390
    phone.close()


SHARES = """async (what) => {
    const { shares } = await import("./parts.js"), { Trace } = await import("./trace.js");
    const named = (name) => Object.assign(Object.create(Trace.prototype), { name });
    const side = (name, parts, did, why) => ({ trace: named(name), parts, did, why, chance: did ? 1 : 0 });
    const why = { posts: 3, weight: 0.5, adverts: 2, leave_by_posts: 0.8 };
    return shares([side("a", [["crowd", 4], ["patience", 1], ["usual", null, "", 1]], true, why),
        side("b", [["crowd", 1], ["patience", 0.5], ["usual", null, "", 2]], false, why)], what);
}"""


def test_shares_are_of_logs_or_of_the_chance(browser, address):
    visit = visited(browser, address)
    told = visit.tab.evaluate(SHARES, "muted")
    assert told.endswith(
        "Several at once 100\u00a0%, What looks were worth 50\u00a0%, "
        "Usual rate (customer or not, and need) -50\u00a0%."
    )
    told = visit.tab.evaluate(SHARES, "left")
    assert "60\u00a0% come from the shop's posts and 20\u00a0% from members' adverts; 20\u00a0%" in told
    visit.close()
