"""The page as one file: it asks for nothing, holds what was recorded, and plays from a memory stick."""

import base64
import json
import re
import zlib

import numpy as np
import pytest
from plans import small as small_plan
from visit import Visit

from commsim.core.errors import InputError
from commsim.page.advise import Doubted, reasons
from commsim.page.bundle import one_page
from commsim.page.export import MEMBERS, MOST_BYTES, recording, small
from commsim.page.fates import Fates, fates, suggested
from commsim.page.grid import Step, gone
from commsim.page.program import demonstration
from commsim.page.session import Program
from commsim.page.trace import BOUGHT, Wanted, trace

ONLY_SOME = 1_250_000
"""Bytes of a file that is soon made."""
FEW = 415_000
"""The same of plans of a few people and days."""
CELLS = "all => all.map(one => [...one.rows].flatMap(row => [...row.cells].map(cell => cell.textContent)))"
PHONE = {"width": 390, "height": 844}
FOUND = """(what) => {
    const t = JSON.parse(document.querySelector("#recorded").textContent);
    const r = new (modules["recordings.js"].Recordings)(t);
    const parts = (message) => {
        const length = new DataView(message).getUint32(4, true), bytes = new Uint8Array(message);
        return [new TextDecoder().decode(bytes.slice(8, 8 + length)), [...bytes.slice(8 + length)]];
    };
    return eval(what);
}"""


def table_of(page):
    return json.loads(re.search(r'id="recorded">(.*?)</script>', page)[1])


def record(program, seed=5, **more):
    return recording(program, seed, lang="en", lesson=False, tell=lambda done, ways: None, **more)


@pytest.fixture(scope="module")
def little():
    """A recording of two plans of a dozen days."""
    plans = tuple(small_plan().model_copy(update={"name": name, "days": 12}) for name in ("a", "b"))
    return plans, record(Program(plans), most=FEW)


@pytest.fixture(scope="module")
def whole():
    """What the command writes, with the first of the ways only."""
    told = []
    made = recording(
        demonstration(), None, lang="en", lesson=False, tell=lambda *done: told.append(done), most=ONLY_SOME
    )
    assert told[-1][0] >= made.held
    return made


@pytest.fixture
def file(whole, tmp_path):
    """The page on a memory stick."""
    found = tmp_path / "lesson.html"
    found.write_text(whole.page, encoding="utf-8")
    return found


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


def test_a_whole_file_is_small_enough_to_send():
    assert MOST_BYTES < 3_000_000


def test_scripts_come_behind_those_that_they_need():
    page = one_page({})
    for name, needs in re.findall(r'modules\["([\w.]+)"\] = (.*?)\n\}\)\(\);', page, re.DOTALL):
        for other in re.findall(r'= modules\["([\w.]+)"\];', needs):
            assert page.index(f'modules["{other}"] = (') < page.index(f'modules["{name}"] = ('), name
    assert 'modules["link.js"]' in page
    assert "new WebSocket" not in page


@pytest.mark.slow
def test_the_same_file_each_time(little):
    plans, made = little
    assert record(Program(plans), most=FEW) == made


@pytest.mark.slow
def test_what_has_no_room_is_left_out_and_the_first_come_first(little):
    _, made = little
    assert 0 < made.held < made.ways
    assert len(made.page.encode()) < FEW + 30_000
    for grid in table_of(made.page)["starts"][0]["grids"]:
        assert list(grid["runs"])[:3] == ["0 0 1", "0 0 2", "0 0 3"]  # nothing of both is what the plan does


@pytest.mark.slow
def test_plans_that_have_no_room_at_all_are_refused():
    with pytest.raises(InputError, match="without any change of a slider"):
        record(Program((small_plan(days=3),)), most=1000)


def test_a_large_community_is_made_small_by_whole_groups_and_a_small_one_stays():
    plan = demonstration().plans[0]
    assert small(plan).community.members == MEMBERS < plan.community.members
    assert small(small(plan)) == small(plan)
    for size, members in ((500, 500), (300, 600), (2000, MEMBERS)):
        community = plan.community.model_copy(update={"group_size": size, "members": 5000})
        assert small(plan.model_copy(update={"community": community})).community.members == members


def opened(browser, file, **size):
    return Visit(browser, file.as_uri(), **size)


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, {"width": 844, "height": 390}], ids=["upright", "lying"])
def test_it_plays_from_a_file_on_a_phone(browser, file, size):
    visit = opened(browser, file, **size, touch=True)
    tab = visit.tab
    tab.select_option("#speed", "25")
    tab.tap("#play")
    tab.locator("#today", has_text="Day 60 of 60").wait_for()
    assert tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    visit.go(10)
    box, today = tab.locator(".panel canvas").first.bounding_box(), tab.locator("#clock").bounding_box()
    assert today["y"] + today["height"] <= box["y"] + 1
    visit.close()


@pytest.mark.slow
def test_sliders_branches_and_second_thoughts(browser, file):
    visit = opened(browser, file, **PHONE)
    tab, slider = visit.tab, visit.tab.locator(".panel .quick .advert input").first
    visit.go(0)
    slider.fill("6")
    tab.locator(".panel h2", has_text="3 → 6 from day 1").wait_for()
    assert "nearest" not in tab.inner_text("#status")
    tab.locator(".panel .branch").first.click()
    visit.ready(3)
    visit.go(12)
    tab.locator(".panel .quick .content input").nth(2).fill("1")
    visit.told("nearest one to what you set")
    assert tab.locator(".panel h2").nth(2).inner_text() != tab.locator(".panel h2").nth(0).inner_text()
    tab.locator("#lesson-button").click()
    visit.ready(2)
    tab.locator(".lesson .primary").first.wait_for()
    visit.speak("zh")
    visit.close()


@pytest.mark.slow
def test_what_the_page_unpacks_is_what_the_program_runs(browser, file):
    visit = opened(browser, file)
    plans = [small(plan) for plan in demonstration().plans]
    seed = visit.tab.evaluate(FOUND, "t.starts[0].seed")
    for number, way in ((0, None), (1, None), (0, "0 0 0"), (1, "0 6 4"), (0, "0 1 2")):
        run = f"t.starts[0].runs[{number}]" if way is None else f"t.starts[0].grids[{number}].runs['{way}']"
        plan = plans[number] if way is None else gone(plans[number], (Step(*map(int, way.split())),))
        packed = trace(Wanted(plan, seed))
        length = int.from_bytes(packed[:4], "little")
        head, columns = visit.tab.evaluate(FOUND, f"parts(r.message({run}, 0))")
        assert json.loads(head) == json.loads(packed[4 : 4 + length])
        assert bytes(columns) == packed[4 + length :]
    visit.close()


@pytest.mark.slow
def test_what_was_not_recorded_is_not_offered(browser, file):
    visit = opened(browser, file)
    assert not visit.tab.locator(".panel .open").first.is_visible()
    visit.close()


@pytest.mark.slow
def test_why_of_a_plan_without_strategies_is_answered_as_by_the_server(little):
    _, made = little
    packed = table_of(made.page)["starts"][0]["reasons"]
    for reply in json.loads(zlib.decompress(base64.b64decode(packed))):
        assert reply["type"] == "refused"
        assert "no strategies" in reply["what"]["en"]


@pytest.mark.slow
def test_why_is_answered_of_the_plans_as_they_begin_and_of_no_others(browser, file):
    visit = opened(browser, file, **PHONE)
    tab, seed = visit.tab, visit.tab.evaluate(FOUND, "t.starts[0].seed")
    active = small(demonstration().plans[1])
    told = reasons(Doubted(active, seed, whole=True))
    for lang in ("zh", "en"):
        tab.select_option("#language", lang)
        tab.locator(".panel .why").nth(1).click()
        tab.wait_for_selector("#why[open]")
        shown = [[cell for row in rows for cell in row] for _, rows in told[lang]["tables"]]
        assert tab.locator("#why table").evaluate_all(CELLS) == shown
        assert not tab.locator("#why > button").count()  # nothing more is to be asked for
        tab.keyboard.press("Escape")
    tab.locator(".panel .quick .advert input").nth(1).fill("5")
    tab.locator(".panel h2", has_text="Adverts 5").wait_for()
    tab.locator(".panel .why").nth(1).click()
    visit.told("reasons of the plans as they begin")
    assert not tab.locator("#why[open]").count()
    visit.close()


@pytest.mark.slow
def test_suggested_members_have_their_stories_and_others_what_marks_tell(browser, whole, file):
    visit = opened(browser, file, **PHONE)
    tab = visit.tab
    visit.go(60)
    tab.wait_for_selector("#members:not([hidden])")
    tab.locator("#members li button").first.click()
    tab.wait_for_selector("#story[open]")
    assert tab.locator("#story .weighed .chance").count() >= 1
    assert tab.locator("#story .tellings section").count() == 2
    assert tab.locator("#story .weighed > .hint").count() == 0
    visit.leave_story()
    tab.fill("#person", str(stranger(whole)))
    tab.click("#find button")
    tab.wait_for_selector("#story[open]")
    assert tab.inner_text("#story .weighed").startswith("This file holds the reasons")
    assert tab.locator("#story .curve").count() == 0
    assert tab.locator("#story .band").count() >= 2
    visit.leave_story()
    visit.close()


def stranger(whole):
    """Somebody whose story was not recorded."""
    return next(person for person in range(MEMBERS) if str(person) not in kept(whole)["stories"])


def kept(whole):
    """What was recorded of members."""
    packed = table_of(whole.page)["starts"][0]["suggested"]
    return json.loads(zlib.decompress(base64.b64decode(packed)))


@pytest.mark.slow
def test_after_a_change_members_are_suggested_by_their_marks(browser, file):
    visit = opened(browser, file, **PHONE)
    tab = visit.tab
    tab.wait_for_selector("#members:not([hidden])")
    visit.go(0)
    tab.locator(".panel .branch").first.click()
    visit.ready(3)
    tab.locator(".panel .quick .advert input").nth(2).fill("0")
    tab.locator(".panel h2", has_text="no Adverts from day 1").wait_for()
    visit.go(60)
    tab.locator("#members .hint", has_text="no Adverts from day 1").wait_for()
    assert 2 <= tab.locator("#members .fate").count() // 3 <= 5
    tab.locator("#members li button").first.click()
    tab.wait_for_selector("#story[open]")
    assert tab.locator("#story .tellings section").count() == 3
    assert tab.locator("#story .weighed > .hint").count() == 1
    visit.close()


@pytest.mark.slow
def test_marks_tell_what_was_recorded(browser, whole, file):
    visit = opened(browser, file)
    recorded, seed = kept(whole), table_of(whole.page)["starts"][0]["seed"]
    cast = [int(person) for person in recorded["stories"]]
    for panel in (0, 1):
        gleaned = visit.tab.evaluate(FOUND, TELLINGS.format(panel=panel, cast=cast))
        for person, one in zip(cast, gleaned, strict=True):
            told = recorded["stories"][str(person)][panel]
            for name in ("person", "standing", "group_name", "inviter", "joined", "muted_at_start"):
                assert one[name] == told[name], name
            assert days(one) == days(told)
    found = visit.tab.evaluate(FOUND, SUGGESTED)
    assert (found["better"], found["members"]) == (recorded["better"], recorded["members"])
    runs = [with_orders(small(plan), seed) for plan in demonstration().plans]
    before = ()
    for at, chosen in found["picks"]:
        assert suggested(runs, at, before) == tuple(chosen), at
        before = tuple(chosen)
    visit.close()


TELLINGS = (
    "{cast}.map((person) => modules['gleaned.js'].telling(new (modules['trace.js'].Trace)("
    "r.message(t.starts[0].runs[{panel}], 0)), person))"
)
SUGGESTED = (
    "modules['gleaned.js'].suggestions(t.starts[0].runs.map((run) =>"
    " new (modules['trace.js'].Trace)(r.message(run, 0))), () => null)"
)


def days(told):
    """What both kinds of tellings have of a day."""
    kinds = ("join", "order", "payment", "invitation", "wrote", "muted", "unmuted", "left")
    found = [
        (one["day"], "saw" in one or "looked" in one, *(bool(one.get(kind)) for kind in kinds))
        for one in told["days"]
    ]
    return [one for one in found if any(one[1:])]


def with_orders(plan, seed):
    """Fates with days on which somebody ordered in place of money."""
    run, packed = fates(plan, seed), trace(Wanted(plan, seed))
    length = int.from_bytes(packed[:4], "little")
    start, _, shape = json.loads(packed[4 : 4 + length])["columns"]["marks"]
    marks = np.frombuffer(packed, np.uint8, shape[0] * shape[1], 4 + length + start).reshape(shape)
    return Fates(run.standing, np.cumsum((marks & BOUGHT) > 0, axis=0), np.ones(1, np.int64))


@pytest.mark.slow
def test_the_lesson_is_in_it_with_its_curve_to_draw(browser, file):
    visit = opened(browser, file)
    tab = visit.tab
    tab.click("#lesson-button")
    for number in range(1, 11):
        tab.locator("#lesson .place", has_text=f"Step {number} of 10").wait_for()
        visit.ready(2)
        assert tab.locator("#play").is_disabled()
        visit.go(5)
        assert tab.inner_text("#today").startswith("Before day 1")
        if number == 10:
            break
        tab.locator("#lesson > .buttons button").nth(min(1, number - 1)).click()
    tab.locator("#lesson input").fill("500")
    tab.locator("#lesson button[type=submit]").click()
    assert tab.locator("#play").is_enabled()
    visit.go(395)
    assert "of 400 such shops" in tab.inner_text(".reveal").lower()
    tab.locator("#lesson > .buttons button").first.click()
    knobs = tab.locator(".board [role=slider]")
    for knob in (knobs.first, knobs.last):
        knob.focus()
        tab.keyboard.press("ArrowDown")
    tab.locator("#lesson button[type=submit]").click()
    visit.go(180)
    assert "off on the average day" in tab.inner_text(".off")
    visit.close()


@pytest.mark.slow
def test_everybody_can_read_it_on_a_phone(browser, file):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    visit = opened(browser, file, **PHONE)
    visit.tab.emulate_media(reduced_motion="reduce")
    for day in (0, 50):
        visit.go(day)
        found = axe.Axe().run(visit.tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
        assert [one["id"] for one in found.response["violations"]] == []
    visit.close()
