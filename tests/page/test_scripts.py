"""Scripts of the page by themselves, without a server or a run: what is told, weighed, and found nearest."""

import pytest

pytestmark = pytest.mark.slow

TALE = {
    "person": 7,
    "label": "Wang",
    "joined": 0,
    "inviter": 3,
    "group_name": "2",
    "muted_at_start": False,
    "standing": [4, 4, 2, 2, 1],
    "days": [
        {
            "day": 0,
            "join": [{"other": 3}],
            "saw": [[0, "post", 2], [0, "post", 1], [1, "post", 1], [1, "sale", 0]],
            "wrote": 2,
        },
        {"day": 1, "order": [{"yuan": 30, "cause": 1}], "payment": [{"yuan": 0.5, "cause": 2}]},
        {"day": 2, "saw": [], "muted": True, "order": [{"yuan": 12, "cause": 0}], "wrote": 1},
        {"day": 4, "left": True, "refund": [{"yuan": 30}], "invitation": [{"other": 9}]},
    ],
}
TRACE = {
    "causes": ["advert", "flash_sale", "red_envelope"],
    "kinds": {"advert": "advert", "flash_sale": "flash_sale", "red_envelope": "red_envelope"},
}


def test_a_fate_is_told_up_to_the_day_and_never_beyond(ask):
    fates = "const { fate } = modules['told.js']; return [1, 2, 3, 4, 5].map((at) => fate(v[0], at));"
    assert ask(fates, TALE) == [
        "looks in",
        "looks in; 1 order, 30 yuan",
        "muted on day 3; 2 orders, 42 yuan",
        "muted on day 3; 2 orders, 42 yuan",
        "left on day 5; 2 orders, 42 yuan",
    ]
    assert ask(fates, TALE | {"standing": [4, 2, 2, 2, 2]})[1] == "muted on day 2; 1 order, 30 yuan"
    assert ask(fates, TALE | {"standing": [2, 2, 3, 3, 0]})[:4:3] == [
        "muted from the start",
        "quiet since day 3; 2 orders, 42 yuan",
    ]


def test_a_portrait_counts_what_has_been(ask):
    portraits = "const { portrait } = modules['told.js']; return [1, 3].map((at) => portrait(v[0], at));"
    first, third = ask(portraits, TALE)
    assert first.endswith("Orders so far: 0, for 0 yuan; messages: 2.")
    assert third.endswith("Orders so far: 2, for 42 yuan; messages: 3.")
    assert "brought by member 3" in first
    assert "from the start" in ask(portraits, TALE | {"joined": -1})[0]
    assert "brought" not in ask(portraits, TALE | {"inviter": -1})[0]
    assert ask("return modules['told.js'].nameOf(v[0]);", TALE) == "7 · Wang"


def test_what_a_day_was_is_told_in_its_order(ask):
    told = ask("return v[0].days.map((day) => modules['told.js'].sentences(day, v[1]));", TALE, TRACE)
    assert told == [
        ["joined through member 3.", "looked in and found 3 posts of Adverts, Flash sale open.", "Wrote 2."],
        ["Got 0.50 yuan (Red envelope).", "Ordered for 30.00 yuan (Flash sale)."],
        [
            "looked in; nothing from the shop.",
            "Ordered for 12.00 yuan (Adverts).",
            "Wrote 1.",
            "Muted the group.",
        ],
        ["Sent a parcel back, 30.00 yuan refunded.", "Persuaded friend 9 to join.", "Left the group."],
    ]


LANES = """
    const told = { ...v[0], series: { posts: [1, 2, 3, 4, 5], trust: [1, 1, 1, 1, 1] } };
    const lane = { told, trace: { name: "long ".repeat(20) }, panel: 0 };
    const made = modules["timeline.js"].timeline([lane], v[1], 5, { em: 10, width: 300, label: "" });
    const many = (what) => made.querySelectorAll(what).length;
    const found = [...["posts", "looked", "wrote", "mark"].map((kind) => many(`.${kind}`)), many(".curve")];
    const points = made.querySelector(".curve").getAttribute("d").match(/[ML]/g).length;
    return [found, points, made.querySelector("text").textContent];
"""


@pytest.mark.parametrize(("at", "drawn"), [(1, [1, 1, 1, 1]), (3, [3, 2, 2, 5]), (5, [5, 2, 2, 7])])
def test_lanes_end_at_the_clock_and_names_where_there_is_no_room(ask, at, drawn):
    found, points, name = ask(LANES, TALE, at)
    assert found == [*drawn, 1]
    assert points == at
    assert name.endswith("…")
    assert len(name) < 50


def why(**more):
    """Parts of a day's chances to leave and to mute."""
    parts = dict.fromkeys(
        ("crowd", "impatience", "patience", "if_muted", "held", "leave_turned", "mute_turned"), 1.0
    )
    return (
        parts
        | {"posts": 3, "weight": 0.5, "adverts": 2, "heard": 1, "leave_by_posts": 0.8}
        | {"leave": 0.02, "mute": 0.1, "draw": 0.95}
        | more
    )


def side(name, did, reasons, **series):
    """A telling of two days under a plan; what happened, happened on the second."""
    told = {
        "standing": [4, 4],
        "muted_at_start": False,
        "days": [{"day": 1, did: True}] if did else [],
        "why": {"1": {"why": reasons}},
        "series": {"leave": [0.1, 0.02], "mute": [0.5, 0.1], "buy": [0.3, 0.2]} | series,
    }
    return {"told": told, "trace": {"name": name}, "panel": 0}


WEIGHED = """
    const { weighed } = modules["weighed.js"];
    const made = weighed(v[0], v[1].map((one, k) => ({ ...one, panel: k })), 10, 900);
    const [svg] = made.filter((one) => one.matches(".chances"));
    return {
        text: made.map((one) => one.textContent).join("\\n"),
        bars: [...svg.querySelectorAll("rect")].map((one) => Number(one.getAttribute("width"))),
        luck: Number(svg.querySelector("line").getAttribute("x1")),
    };
"""


def test_luck_and_chance_of_a_mute(ask):
    sides = [side("one", "muted", why()), side("two", None, why(mute=0.03))]
    found = ask(WEIGHED, {"day": 1, "what": "muted"}, sides)
    assert "they drew 5.00 of 100" in found["text"]
    assert "muted, at a chance of 10.0\u00a0%. By day 2, 55.0\u00a0% of such people" in found["text"]
    assert "did not mute, at a chance of 3.00\u00a0%" in found["text"]
    (muted, stayed), luck = found["bars"], found["luck"]
    assert stayed < luck < muted
    assert luck / muted == pytest.approx(0.5)


def test_luck_and_chance_to_leave(ask):
    sides = [side("one", "left", why(draw=0.01)), side("two", None, why(draw=0.01, leave=0.005))]
    found = ask(WEIGHED, {"day": 1, "what": "left"}, sides)
    assert "they drew 1.00 of 100" in found["text"]
    assert "left, at a chance of 2.00\u00a0%. By day 2, 11.8\u00a0% of such people" in found["text"]
    assert (
        "60\u00a0% come from the shop's posts and 20\u00a0% from members' adverts; 20\u00a0%" in found["text"]
    )
    assert found["bars"][1] < found["luck"] < found["bars"][0]


def test_who_has_muted_before_is_told_so_and_has_no_such_chance(ask):
    muted = side("two", None, why())
    muted["told"] |= {"standing": [2, 2], "muted_at_start": True}
    found = ask(WEIGHED, {"day": 1, "what": "muted"}, [side("one", "muted", why()), muted])
    assert len(found["bars"]) == 1
    assert "had muted before" in found["text"]
    later = side("one", "muted", why())
    later["told"] |= {"standing": [2, 4], "muted_at_start": True}
    found = ask(WEIGHED, {"day": 1, "what": "unmuted"}, [muted, later])
    assert len(found["bars"]) == 2
    again = side("one", None, {}, mute=[0.5, 0.5, 0.1])
    again["told"] |= {"standing": [2, 4, 2], "muted_at_start": True}
    again["told"] |= {"days": [{"day": 2, "muted": True}], "why": {"2": {"why": why()}}}
    assert "By day 3, 10.00\u00a0%" in ask(WEIGHED, {"day": 2, "what": "muted"}, [again])["text"]

    again = side("one", "left", why(), leave=[0.1, 0.02])
    again["told"] |= {"standing": [2, 1], "muted_at_start": True}
    assert "By day 2, 11.8\u00a0%" in ask(WEIGHED, {"day": 1, "what": "left"}, [again])["text"]


def test_an_order_has_its_luck_and_how_many_were_to_be_expected(ask):
    names = ("price", "scarce", "others", "trust", "touch", "before", "advert", "lift", "elsewhere", "nudge")
    urge = dict.fromkeys(names, 0.0) | {"usual": 0.2, "appeal": 0.5, "sample": 0, "chance": 0.2, "draw": 0.15}
    one, two = side("one", "order", why()), side("two", None, why())
    one["told"]["days"] = [{"day": 1, "order": [{"yuan": 30}]}]
    one["told"]["why"]["1"] = {"urge": urge | {"price": 0.5}}
    two["told"]["why"]["1"] = {"urge": urge | {"chance": 0.1}}
    found = ask(WEIGHED, {"day": 1, "what": "order"}, [one, two])
    assert "they drew 15.0 of 100" in found["text"]
    assert "By day 2: orders so far 1, to be expected 0.5." in found["text"]
    assert "0.10 orders a day" in found["text"]
    assert "Price, against usual and in mind 100\u00a0%" in found["text"]
    two["told"]["why"]["1"] = {}
    assert len(ask(WEIGHED, {"day": 1, "what": "order"}, [one, two])["bars"]) == 1


def test_only_what_did_not_happen_under_all_plans_is_weighed(ask):
    turns = "return modules['weighed.js'].turns(v[0], v[1]).map(({ day, what }) => [day, what]);"
    both = [side("one", "muted", why()), side("two", "muted", why())]
    both[1]["told"]["days"].append({"day": 3, "left": True})
    assert ask(turns, both, 9) == [[3, "left"]]
    assert ask(turns, both, 3) == []
    assert ask(turns, both[:1], 9) == [[1, "muted"]]
    foremost = "return modules['weighed.js'].foremost(v.map((what) => ({ what }))).what;"
    assert ask(foremost, "muted", "left", "order") == "left"
    assert ask(foremost, "order", "unmuted") == "unmuted"


TELLINGS = """
    const marks = [[2, 0, 6], [10, 0, 2], [18, 194, 2], [2, 130, 1]], none = [0, 0, 0];
    const wrote = [none, [3, 0, 0], none, none];
    const trace = { persons: 3, days: 3, group_names: ["old"] };
    Object.assign(trace, { marks: (at) => marks[at], row: (_, at) => wrote[at] });
    trace.columns = { group: [0, 0, 1], inviter: [-1, 0, -1] };
    return [0, 1, 2, 3].map((person) => modules["gleaned.js"].telling(trace, person));
"""


def test_marks_tell_the_days_of_members(ask):
    first, friend, third, nobody = ask(TELLINGS)
    assert first["days"] == [
        {"day": 0, "looked": True, "wrote": 3},
        {"day": 1, "order": [{}], "invitation": [{"other": 1, "day": 1}]},
    ]
    assert friend["days"] == [{"day": 1, "join": [{"other": 0}]}]
    assert third["days"] == [{"day": 0, "unmuted": True}, {"day": 2, "left": True}]
    assert [one["standing"] for one in (first, friend, third)] == [[4, 4, 4], [0, 3, 3], [3, 3, 1]]
    assert [one["joined"] for one in (first, friend, third)] == [-1, 1, -1]
    assert [one["muted_at_start"] for one in (first, friend, third)] == [False, False, True]
    assert [one["group_name"] for one in (first, friend, third)] == ["old", "old", "2"]
    assert friend["inviter"] == 0
    assert nobody is None


CHANGED = """
    const link = Object.create(modules["link.js"].Link.prototype), heard = [];
    const names = { advert: "advert", content: "content" };
    const grid = { posts: { advert: 3, content: 0 }, names, runs: {} };
    v[0].forEach((text, k) => { grid.runs[text] = k + 1; });
    Object.assign(link, { panels: [{ first: 0, run: 0, grid, way: [] }] });
    Object.assign(link, { hear: (told) => heard.push(told), show: () => {} });
    for (const [day, kind, posts] of v[1])
        await link.change({ panel: 0, day, name: kind, settings: posts ? { kind, posts } : null });
    const { way, run } = link.panels[0], last = heard[heard.length - 1];
    const steps = way.map(({ day, advert, content }) => `${day} ${advert} ${content}`);
    return [steps.join(" "), run, last.told, last.changes.length];
"""


@pytest.mark.parametrize(
    ("runs", "asked", "found", "is_another", "changes"),
    [
        # what was set before holds on, whichever slider it was
        (["5 0 0", "5 0 0 9 0 2"], [(5, "advert", 0), (9, "content", 2)], "5 0 0 9 0 2", False, 2),
        # both sliders on one day are one step
        (["5 0 0", "5 0 2"], [(5, "advert", 0), (5, "content", 2)], "5 0 2", False, 2),
        # an earlier change takes the later ones away
        (["2 3 1", "5 0 0", "2 3 1 5 0 1"], [(5, "advert", 0), (2, "content", 1)], "2 3 1", False, 1),
        # back to what the plan does: the plan itself
        (["5 0 0"], [(5, "advert", 0), (5, "advert", 3)], "", False, 0),
        # a slider that is not moved changes nothing
        (["5 0 0", "5 0 0 9 0 0"], [(5, "advert", 0), (9, "advert", 0)], "5 0 0", False, 1),
        # two days off are less than a post, and that less than five days
        (["5 1 0", "7 0 0"], [(5, "advert", 0)], "7 0 0", True, 1),
        (["5 1 0", "10 0 0"], [(5, "advert", 0)], "5 1 0", True, 1),
        # what was changed before counts half
        (
            ["0 4 0", "0 4 0 9 4 3", "0 1 0 9 4 1"],
            [(0, "advert", 4), (9, "content", 1)],
            "0 1 0 9 4 1",
            True,
            3,
        ),
        (
            ["0 4 0", "0 0 0 9 4 1", "0 4 0 9 4 2"],
            [(0, "advert", 4), (9, "content", 1)],
            "0 4 0 9 4 2",
            True,
            2,
        ),
        # a step more or less is worse than any other difference
        (["9 0 0", "0 3 2 9 6 1"], [(9, "advert", 6)], "9 0 0", True, 1),
    ],
)
def test_the_recorded_run_that_is_nearest(ask, runs, asked, found, is_another, changes):
    way, run, told, many = ask(CHANGED, runs, asked)
    assert (way, told, many) == (found, is_another, changes)
    assert run == (runs.index(found) + 1 if found else 0)
