"""A live league's worlds: every round has its own, and none of them are those in which plans are priced."""

import asyncio
from itertools import product

from plans import small

from commsim.experiments.limits import Limits
from commsim.experiments.worlds import world_seed
from commsim.page import ladder
from commsim.page.cards import Taken
from commsim.page.classroom import Again, Classroom, Join, Rules, Score
from commsim.page.guard import Guard
from commsim.page.pricing import TRIAL_WORLDS, Price
from commsim.page.register import Register, Secrets
from commsim.page.scoring import Step

SHOP = small("shop", members=60, days=6, strategies=[{"kind": "content"}])
CARDS = [Taken(kind="red_envelope", settings={"total": 30.0}, first=1, last=6)]
CHEAP = Price((10.0,), 10.0, 9.0, 11.0)


def a_league(known):
    """A server of two teams, both of which have handed in."""
    room = Classroom(SHOP, "1234", None)
    for team in ("Reds", "Blues"):
        token = room.join(Join(do="join", team=team, code="1234"), "a")
        room.hand_in(token, CARDS, room.made(token, CARDS), CHEAP)
    return ladder.LeagueServer(
        room,
        Rules(None, 12, "profit", False),
        Guard("127.0.0.1", 80),
        Limits(),
        known=known,
        register=Register(None, SHOP),
        lang="en",
        address="http://127.0.0.1/",
        origin={},
    )


def rounds(server, number, monkeypatch):
    """Seeds in which so many rounds are scored."""
    seeds = []

    def scoring(plans, rules, seed, limits, workers, hear):
        seeds.append(seed)
        hear(Step("end"))

    async def play():
        for _ in range(number):
            await server._answer(None, Score(do="score", key="key"))
            await server._followed
            await server._answer(None, Again(do="again", key="key"))

    monkeypatch.setattr(ladder, "Scoring", scoring)
    asyncio.run(play())
    return seeds


def test_every_round_is_scored_in_worlds_of_its_own(monkeypatch):
    known = Secrets("1234", "key", "name", [7])
    seeds = rounds(a_league(known), 3, monkeypatch)
    assert seeds == known.seeds
    assert (seeds[0], len(set(seeds))) == (7, 3)


def test_no_plan_is_priced_in_the_worlds_of_the_ladder(monkeypatch):
    server, asked = a_league(Secrets("1234", "key", "name", [7])), []

    async def work(what, task):
        asked.append(task.seed)
        return CHEAP

    monkeypatch.setattr(server._desk, "work", work)
    (team, _) = server._class.teams
    asyncio.run(server._cost(server._class.made(team, CARDS), CARDS))
    trial = {world_seed(seed, world) for seed, world in product(asked, range(TRIAL_WORLDS))}
    hidden = {world_seed(seed, world) for seed, world in product(rounds(server, 2, monkeypatch), range(200))}
    assert len(trial) == TRIAL_WORLDS
    assert trial.isdisjoint(hidden)
