"""What a class may do, and what it may not."""

import json

import pytest
from plans import small

from commsim.analysis.league import MOST_TEAMS
from commsim.core.errors import InputError
from commsim.page.cards import MOST_CARDS, Taken
from commsim.page.class_messages import MOST_LETTERS, Join, Look, read_message
from commsim.page.classroom import MOST_OF_ONE, Classroom, Secrets
from commsim.page.pricing import Price
from commsim.page.register import Register

SHOP = small("shop", members=60, days=6, strategies=[{"kind": "content"}])
CARDS = [Taken(kind="red_envelope", settings={"total": 30.0}, first=1, last=6)]
CHEAP = Price((10.0,), 10.0, 9.0, 11.0)


def a_class(budget=100.0):
    return Classroom(SHOP, Secrets("1234", "key", "name"), budget)


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


@pytest.mark.parametrize(
    "name", ["Red Team", "red\u200b team", "Red\u3000Team\ufe0f", "ＲＥＤ team", "Red\u00ad Team"]
)
def test_names_that_look_the_same_on_the_wall_are_the_same(name):
    room = a_class()
    join(room, "Red  Team")
    with pytest.raises(InputError, match="another team has this name"):
        join(room, name)


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u2800 \u2800", "\ufe0f"])
def test_nobody_has_a_name_that_nobody_sees(name):
    room = a_class()
    with pytest.raises(InputError, match="nobody can see this name"):
        join(room, name)
    assert room.teams == {}


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
    tokens = [join(room, f"team {k}", address=f"{k}") for k in range(MOST_TEAMS)]
    with pytest.raises(InputError, match="60 teams at most"):
        join(room, "one more")
    join(room, "another", token=tokens[0])
    assert len(room.teams) == MOST_TEAMS


def test_one_address_does_not_fill_the_class():
    room = a_class()
    token, *_ = [join(room, f"team {k}") for k in range(MOST_OF_ONE)]
    with pytest.raises(InputError, match=f"{MOST_OF_ONE} teams have joined from here"):
        join(room, "one more")
    join(room, "renamed", token=token)
    join(room, "elsewhere", address="b")
    room.remove("renamed")
    join(room, "one more")


def test_one_address_changes_so_much_and_no_more():
    room = a_class()
    token = join(room)
    for k in range(59):
        join(room, f"name {k}", token=token)
    for change in (lambda: join(room, "one more", token=token), lambda: room.check_pace("a")):
        with pytest.raises(InputError, match="too much at once from here"):
            change()
    assert room.team(token).name == "name 58"
    room.check_pace("b")


def test_what_ends_with_an_error_is_undone():
    room = a_class()
    token = join(room)
    hand_in(room, token)
    before = dict(room.teams)

    def much():
        with room.undone_by_errors():
            hand_in(room, token, Price((20.0,), 20.0, 20.0, 20.0))
            hand_in(room, join(room, "Blues"))
            assert room.close() == room.seeds[0]
            room.next_round()
            room.closed = True
            raise InputError("full")

    with pytest.raises(InputError, match="full"):
        much()
    assert (room.teams, room.seeds, room.number, room.closed) == (before, [], 1, False)


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


def kept(tmp_path, **more):
    """A folder with a class of two teams, of which one has handed in; and its register."""
    room = a_class()
    hand_in(room, join(room))
    join(room, "Blues")
    register = Register(tmp_path / "kept", SHOP)
    assert register.read() is None  # but the folder is there
    for name, value in more.items():
        setattr(room, name, value)
    register.keep(room)
    return room, register


def test_a_folder_brings_a_class_back(tmp_path):
    room, register = kept(tmp_path, seeds=[7])
    data, again = register.read(), a_class()
    register.revive(data, again)
    assert again.teams == room.teams
    assert [team.plan is None for team in again.teams.values()] == [False, True]
    assert (data.known, again.seeds) == (room.known, [7])
    assert (again.number, again.closed) == (1, False)
    room.closed = True
    register.keep(room)
    again = a_class()
    register.revive(register.read(), again)
    assert (again.number, again.closed) == (2, False)  # its ladder may have been seen
    with pytest.raises(InputError, match="another shop"):
        Register(tmp_path / "kept", SHOP.model_copy(update={"days": 7})).read()


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="holds other things"):
        Register(tmp_path, SHOP).read()
    for text in ("{}", "[]", "null", '{"format": 2}'):
        (tmp_path / "league.json").write_text(text)
        with pytest.raises(InputError, match="no league that can go on"):
            Register(tmp_path, SHOP).read()
    assert Register(None, SHOP).read() is None


def without(name):
    return lambda data: data.pop(name)


def put(**more):
    return lambda data: data.update(more)


def of_a_team(**more):
    return lambda data: next(iter(data["teams"].values())).update(more)


def of_a_card(**more):
    return lambda data: next(iter(data["teams"].values()))["cards"][0].update(more)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (without("teams"), "teams: missing"),
        (without("shop"), "shop: missing"),
        (put(teams=[]), "teams: "),
        (put(round="2"), "round: "),
        (put(round=0), "round: "),
        (put(closed=None), "closed: "),
        (put(seeds=["a"]), "seeds"),
        (put(seeds=[-1]), "seeds"),
        (put(round=3), "seeds: the seed of a round that was closed is missing"),
        (put(more=1), "more: unknown key"),
        (of_a_team(name="a\nb"), "name: "),
        (of_a_team(name="blues"), "Blues: another team has this name"),
        (of_a_team(cards=None), "Reds: cards and their price come together"),
        (of_a_team(price=None), "Reds: cards and their price come together"),
        (of_a_team(price=[[], "x", 1, 2]), "price"),
        (of_a_team(price=[[], float("nan"), 1, 2]), "price"),
        (of_a_team(price=[[1.0, 2.0], 1, 1, 2]), "Reds: cards and their price come together"),
        (of_a_card(kind="made_up"), "Reds: made_up: there is no such card"),
        (of_a_card(settings={"total": -5}), "Reds: red_envelope.total: choose 1 to"),
        (of_a_card(settings={"total": "5"}), "total"),
        (of_a_card(days=3), "unknown key"),
    ],
)
def test_a_damaged_file_is_told_and_stays(tmp_path, damage, told):
    _, register = kept(tmp_path)
    file = tmp_path / "kept/league.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    damage(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(InputError) as refused:
        register.revive(register.read(), a_class())
    assert (str(file) in str(refused.value), told in str(refused.value)) == (True, True), refused.value
    assert refused.value.remedy == "put it right, or give another --out; the file stays as it is"
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text[:100], "league.json:4: is damaged: no JSON from here on"),
        (lambda text: b"", "league.json:1: is damaged"),
        (lambda text: b"[" * 100_000, "league.json:1: is damaged"),
        (lambda text: text.replace(b"Reds", b"R\xff"), "league.json: the text is not UTF-8"),
    ],
)
def test_a_file_that_is_no_json_is_told_and_stays(tmp_path, damage, told):
    _, register = kept(tmp_path)
    file = tmp_path / "kept/league.json"
    file.write_bytes(damage(file.read_bytes()))
    before = file.read_bytes()
    with pytest.raises(InputError) as refused:
        register.read()
    assert told in str(refused.value)
    assert file.read_bytes() == before


def test_two_servers_do_not_share_a_folder(tmp_path):
    _, register = kept(tmp_path)
    again = Register(tmp_path / "kept", SHOP)
    with register.held(), pytest.raises(InputError, match="stop it, or give another --out"), again.held():
        pass
    (tmp_path / "kept/league.json").unlink()
    with again.held():  # whoever held it is gone, and so is what stood for that
        assert again.read() is None


def test_a_mark_at_the_head_of_a_file_does_no_harm(tmp_path):
    _, register = kept(tmp_path)
    file = tmp_path / "kept/league.json"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())  # as some editors write it
    assert register.read().round == 1
