"""The page as one file: it asks for nothing, holds what was recorded, and plays from a memory stick."""

import json
import re
import zlib
from base64 import b64decode

import pytest
from plans import small as small_plan
from visit import Visit

from commsim.page.bundle import one_page
from commsim.page.export import MEMBERS, recording, small
from commsim.page.messages import MOST_PANELS
from commsim.page.program import demonstration
from commsim.page.session import Program
from commsim.page.trace import Wanted, trace

MOST_BYTES = 3_000_000
PHONE = {"width": 390, "height": 844}


def table_of(page):
    return json.loads(re.search(r'id="recorded">(.*?)</script>', page)[1])


def unpacked(text):
    return zlib.decompress(b64decode(text))


def record(program, seed=5, **more):
    return recording(program, seed, lang="en", lesson=False, tell=lambda done: None, **more)


@pytest.fixture(scope="module")
def little():
    """A recording of two plans of a dozen days."""
    plans = tuple(small_plan().model_copy(update={"name": name, "days": 12}) for name in ("a", "b"))
    return plans, record(Program(plans))


@pytest.fixture(scope="module")
def whole():
    """What the command writes."""
    return recording(demonstration(), None, lang="en", lesson=False, tell=lambda done: None)


def test_nothing_in_it_is_fetched_and_only_its_own_scripts_run():
    page = one_page({"hello": {}})
    assert (
        re.findall(
            r"\ssrc=|\shref=\"(?!#|data:)|https?://(?!www\.w3\.org|github\.com/leeoniya)[\w.]+\.\w+", page
        )
        == []
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert policy.count("sha256-") == 3


def test_a_text_of_a_plan_ends_no_script():
    page = one_page({"hello": {"name": "</script><script>alert(1)</script>"}})
    assert "alert(1)</script>" not in page
    assert table_of(page)["hello"]["name"].startswith("</script>")


def test_scripts_come_behind_those_that_they_need():
    page = one_page({})
    for name, needs in re.findall(r'modules\["([\w.]+)"\] = (.*?)\n\}\)\(\);', page, re.DOTALL):
        for other in re.findall(r'= modules\["([\w.]+)"\];', needs):
            assert page.index(f'modules["{other}"] = (') < page.index(f'modules["{name}"] = ('), name
    assert 'modules["link.js"]' in page
    assert "new WebSocket" not in page


@pytest.mark.slow
def test_a_recorded_run_is_the_run(little):
    plans, page = little
    table = table_of(page)
    start = table["starts"][0]
    first = table["runs"][start["runs"][0]]
    other = table["runs"][start["runs"][1]]
    pairs = zip(unpacked(first["columns"]), unpacked(other["columns"]), strict=True)
    columns = bytes(one ^ two for one, two in pairs)
    head = unpacked(other["head"])
    assert len(head).to_bytes(4, "little") + head + columns == trace(Wanted(plans[1], start["seed"]))
    assert table["hello"]["panels"] == MOST_PANELS
    for grid in start["grids"]:
        assert len(grid["runs"]) == 2 * (4 * 3 - 1)  # days 0 and 10 of twelve, all pairs but the plan's own


@pytest.mark.slow
def test_the_same_file_each_time(little):
    plans, page = little
    assert record(Program(plans)) == page


def test_a_large_community_is_made_small_and_a_small_one_stays():
    plan = demonstration().plans[0]
    assert small(plan).community.members == MEMBERS < plan.community.members
    assert small(small(plan)) == small(plan)


@pytest.mark.slow
def test_it_fits_and_plays_from_a_file_on_a_phone(whole, browser, tmp_path):
    assert len(whole.encode()) < MOST_BYTES
    file = tmp_path / "lesson.html"
    file.write_text(whole, encoding="utf-8")
    visit = Visit(browser, file.as_uri(), **PHONE)
    tab = visit.tab
    tab.select_option("#speed", "25")
    tab.click("#play")
    tab.locator("#today", has_text="Day 60 of 60").wait_for()
    visit.go(17)
    slider = tab.locator(".panel .quick .advert input").first
    slider.fill("5")
    visit.told("nearest one to what you set")
    assert tab.inner_text("#today").startswith("Day 20 of 60")
    assert "3 → 6 from day 21" in tab.locator(".panel h2").first.inner_text()
    slider.fill("0")
    visit.told("no Adverts from day 21")
    tab.locator(".panel .branch").first.click()
    visit.ready(3)
    tab.locator("#lesson-button").click()
    visit.ready(2)
    tab.locator(".lesson .primary").first.wait_for()
    tab.select_option("#language", "zh")
    assert tab.locator("html").get_attribute("lang") == "zh-CN"
    visit.close()


@pytest.mark.slow
def test_what_was_not_recorded_is_not_offered(whole, browser, tmp_path):
    file = tmp_path / "lesson.html"
    file.write_text(whole, encoding="utf-8")
    visit = Visit(browser, file.as_uri())
    for asks in (".panel .open", ".panel .why", "#find"):
        assert not visit.tab.locator(asks).first.is_visible(), asks
    visit.close()
