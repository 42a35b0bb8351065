"""What is drawn of a run, without a server: death that is seen, cards that fall, bands, and the account."""

import pytest

pytestmark = pytest.mark.slow
HERE, MUTED = 2, 6

BALL = """
    const [rows, group] = v, people = group.length, { lattice, seats } = modules["balls.js"];
    const trace = { days: rows.length - 1, persons: people, groups: 1, columns: { group } };
    const made = lattice(people), all = [...seats({ ...trace, marks: (at) => rows[at] }, made)];
    const evening = (at) => all.slice(at * people, (at + 1) * people);
    return rows.map((_, at) => evening(at).map((place) => made.places[place] ?? null));
"""


def test_a_ball_shrinks_as_members_leave_and_the_muted_sink(ask):
    rows = [[HERE] * 12, [MUTED] * 5 + [HERE] * 7, [0] * 4 + [MUTED] * 3 + [HERE] * 5]
    for marks, places in zip(rows, ask(BALL, rows, [0] * 12), strict=True):
        here = [place for place in places if place]
        assert [place is not None for place in places] == [mark > 0 for mark in marks]
        assert len({tuple(place) for place in here}) == len(here)
        assert max(x * x + y * y for x, y in here) == pytest.approx(len(here) - 0.5)
        sunk = [place[1] for mark, place in zip(marks, places, strict=True) if mark == MUTED]
        others = [place[1] for mark, place in zip(marks, places, strict=True) if mark == HERE]
        assert not sunk or min(sunk) > max(others)  # down is more


NEAR = """
    const calls = [], made = new modules["near.js"].Near(), [before, after, deeds] = v;
    const note = (name) => (...values) => calls.push([name, ...values]);
    const pen = new Proxy({}, { get: (_, name) => note(name), set: () => true });
    const marks = (at) => [before, after][at], row = () => before.map(() => 0);
    made.show({ columns: {}, deeds: [deeds], marks, row }, [...before.keys()]);
    made.place(400, 200);
    return [0.05, 0.6].map((phase) => {
        calls.length = 0;
        made.draw(pen, 1, phase, false, 0, () => null);
        const told = (name) => calls.filter((call) => call[0] === name);
        const shut = told("quadraticCurveTo").length / 2, cards = told("fillText").map((call) => call[1]);
        const falls = told("translate").map((call) => call[2]);
        return { cards, falls, shut, left: Math.min(...told("arc").map((call) => call[1])) };
    });
"""


def test_posts_fall_into_the_group_who_mutes_has_a_struck_bell_and_who_leaves_walks_out(ask):
    deeds = [["a", "post", 2], ["b", "content", 1], ["c", "sale", 0], ["d", "envelope", 0], ["e", "rules", 0]]
    first, later = ask(NEAR, [HERE, HERE, HERE], [0, MUTED, HERE], deeds)
    assert first["cards"] == later["cards"] == ["ad", "ad", "read", "sale", "money"]
    assert all(one < other for one, other in zip(first["falls"], later["falls"], strict=True))
    assert first["shut"] == 1
    assert later["left"] < first["left"] - 50
    stays, _ = ask(NEAR, [HERE, HERE, HERE], [HERE, MUTED, HERE], [])
    assert stays["left"] > first["left"]
    assert stays["cards"] == []


BANDS = """
    const curves = Object.create(modules["curves.js"].Curves.prototype);
    const trace = { curves: { own: [1, 2, 3] }, outlook: { band: { own: [[0, 1, 2], [2, 3, 4]] } } };
    Object.assign(curves, { traces: [trace, { curves: { own: [5, 5, 5] } }], before: [], days: [1, 2, 3] });
    return curves.data("own", v[0]);
"""


def test_the_band_of_worlds_lies_behind_each_curve_up_to_the_clock(ask):
    none = [None, None, None]
    low, high = [0, 1, None], [2, 3, None]
    assert ask(BANDS, 2) == [[1, 2, 3], low, high, none, none, none, none, [1, 2, None], [5, 5, None]]


INKS = """
    const { inks } = modules["marks.js"], { LINES } = modules["curves.js"];
    const marks = (isDark) => Object.values({ ...inks(isDark), edge: "" });
    return [LINES.map(({ ink }) => ink), [...marks(false), ...marks(true)]];
"""


def test_colours_of_panels_are_those_of_no_mark(ask):
    def parts(ink):
        return [int(ink[at : at + 2], 16) for at in (1, 3, 5)]

    lines, marks = ask(INKS)
    assert len(set(lines)) == 4
    for line in lines:
        for mark in (mark for mark in marks if len(mark) == 7):  # veils have the colour of their ground
            apart = sum((a - b) ** 2 for a, b in zip(parts(line), parts(mark), strict=True)) ** 0.5
            assert apart > 40, (line, mark)


def test_the_account_says_when_selling_hard_was_ahead_and_what_a_quarter_more_brings(ask):
    told = "return modules['account.js'].account({ curves: { own: v[0] }, outlook: v[1] });"
    quarter = {"quarter": {"mean": -900, "low": -1000, "high": -800}}
    more = " Going on like this, the next quarter brings −900 yuan (−1,000 to −800 in nine of ten worlds)."
    fell = "Best on day 2: +300 yuan against no operator. It ends at −50."
    assert ask(told, [100, 300, 200, -50], quarter) == fell + more
    assert ask(told, [100, 300, 200, -50], {}) == fell
    assert ask(told, [100, 300, 290], {}) == "It ends +290 yuan against no operator."
    assert ask(told, [-100, 30, -200], {}) == "It ends −200 yuan against no operator."
