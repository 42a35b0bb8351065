"""What a class may do, and what it may not."""

import json

import pytest
from plans import small

from commsim.analysis.league import MOST_TEAMS
from commsim.core.errors import InputError
from commsim.page.cards import MOST_CARDS, Taken
from commsim.page.classroom import MOST_LETTERS, Classroom, Join, Look, read_message
from commsim.page.pricing import Price
from commsim.page.register import Register, Secrets

SHOP = small("shop", members=60, days=6, strategies=[{"kind": "content"}])
CARDS = [Taken(kind="red_envelope", settings={"total": 30.0}, first=1, last=6)]
CHEAP = Price((10.0,), 10.0, 9.0, 11.0)


def a_class(budget=100.0):
    return Classroom(SHOP, "1234", budget)


def join(room, team="Reds", code="1234", token="", address="a"):
    return room.join(Join(do="join", team=team, code=code, token=token), address)


def hand_in(room, token, cost=CHEAP):
    room.hand_in(token, CARDS, room.made(token, CARDS), cost)


def as_text(**more):
    return json.dumps({"do": "join", "team": "Reds", "code": "1234"} | more)


def with_cards(cards):
    return json.dumps({"do": "hand_in", "token": "x", "cards": cards})


def test_a_team_is_known_by_its_phone():
    room = a_class()
    token = join(room)
    assert join(room, "Crimson", token=token) == token
    assert [team.name for team in room.teams.values()] == ["Crimson"]
    for name in ("crimson", " Crimson ", "ＣＲＩＭＳＯＮ"):
        with pytest.raises(InputError, match="another team has this name"):
            join(room, name)
    assert join(room, "Blues", token="made up") not in {token, "made up"}
    with pytest.raises(InputError, match="has not joined"):
        room.made("made up", CARDS)


def test_the_last_plan_counts_until_the_close():
    room = a_class()
    token = join(room)
    assert room.handed_in == {}
    hand_in(room, token)
    hand_in(room, token, cost=Price((50.0,), 50.0, 50.0, 50.0))
    assert room.handed_in[token].price.all == 50.0
    room.closed = True
    with pytest.raises(InputError, match="the round is closed"):
        hand_in(room, token)


def test_a_close_while_the_price_is_awaited_keeps_the_plan_out():
    room = a_class()
    token = join(room)
    made = room.made(token, CARDS)
    room.closed = True
    with pytest.raises(InputError, match="the round is closed"):
        room.hand_in(token, CARDS, made, CHEAP)
    assert room.handed_in == {}


def test_after_the_close_nothing_is_priced():
    room = a_class()
    token = join(room)
    room.closed = True
    with pytest.raises(InputError, match="the round is closed"):
        room.made(token, CARDS)


def test_names_that_look_the_same_on_the_wall_are_the_same():
    room = a_class()
    join(room, "Red  Team")
    with pytest.raises(InputError, match="another team has this name"):
        join(room, "Red Team")


def test_no_more_addresses_are_remembered_than_fit():
    room = a_class()
    for k in range(600):
        with pytest.raises(InputError, match="not the code"):
            join(room, code="0000", address=f"address {k}")
    assert len(room._wrong) <= 512


def test_nobody_hands_in_what_the_budget_does_not_pay():
    room = a_class(budget=9.0)
    token = join(room)
    with pytest.raises(InputError, match="costs about 10 yuan, more than the budget of 9 yuan"):
        hand_in(room, token, Price((10.0,), 10.0, 9.0, 11.0))
    assert room.handed_in == {}
    room.budget = None
    hand_in(room, token)
    assert list(room.handed_in) == [token]


def test_the_trainer_takes_a_team_out():
    room = a_class()
    token = join(room)
    assert room.remove("Reds") == [token]
    assert room.remove("Reds") == []
    join(room)  # its name is free again


def test_wrong_codes_are_refused_and_soon_not_even_looked_at():
    room = a_class()
    for _ in range(10):
        with pytest.raises(InputError, match="not the code"):
            join(room, code="0000")
    with pytest.raises(InputError, match="too many wrong codes"):
        join(room)
    join(room, address="b")  # others are not kept from it
    assert len(room.teams) == 1


def test_so_many_teams_and_no_more():
    room = a_class()
    tokens = [join(room, f"team {k}") for k in range(MOST_TEAMS)]
    with pytest.raises(InputError, match="60 teams at most"):
        join(room, "one more")
    join(room, "another", token=tokens[0])
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
        with_cards({"content": {}}),
        with_cards([{"kind": "content", "settings": {"posts": "1"}}]),
        with_cards([{"kind": "content", "settings": {"posts": {}}}]),
        with_cards([{"kind": "content", "more": 1}]),
        with_cards([{"kind": "content"}] * (MOST_CARDS + 1)),
        with_cards([{"kind": "red_envelope", "weekdays": ["mon"] * 8}]),
        with_cards([{"kind": "content", "first": 0}]),
        '{"do": "look"}',
    ],
)
def test_messages_that_are_none(text):
    with pytest.raises(InputError, match="not a message"):
        read_message(text)


def test_messages_that_are():
    (card,) = read_message(with_cards([{"kind": "content", "settings": {"posts": 2}}])).cards
    assert card.settings == {"posts": 2}
    assert read_message('{"do": "look", "key": "k"}') == Look(do="look", key="k")


def test_a_folder_brings_a_class_back(tmp_path):
    room, known = a_class(), Secrets("1234", "key", "name", [7])
    token, other = join(room), join(room, "Blues")
    hand_in(room, token)
    register = Register(tmp_path / "kept", SHOP)
    assert register.read() is None  # but the folder is there
    register.keep(room, known)
    data, again = register.read(), a_class()
    register.revive(data, again)
    assert again.teams == room.teams
    assert again.teams[other].plan is None
    assert (data["code"], data["key"], data["seeds"]) == ("1234", "key", [7])
    assert (again.number, again.closed) == (1, False)
    room.closed = True
    register.keep(room, known)
    register.revive(register.read(), again)
    assert (again.number, again.closed) == (2, False)  # its ladder may have been seen
    with pytest.raises(InputError, match="another shop"):
        Register(tmp_path / "kept", SHOP.model_copy(update={"days": 7})).read()


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="holds other things"):
        Register(tmp_path, SHOP).read()
    (tmp_path / "league.json").write_text("{}")
    with pytest.raises(InputError, match="no league that can go on"):
        Register(tmp_path, SHOP).read()
    assert Register(None, SHOP).read() is None
