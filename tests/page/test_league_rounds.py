"""A live league's rounds: each has worlds that nobody has seen, and nothing is done that is not kept."""

import asyncio
import html
import json
import re
import shlex
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from plans import small
from typer.testing import CliRunner

from commsim.analysis.league import MOST_TEAMS, league
from commsim.cli import app
from commsim.core.errors import CommsimError, InputError
from commsim.experiments.limits import Limits
from commsim.experiments.worlds import world_seed
from commsim.page import rounds
from commsim.page.cards import Taken
from commsim.page.class_messages import Again, HandIn, Join, Look, Remove, Score
from commsim.page.classroom import Classroom, Secrets
from commsim.page.guard import Guard
from commsim.page.house import TRY_LATER
from commsim.page.ladder import LeagueServer
from commsim.page.pricing import TRIAL_WORLDS, Price
from commsim.page.register import Register
from commsim.page.scoring import Rules, Step
from commsim.page.standing import results
from waiting import PATIENCE

SHOP = small("shop", members=60, days=6, strategies=[{"kind": "content"}])
CARDS = [Taken(kind="red_envelope", settings={"total": 30.0}, first=1, last=6)]
CHEAP = Price((10.0,), 10.0, 9.0, 11.0)
SCORE, AGAIN = Score(do="score", key="key"), Again(do="again", key="key")


class Socket:
    """A visitor's line, which notes what it is told."""

    client = None

    def __init__(self):
        self.told = []

    async def send_text(self, text):
        self.told.append(json.loads(text))

    def last(self, what):
        return [one for one in self.told if one["type"] == what][-1]


class Hung(Socket):
    """One that takes nothing."""

    closed = False

    async def send_text(self, text):
        await asyncio.Event().wait()

    async def close(self, code):
        self.closed = True


@pytest.fixture(scope="module")
def found():
    """A ladder of the two teams."""
    plans = [SHOP.model_copy(update={"name": "Reds"}), SHOP.left_alone().model_copy(update={"name": "Blues"})]
    return league(plans, worlds=2, seed=7, explained=False, workers=1)


@pytest.fixture
def server(tmp_path):
    """Of two teams, both of which have handed in; Reds' phone and the trainer's page are there."""
    room = Classroom(SHOP, Secrets("1234", "key", "name"), None, [7])
    tokens = [room.join(Join(do="join", team=team, code="1234"), "a") for team in ("Reds", "Blues")]
    for token in tokens:
        room.hand_in(token, CARDS, room.made(token, CARDS), CHEAP)
    register = Register(tmp_path / "kept", SHOP)
    register.read()
    made = LeagueServer(
        room,
        Rules(None, 12, "profit", True),
        Guard("127.0.0.1", 80),
        Limits(),
        register=register,
        lang="en",
        address="http://127.0.0.1/",
        origin={"command": ["commsim"], "created": "today", "versions": {}},
    )
    made.phone, made.wall, made.tokens = Socket(), Socket(), tokens
    made._crowd.phones[made.phone] = tokens[0]
    made._crowd.trainers.add(made.wall)
    return made


@pytest.fixture
def scored(monkeypatch):
    """Seeds in which rounds are scored, each of which hears the next of the steps that a test appends."""
    seeds, coming = [], []

    def scoring(plans, rules, seed, limits, workers, hear):
        seeds.append(seed)
        for step in coming.pop(0):
            hear(step)

    monkeypatch.setattr(rounds, "Scoring", scoring)
    return seeds, coming


def do(server, *messages):
    """Have the trainer ask for all that, one after the other."""

    async def ask():
        for message in messages:
            await server._answer(server.wall, message)
            if message is SCORE:
                await server._followed

    asyncio.run(ask())


def whole(found):
    return [Step("ladder", found=found), Step("ladder", found=found, last=True), Step("end")]


FAILED = Step("failed", error=CommsimError("a run was ended"))


def on_disk(server):
    return server._register.read()


def test_every_round_is_scored_in_worlds_of_its_own(server, scored, found):
    seeds, coming = scored
    coming += [whole(found)] * 3
    do(server, *(SCORE, AGAIN) * 3)
    assert seeds == server._class.seeds
    assert (seeds[0], len(set(seeds))) == (7, 3)


def test_a_second_click_opens_no_third_round(server, scored, found):
    scored[1].append(whole(found))
    do(server, SCORE, AGAIN, AGAIN)
    assert (server._class.number, server._class.closed) == (2, False)
    assert server.wall.last("class")["ladder"] is None


def test_a_closed_round_is_not_scored_again(server, scored, found):
    scored[1].append(whole(found))
    do(server, SCORE)
    with pytest.raises(InputError, match="the round is closed"):
        do(server, SCORE)
    assert scored[0] == [7]


def test_a_round_that_fails_before_anything_is_seen_opens_again(server, scored):
    seeds, coming = scored
    coming += [[FAILED], [FAILED]]
    do(server, SCORE, SCORE)
    assert seeds == [7, 7]
    assert (server._class.number, server._class.closed) == (1, False)
    assert on_disk(server).closed is False
    assert server.wall.told[-1]["what"]["en"] == "a run was ended"  # after all else, so that it stays
    assert server.phone.last("mine")["closed"] is False


def test_worlds_that_were_seen_are_not_played_in_again(server, scored, found):
    seeds, coming = scored
    coming += [[Step("ladder", found=found), FAILED], [FAILED]]
    do(server, SCORE, SCORE)
    assert seeds[0] == 7 != seeds[1]
    assert (server._class.number, on_disk(server).round) == (2, 2)
    state = server.wall.last("class")
    assert (state["ladder"], state["progress"], state["busy"]) == (None, None, False)


def test_a_whole_ladder_outlives_the_search_for_ideas(server, scored, found, tmp_path):
    scored[1].append([Step("ladder", found=found, last=True), FAILED])
    do(server, SCORE)
    assert server._class.closed
    assert (tmp_path / "kept/round-1/ladder.csv").exists()
    assert len([*(tmp_path / "kept/round-1").glob("team-*.yaml")]) == 2
    state = server.wall.last("class")
    assert [row["waits"] for row in state["ladder"]["rows"]] == [False, False]
    assert server.wall.told[-1]["what"]["en"] == "a run was ended"
    reds, blues = results(found)
    assert reds != blues
    assert server.phone.last("mine")["result"]["en"]["gain"] == reds["en"]["gain"] != blues["en"]["gain"]


def test_a_certificate_tells_what_makes_the_ladder_again(server, scored, tmp_path, monkeypatch):
    server._rules = Rules(5000.0, 2, "orders", False)
    plans = rounds.Round(server._class.handed_in, server._rules, 7).plans
    made = league(plans, worlds=2, seed=7, budget=5000.0, metric="orders", explained=False, workers=1)
    scored[1].append(whole(made))
    do(server, SCORE)
    monkeypatch.chdir(tmp_path / "kept/round-1")  # pages tell no folders
    page = Path("ladder.html").read_text(encoding="utf-8")
    command = shlex.split(html.unescape(re.search(r"commsim league [^<]+", page)[0]))
    done = CliRunner().invoke(app, [*command[1:], "--csv", "again.csv", "--workers", "1", "--quiet"])
    assert done.exit_code == 0, done.output
    assert Path("again.csv").read_bytes() == Path("ladder.csv").read_bytes()
    assert "today" not in page


def test_a_bug_in_the_ladder_leaves_no_round_closed(server, scored, found, monkeypatch):
    scored[1].append(whole(found))
    monkeypatch.setattr(rounds, "standing", lambda *args, **more: 1 / 0)
    do(server, SCORE)
    assert not server._class.closed
    assert "could not be scored" in server.wall.told[-1]["what"]["en"]


@pytest.fixture
def full(server, monkeypatch):
    """A disk on which nothing finds room any more."""

    def refuse(*args):
        raise InputError("the disk is full")

    server._register.keep(server._class)
    before = on_disk(server)
    monkeypatch.setattr(server._register, "keep", refuse)
    return before


@pytest.mark.parametrize(
    "message",
    [
        SCORE,
        Remove(do="remove", key="key", team="Reds"),
        Join(do="join", team="Greens", code="1234"),
        HandIn(do="hand_in", token="", cards=[]),
    ],
    ids=lambda message: message.do,
)
def test_what_can_not_be_kept_is_not_done(server, scored, full, monkeypatch, message):
    if message.do == "hand_in":
        message = message.model_copy(update={"token": server.tokens[0]})
    monkeypatch.setattr(server._till, "cost", at_once)
    before = dict(server._class.teams)
    with pytest.raises(InputError, match="the disk is full"):
        do(server, message)
    assert (server._class.teams, server._class.closed) == (before, False)
    assert (on_disk(server), scored[0], server._round) == (full, [], None)
    assert server.phone.told == []


async def at_once(team, made, cards):
    return Price((), 5.0, 5.0, 5.0)


def test_a_next_round_that_can_not_be_kept_leaves_the_ladder(server, scored, found, monkeypatch):
    scored[1].append(whole(found))
    do(server, SCORE)
    monkeypatch.setattr(server._register, "_folder", server._register._folder / "gone")
    with pytest.raises(InputError):
        do(server, AGAIN)
    assert (server._class.number, server._class.closed) == (1, True)
    do(server, Look(do="look", key="key"))
    assert server.wall.last("class")["ladder"] is not None


def test_a_full_disk_takes_no_ladder_from_the_wall(server, scored, found, monkeypatch):
    def refuse(*args):
        raise InputError("the disk is full")

    scored[1].append(whole(found))
    monkeypatch.setattr(server._register, "put", refuse)
    do(server, SCORE)
    assert server.wall.last("class")["ladder"] is not None
    assert server.wall.told[-1]["what"]["en"] == "the disk is full"


def test_a_phone_that_takes_nothing_keeps_no_plan_from_the_wall(server, monkeypatch):
    monkeypatch.setattr(server._till, "cost", at_once)
    monkeypatch.setattr("commsim.page.crowd._SLOW", 0.01)
    phone = Hung()
    server._crowd.phones[phone] = server.tokens[1]
    message = HandIn(do="hand_in", token=server.tokens[1], cards=[])
    asyncio.run(asyncio.wait_for(server._answer(phone, message), PATIENCE))
    assert on_disk(server).teams[server.tokens[1]].cards == []
    assert server.wall.told != []
    assert (phone.closed, phone in server._crowd.phones) == (True, False)


def test_one_plan_of_a_team_is_priced_at_a_time(server, monkeypatch):
    running, most = [], []

    async def work(what, task):
        running.append(task)
        most.append(len(running))
        await asyncio.sleep(0)
        running.pop()
        return CHEAP

    async def price():
        (team, other) = server.tokens
        asked = [(team, 1), (team, 2), (team, 3), (team, 1), (other, 4)]
        cards = {k: [Taken(kind="red_envelope", settings={"total": k})] for _, k in asked}
        await asyncio.gather(
            *(server._till.cost(team, server._class.made(team, cards[k]), cards[k]) for team, k in asked)
        )

    monkeypatch.setattr(server._desk, "work", work)
    asyncio.run(price())
    assert (max(most), len(most)) == (2, 4)  # the other team waits for nobody; what is known is not run again


def test_no_plan_is_priced_in_the_worlds_of_the_ladder(server, scored, found, monkeypatch):
    asked = []

    async def work(what, task):
        asked.append(task.seed)
        return CHEAP

    monkeypatch.setattr(server._desk, "work", work)
    team = server.tokens[0]
    asyncio.run(server._till.cost(team, server._class.made(team, CARDS), CARDS))
    scored[1].extend([whole(found)] * 2)
    do(server, SCORE, AGAIN, SCORE)
    trial = {world_seed(seed, world) for seed, world in product(asked, range(TRIAL_WORLDS))}
    hidden = {world_seed(seed, world) for seed, world in product(scored[0], range(200))}
    assert len(trial) == TRIAL_WORLDS
    assert trial.isdisjoint(hidden)


def test_one_address_hands_in_so_often_and_no_more(server, monkeypatch):
    monkeypatch.setattr(server._till, "cost", at_once)
    message = HandIn(do="hand_in", token=server.tokens[0], cards=[])

    async def hand_in(times):
        for _ in range(times):
            await server._answer(server.phone, message)

    asyncio.run(hand_in(60))
    with pytest.raises(InputError, match="too much at once from here"):
        asyncio.run(hand_in(60))


class Visitor(Socket):
    """One that stays until it is told to go, from an address."""

    headers = {"host": "127.0.0.1:80", "origin": "http://127.0.0.1:80"}  # noqa: RUF012

    def __init__(self, address):
        super().__init__()
        self.client, self.closed, self.going = SimpleNamespace(host=address), None, asyncio.Event()

    async def accept(self):
        pass

    async def close(self, code):
        self.closed = code

    async def receive(self):
        await self.going.wait()
        return {"type": "websocket.disconnect"}


def test_one_address_does_not_keep_the_others_out(server):
    async def visit():
        crowd = [Visitor("a") for _ in range(MOST_TEAMS)]
        talks = [asyncio.create_task(server._talk(one)) for one in crowd]
        await asyncio.sleep(0)
        more, other = Visitor("a"), Visitor("b")
        talks += [asyncio.create_task(server._talk(one)) for one in (more, other)]
        await asyncio.sleep(0)
        crowd[0].going.set()
        await talks[0]
        later = Visitor("a")
        talks.append(asyncio.create_task(server._talk(later)))
        await asyncio.sleep(0)
        for one in (*crowd, more, other, later):
            one.going.set()
        await asyncio.gather(*talks)
        return [one.closed for one in (more, other, later)]

    assert asyncio.run(visit()) == [TRY_LATER, None, None]
    assert server._sessions.total() == 0


@pytest.mark.parametrize("do_what", [Look, Score, Again])
def test_who_has_no_key_is_no_trainer(server, do_what):
    with pytest.raises(InputError, match="this is the trainer's page"):
        do(server, do_what(do=do_what.__name__.lower(), key="kez"))
    assert (server._class.closed, server._class.number, server.wall.told) == (False, 1, [])
