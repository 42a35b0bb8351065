"""The server of a live league: phones hand in plans, and the trainer's page has them scored."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket, WebSocketDisconnect

from commsim.analysis.league import MOST_TEAMS, League
from commsim.core.errors import CommsimError, InputError
from commsim.experiments.limits import Limits
from commsim.page import qr
from commsim.page.cards import Made, Taken, deck, plan_of
from commsim.page.classroom import (
    MOST_LETTERS,
    Again,
    Classroom,
    Cost,
    HandIn,
    Join,
    Look,
    Message,
    Mine,
    Remove,
    Rules,
    Score,
    read_message,
)
from commsim.page.guard import Guard, headers
from commsim.page.house import House, refusal, send
from commsim.page.messages import MOST_SEED
from commsim.page.pricing import Price, ToPrice, price
from commsim.page.register import Register, Secrets
from commsim.page.scoring import Scoring, Step, told
from commsim.page.standing import results, standing
from commsim.report.html.template import policy, style
from commsim.report.language import language
from commsim.report.league import league_csv, league_page
from commsim.scenario.schema import Scenario

MOST_VISITORS = 2 * MOST_TEAMS
CONNECTIONS = 4 * MOST_TEAMS
"""A browser opens several for the files of a page."""
MOST_BYTES = 8_192
"""Of a message; a plan of all cards takes half."""
_SLOW = 5.0
"""Seconds in which a visitor has to take what all are told."""
_KNOWN_PRICES = 500
"""Prices that are remembered, since teams come back to a setting."""


class LeagueServer(House):
    """A class's league in one shop.

    room, known, register: the class, what it is known by, and where it is kept.  lang: of the pages at first.
    address: of the page for phones.  origin: of the results.  workers: processes that score.
    """

    def __init__(
        self,
        room: Classroom,
        rules: Rules,
        guard: Guard,
        limits: Limits,
        *,
        known: Secrets,
        register: Register,
        lang: str,
        address: str,
        origin: Mapping[str, Any],
        workers: int | None = None,
    ) -> None:
        hello = {
            "type": "hello",
            "league": known.name,
            "lang": lang,
            "shop": room.shop.name,
            "budget": rules.budget,
            "letters": MOST_LETTERS,
            **deck(room.shop),
        }
        super().__init__(
            guard,
            limits,
            hello,
            pages={"": "league/team.html", "ladder": "league/ladder.html"},
            most_sessions=MOST_VISITORS,
            most_bytes=MOST_BYTES,
            more=(Route("/certificates", self._certificates),),
        )
        self._class, self._rules, self._origin, self._limits = room, rules, origin, limits
        self._known, self._register, self._lang, self._workers = known, register, lang, workers
        self._told = {
            "code": room.code,
            "address": address,
            "picture": qr.rows(address) if guard.is_open else None,
        }
        self._trainers: set[WebSocket] = set()
        self._phones: dict[WebSocket, str] = {}  # by the token of its team
        self._prices: dict[str, Price] = {}
        self._trial = secrets.randbelow(MOST_SEED)
        self._scoring: Scoring | None = None
        self._followed: asyncio.Task[None] | None = None
        self._found: League | None = None
        self._ladder: dict[str, Any] | None = None
        self._progress: dict[str, Any] | None = None
        self._results: dict[str, dict[str, Any]] = {}

    @asynccontextmanager
    async def _live(self, app: Starlette) -> AsyncIterator[None]:
        warm = asyncio.create_task(self._warm_up())
        async with super()._live(app):
            yield
            if self._scoring is not None:
                self._scoring.give_up()
            for task in (warm, self._followed):
                if task is not None:
                    task.cancel()

    async def _warm_up(self) -> None:
        """So that the first team does not wait for a process to start."""
        with suppress(CommsimError):
            made = plan_of(self._class.shop, self._class.shop.name, [])
            await self._desk.work(price, ToPrice(made.plan, made.names, self._trial))

    async def _converse(self, socket: WebSocket) -> None:
        try:
            async for text in self._heard(socket):
                try:
                    await self._answer(socket, read_message(text))
                except CommsimError as error:
                    await send(socket, refusal(error))
        finally:
            self._trainers.discard(socket)
            self._phones.pop(socket, None)

    async def _answer(self, socket: WebSocket, message: Message) -> None:
        match message:
            case Join():
                address = socket.client.host if socket.client else ""
                token = self._class.join(message, address)
                self._phones[socket] = token
                await send(socket, self._mine(token))
                await self._changed()
            case Cost(token=token, cards=cards, ask=ask):
                made = self._class.made(token, cards)
                cost = await self._cost(made, cards)
                await send(socket, {"type": "cost", "ask": ask, **cost.plain()})
            case HandIn(token=token, cards=cards):
                made = self._class.made(token, cards)
                self._class.hand_in(token, cards, made, await self._cost(made, cards))
                await send(socket, self._mine(token) | {"just": True})
                await self._changed()
            case Mine(token=token):
                if token in self._class.teams:
                    self._phones[socket] = token
                await send(socket, self._mine(token))
            case _:
                self._check(message.key)
                await self._obey(socket, message)

    async def _obey(self, socket: WebSocket, message: Look | Score | Again | Remove) -> None:
        """What the trainer asks for."""
        match message:
            case Look():
                self._trainers.add(socket)
                await send(socket, self._state())
            case Score():
                self._score()
                await self._tell_all()
            case Again():
                self._check_done()
                self._class.number, self._class.closed = self._class.number + 1, False
                self._found, self._ladder, self._results = None, None, {}
                await self._changed()
                await self._tell_phones()
            case Remove(team=team):
                self._check_done()
                gone = self._class.remove(team)
                await self._changed()
                await _tell({phone: self._mine(one) for phone, one in self._phones.items() if one in gone})

    def _check(self, key: str) -> None:
        if not secrets.compare_digest(key.encode(), self._known.key.encode()):
            raise InputError("this is the trainer's page", remedy="open it as it was told at the start")

    def _check_done(self) -> None:
        if self._scoring is not None:
            raise InputError("the plans are being scored already", remedy="wait for the ladder")

    async def _cost(self, made: Made, cards: list[Taken]) -> Price:
        key = json.dumps([one.model_dump() for one in cards], sort_keys=True)
        if key not in self._prices:
            found = await self._desk.work(price, ToPrice(made.plan, made.names, self._trial))
            if len(self._prices) >= _KNOWN_PRICES:
                del self._prices[next(iter(self._prices))]
            self._prices[key] = found
        return self._prices[key]

    def _mine(self, token: str) -> dict[str, Any]:
        """All that a phone shows of its team; without a name if it is of none."""
        room = self._class
        team = room.teams.get(token)
        if team is None:
            return {"type": "mine", "team": None}
        return {
            "type": "mine",
            "token": token,
            "team": team.name,
            "cards": None if team.cards is None else [one.model_dump() for one in team.cards],
            "cost": team.price and team.price.plain(),
            "closed": room.closed,
            "round": room.number,
            "result": self._results.get(token),
        }

    def _state(self) -> dict[str, Any]:
        """All that the trainer's page shows."""
        room = self._class
        teams = [{"name": team.name, "in": team.plan is not None} for team in room.teams.values()]
        return {
            "type": "class",
            "teams": teams,
            "round": room.number,
            "closed": room.closed,
            "busy": self._scoring is not None,
            "progress": self._progress,
            "ladder": self._ladder,
            **self._told,
        }

    async def _changed(self) -> None:
        self._register.keep(self._class, self._known)
        await self._tell_trainers(self._state())

    async def _tell_all(self) -> None:
        await self._tell_trainers(self._state())
        await self._tell_phones()

    async def _tell_phones(self) -> None:
        await _tell({phone: self._mine(token) for phone, token in self._phones.items()})

    async def _tell_trainers(self, reply: dict[str, Any]) -> None:
        await _tell(dict.fromkeys(self._trainers, reply))

    def _score(self) -> None:
        """Close the round, and begin to play it."""
        self._check_done()
        room, known = self._class, self._known
        teams = room.handed_in
        if len(teams) < 2:
            raise InputError("a league needs two teams or more", remedy="wait for a second plan")
        room.closed = True
        while len(known.seeds) < room.number:
            known.seeds.append(secrets.randbelow(MOST_SEED))
        self._register.keep(room, known)
        plans = [team.plan.model_copy(update={"name": team.name}) for team in teams.values() if team.plan]
        steps: asyncio.Queue[Step] = asyncio.Queue()
        self._found, self._ladder, self._results = None, None, {}
        self._progress = {"done": 0, "of": self._rules.worlds, "ideas": False}
        seed = known.seeds[room.number - 1]
        self._scoring = Scoring(plans, self._rules, seed, self._limits, self._workers, steps.put_nowait)
        self._followed = asyncio.create_task(self._follow(steps, list(teams), plans))

    async def _follow(self, steps: "asyncio.Queue[Step]", tokens: list[str], plans: list[Scenario]) -> None:
        """Tell what comes of a scoring, until its end."""
        try:
            error = await self._hear(steps, tokens)
        finally:
            self._scoring, self._progress = None, None
        if error is not None:
            self._class.closed = False
            await self._tell_trainers(refusal(error))
        elif self._found is not None:
            self._keep(self._found, plans)
        await self._tell_all()

    async def _hear(self, steps: "asyncio.Queue[Step]", tokens: list[str]) -> CommsimError | None:
        """Pass on what a scoring says; gives the error that it ended with."""
        while True:
            step = await steps.get()
            if step.what == "progress":
                self._progress = told(step)
                await self._tell_trainers({"type": "progress", **self._progress})
            elif step.found is not None:
                self._found = step.found
                wanted, ideas = self._rules.worlds, self._rules.explained
                self._ladder = standing(step.found, wanted, ideas=ideas)
                await self._tell_trainers({"type": "ladder", "ladder": self._ladder})
                if step.last:
                    self._results = dict(zip(tokens, results(step.found), strict=True))
                    await self._tell_phones()
            else:
                return step.error

    def _keep(self, found: League, plans: list[Scenario]) -> None:
        page = league_page(found, self._origin, language(self._lang))
        files = {"ladder.html": page, "ladder.csv": league_csv(found)}
        with suppress(InputError):  # a full disk takes no ladder away from the wall
            self._register.put(self._class.number, plans, files)

    async def _certificates(self, request: Request) -> Response:
        if refused := self._refused(request):
            return refused
        common = headers(request.headers["host"])
        lang = request.query_params.get("lang", "en")
        if self._found is None or not self._results or lang not in ("en", "zh"):
            return Response("There are no certificates yet.\n", 404, common)
        page = await asyncio.to_thread(league_page, self._found, self._origin, language(lang))
        own = f"{policy(style(), '')}; frame-ancestors 'none'"
        kind = "text/html; charset=utf-8"
        return Response(page, 200, common | {"Content-Security-Policy": own}, kind)


async def _tell(replies: dict[WebSocket, dict[str, Any]]) -> None:
    """Send to each what is theirs; who is gone, or does not take it in time, goes without."""
    await asyncio.gather(*(_send_in_time(socket, reply) for socket, reply in replies.items()))


async def _send_in_time(socket: WebSocket, reply: dict[str, Any]) -> None:
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        await asyncio.wait_for(send(socket, reply), _SLOW)
