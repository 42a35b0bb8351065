"""How the page looks to a room: death is seen, sliders act at once, it fills a screen, all can read it."""

import pytest
from visit import Visit, served

pytestmark = pytest.mark.slow
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@pytest.fixture(scope="module")
def address(tmp_path_factory, browser):
    with served("demo", "--seed", "7", folder=tmp_path_factory.mktemp("look")) as found:
        yield found


@pytest.fixture
def visit(browser, address):
    opened = Visit(browser, address)
    yield opened
    opened.close()


def slide(visit, panel, kind, value):
    """Drag one of the sliders above a picture."""
    slider = visit.tab.locator(".panel").nth(panel).locator(f".quick .{kind} input")
    slider.evaluate("(node, value) => { node.value = value; node.dispatchEvent(new Event('input')); }", value)


def number(visit, panel, name):
    return visit.tab.locator(".panel").nth(panel).locator(f".numbers .{name} strong").inner_text()


def looks(visit, panel):
    return int(number(visit, panel, "looks"))


def test_a_slider_acts_at_once_and_from_the_present_day_on(visit):
    tab = visit.tab
    visit.go(60)
    worn, twin = int(number(visit, 0, "ringing").replace(",", "")), looks(visit, 1)
    visit.go(10)
    before = visit.figures(0), looks(visit, 0)
    slide(visit, 0, "advert", 0)
    visit.told("no Adverts from day 11")
    slide(visit, 0, "content", 2)
    visit.told("Content 2 a day from day 11")
    assert tab.locator(".panel .name").first.inner_text() == (
        "dead group: no Adverts from day 11, Content 2 a day from day 11"
    )
    assert (visit.figures(0), looks(visit, 0)) == before
    visit.go(60)
    assert int(number(visit, 0, "ringing").replace(",", "")) > 1.5 * worn
    assert looks(visit, 1) == twin
    visit.go(10)
    slide(visit, 0, "advert", 3)
    visit.told("dead group: Content 2 a day from day 11")


def test_a_slider_set_while_it_plays_lets_it_go_on(visit):
    visit.tab.click("#play")
    visit.tab.wait_for_selector("body.playing")
    slide(visit, 0, "advert", 6)
    visit.told("Adverts a day 3 → 6")
    visit.tab.wait_for_selector("body.playing")


def test_at_the_end_a_slider_begins_all_anew(visit):
    visit.go(60)
    slide(visit, 0, "advert", 1)
    visit.told("from day 1")
    assert visit.tab.inner_text("#today").startswith("Before day 1")


def test_the_page_opens_near_and_draws_back(visit):
    tab = visit.tab
    assert "40 members of one group" in tab.inner_text("#near-note")
    visit.go(9)
    tab.click("#play")
    tab.locator("#near", has_text="One group").wait_for()
    assert tab.input_value("#speed") == "3"
    assert tab.inner_text("#near-note") == ""
    tab.click("#play")
    tab.click("#near")
    assert "40 members" in tab.inner_text("#near-note")


def test_who_is_seen_from_near_is_the_same_in_every_picture(visit):
    stories = []
    for panel in (0, 1):
        visit.tap(panel, [(0.02 * step, 0.5) for step in range(20)])
        stories.append(visit.tab.inner_text("#story h2"))
        visit.leave_story()
    assert stories[0] == stories[1]


def test_a_dead_group_is_dark_and_a_living_one_is_not(visit):
    def dark():
        return visit.tab.locator(".panel").evaluate_all("all => all.map(one => one.matches('.dark'))")

    visit.go(3)
    assert dark() == [False, False]
    visit.go(60)
    assert dark() == [True, False]


def test_one_day_one_number(visit):
    visit.go(30)
    visit.tab.locator("#figures summary").click()
    visit.tab.locator("#table tbody tr").first.wait_for()
    rows = visit.tab.locator("#table tbody tr").evaluate_all(
        "all => all.map(row => row.innerText.split('\\t'))"
    )
    assert [row[:2] for row in rows[-2:]] == [["30", "dead group"], ["30", "active group"]]
    for panel, row in enumerate(rows[-2:]):
        assert round(float(row[2])) == looks(visit, panel)
        assert row[3] == number(visit, panel, "ringing")
        own = number(visit, panel, "own").replace("\u2212", "-").replace("+", "")
        assert row[4] == own
        assert visit.line(panel).startswith("Day 30:")
    assert visit.tab.inner_text("#today").startswith("Day 30 of 60")


def test_the_curves_stand_under_the_pictures_on_one_screen(visit):
    visit.go(30)
    charts = visit.tab.locator("#curves figure")
    assert charts.count() == 3
    low = [box["y"] + box["height"] for box in (charts.nth(k).bounding_box() for k in range(3))]
    assert max(low) <= 950


SIZES = [(390, 844), (768, 1024), (900, 800), (1024, 768), (1400, 900), (1920, 1080)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_curves_stay_on_the_screen_whatever_is_open(width, height, browser, address):
    room = Visit(browser, address, width, height)
    tab = room.tab
    room.go(30)
    box, curves = tab.locator(".panel canvas").first.bounding_box(), on_screen(tab)
    assert box["y"] + box["height"] <= curves["y"] + 8
    tab.locator(".panel .open").first.click()
    tab.locator("#levers form").first.wait_for()
    curves, levers = on_screen(tab), tab.locator("#levers").bounding_box()
    assert levers["x"] >= curves["x"] + curves["width"] or levers["y"] >= curves["y"] + curves["height"]
    tab.locator(".panel .branch").nth(1).click()
    room.ready(3)
    clear_of_curves(tab)
    tab.click("#levers-close")
    clear_of_curves(tab)
    room.close()


def clear_of_curves(tab):
    """Where three panels stand beside each other, pictures end above the curves."""
    curves = on_screen(tab)
    boxes = [tab.locator(".panel canvas").nth(k).bounding_box() for k in range(3)]
    if tab.evaluate("() => innerWidth") >= 1400:
        assert max(box["y"] + box["height"] for box in boxes) <= curves["y"]


CONTRASTS = """async () => {
    const { inks } = await import("./marks.js"), { ground } = await import("./ground.js");
    const parts = (ink) => ink.match(/[0-9a-f]{2}/g).map((two) => parseInt(two, 16));
    const lit = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    const light = (rgb) => rgb.map(lit)
        .reduce((sum, c, k) => sum + [0.2126, 0.7152, 0.0722][k] * c, 0.05);
    const found = { quiet: [], muted: [] };
    for (let share = 0; share <= 0.25; share += 0.001) {
        const { colour, isDark } = ground(share), under = colour.match(/[0-9]+/g).map(Number);
        for (const what of ["quiet", "muted"]) {
            const [r, g, b, a = 255] = parts(inks(isDark)[what]);
            const seen = [r, g, b].map((c, k) => under[k] + ((c - under[k]) * a) / 255);
            const [low, high] = [light(seen), light(under)].sort((x, y) => x - y);
            found[what].push(high / low);
        }
    }
    return [Math.min(...found.quiet), Math.min(...found.muted)];
}"""


def test_quiet_and_muted_members_show_on_every_ground(visit):
    quiet, muted = visit.tab.evaluate(CONTRASTS)
    assert quiet >= 2
    assert muted >= 1.5


def on_screen(tab):
    """Where the curves are: all of them on the screen, and nothing beside it."""
    width, height = tab.evaluate("() => [innerWidth, innerHeight]")
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= width
    assert tab.locator("#curves figure").count() == 3
    box = tab.locator("#curves").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= height
    return box


def test_marks_can_be_told_apart_on_a_phone(browser, address):
    room = Visit(browser, address, 390, 844)
    room.tab.click("#near")
    room.tab.locator("#near-note", has_text="Groups drawn: 1 of 5").wait_for()
    room.close()


@pytest.mark.parametrize(
    ("width", "height"), [(1920, 1080), (1280, 720), (1024, 768), (390, 844), (3840, 2160)]
)
def test_the_presenter_fills_any_screen_with_three_numbers(width, height, browser, address):
    room = Visit(browser, address, width, height)
    tab = room.tab
    tab.keyboard.press("z")
    tab.keyboard.press("p")
    tab.wait_for_selector("body.presenting")
    room.go(60)
    size = tab.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size[0] <= width
    assert size[1] <= height
    boxes = [tab.locator(".panel").nth(k).bounding_box() for k in (0, 1)]
    keys, foot = tab.locator("#keys").bounding_box(), max(box["y"] + box["height"] for box in boxes)
    assert keys["y"] >= foot  # they hide nothing
    assert keys["y"] + keys["height"] > 0.95 * height
    assert tab.locator("button:visible, input:visible, select:visible, a:visible").count() == 0
    assert [tab.locator(".panel").nth(k).locator(".numbers p:visible").count() for k in (0, 1)] == [3, 3]
    cut = tab.evaluate(
        "() => [...document.querySelectorAll('.numbers p, .panel h2, .happened, #today')]"
        ".filter(one => one.scrollWidth > one.clientWidth + 1"
        " || one.getBoundingClientRect().right > innerWidth)"
        ".map(one => one.textContent)"
    )
    assert cut == []
    if (width, height) == (1920, 1080):
        assert smallest(tab) >= 28
        assert size_of(tab, ".looks strong") >= 72
        tab.locator("#keys").wait_for(state="hidden")
        tab.wait_for_function(
            "(foot) => Math.max(...[...document.querySelectorAll('.panel')].map(one =>"
            " one.getBoundingClientRect().bottom)) > foot",
            arg=max(foot, 0.95 * height),
        )
        room.go(30)
        assert smallest(tab) >= 28  # what happened, where the account stands at the end
    room.close()


def smallest(tab):
    """The smallest type on the screen, in pixels."""
    return tab.evaluate(
        "() => Math.min(...[...document.querySelectorAll('body *')].filter(one => one.checkVisibility()"
        " && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )


def size_of(tab, selector):
    return tab.locator(selector).first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")


def test_the_presenter_is_played_by_keys(visit):
    tab = visit.tab
    tab.keyboard.press("p")
    tab.wait_for_selector("body.presenting")
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    assert tab.inner_text("#today").startswith("Day 3 of 60")
    tab.keyboard.press("b")
    visit.ready(3)
    assert tab.locator(".panel .name").nth(2).inner_text() == "dead group, again from day 4"
    tab.keyboard.press("ArrowDown")
    tab.locator(".panel .name", has_text="Adverts a day 3 → 2 from day 4").wait_for()
    tab.keyboard.press(" ")
    tab.wait_for_selector("body.playing")
    tab.keyboard.press("Escape")
    tab.wait_for_selector("body:not(.presenting)")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("day", [0, 12, 30, 60])
def test_everybody_can_read_and_reach_it(lang, day, browser, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    visit = Visit(browser, address)
    visit.tab.emulate_media(reduced_motion="reduce")  # so that no colour is on its way to another
    visit.speak(lang)
    visit.go(day)
    visit.tab.locator(".panel .open").first.click()
    found = axe.Axe().run(visit.tab, options={"runOnly": AXE}).response["violations"]
    told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]
    visit.close()
    assert told == []


def test_every_control_is_reached_by_keyboard(visit):
    tab = visit.tab
    seen = set()
    for _ in range(60):
        tab.keyboard.press("Tab")
        seen.add(tab.evaluate("() => document.activeElement.id || document.activeElement.className"))
    assert {"play", "near", "present", "position", "branch", "open", "save"} <= seen
    tab.locator(".quick input").first.focus()
    tab.keyboard.press("ArrowLeft")
    visit.told("Adverts a day 3 → 2")


def test_a_phone_shows_both_pictures_on_its_first_screen(browser, address):
    phone = Visit(browser, address, 390, 844)
    phone.go(30)
    boxes = [phone.tab.locator(".panel canvas").nth(k).bounding_box() for k in (0, 1)]
    wide = phone.tab.evaluate("() => document.documentElement.scrollWidth")
    phone.close()
    assert wide <= 390
    assert max(box["y"] + box["height"] for box in boxes) <= 844
    assert boxes[0]["y"] == boxes[1]["y"]


COVERED = """() => {
    const curves = document.querySelector('.seen > .curves-room').getBoundingClientRect().top;
    return [...document.querySelectorAll('.panel :is(.happened, .account)')]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().bottom > curves)
        .map(one => one.textContent);
}"""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("width", "height", "levers"),
    [
        (390, 844, False),
        (480, 844, False),
        (1400, 900, False),
        (1920, 1080, False),
        (1400, 900, True),
        (1920, 1080, True),
    ],
)
def test_the_curves_cover_nothing_of_what_happened(width, height, levers, lang, browser, address):
    visit = Visit(browser, address, width, height)
    visit.speak(lang)
    visit.tab.locator("#play", has_text={"en": "Play", "zh": "播放"}[lang]).wait_for()
    if levers:
        visit.tab.locator(".panel .open").first.click()
        visit.tab.locator("#levers form").first.wait_for()
    covered = {}
    for day in range(0, 61, 4):
        visit.go(day)
        covered[day] = visit.tab.evaluate(COVERED)
    visit.close()
    assert {day: told for day, told in covered.items() if told} == {}


def test_the_legend_is_of_what_is_on_the_screen(visit):
    tab = visit.tab
    assert "an empty seat" in tab.inner_text("#legend")
    assert "ball" not in tab.inner_text("#legend")
    tab.click("#near")
    assert "A ball shrinks" in tab.inner_text("#legend")
    assert "seat" not in tab.inner_text("#legend")


def test_a_slider_says_which_adverts_it_does_not_move(visit):
    labels = visit.tab.locator(".quick .advert span")
    assert labels.all_inner_texts() == ["Adverts a day", "Adverts not for sales"]
    visit.tab.select_option("#language", "zh")
    visit.tab.locator(".quick .advert span", has_text="预告除外").wait_for()


def test_a_button_at_the_top_tells_the_next_story(visit):
    tab = visit.tab
    assert not tab.locator("#members-button").is_visible()
    visit.go(20)
    tab.locator("#members li").first.wait_for()
    tab.click("#members-button")
    tab.wait_for_selector("#story[open]")
    tab.keyboard.press("Escape")
    tab.click("#lesson-button")
    visit.ready(2)
    assert not tab.locator("#members-button").is_visible()


def test_a_slider_that_is_being_moved_stays_when_an_answer_comes(visit):
    visit.go(10)
    shown = visit.tab.evaluate(
        """() => {
            const slider = document.querySelector(".panel .quick .advert input");
            slider.value = 6;
            slider.dispatchEvent(new Event("input"));
            document.querySelector("#step").click();
            return slider.value;
        }"""
    )
    assert shown == "6"
    visit.told("Adverts a day 3 → 6 from day 12")
