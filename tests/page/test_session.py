"""What each message does to the panels."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from plans import ADVERTS, ENVELOPE, LIVELY, small
from test_trace import unpack

from commsim.analysis.measures import outcomes
from commsim.core.errors import InputError
from commsim.experiments.effort import PAGE_SECONDS
from commsim.page import server as page_server
from commsim.page.desk import WorkerLost
from commsim.page.forms import conditions, forms
from commsim.page.guard import Guard
from commsim.page.messages import read_message
from commsim.page.server import Server
from commsim.page.session import Program, Session
from commsim.scenario.load import load, loads
from commsim.simulation.run import simulate
from waiting import PATIENCE

PLAIN = small("plain", strategies=[ADVERTS])


class Here:
    """A desk in this process."""

    async def work(self, function, task):
        return function(task)


def session():
    return Session(Program((PLAIN, LIVELY), ((LIVELY, PLAIN),)), Here())


def ask(talk, **message):
    """All replies to a message."""

    async def collect():
        return [reply async for reply in talk.answer(read_message(json.dumps(message)))]

    with ThreadPoolExecutor(1) as apart:  # tests with a browser have a loop running in this thread
        return apart.submit(asyncio.run, collect()).result()


def started(seed=5, **more):
    talk = session()
    return talk, ask(talk, do="start", seed=seed, **more)


def head_of(reply):
    return reply[0], unpack(reply[4:])[0]


def test_a_start_runs_all_plans_in_one_world():
    _, (panels, first, second) = started()
    assert panels == {"type": "panels", "names": ["plain", "lively"], "seed": 5}
    for panel, (plan, reply) in enumerate(((PLAIN, first), (LIVELY, second))):
        number, head = head_of(reply)
        assert (number, head["name"], head["seed"]) == (panel, plan.name, 5)
        assert head["outcomes"] == pytest.approx(outcomes(simulate(plan, 5)), abs=1e-6)


def test_a_step_of_the_lesson_has_plans_of_its_own():
    _, (panels, *_) = started(step=0)
    assert panels["names"] == ["lively", "plain"]
    with pytest.raises(InputError, match="no step 2"):
        started(step=1)


def test_a_change_leaves_the_days_before_and_the_twin_as_they_were():
    talk, (_, first, _) = started()
    (changed,) = ask(
        talk, do="change", panel=0, day=8, name="red_envelope", settings={**ENVELOPE, "hour": 12}
    )
    (_, before), (panel, after) = head_of(first), head_of(changed)
    assert panel == 0
    for name, values in before["daily"].items():
        assert after["daily"][name][:8] == values[:8]
    assert after["daily"]["profit"] != before["daily"]["profit"]
    assert [entry["starts"] for entry in after["entries"]] == [0, 8]
    (twin,) = ask(talk, do="save", panel=1)
    assert loads(twin["yaml"]) == LIVELY


def test_a_saved_plan_runs_to_the_same_numbers():
    talk, _ = started()
    (changed,) = ask(talk, do="change", panel=0, day=8, name="advert", settings=None)
    (saved,) = ask(talk, do="save", panel=0)
    again = outcomes(simulate(loads(saved["yaml"]), 5))
    assert head_of(changed)[1]["outcomes"] == pytest.approx(again, abs=1e-6)


def test_a_branch_is_a_panel_of_its_own_until_there_are_four():
    talk, _ = started()
    (branch,) = ask(talk, do="branch", panel=0, day=7)
    panel, head = head_of(branch)
    assert (panel, head["name"]) == (2, "plain / 8")
    assert head["outcomes"] == pytest.approx(outcomes(simulate(PLAIN, 5)), abs=1e-6)
    ask(talk, do="branch", panel=2, day=9)
    with pytest.raises(InputError, match="4 panels already; close one first"):
        ask(talk, do="branch", panel=0, day=7)
    assert ask(talk, do="close", panel=0) == [{"type": "closed", "panel": 0}]
    assert ask(talk, do="save", panel=0)[0]["name"] == "lively"


@pytest.mark.parametrize(
    "message",
    [
        {"do": "branch", "panel": 0, "day": 7},
        {"do": "change", "panel": 0, "day": 8, "name": "advert", "settings": None},
    ],
)
def test_what_cannot_be_run_changes_nothing(message, monkeypatch):
    talk, _ = started()

    async def lost(self, function, task):
        raise WorkerLost("the simulation was stopped")

    with monkeypatch.context() as patch:
        patch.setattr(Here, "work", lost)
        with pytest.raises(WorkerLost):
            ask(talk, **message)
    assert loads(ask(talk, do="save", panel=0)[0]["yaml"]) == PLAIN
    with pytest.raises(InputError, match="no panel 3"):
        ask(talk, do="save", panel=2)


def test_no_branch_begins_after_the_run():
    talk, _ = started()
    with pytest.raises(InputError, match="the run is over"):
        ask(talk, do="branch", panel=0, day=3000)


def test_nothing_is_suggested_before_there_is_a_plan():
    (told,) = ask(session(), do="suggest")
    assert told == {"type": "suggested", "found": {}}


def test_the_name_of_a_branch_stays_a_name():
    long = small("n" * 80, strategies=[ADVERTS])
    talk = Session(Program((long, long)), Here())
    ask(talk, do="start", seed=5)
    _, head = head_of(ask(talk, do="branch", panel=0, day=7)[0])
    assert head["name"] == "n" * 76 + " / 8"


def test_the_last_panel_stays():
    talk, _ = started()
    ask(talk, do="close", panel=0)
    with pytest.raises(InputError, match="last panel"):
        ask(talk, do="close", panel=0)


class Line:
    """A WebSocket that keeps what is sent."""

    def __init__(self):
        self.sent = []

    async def send_text(self, text):
        self.sent.append(json.loads(text))


def test_who_waits_long_is_told_so(monkeypatch):
    monkeypatch.setattr(page_server, "SILENCE", 0.02)
    server, line = Server(Program((PLAIN,)), Guard("127.0.0.1", 1), {}), Line()

    async def replies():
        yield {"type": "quick"}
        while not any(sent["type"] == "waiting" for sent in line.sent):
            await asyncio.sleep(0.01)
        yield {"type": "slow"}

    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, server._answer(line, replies())).result(timeout=PATIENCE)
    assert [sent["type"] for sent in line.sent] == ["quick", "waiting", "slow"]
    assert line.sent[1]["seconds"] == PAGE_SECONDS


def test_stories_of_all_panels():
    talk, _ = started()
    ((reply),) = ask(talk, do="story", person=3)
    assert [told["person"] for told in reply["panels"]] == [3, 3]
    ((nobody),) = ask(talk, do="story", person=9_999_999)
    assert nobody["panels"] == [None, None]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (
            {"panel": 0, "day": 8, "name": "advert", "settings": {"kind": "advert", "posts": 99}},
            "posts: must be",
        ),
        ({"panel": 0, "day": 8, "name": "sale", "settings": {"kind": "flash_sale"}}, "^give either a price"),
        ({"panel": 3, "day": 8, "name": "advert", "settings": None}, "no panel 4"),
        ({"panel": 0, "day": 20, "name": "advert", "settings": None}, "the run is over"),
        ({"panel": 0, "day": 8, "name": "operator", "settings": ADVERTS}, "a meaning of its own"),
        ({"panel": 0, "day": 8, "name": "advert", "settings": {"kind": "content"}}, "is taken"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(message, reason):
    talk, _ = started()
    with pytest.raises(InputError, match=reason):
        ask(talk, do="change", **message)
    assert loads(ask(talk, do="save", panel=0)[0]["yaml"]) == PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "", "nonsense", "[]", "{}", '{"do": "format"}', '{"do": "start", "seed": -1}',
        '{"do": "start", "seed": 1e300}', '{"do": "start", "seed": "1"}', '{"do": "save", "panel": 4}',
        '{"do": "save", "panel": 0, "file": "/etc/passwd"}', '{"do": "story", "person": 1e9}',
        '{"do": "change", "panel": 0, "day": 1, "name": "a\\u0000b", "settings": null}',
        '{"do": "change", "panel": 0, "day": 9999, "name": "x", "settings": null}',
    ],
)  # fmt: skip
def test_other_messages_are_not_understood(text):
    with pytest.raises(InputError, match="not a message"):
        read_message(text)


def test_a_saved_plan_over_the_users_own_members_gives_the_same_run(tmp_path):
    (tmp_path / "members.csv").write_text("id\n" + "".join(f"m{i}\n" for i in range(40)))
    (tmp_path / "plan.yaml").write_text(
        "name: own\ndays: 6\nproducts: [{name: a, price: 9, unit_cost: 4}]\n"
        "community: {roster: {file: members.csv}}\n"
    )
    talk = Session(Program((load(tmp_path / "plan.yaml"),)), Here())
    ask(talk, do="start", seed=5)
    (changed,) = ask(talk, do="change", panel=0, day=2, name="red_envelope", settings=ENVELOPE)
    (saved,) = ask(talk, do="save", panel=0)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "saved.yaml").write_text(saved["yaml"])
    again = load(tmp_path / "elsewhere" / "saved.yaml")
    assert head_of(changed)[1]["outcomes"] == pytest.approx(outcomes(simulate(again, 5)), abs=1e-6)


def test_whom_a_strategy_addresses_is_asked_on_the_page_and_kept_where_it_is_not():
    talk, _ = started()
    aim = {"do": "change", "panel": 0, "name": "aimed"}

    def now(day, **settings):
        (reply,) = ask(talk, **aim, day=day, settings={"kind": "content", **settings})
        return [one for one in head_of(reply)[1]["entries"] if one["name"] == "aimed"][-1]

    first = now(3, who={"activity": ">15%", "bought": True})["who"]
    assert (first["activity"], first["bought"]) == (">15%", True)
    kept = now(5, posts=2)
    assert (kept["posts"], kept["who"]["activity"]) == (2, ">15%")
    assert now(6, who=None)["who"] is None
    with pytest.raises(InputError, match="per cent says nothing"):
        now(7, who={"orders": ">1%"})


def test_forms_offer_conditions_where_members_can_be_chosen():
    assert {one["name"] for one in conditions()} >= {"activity", "bought", "tag", "level", "last_order"}
    whom = {one["kind"]: one["who"] for one in forms()}
    assert whom["content"]
    assert not whom["group_rules"]
