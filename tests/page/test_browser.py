"""The page in a real browser: everything that people do there, without an error or a request outside."""

import json
import subprocess
import sys

import pytest
import yaml
from plans import small
from visit import Visit, served

from commsim.scenario.load import dump, loads
from commsim.scenario.schema import Scenario
from waiting import PATIENCE

pytestmark = pytest.mark.slow
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


@pytest.fixture(scope="module")
def address(tmp_path_factory, browser):
    with served("demo", "--seed", "7", folder=tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture
def visit(browser, address):
    opened = Visit(browser, address)
    yield opened
    opened.close()


def commsim(*arguments, folder):
    line = [sys.executable, "-m", "commsim", *arguments, "--quiet"]
    return subprocess.run(
        line, cwd=folder, capture_output=True, text=True, check=True, timeout=PATIENCE
    ).stdout


def outcomes_of(plan, folder, seed=7):
    """What the command line finds, by measure."""
    data = json.loads(commsim("run", str(plan), "--seed", str(seed), "--json", folder=folder))
    return {name: measure["value"] for name, measure in data["measures"].items()}


def shown_profit(visit, panel):
    return visit.figures(panel)["Profit so far"]


def test_the_numbers_are_those_of_the_command_line(visit, tmp_path):
    visit.go(60)
    for panel, name in enumerate(("dead-group", "active-group")):
        profit = outcomes_of(name, tmp_path)["profit"]
        assert shown_profit(visit, panel) == f"{profit:,.0f} yuan"


def test_play_pause_step_and_back(visit):
    tab = visit.tab
    tab.select_option("#speed", "1")
    tab.click("#play")
    tab.wait_for_selector("body.playing")
    tab.click("#play")
    tab.wait_for_selector("body:not(.playing)")
    visit.go(12)
    there = [visit.line(panel) for panel in (0, 1)]
    assert tab.inner_text("#today").startswith("Day 12 of 60")
    tab.click("#step")
    assert tab.inner_text("#today").startswith("Day 13 of 60")
    assert [visit.line(panel) for panel in (0, 1)] != there
    tab.click("#back")
    assert [visit.line(panel) for panel in (0, 1)] == there
    tab.keyboard.press("Escape")
    tab.locator("h1").click()
    tab.keyboard.press("ArrowRight")
    assert tab.inner_text("#today").startswith("Day 13 of 60")
    tab.keyboard.press("Home")
    assert tab.inner_text("#today").startswith("Before day 1")


def test_a_run_plays_to_its_end_and_begins_anew(visit):
    visit.tab.select_option("#speed", "25")
    visit.tab.click("#play")
    visit.tab.locator("#today", has_text="Day 60 of 60").wait_for()
    visit.tab.wait_for_selector("body:not(.playing)")
    visit.tab.select_option("#speed", "1")
    visit.tab.click("#play")
    visit.tab.wait_for_selector("body.playing")
    visit.tab.click("#play")
    assert not visit.tab.inner_text("#today").startswith("Day 60")


def test_a_lever_holds_from_the_next_day_and_the_twin_goes_on(visit, tmp_path):
    tab = visit.tab
    visit.go(60)
    twin = shown_profit(visit, 1)
    visit.go(10)
    at_ten = visit.figures(0)
    tab.locator(".panel .open").nth(0).click()
    tab.locator("#levers").get_by_label("Adverts a day").fill("1")
    tab.locator(".lever", has_text="Adverts").get_by_role("button", name="Change").click()
    visit.told("from day 11")
    assert visit.figures(0) == at_ten
    tab.select_option(".adding select", "group_rules")
    tab.get_by_role("button", name="Begin").click()
    visit.told("Group rules")
    visit.go(60)
    assert shown_profit(visit, 1) == twin
    plan = save(visit, 0, tmp_path)
    entries = [(s["kind"], s["starts"], s["ends"]) for s in yaml.safe_load(plan.read_text())["strategies"]]
    assert entries == [("advert", 0, 9), ("advert", 10, None), ("group_rules", 10, None)]
    assert shown_profit(visit, 0) == f"{outcomes_of(plan, tmp_path)['profit']:,.0f} yuan"


def save(visit, panel, folder):
    with visit.tab.expect_download() as waiting:
        visit.tab.locator(".panel .save").nth(panel).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_a_branch_makes_a_third_panel_and_start_anew_puts_it_away(visit):
    tab = visit.tab
    visit.go(10)
    tab.locator(".panel .branch").nth(1).click()
    visit.ready(3)
    assert tab.locator(".panel .name").all_inner_texts() == [
        "dead group",
        "active group",
        "active group, again from day 11",
    ]
    assert visit.figures(2) == visit.figures(1)
    visit.tab.locator(".lever", has_text="Flash sale").get_by_role("button", name="Take out").click()
    visit.told("from day 11")
    visit.go(40)
    assert visit.figures(2)["Profit so far"] != visit.figures(1)["Profit so far"]
    tab.fill("#seed", "8")
    tab.locator("#setup button[type=submit]").click()
    tab.wait_for_selector(".panel >> nth=2", state="detached")
    visit.ready(2)
    assert tab.inner_text("#today").startswith("Before day 1")


def together(visit, *clicks):
    """Press buttons so fast that nothing is answered between."""
    press = "([selector, index]) => document.querySelectorAll(selector)[index].click()"
    visit.tab.evaluate(f"(clicks) => clicks.forEach({press})", clicks)


START = ["#setup button[type=submit]", 0]


@pytest.mark.parametrize("order", [1, -1], ids=["branch first", "start first"])
def test_a_branch_beside_a_start_leaves_what_was_started(order, visit):
    together(visit, *[[".panel .branch", 0], START][::order])
    visit.tab.wait_for_selector(".panel[aria-busy=true]")
    visit.ready(2)
    visit.tab.locator(".panel .branch").nth(1).click()
    visit.ready(3)
    told = visit.tab.locator(".panel .name").all_inner_texts()
    assert told == ["dead group", "active group", "active group, again from day 1"]


def test_a_story_of_former_runs_is_not_told(visit):
    visit.tab.fill("#person", "7")
    together(visit, ["#find button", 0], START)
    visit.tab.wait_for_selector(".panel[aria-busy=true]")
    visit.ready(2)
    assert not visit.tab.locator("#story[open]").count()


SET_AND_CLOSE = """async ([panel, pause]) => {
    for (const slider of document.querySelectorAll(`[data-panel="${panel}"] .quick input`)) {
        slider.value = 2;
        slider.dispatchEvent(new Event("input"));
    }
    await new Promise((done) => setTimeout(done, pause));
    document.querySelector('[data-panel="0"] .close').click();
}"""
"""Move both sliders of a panel, and put the first panel away before they count (pause 0), or while the first
of them is being answered."""


@pytest.mark.parametrize(("panel", "pause", "told"), [(0, 0, "active group"), (1, 200, "Posts a day")])
def test_what_is_set_of_a_panel_reaches_that_one_when_the_first_is_put_away(panel, pause, told, visit):
    visit.tab.evaluate(SET_AND_CLOSE, [panel, pause])
    visit.tab.wait_for_selector(".panel >> nth=1", state="detached")
    visit.ready(1)
    visit.tab.locator(".panel .name", has_text=told).wait_for()
    visit.tab.locator("#judged:not([hidden])").wait_for()
    assert visit.tab.locator(".panel .name").inner_text().count("Adverts") == panel


def test_wrong_settings_are_told_and_change_nothing(visit):
    visit.go(60)
    before = shown_profit(visit, 0)
    visit.go(5)
    visit.tab.locator(".panel .open").nth(0).click()
    visit.tab.get_by_label("Hours").first.fill("10, soon")
    visit.tab.locator(".lever", has_text="Adverts").get_by_role("button", name="Change").click()
    visit.told("hours")
    visit.go(60)
    assert shown_profit(visit, 0) == before


def test_a_members_story_by_number_and_by_click(visit):
    tab = visit.tab
    tab.fill("#person", "7")
    tab.click("#find button")
    tab.wait_for_selector("#story[open]")
    assert tab.inner_text("#story h2").startswith("Member 7 ")
    assert tab.locator("#story .tellings h3").all_inner_texts() == ["dead group", "active group"]
    visit.leave_story()
    visit.tap(0, [(0.1 + 0.07 * step, 0.2) for step in range(1, 12)])
    assert tab.inner_text("#story h2").startswith("Member ")


def test_chinese_and_back(visit):
    tab = visit.tab
    visit.speak("zh")
    assert tab.get_attribute("html", "lang") == "zh-CN"
    tab.locator(".panel .name", has_text="死群").wait_for()
    tab.locator(".panel .open").nth(0).click()
    assert "每天广告条数" in tab.inner_text("#levers")
    tab.click("#glossary-button")
    assert "拼团" in tab.inner_text("#glossary")
    tab.locator("#glossary .close").click()
    visit.speak("en")
    tab.locator(".panel .name", has_text="dead group").wait_for()
    assert "Adverts a day" in tab.inner_text("#levers")


def test_it_fits_a_phone(browser, address):
    phone = Visit(browser, address, 390, 844)
    phone.go(30)
    phone.tab.locator(".panel .open").nth(1).click()
    wide = phone.tab.evaluate("() => document.documentElement.scrollWidth")
    phone.close()
    assert wide <= 390


def test_every_control_has_a_name(visit):
    visit.tab.locator(".panel .open").nth(1).click()
    controls = "button, input, select, canvas[role]"
    nameless = visit.tab.evaluate(
        "(controls) => [...document.querySelectorAll(controls)].filter((node) => node.checkVisibility()"
        " && !node.ariaHidden && !node.ariaLabel && !node.labels?.length && !node.textContent.trim())"
        ".map((node) => node.outerHTML)",
        controls,
    )
    assert nameless == []


@pytest.mark.parametrize(
    ("lang", "rows"),
    [
        (
            "zh",
            {"期间消费满", "优惠比例", "优先抢购", "连续次数", "额外积分", "礼品价值", "成团人数", "价格"},
        ),
        ("en", {"Spent within these days", "First into events", "Check-ins in a row", "Extra points"}),
    ],
)
def test_parts_of_lists_have_their_names(lang, rows, browser, tmp_path):
    strategies = [
        {"kind": "levels", "at": [{"spent": 30, "discount": 0.05}]},
        {"kind": "check_in", "prizes": [{"streak": 3, "points": 20}]},
        {"kind": "group_buying", "ladder": [{"size": 2, "price": 25}]},
    ]
    (tmp_path / "lists.yaml").write_text(dump(small("lists", strategies=strategies)), encoding="utf-8")
    with served("serve", "lists.yaml", "--lang", lang, folder=tmp_path) as found:
        visit = Visit(browser, found)
        visit.tab.locator(".panel .open").nth(0).click()
        visit.tab.locator(".lever .row label").first.wait_for()
        shown = visit.tab.locator(".lever .row label").all_text_contents()
        assert {row for row in rows if not any(text.startswith(row) for text in shown)} == set()
        visit.close()


def test_hostile_plans_are_only_text(browser, tmp_path):
    plan = Scenario.load("dead-group")
    product = plan.products[0].model_copy(update={"name": HOSTILE})
    advert = plan.strategies[0].model_copy(update={"name": "<b>x</b>" + HOSTILE, "goal": HOSTILE})
    hostile = plan.model_copy(
        update={"name": HOSTILE, "about": HOSTILE * 100, "products": (product,), "strategies": (advert,)}
    )
    (tmp_path / "hostile.yaml").write_text(dump(hostile), encoding="utf-8")
    with served("serve", "hostile.yaml", folder=tmp_path) as found:
        visit = Visit(browser, found)
        visit.tab.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
        visit.go(10)
        visit.tab.locator(".panel .open").nth(0).click()
        visit.tab.locator("#levers").get_by_label("Adverts a day").fill("2")
        visit.tab.locator(".lever").first.get_by_role("button", name="Change").click()
        visit.told("from day 11")
        visit.tab.fill("#person", "7")
        visit.tab.click("#find button")
        visit.tab.wait_for_selector("#story[open]")
        assert visit.tab.locator(".panel .name").first.inner_text().startswith(HOSTILE)
        assert (
            visit.tab.evaluate("() => document.querySelectorAll('img, .panel script, .panel b').length") == 0
        )
        visit.tab.locator("#story .close").click()
        saved = save(visit, 0, tmp_path)
        assert not set("<>\"'/") & set(saved.name)
        assert loads(saved.read_text(encoding="utf-8")).name.startswith(HOSTILE[:30])
        visit.close()
