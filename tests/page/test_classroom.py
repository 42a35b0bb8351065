"""What a class may hand in, and what it may not."""

import json

import pytest
from plans import small

from commsim.analysis.league import MOST_TEAMS
from commsim.core.errors import InputError
from commsim.page.cards import CARDS, cards, plan_of
from commsim.page.classroom import (
    MOST_LETTERS,
    Asked,
    Classroom,
    HandIn,
    Look,
    Rules,
    Team,
    read_message,
    score,
)
from commsim.scenario.fields import limits
from commsim.strategies.registry import find

SALE = {"kind": "flash_sale", "price": 25, "reach": 0.5, "warm_up": 1, "starts": 2, "name": "evening"}
SHOP = small(
    "shop",
    members=60,
    days=6,
    strategies=[{"kind": "content"}, SALE, {"kind": "advert", "announces": "evening"}, {"kind": "moments"}],
)


def message(team="Reds", code="1234", token="", cards=None):
    return HandIn(do="hand_in", team=team, code=code, token=token, cards=cards or {})


def as_text(**more):
    return json.dumps({"do": "hand_in", "team": "Reds", "code": "1234", "cards": {}} | more)


def test_cards_offer_what_the_settings_allow():
    for card, shown in zip(CARDS, cards(SHOP), strict=True):
        assert 1 <= len(card.sliders) <= 3
        for slider in shown["sliders"]:
            low, high = limits(find(card.kind).model_fields[slider["name"]])
            assert (low or 0) <= slider["low"] <= slider["value"] <= slider["high"]
            assert high is None or slider["high"] <= high
    on = {shown["kind"] for shown in cards(SHOP) if shown["on"]}
    assert on == {"content", "flash_sale", "advert"}


@pytest.mark.parametrize("end", ["low", "high", "value"])
def test_all_cards_at_once_are_a_plan(end):
    taken = {
        one["kind"]: {slider["name"]: slider[end] for slider in one["sliders"]}
        | ({"weekdays": ["sun", "mon"]} if one["weekdays"] else {})
        for one in cards(SHOP)
    }
    plan = plan_of(SHOP, "all", taken)
    assert {card.kind for card in CARDS} < {entry.kind for entry in plan.strategies}
    assert next(entry for entry in plan.strategies if entry.kind == "red_envelope").weekdays == ("mon", "sun")


def test_a_plan_keeps_what_no_card_changes():
    plan = plan_of(SHOP, "Reds", {"flash_sale": {"discount": 0.3}, "advert": {"posts": 2}})
    assert [entry.kind for entry in plan.strategies] == ["flash_sale", "advert", "moments"]
    sale, advert, _ = plan.strategies
    assert (sale.price, sale.discount, sale.reach, sale.name) == (None, 0.3, 0.5, "evening")
    assert (advert.posts, advert.announces) == (2, "evening")
    without = plan_of(SHOP, "Reds", {"advert": {}})
    assert [(entry.kind, getattr(entry, "announces", "")) for entry in without.strategies] == [
        ("advert", ""),
        ("moments", ""),
    ]


@pytest.mark.parametrize(
    "taken",
    [
        {"shills": {}},
        {"content": {"quality": 2}},
        {"content": {"posts": 11}},
        {"content": {"posts": float("nan")}},
        {"content": {"weekdays": ["mon"]}},
        {"content": {"posts": 1.5}},
        {"red_envelope": {"weekdays": []}},
        {"red_envelope": {"weekdays": ["day"]}},
        {"red_envelope": {"total": ["mon"]}},
    ],
)
def test_no_more_than_the_cards(taken):
    with pytest.raises(InputError):
        plan_of(SHOP, "Reds", taken)


def test_one_plan_a_team_and_the_last_one_counts():
    room = Classroom(SHOP, "1234")
    token = room.hand_in(message(), "a")
    assert room.hand_in(message("Crimson", token=token, cards={"content": {"posts": 2}}), "a") == token
    assert [team.name for team in room.teams.values()] == ["Crimson"]
    assert room.teams[token].plan.strategies[0].posts == 2
    with pytest.raises(InputError, match="another team has this name"):
        room.hand_in(message("crimson"), "b")
    assert room.hand_in(message("Blues", token="made up"), "b") not in {token, "made up"}


def test_wrong_codes_are_refused_and_soon_not_even_looked_at():
    room = Classroom(SHOP, "1234")
    for _ in range(10):
        with pytest.raises(InputError, match="not the code"):
            room.hand_in(message(code="0000"), "a")
    with pytest.raises(InputError, match="too many wrong codes"):
        room.hand_in(message(), "a")
    room.hand_in(message(), "b")  # others are not kept from it
    assert len(room.teams) == 1


def test_so_many_teams_and_no_more():
    room = Classroom(SHOP, "1234")
    tokens = [room.hand_in(message(f"team {k}"), "a") for k in range(MOST_TEAMS)]
    with pytest.raises(InputError, match="60 teams at most"):
        room.hand_in(message("one more"), "a")
    room.hand_in(message("another", token=tokens[0]), "a")
    assert len(room.teams) == MOST_TEAMS


@pytest.mark.parametrize("team", ["", "  ", "a\nb", "a\x1b[2Jb", "a\u202eb", "x" * (MOST_LETTERS + 1), 7])
def test_hostile_names(team):
    with pytest.raises(InputError, match="not a message"):
        read_message(as_text(team=team))


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        as_text(more=1),
        as_text(token="x" * 65),
        as_text(code="1" * 33),
        as_text(cards={"content": {"posts": "1"}}),
        as_text(cards={"content": {"posts": {}}}),
        as_text(cards={f"kind {k}": {} for k in range(17)}),
        as_text(cards={"red_envelope": {"weekdays": ["mon"] * 8}}),
        '{"do": "look"}',
    ],
)
def test_messages_that_are_none(text):
    with pytest.raises(InputError, match="not a message"):
        read_message(text)


def test_messages_that_are():
    assert read_message(as_text(cards={"content": {"posts": 2}})).cards == {"content": {"posts": 2}}
    assert read_message('{"do": "look", "key": "k"}') == Look(do="look", key="k")


def test_a_score_is_told_in_both_languages():
    teams = tuple(
        Team(name, plan_of(SHOP, name, {"red_envelope": {"total": yuan}}))
        for name, yuan in (("Reds", 1), ("Blues", 200))
    )
    origin = {"versions": {}, "command": ["commsim"], "created": "today"}
    found = score(Asked(teams, Rules(100, 2, 7, "profit", explained=False), origin))
    assert found.places == ("1", "-")
    assert [row[1] for row in found.ladder["en"]["rows"]] == ["Reds", "Blues"]
    assert len(found.ladder["zh"]["header"]) == len(found.ladder["zh"]["rows"][0])
    assert found.certificates["zh"].count('class="certificate"') == 2
