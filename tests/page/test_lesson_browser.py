"""The lesson in a real browser: drawn by mouse, finger and keys, answered on one screen, in two languages."""

import json
from importlib.resources import files

import pytest
from visit import Visit, served

from commsim.page import lesson
from commsim.page.lesson import of_source, steps

pytestmark = pytest.mark.slow
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
ENGLISH = json.loads((files("commsim.page") / "static" / "en.json").read_text(encoding="utf-8"))
DRAWN = [number for number, step in enumerate(steps(), 1) if step.drawn]


@pytest.fixture(scope="module")
def address(tmp_path_factory, browser):
    with served("demo", "--lesson", folder=tmp_path_factory.mktemp("lesson")) as found:
        yield found


def draw(tab, way=((0.12, 0.2), (0.5, 0.5), (0.95, 0.7))):
    """Draw with the mouse: places as shares of the frame."""
    box = tab.locator(".board").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in way]
    tab.mouse.move(*places[0])
    tab.mouse.down()
    for place in places[1:]:
        tab.mouse.move(*place, steps=4)
    tab.mouse.up()


def answer(visit, number):
    """Guess, play, go to the end, and wait for the answer."""
    tab = visit.tab
    assert tab.locator(".reveal").count() == 0
    assert tab.locator("#lesson button[type=submit]").is_disabled()
    if number in DRAWN:
        draw(tab)
    else:
        tab.locator("#lesson input").fill("3" if number < 10 else "500")
    tab.locator("#lesson button[type=submit]").click()
    tab.wait_for_selector("body.playing, .reveal")  # a slow machine may see its end alone
    visit.go(int(tab.get_attribute("#position", "max")))
    tab.wait_for_selector(".reveal")


def step_to(visit, number):
    """The step of a number, from the first on."""
    for at in range(1, number):
        visit.tab.locator("#lesson > .buttons button").nth(min(1, at - 1)).click()
        visit.tab.locator("#lesson .place", has_text=f"{at + 1}").wait_for()
        visit.ready(2)


def fits(tab):
    """Wait until neither the page nor the question's own room are longer than the screen."""
    tab.wait_for_function(
        "() => { const room = document.querySelector('#lesson'), root = document.documentElement;"
        " return root.scrollHeight <= innerHeight && room.scrollHeight <= room.clientHeight; }"
    )


@pytest.mark.parametrize(("lang", "width", "height"), [("en", 1400, 900), ("zh", 1920, 1080)])
def test_ten_steps_ask_before_they_answer_on_one_screen(browser, address, lang, width, height):
    visit = Visit(browser, address, width, height)
    tab = visit.tab
    visit.speak(lang)
    for number, step in enumerate(steps(), 1):
        tab.locator("#lesson .place", has_text=f"{number}").wait_for()
        visit.ready(2)
        fits(tab)
        answer(visit, number)
        told = tab.inner_text(".reveal")
        assert not [gap for gap in ("{", "undefined", "NaN", "null", "lesson.", "  ") if gap in told], told
        assert len(tab.locator(".reveal .two strong").all_inner_texts()) == 2
        fact = tab.inner_text(".reveal .fact")
        assert fact.endswith("]")
        assert all(of_source(source, lang) in fact for source in step.sources)
        assert (tab.locator(".board .guessed").count() == 1) == step.drawn
        assert (tab.locator(".board .asked").count() == 1) == step.drawn
        fits(tab)
        if number < len(steps()):
            tab.locator("#lesson > .buttons .primary").click()
    tab.locator("#lesson > .buttons button").last.click()
    visit.ready(2)
    assert not tab.locator("#lesson").is_visible()
    visit.close()


def test_a_curve_is_drawn_by_keys_and_kept_in_the_other_language(browser, address):
    visit = Visit(browser, address)
    tab = visit.tab
    tab.locator(".board").wait_for()
    assert tab.inner_text("#lesson .unit") == "of 100 members"  # of each day, not of the last week
    knobs = tab.locator(".board [role=slider]")
    knobs.first.focus()
    tab.keyboard.press("Home")
    tab.keyboard.press("PageUp")
    assert tab.locator("#lesson button[type=submit]").is_disabled()
    for _ in range(12):
        tab.keyboard.press("ArrowRight")
    tab.keyboard.press("End")
    tab.keyboard.press("ArrowDown")
    assert tab.inner_text("#today").startswith("Before day 1")  # the arrows were the frame's
    told = [knob.get_attribute("aria-valuetext") for knob in (knobs.first, knobs.nth(6), knobs.last)]
    assert told == ["day 1: 10", "day 31: not drawn yet", "day 60: 49"]
    assert knobs.nth(6).get_attribute("aria-valuenow") == "29.5"
    visit.speak("zh")
    tab.locator("#lesson h2", has_text="群是怎么死的").wait_for()
    assert knobs.last.get_attribute("aria-valuetext") == "第 60 天：49"
    tab.locator("#lesson button[type=submit]").click()
    visit.go(60)
    assert "平均每天差" in tab.inner_text(".off")
    assert not tab.locator(".board .points").is_visible()
    visit.close()


@pytest.mark.parametrize("number", [1, 2])
def test_nothing_of_the_run_is_shown_before_a_guess(browser, address, number):
    visit = Visit(browser, address)
    tab = visit.tab
    step_to(visit, number)
    tab.locator("#lesson h2").focus()
    for key in (" ", "ArrowRight"):
        tab.keyboard.press(key)
    visit.go(int(tab.get_attribute("#position", "max")))
    assert tab.locator(".reveal").count() == 0
    assert tab.inner_text("#today").startswith("Before day 1")
    assert tab.locator("body.playing").count() == 0
    assert tab.locator("#play").is_disabled()
    assert tab.locator("#position").is_disabled()
    answer(visit, number)
    assert tab.locator("#play").is_enabled()
    visit.close()


def test_another_luck_asks_again_and_keeps_the_guess(browser, address):
    visit = Visit(browser, address)
    tab = visit.tab
    tab.locator(".board").wait_for()
    answer(visit, 1)
    first = tab.locator(".board .asked").get_attribute("points")
    tab.fill("#seed", "3")
    tab.click("#setup [type=submit]")
    tab.wait_for_selector(".reveal", state="detached")
    visit.ready(2)
    assert tab.locator(".board circle.set").count() > 2
    assert tab.locator(".board .asked").count() == 0
    tab.locator("#lesson button[type=submit]").click()
    visit.go(60)
    tab.wait_for_selector(".reveal")
    assert tab.locator(".board .asked").get_attribute("points") != first
    visit.close()


def test_the_distance_is_that_between_the_curves(browser, address):
    visit = Visit(browser, address)
    tab = visit.tab
    tab.locator(".board").wait_for()
    for knob in (tab.locator(".board [role=slider]").first, tab.locator(".board [role=slider]").last):
        knob.focus()
        tab.keyboard.press("Home")  # nobody looks in, ever
    tab.locator("#lesson button[type=submit]").click()
    visit.go(60)
    off = tab.inner_text(".off")
    looked = tab.locator(".board .asked").get_attribute("points")
    heights = [float(place.split(",")[1]) for place in looked.split()]
    ground = tab.locator(".board .ground")
    top, high = (float(ground.get_attribute(name)) for name in ("y", "height"))
    mean = sum(50 * (1 - (one - top) / high) for one in heights) / len(heights)
    assert f"was {mean:.0f} of 100 members off" in off
    visit.close()


def test_a_finger_draws_and_the_page_stays_where_it_is(browser, address):
    visit = Visit(browser, address, 390, 844)
    tab = visit.tab
    tab.locator(".board").scroll_into_view_if_needed()
    before, box = tab.evaluate("() => scrollY"), tab.locator(".board").bounding_box()
    finger = visit.context.new_cdp_session(tab)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind, x=None, y=None):
        at = [] if x is None else [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", 0.15, 0.1)
    for share in (0.3, 0.5, 0.7, 0.95):
        touch("touchMove", share, 0.1 + 0.7 * share)
    touch("touchEnd")
    tab.wait_for_selector(".board circle.set >> nth=11")
    assert tab.evaluate("() => scrollY") == before
    assert tab.locator("#lesson button[type=submit]").is_enabled()
    visit.close()


def test_on_a_phone_the_groups_are_on_the_first_screen(browser, address):
    visit = Visit(browser, address, 390, 844)
    tab = visit.tab
    visit.ready(2)
    for number in (1, 2):
        step_to(visit, 2) if number == 2 else None
        tab.evaluate("() => scrollTo(0, 0)")
        for panel in (0, 1):
            box = tab.locator(".panel canvas").nth(panel).bounding_box()
            assert box["y"] + box["height"] < 844
        assert tab.locator("#lesson .guess").bounding_box()["y"] < 800
        assert tab.evaluate("() => document.documentElement.scrollWidth") <= 390
    visit.close()


def test_axe_finds_nothing_in_a_question_and_an_answer(browser, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    visit = Visit(browser, address)
    visit.tab.emulate_media(reduced_motion="reduce")  # so that no colour is on its way to another
    only = {"runOnly": {"type": "tag", "values": AXE}}
    visit.tab.locator(".board").wait_for()
    asked = axe.run(visit.tab, options=only).response["violations"]
    answer(visit, 1)
    answered = axe.run(visit.tab, options=only).response["violations"]
    visit.close()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in asked + answered] == []


DRAW = """async ([set, truth]) => {
    const { Drawing } = await import("/draw.js");
    const frame = new Drawing(truth.length, { low: 0, high: 100, step: 1, digits: 0 });
    for (const [k, value] of set) frame.set[k] = value;
    return [frame.isDrawn, frame.guess, frame.distance(truth)];
}"""
ANSWER = """async ([step, values]) => {
    const { Lesson } = await import("/lesson.js");
    const lesson = new Lesson(document.createElement("section"), { clock: {} });
    const run = (value) => ({
        members: 1, taught: { own: 0, [step.measure]: value }, outcomes: {}, deeds: [], sold: [],
        curves: { active: [5, 6.4], ringing: [0, 0], own: [0, 0] },
    });
    Object.assign(lesson, { steps: [step], step: 0, traces: values.map(run), guess: step.drawn ? null : 2 });
    const room = lesson.reveal(`lesson.${step.name}`);
    const texts = (which) => [...room.querySelectorAll(which)].map((one) => one.textContent);
    return [...texts(".two strong"), ...texts(".moral, .moral + p"), texts(".off")[0] ?? null];
}"""


@pytest.fixture(scope="module")
def scripts(browser, address):
    visit = Visit(browser, address)
    visit.tab.locator(".board").wait_for()
    yield visit.tab
    visit.close()


def test_a_course_is_straight_between_points_and_level_outside_them(scripts):
    drawn, guess, off = scripts.evaluate(DRAW, [[[3, 10], [9, 70]], [40] * 25])
    assert drawn
    assert guess == pytest.approx([10] * 6 + [10 + 5 * k for k in range(13)] + [70] * 6)
    assert off == pytest.approx((12 * 30 + 2 * (25 + 20 + 15 + 10 + 5) + 2 * 30) / 25)
    _, guess, off = scripts.evaluate(DRAW, [[[0, 0], [12, 60]], [0, 0, 0, 60]])
    assert guess == pytest.approx([0, 20, 40, 60])
    assert off == pytest.approx((20 + 40) / 4)
    assert scripts.evaluate(DRAW, [[[4, 7]], [7, 7]])[0] is False


@pytest.mark.parametrize("step", lesson.for_page(), ids=[step.name for step in steps()])
def test_an_answer_names_the_side_with_more_and_says_whether_that_is_the_point(scripts, step):
    scale, words, key = step["scale"], lesson.words("en"), f"lesson.{step['name']}"
    much, little = 3 + 1.2 * scale["least"], 3 + 0.8 * scale["least"]
    digits = int(scale["digits"])
    for shows, values in {"a": (much, 3), "b": (3, much), "c": (3, little)}.items():
        left, right, told, meant, guessed = scripts.evaluate(ANSWER, [step, values])
        sign = "+" if step["measure"] == "own" else ""
        assert [left, right] == [f"{sign}{value:.{digits}f}" for value in values]
        assert told == words[f"{key}.{shows}"]
        assert meant == (words[f"{key}.moral"] if shows == step["point"] else ENGLISH["lesson.not_here"])
        off = round(values[step["asked"]], digits) - 2
        off_by = f"Your guess was {sign}{2:.{digits}f}: {off:.{digits}f} off."
        assert guessed == (None if step["drawn"] else off_by)


def test_the_answer_says_where_the_pictures_show_another_number(browser, address):
    visit = Visit(browser, address)
    tab = visit.tab
    tab.locator(".board").wait_for()
    answer(visit, 1)
    above = [tab.locator(".panel .looks strong").nth(k).inner_text() for k in (0, 1)]
    assert f"(day 60 alone, above the pictures: {above[0]} and {above[1]})" in tab.inner_text(".reveal .unit")
    visit.close()
